"""A save as something to step through: every line of it, moment by moment.

Nothing here changes the save. What one seat may not know is not in what that seat is
shown, on any line and at any moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tabletop.session.session import Session
from tabletop.session.view import (
    CONTROL,
    BranchView,
    Change,
    LogEntry,
    Move,
    Preview,
    SeatId,
    View,
)

MomentKind = Literal["start", "decision", "inject", "ruling", "phase", "other"]
"""decision: a team played, passed or answered. phase: control opened the next one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One place on a line of play, as the seat may know it."""

    number: int
    """The number of the move that led there; 0 for the start."""
    place: int
    """How many moves lead there on this line."""
    round: int
    phase: str
    seat: SeatId
    """Who made the move: a team or control."""
    kind: MomentKind
    title: str
    note: str
    """The intent, or the reason of a ruling."""
    at: str
    """When: ISO 8601, UTC; may be empty."""
    die: bool
    """Whether dice were thrown."""
    injects: tuple[str, ...]
    """Injects that came, by any cause: their ids."""
    targets: frozenset[str]
    """Tracks and flags that changed: their ids."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of play, with what came of it."""

    branch: BranchView
    what_if: bool
    """Whether it was played from a replay, and not at the table."""
    ending: str
    """The title of its ending; empty while it has none."""
    scores: tuple[tuple[SeatId, int], ...]
    """As far as the seat may know; empty without an ending."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A move that a team had, and what it would have done."""

    move: Move
    label: str
    chosen: bool
    preview: Preview
    """As far as the team could know then."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A number on two lines of play."""

    id: str
    label: str
    ours: int
    theirs: int
    flag: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two places side by side."""

    ours: int
    theirs: int
    """The numbers of the two moves."""
    pairs: tuple[Pair, ...]
    """Every track, then every flag, that the seat may see."""
    scores: tuple[tuple[SeatId, int, int], ...]
    """What each team would score at either place, as far as the seat may know."""
    endings: tuple[str, str]
    """Titles of the endings; empty while a line has none."""


class Replay:
    """A save, open to be looked at by one seat."""

    def __init__(self, session: Session, seat: SeatId = CONTROL) -> None:
        """Raises UsageError for a seat that there is none of."""
        self.session = session
        self.seat = seat

    @classmethod
    def open(cls, path: Path, seat: SeatId = CONTROL) -> "Replay":
        """Opens a save to be read; errors as for `Session.open`.

        When lines were played from a replay of this save before, they are there too.
        """
        raise NotImplementedError

    def lines(self) -> tuple[LineView, ...]:
        """Every line of play, the one that was played to the end at the table first."""
        raise NotImplementedError

    def moments(self, tip: int | None = None) -> tuple[Moment, ...]:
        """The moments of the line that ends with a move, the main line by default."""
        raise NotImplementedError

    def view(self, number: int) -> View:
        """What the seat was shown after a move; it offers no moves."""
        raise NotImplementedError

    def entry(self, number: int) -> LogEntry | None:
        """A move as the seat may know it; None when it may know nothing of it."""
        raise NotImplementedError

    def changes(self, source: int, target: int) -> tuple[Change, ...]:
        """What the moves from one place to a later one on its line changed."""
        raise NotImplementedError

    def options(self, number: int) -> tuple[Alternative, ...]:
        """What the team that made a move could have done instead, in order.

        Empty unless the move was a team's decision, and unless this seat is that team
        or control.
        """
        raise NotImplementedError

    def seek(
        self, moments: Sequence[Moment], place: int, what: str, step: int
    ) -> int | None:
        """The next place (step 1) or the one before (step -1) that holds something.

        `what` is move, round, phase, decision, decision:TEAM, die, ruling, inject,
        bookmark, mark, or track:ID. None when there is none on that side.
        """
        raise NotImplementedError

    def search(self, moments: Sequence[Moment], words: str) -> tuple[int, ...]:
        """The places whose entry, changes or note hold some words, in any case."""
        raise NotImplementedError

    def compare(self, ours: int, theirs: int) -> Comparison:
        """Two places side by side, as the seat may know them."""
        raise NotImplementedError

    def close(self) -> None:
        """Lets go of the save."""
        self.session.close()
