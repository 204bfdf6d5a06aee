"""What there is to play: decks and saves, found, opened and begun.

The first screen asks here. Reading many files is slow, so it asks from a worker.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tabletop.session.game import AUTO, BOT, PERSON, Game
from tabletop.session.view import CONTROL, SeatId

if TYPE_CHECKING:  # the deck language is slow to load, and the first screen is not
    from tabletop.deck.models import DeckModel

TUTORIAL = "tutorial"
"""The id of the deck that teaches."""


@dataclass(frozen=True, slots=True)
class DeckEntry:
    """A deck as the first screen lists it."""

    path: Path
    title: str
    problem: str
    """The first thing that is wrong with it; empty when it can be played."""
    deck: "DeckModel | None"

    @property
    def ok(self) -> bool:
        """Whether it can be played."""
        return self.deck is not None


@dataclass(frozen=True, slots=True)
class SaveEntry:
    """A save as the first screen lists it."""

    path: Path
    title: str
    """The deck's title, or the file's name when it can't be read."""
    state: str
    """Like 'Month 3, Play', 'ended · The stalled offensive', or what is wrong."""
    changed: datetime
    over: bool = False
    ok: bool = True

    @property
    def name(self) -> str:
        """The name of the file, without its ending."""
        return self.path.stem


class Library(Protocol):
    """Where the first screen gets decks, saves and games from."""

    def decks(self) -> Sequence[DeckEntry]:
        """Every deck found, the playable ones first."""

    def saves(self) -> Sequence[SaveEntry]:
        """Every save found, the latest first."""

    def explain(self, deck: Path) -> str:
        """Everything that is wrong with a deck."""

    def begin(self, deck: Path, seats: Mapping[SeatId, str], seed: int) -> Game:
        """A new game, saved from its first move on."""

    def resume(self, save: Path) -> Game:
        """A saved game."""


def latest(saves: Sequence[SaveEntry]) -> SaveEntry | None:
    """The game to go on with: the latest that is not over."""
    return next((save for save in saves if save.ok and not save.over), None)


def tutorial(decks: Sequence[DeckEntry]) -> DeckEntry | None:
    """The deck that teaches, when it was found."""
    return next((d for d in decks if d.deck and d.deck.id == TUTORIAL), None)


def solo_seats(entry: DeckEntry) -> dict[SeatId, str]:
    """Seats for one person: the deck's first team, bots on the others."""
    teams = list(entry.deck.teams) if entry.deck else []
    seats = {team: PERSON if index == 0 else BOT for index, team in enumerate(teams)}
    return {**seats, CONTROL: AUTO}
