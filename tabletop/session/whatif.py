"""Playing on from a moment of a save: another line, of a copy or of the save itself."""

from collections.abc import Mapping
from pathlib import Path

from tabletop.session.session import Session
from tabletop.session.view import SeatId

MARK = ".what-if"
"""Stands before a save's ending in the name of the copy that holds its other lines."""


def copy_of(save: Path) -> Path | None:
    """The copy that holds this save's other lines, if there is one that goes on it."""
    path = save.with_name(f"{save.stem}{MARK}{save.suffix}")
    return path if path.is_file() else None


def play_on(
    save: Path, number: int, seats: Mapping[SeatId, str], *, into_save: bool = False,
    anew: bool = True,
) -> Session:  # fmt: skip
    """A game that goes on from a move, to be played: a new line, named `what-if A` ...

    It is a line of a copy beside the save, made when there is none, or of the save
    itself with `into_save`. `anew` draws dice and cards from a new seed. Seats that are
    not named stay as they were. Raises JournalError, UsageError, MoveError; then
    nothing was written.
    """
    raise NotImplementedError
