"""The files of a deck that is edited while its game is played.

Looking costs a few calls of the system; reading takes as long as loading a deck, and
may be done in any thread. Only `take` touches the game.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load
from tabletop.deck.mains import files_of
from tabletop.deck.shelves import MAIN
from tabletop.errors import DeckError
from tabletop.session.rewording import RulesDifferError

MOST_FILES = 200
"""Files of a folder that are looked at."""
Stamp = tuple[tuple[str, int, int], ...]


class Rewordable(Protocol):
    """A game that takes in other words for its deck."""

    def reword(self, files: Mapping[str, str]) -> tuple[str, ...]:
        """Goes on with the words of these files: where they differ."""


@dataclass(frozen=True)
class News:
    """What came of an edit, for whoever edits."""

    text: str
    hint: str = ""
    taken: bool = False
    """Whether the game has other words now."""


class EditedDeck:
    """A deck that somebody edits."""

    def __init__(self, path: Path) -> None:
        """`path` is a deck's file or folder; what it holds now is known."""
        self.path = path
        self._seen = stamp(path)

    def changed(self) -> bool:
        """Whether a file has changed since this was asked last."""
        now = stamp(self.path)
        changed = now != self._seen
        self._seen = now
        return changed

    def read(self) -> Deck | News:
        """The deck as its files are now, or what is wrong with it."""
        try:
            return load(self.path)
        except DeckError as error:
            return News(f"The edited deck has errors: {error.message}.", error.hint)

    def look(self, game: Rewordable) -> News | None:
        """All at once: what there is to tell, if a file has changed."""
        return self.take(game, self.read()) if self.changed() else None

    def take(self, game: Rewordable, found: Deck | News) -> News | None:
        """Lets a game take in what was read; None when nothing is to be told."""
        if isinstance(found, News):
            return found
        try:
            words = game.reword(found.files)
        except (RulesDifferError, DeckError) as error:
            return News(f"Not taken in: {error.message}.", error.hint)
        if not words:
            return None
        return News(f"New words are in play: {said(words)}.", taken=True)


def said(paths: tuple[str, ...]) -> str:
    """Where words changed, in few of them."""
    more = f" and {len(paths) - 2} more" if len(paths) > 2 else ""
    return ", ".join(paths[:2]) + more


def stamp(path: Path) -> Stamp:
    """What tells that a deck's files have changed; empty where there are none."""
    files = files_of(path)
    if (path / MAIN).is_file():
        files = sorted(path.rglob("*.toml"))[:MOST_FILES]
    return tuple(each for file in files for each in _stamp(file))


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return ()
    return ((str(file), found.st_mtime_ns, found.st_size),)
