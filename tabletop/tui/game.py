"""What the screens need of a game: the one interface between them and the rules.

A session on this machine implements it; a seat in another place could as well. Screens
show what `view` gives and submit moves; they decide no rule.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from tabletop.session.view import Change, Move, Preview, SeatId, View, Why

PERSON = "person"
"""Who sits on a seat that a person at this keyboard plays."""
ABSENT = "absent"
"""Nobody sits there; control acts for the team."""
BOT = "bot:greedy"
"""The bot that plays best."""
AUTO = "auto"
"""Who sits on control's seat when the program itself opens and closes the phases."""


class Undoing(Protocol):
    """What taking back would do, for all to read before it is done."""

    @property
    def to(self) -> int:
        """The number of the move that the game goes back to."""

    @property
    def moves(self) -> int:
        """How many moves go back."""

    @property
    def titles(self) -> Sequence[str]:
        """What those moves were, the latest last."""

    @property
    def branch(self) -> str:
        """The name under which they are kept."""

    @property
    def seen(self) -> Sequence[str]:
        """Who has seen which cards and dice since."""


class Game(Protocol):
    """A game as it is played: seats, views, moves."""

    @property
    def seats(self) -> Mapping[SeatId, str]:
        """Who sits where: 'person', 'absent', 'bot:...' or, for control, 'auto'."""

    @property
    def path(self) -> Path | None:
        """The save, if there is one."""

    @property
    def read_only(self) -> bool:
        """Whether the game may only be looked at."""

    @property
    def warnings(self) -> Sequence[str]:
        """What was found wrong when the save was opened."""

    def view(self, seat: SeatId) -> View:
        """All that a seat may know now."""

    def waiting(self) -> Sequence[SeatId]:
        """The persons' seats that owe a move now."""

    def submit(self, seat: SeatId, move: Move, *, note: str = "") -> Sequence[Change]:
        """Make a move, and tell what it caused."""

    def preview(self, seat: SeatId, move: Move) -> Preview:
        """What a move would do now, as far as the seat can know."""

    def why(self, seat: SeatId, subject: str) -> Why:
        """The sum behind a number."""

    def note(self, seat: SeatId, text: str) -> None:
        """Write a line into the log."""

    def undo_preview(self, seat: SeatId, to: int | None = None) -> Undoing:
        """What taking back the last decision would do, in words for that seat."""

    def undo(self, seat: SeatId, to: int | None = None) -> None:
        """Take back the last decision."""

    def bot_moves(self) -> bool:
        """Let one seat that no person plays make one move; whether one did."""

    def close(self) -> None:
        """Let the save go."""


def persons(game: Game) -> tuple[SeatId, ...]:
    """The seats that persons at this keyboard play."""
    return tuple(seat for seat, who in game.seats.items() if who == PERSON)
