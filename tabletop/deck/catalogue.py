"""The decks in some folders, in short, for a list to choose from."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load
from tabletop.deck.mains import entries
from tabletop.deck.models import DeckModel
from tabletop.errors import DeckError


@dataclass(frozen=True, slots=True)
class DeckInfo:
    """A deck in short."""

    path: Path
    title: str
    ok: bool
    problem: str = ""
    """The first problem as one line, when it cannot be played."""
    summary: str = ""
    teams: int = 0
    cards: int = 0
    injects: int = 0
    tracks: int = 0
    endings: int = 0
    rounds: int = 0
    minutes: int = 0
    """How long all rounds take by the deck's own plan."""


def find_decks(folders: Iterable[Path]) -> list[DeckInfo]:
    """The decks in the folders, those of each by title.

    Of several with the same name the first is the one, as when it is asked for by that
    name.
    """
    found: list[DeckInfo] = []
    seen: set[str] = set()
    for folder in folders:
        new = {n: path for n, path in entries(Path(folder)).items() if n not in seen}
        seen |= set(new)
        infos = map(info, new.values())
        found += sorted(infos, key=lambda info: (info.title.casefold(), info.path))
    return found


def info(path: Path) -> DeckInfo:
    """One deck in short, whether it can be played or not."""
    try:
        return _of(path, load(path))
    except DeckError as error:
        return DeckInfo(path, path.stem, ok=False, problem=error.message)


def minutes(model: DeckModel) -> int:
    """How long all rounds take by the deck's own plan."""
    return model.rounds.count * sum(model.rounds.minutes.values())


def _of(path: Path, deck: Deck) -> DeckInfo:
    model = deck.model
    return DeckInfo(
        path,
        model.title,
        ok=True,
        summary=model.summary or "",
        teams=len(model.teams),
        cards=len(model.cards),
        injects=len(model.injects),
        tracks=len(model.tracks),
        endings=len(model.endings),
        rounds=model.rounds.count,
        minutes=minutes(model),
    )
