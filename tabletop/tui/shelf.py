"""Decks and saves on this machine, and the games made from them.

What reads them is loaded when it is first used: the first screen stands before that.
"""

from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop import paths
from tabletop.errors import TabletopError
from tabletop.session.view import CONTROL, SeatId, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.library import DeckEntry, SaveEntry

if TYPE_CHECKING:
    from tabletop.deck.catalogue import DeckInfo
    from tabletop.session.session import Session

MOST_SAVES = 40
"""How many saves are opened for the list; older ones stay on disk, unlisted."""


class Shelf:
    """The library of this machine: the folders that `paths` names."""

    def decks(self) -> Sequence[DeckEntry]:
        """Every deck found, the playable ones first."""
        from tabletop.deck.catalogue import find_decks

        entries = [_deck(info) for info in find_decks(paths.deck_folders())]
        return sorted(entries, key=lambda entry: not entry.ok)

    def saves(self) -> Sequence[SaveEntry]:
        """The latest saves, the very latest first."""
        return [_save(path) for path in paths.saves()[:MOST_SAVES]]

    def explain(self, deck: Path) -> str:
        """Everything that is wrong with a deck."""
        from tabletop.deck.loader import check
        from tabletop.deck.render import render

        return render(check(deck))

    def begin(self, deck: Path, seats: Mapping[SeatId, str], seed: int) -> "Session":
        """A new game, saved from its first move on."""
        from tabletop.deck.loader import load
        from tabletop.session.session import Session

        loaded = load(deck)
        path = paths.new_save(loaded.model.id)
        return Session.new(loaded, seed=seed, seats=seats, path=path)

    def resume(self, save: Path) -> "Session":
        """A saved game, to be gone on with."""
        from tabletop.session.session import Session

        session = Session.open(save)
        try:
            session.replace_unattached()
        except BaseException:
            session.close()
            raise
        return session


def _deck(info: "DeckInfo") -> DeckEntry:
    from tabletop.deck.loader import load

    try:
        deck = load(info.path).model if info.ok else None
    except TabletopError as error:  # it was changed since it was found
        return DeckEntry(info.path, info.title, error.message, None)
    return DeckEntry(info.path, info.title, info.problem, deck)


def _save(path: Path) -> SaveEntry:
    from tabletop.session.session import Session

    changed = _changed(path)
    try:
        with closing(Session.open(path, read_only=True)) as session:
            view = session.view(CONTROL)
    except TabletopError as error:
        return SaveEntry(path, path.stem, error.message, changed, ok=False)
    return SaveEntry(
        path, view.title, _state(view), changed, over=view.over is not None
    )


def _changed(path: Path) -> datetime:
    """When the file was last written; long ago if it is gone meanwhile."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return datetime.min.replace(tzinfo=UTC)


def _state(view: View) -> str:
    """How far a game went, in words."""
    if view.over is not None:
        return f"ended {glyphs().dot} {view.over.title}"
    phase = next((p.label for p in view.phases if p.state == "now"), view.phase)
    return f"{view.round_label} {view.round}, {phase}"
