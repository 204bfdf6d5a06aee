"""What a replay shows of a save, as plain values; screens and reports read these.

Every string here may hold any text: it is data, never markup.
"""

from dataclasses import dataclass
from typing import Literal

from tabletop.session.runview import BranchView
from tabletop.session.view import LogEntry, Move, Preview, SeatId

MomentKind = Literal["start", "decision", "inject", "ruling", "phase", "other"]
"""decision: a team played, passed or answered. phase: control opened the next one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One place on a line of play, as the seat may know it."""

    number: int
    """The number of the move that led there; 0 for the start."""
    place: int
    """Which moment of its line this is, from 0; its place among them."""
    round: int
    """The round in which the move left the game."""
    phase: str
    """The id of the phase in which the move left the game."""
    seat: SeatId
    """Whose move it was: a team or control."""
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
    beside: tuple[LogEntry, ...] = ()
    """What was written down there: notes, bookmarks, checkpoints judged, what was
    declared and what was undone. The kind of each entry tells."""


@dataclass(frozen=True, slots=True)
class LineView:
    """A line of play, with what came of it."""

    branch: BranchView
    """A team is not told what control called it."""
    what_if: bool
    """Whether it was played from a replay, and not at the table."""
    ending: str
    """The title of its ending; empty while it has none."""
    scores: tuple[tuple[SeatId, int], ...]
    """As far as the seat may know; empty without an ending."""
    main: bool = False
    """Whether it is the line as it was played: where the game stands."""
    undone: bool = False
    """Whether it was played at the table and taken back, or left for another."""


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
