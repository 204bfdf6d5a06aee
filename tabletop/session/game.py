"""What the screens need of a game: the one interface between them and the rules.

A session on this machine implements it; a seat in another place could as well. Screens
show what `view` gives and submit moves; they decide no rule.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from tabletop.session.drafts import Adjudication, MselPlan, NewInject
from tabletop.session.runview import BranchView, Result, RunView
from tabletop.session.thinking import Decided, Thought
from tabletop.session.view import (
    CONTROL,
    Asking,
    CardTitle,
    Change,
    Move,
    Preview,
    SeatId,
    View,
    Why,
)

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


class Play(Protocol):
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
    def what_if(self) -> bool:
        """Whether it is played beside a game that was played before."""

    @property
    def warnings(self) -> Sequence[str]:
        """What was found wrong when the save was opened."""

    def view(self, seat: SeatId) -> View:
        """All that a seat may know now."""

    def run_view(self) -> RunView:
        """Where the exercise stands, and the deck's words for its facilitator."""

    def waiting(self) -> Sequence[SeatId]:
        """The persons' seats that owe a move now."""

    def submit(self, seat: SeatId, move: Move, *, note: str = "") -> Sequence[Change]:
        """Make a move, and tell what it caused."""

    def preview(self, seat: SeatId, move: Move) -> Preview:
        """What a move would do now, as far as the seat can know."""

    def asking(self, seat: SeatId, item: str) -> Asking:
        """What a card or inject asks, and what the answers lead to."""

    def why(self, seat: SeatId, subject: str) -> Why:
        """The sum behind a number."""

    def note(
        self, seat: SeatId, text: str, *, author: str = "",
        teams: Sequence[SeatId] = (), objective: str = "",
    ) -> None:  # fmt: skip
        """Write a line into the log."""

    def undo_preview(self, seat: SeatId, to: int | None = None) -> Undoing:
        """What taking back the last decision would do, in words for that seat."""

    def undo(self, seat: SeatId, to: int | None = None, *, anew: bool = False) -> None:
        """Go back to a move; `anew` draws later dice and cards from a new seed."""

    def branches(self) -> Sequence[BranchView]:
        """Every line of play."""

    def take_up(self, seat: SeatId, number: int) -> None:
        """Go on from any move of any line."""

    def name_branch(self, tip: int, name: str) -> None:
        """Give a line of play a name."""

    def next_thought(self) -> Thought | None:
        """The next decision that no person makes, to be made in whatever thread."""

    def carry_out(self, thought: Thought, decided: Decided) -> bool:
        """Make a move that was thought out; False when the game has moved on."""

    def bot_moves(self) -> bool:
        """Both at once: let one seat that no person plays make one move, if it owes."""

    def close(self) -> None:
        """Let the save go."""


class Game(Play, Protocol):
    """A game as a workshop runs it: with clocks, branches, and injects on the spot."""

    def view_at(self, seat: SeatId, number: int) -> View:
        """What a seat's view was after a move, on whatever line."""

    def set_seat(self, seat: SeatId, who: str) -> None:
        """Give a seat to somebody else."""

    def exercise(self, do: str) -> None:
        """Declare practice, start, pause, resume, end or reopen."""

    def set_clock(self, do: str, seconds: int = 0) -> None:
        """Start, stop, extend or set the clock of the phase."""

    def beat(self) -> bool:
        """A sign of life, given about once a second; a gap is not counted as time.

        Tells whether an observer has written something since.
        """

    def show_on_display(self, what: str) -> None:
        """The game, or blank."""

    def bookmark(self, text: str = "") -> None:
        """Mark this moment."""

    def judge(self, checkpoint: str, result: Result, note: str = "") -> None:
        """Write down how a checkpoint was met."""

    def cards(self) -> Sequence[CardTitle]:
        """Every card of the deck, for control to rule on."""

    def write_inject(self, new: NewInject) -> str:
        """Add an inject to this game: its id."""

    def draft_inject(self, new: NewInject) -> Preview:
        """What an inject would do, were it written and fired now."""

    def export_msel(self) -> str:
        """The schedule of injects as CSV."""

    def plan_msel(self, data: str | bytes, name: str) -> MselPlan:
        """What taking in a CSV table would do; CsvError says all that is wrong."""

    def import_msel(self, plan: MselPlan) -> None:
        """Do what was planned: all of it or nothing."""

    def adjudicate(self, judged: Adjudication, *, note: str) -> Sequence[Change]:
        """Judge an argument, as a ruling."""

    def draft_adjudication(self, judged: Adjudication) -> Preview:
        """What a judgement may do, with the chances."""


def persons(game: Play) -> tuple[SeatId, ...]:
    """The seats that persons at this keyboard play."""
    return tuple(seat for seat, who in game.seats.items() if who == PERSON)


def in_order(changes: Mapping[SeatId, str]) -> list[tuple[SeatId, str]]:
    """Changes so that at no moment an absent team is without a person as control."""
    return sorted(changes.items(), key=lambda c: (c[1] == AUTO, c[0] != CONTROL))
