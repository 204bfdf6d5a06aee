"""One person at a replay: the save, the line of play, the moment, and what is typed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tabletop.cli import output
from tabletop.cli.plain.describe import ANNOUNCEMENT, announcement, seat_name
from tabletop.cli.text import one_line
from tabletop.errors import UsageError
from tabletop.session.annotations import AllAnnotations, Annotation, Annotations
from tabletop.session.replaying import LineView, Moment, Replay
from tabletop.session.runview import BranchView
from tabletop.session.view import SeatId, View


class ReplayDesk:
    """What a command works on."""

    def __init__(self, replay: Replay) -> None:
        self.replay = replay
        self.tip = replay.main
        """The last move of the line that is looked at."""
        self.place = 0
        """Which of its moments."""
        self.sought = ""
        """What was looked for last."""
        self.annotations: Annotations | AllAnnotations | None = None
        self.read_marks()

    # --- where it is

    @property
    def moments(self) -> tuple[Moment, ...]:
        """The moments of the line."""
        return self.replay.moments(self.tip)

    @property
    def moment(self) -> Moment:
        """The present one."""
        return self.moments[self.place]

    @property
    def view(self) -> View:
        """What the seat saw then."""
        return self.replay.view(self.moment.number, self.tip)

    @property
    def line(self) -> BranchView:
        """The line that is looked at."""
        return next(
            each.branch for each in self.replay.lines() if each.branch.tip == self.tip
        )

    # --- going

    def go_to(self, number: int) -> None:
        """Goes to a move, on this line when it is there, else on the first that has it.

        Where the seat knows of no such move, to the last one before it that it knows.
        """
        for tip in (self.tip, *(each.branch.tip for each in self.replay.lines())):
            place = self.replay.place_of(number, tip)
            if place is not None:
                self.tip, self.place = tip, place
                return
        raise UsageError(f"there is no move {number} in this save")

    def take_line(self, line: LineView) -> None:
        """Looks at another line: where it leaves this one, or as far as both go."""
        number = self.moment.number
        self.tip = line.branch.tip
        place = self.replay.place_of(number, self.tip)
        if place is None:
            place = self.replay.place_of(line.branch.leaves, self.tip)
        self.place = place or 0

    def look_as(self, seat: SeatId) -> None:
        """Looks through another seat's eyes, at the same moment. Raises UsageError."""
        number = self.moment.number
        self.replay.seat = seat
        self.go_to(number)

    # --- marks

    def read_marks(self) -> None:
        """Reads the marks that there are, and says what can't be used."""
        self.annotations = self.replay.annotations()
        self.remember_marks()
        for problem in self.annotations.problems if self.annotations else ():
            output.warn(f"warning: {one_line(problem)}")

    def remember_marks(self) -> None:
        """Lets marked moments be found."""
        self.replay.marked = frozenset(self.marks())

    def marks(self) -> dict[int, Annotation]:
        """The marks by their moves."""
        return self.annotations.all() if self.annotations else {}

    # --- telling

    def say(self, lines: Iterable[str], otherwise: str = "") -> None:
        """Lines to the person; if there are none, what to say instead."""
        said = False
        for line in lines:
            output.say(line)
            said = True
        if otherwise and not said:
            output.say(otherwise)

    def show(self) -> None:
        """Tells the present moment."""
        self.say(self._told())

    def _told(self) -> Iterator[str]:
        moment, view = self.moment, self.view
        phase = next(p.label for p in view.phases if p.id == moment.phase)
        yield ""
        yield one_line(
            f"{view.round_label} {moment.round} of {view.rounds}, {phase},"
            f" place {self.place} of {len(self.moments) - 1}"
            f" of {self.line.name}, seen as {seat_name(view, view.seat)}"
        )
        entry = self.replay.entry(moment.number)
        if entry is not None:
            yield from announcement(entry)
        for beside in moment.beside:
            yield from announcement(beside)
        written = self.marks().get(moment.number)
        if written is not None:
            yield one_line(f"{ANNOUNCEMENT}Marked {written.mark}: {written.text}")
        if view.over is not None:
            yield one_line(f"The end: {view.over.title}")


@dataclass(frozen=True)
class ReplayCommand:
    """Something that can be typed at a replay; False leaves it."""

    words: tuple[str, ...]
    usage: str
    meaning: str
    run: Callable[[ReplayDesk, str], bool]
