"""Where an exercise stands: its clock, checkpoints, bookmarks and lines of play."""

from dataclasses import dataclass
from typing import Literal

from tabletop.session.view import SeatId

ExerciseState = Literal["open", "practice", "running", "paused", "ended"]
"""open: StartEx has not been declared. practice: moves are off the record."""
Result = Literal["", "met", "partly", "not met"]
"""How a checkpoint was judged; empty while it was not."""


@dataclass(frozen=True, slots=True)
class ClockView:
    """The clock of the present phase, in whole seconds. It warns and never acts."""

    running: bool
    allotted: int
    """What the deck gives the phase, and what was added; 0 for a phase without time."""
    gone: int
    """What has passed of it while the clock ran."""
    idle: int = 0
    """How long nobody has moved, while the clock ran."""

    @property
    def left(self) -> int:
        """What is left; below 0 when the time is over."""
        return self.allotted - self.gone


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """Something that the deck's author wants to be watched for."""

    id: str
    text: str
    objective: str
    """The exercise objective that it shows: its id, or empty."""
    team: SeatId
    """The team that is watched, or empty."""
    inject: str
    """The inject after which it is due: its id, or empty."""
    result: Result
    note: str
    """What was written with the judgement."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A moment that somebody wants to find again."""

    number: int
    """The line of the save that holds it."""
    move: int
    """The move that it marks."""
    text: str
    at: str
    """When: ISO 8601, UTC."""


@dataclass(frozen=True, slots=True)
class RunView:
    """Where the exercise stands, for the console and the display."""

    state: ExerciseState
    clock: ClockView
    display: Literal["game", "blank"] = "game"
    """What the public display shows."""
    say: str = ""
    """What control reads out as the present phase opens; may be empty."""
    questions: tuple[str, ...] = ()
    """What the last hot wash is to discuss."""
    asks: tuple[str, ...] = ()
    """What is to be discussed now: in a hot wash, and when the game is over."""
    hotwash: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """What the hot washes of rounds are to discuss: the round and its questions."""
    agendas: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The day's courses, each with its name, which may be empty."""
    guide: str = ""
    """Markdown for the facilitator; may be empty."""
    objectives: tuple[tuple[str, str], ...] = ()
    """The exercise objectives: id and text."""
    checkpoints: tuple[CheckpointView, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()


@dataclass(frozen=True, slots=True)
class BranchView:
    """One line of play in the save's tree."""

    name: str
    """The name that it was given, else `b` and its place."""
    tip: int
    """Its last move."""
    moves: int
    """How many moves it has."""
    current: bool
    title: str
    """Its last move in words."""
    leaves: int = 0
    """The move at which it parts from the lines before it."""
    practice: bool = False
    """Whether it was played before StartEx, off the record."""
