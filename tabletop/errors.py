"""The tree of errors that reach people. Each says what to do; none prints itself."""

from collections.abc import Sequence
from typing import Any


class TabletopError(Exception):
    """A problem that a person can act on: what was found, and in `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TabletopError):
    """A command, seat or option that does not make sense."""


class DeckError(TabletopError):
    """A deck that cannot be played; `diagnostics` holds every problem found."""

    def __init__(
        self, message: str, hint: str = "", diagnostics: Sequence[Any] = ()
    ) -> None:
        super().__init__(message, hint)
        self.diagnostics = tuple(diagnostics)


class CsvError(TabletopError):
    """A table of cells that can't be taken in; `diagnostics` holds every problem."""

    def __init__(
        self, message: str, hint: str = "", diagnostics: Sequence[Any] = ()
    ) -> None:
        super().__init__(message, hint)
        self.diagnostics = tuple(diagnostics)


class MoveError(TabletopError):
    """A move that was refused; nothing has changed."""


class IllegalMoveError(MoveError):
    """The rules do not allow this move now; `terms` says why, term by term."""

    def __init__(self, message: str, hint: str = "", terms: Sequence[Any] = ()) -> None:
        super().__init__(message, hint)
        self.terms = tuple(terms)


class WrongSeatError(MoveError):
    """This seat may not make this move."""


class GameOverError(MoveError):
    """The game has ended."""


class JournalError(TabletopError):
    """A save that cannot be read, written or continued."""


class LockedError(JournalError):
    """The save is open in another program."""


class NewerFormatError(JournalError):
    """The save was written by a newer version."""


class DamagedError(JournalError):
    """A line of the save cannot be read; what stands before it can."""


class DivergenceError(JournalError):
    """Replaying the save gives another state than it recorded."""


class StorageError(JournalError):
    """The disk refused the write; the move was not made."""
