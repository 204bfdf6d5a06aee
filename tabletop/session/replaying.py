"""A save as something to step through: every line of it, moment by moment.

Nothing here changes the save. What one seat may not know is not in what that seat is
shown, on any line and at any moment.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tabletop.errors import MoveError, TabletopError
from tabletop.session.annotations import AllAnnotations, Annotations
from tabletop.session.comparing import compared
from tabletop.session.copies import copy_of, left_behind, told
from tabletop.session.courses import CourseReader, Test, test_of, texts
from tabletop.session.log import LogReader
from tabletop.session.moves import TEAM_KINDS
from tabletop.session.peek import Peek
from tabletop.session.replayed import (
    Alternative,
    Comparison,
    LineView,
    Moment,
    MomentKind,
    Pair,
)
from tabletop.session.runview import BranchView
from tabletop.session.session import Session
from tabletop.session.tree import Course, Node, Tree
from tabletop.session.view import (
    CONTROL,
    Change,
    LogEntry,
    Move,
    MoveView,
    Preview,
    SeatId,
    View,
    Why,
)
from tabletop.session.views import ViewBuilder

__all__ = [
    "Alternative", "Comparison", "LineView", "Moment", "MomentKind", "Pair", "Replay",
]  # fmt: skip
OWN_NAMES = re.compile(r"what-if [A-Z]+|practice( \d+)?|b\d+")
"""Names that the program gives lines of play: they tell nothing."""
HIDDEN = "Something has happened"


class Replay:
    """A save, open to be looked at by one seat."""

    def __init__(
        self, session: Session, seat: SeatId = CONTROL, save: Path | None = None
    ) -> None:
        """Raises UsageError for a seat that there is none of."""
        self.session = session
        self.save = save or session.path
        """The save that is looked at: the game may be read from a copy of it."""
        self._own_lines = 0
        """How many lines the save has, when the game is read from its copy."""
        self._told: tuple[str, ...] = ()
        self.marked: frozenset[int] = frozenset()
        """The moves that whoever looks has marked, for `seek`."""
        self._logs: dict[SeatId, LogReader] = {}
        self._readers: dict[tuple[SeatId, int], CourseReader] = {}
        self._lines: dict[SeatId, tuple[LineView, ...]] = {}
        self._had: dict[int, tuple[Alternative, ...]] = {}
        self.seat = seat

    @classmethod
    def open(cls, path: Path, seat: SeatId = CONTROL) -> "Replay":
        """Opens a save to be read; errors as for `Session.open`.

        When lines were played from a replay of this save before, they are there too.
        """
        session, moves, warnings = read_game(path)
        try:
            replay = cls(session, seat, path)
        except BaseException:
            session.close()
            raise
        replay._own_lines, replay._told = moves, warnings
        return replay

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever opened it should be told: damage, a copy left behind."""
        return (*self._told, *self.session.warnings)

    def annotations(self) -> Annotations | AllAnnotations | None:
        """The marks on its moments; None for a game in memory alone."""
        digest = self.session.tree.digest(0)
        there = self.session.path
        if self.save is None or there is None:
            return None
        here = Annotations(self.save, digest)
        if there == self.save:
            return here
        return AllAnnotations(here, Annotations(there, digest), self._own_lines)

    @property
    def seat(self) -> SeatId:
        """Whose eyes look; may be changed at any time. Raises UsageError."""
        return self._seat

    @seat.setter
    def seat(self, seat: SeatId) -> None:
        self._logs.setdefault(seat, self.session.log_of(seat))
        self._seat = seat

    @property
    def main(self) -> int:
        """The last move of the line as it was played: where the game stands."""
        return self.session.tree.home

    # --- lines and their moments

    def lines(self) -> tuple[LineView, ...]:
        """Every line of play, the one that was played to the end at the table first."""
        if self.seat not in self._lines:
            self._lines[self.seat] = tuple(self._each_line())
        return self._lines[self.seat]

    def moments(self, tip: int | None = None) -> tuple[Moment, ...]:
        """The moments of the line that ends with a move, the main line by default.

        Raises MoveError when there is no such move.
        """
        return self._reader(self.main if tip is None else tip).moments

    def place_of(self, number: int, tip: int | None = None) -> int | None:
        """Which moment of a line a move is; None when it is not on the way there.

        Of a move that the seat may know nothing of: the last known one before it.
        """
        return self._reader(self.main if tip is None else tip).place_of(number)

    def seek(
        self, moments: Sequence[Moment], place: int, what: str, step: int
    ) -> int | None:
        """The next place (step 1) or the one before (step -1) that holds something.

        `what` is move, round, phase, decision, decision:TEAM, die, ruling, inject,
        bookmark, mark, note, checkpoint, or track:ID (a track or flag). None when there
        is none on that side. Raises UsageError for anything else.
        """
        fits = self._test(what)
        end = len(moments) if step > 0 else -1
        for i in range(max(-1, place) + step, end, step):
            if i < len(moments) and fits(moments[i], moments[i - 1] if i else None):
                return i
        return None

    def search(self, moments: Sequence[Moment], words: str) -> tuple[int, ...]:
        """The places whose entry, changes or note hold some words, in any case.

        All the words, in any order. Nothing is found without any.
        """
        wanted = words.casefold().split()
        found = []
        for place, moment in enumerate(moments):
            text = " ".join(texts(moment, self.entry(moment.number))).casefold()
            if wanted and all(word in text for word in wanted):
                found.append(place)
        return tuple(found)

    # --- one moment

    def view(self, number: int, tip: int | None = None) -> View:
        """What the seat was shown after a move; it offers no moves.

        The log is that of the line which ends with `tip`: by default the main line
        when the move is on it, else its own. Raises MoveError for no move of that line.
        """
        tree, log = self._at(number, tip)
        return _Shown(tree, self.seat, self.session.seats, log).build()

    def entry(self, number: int) -> LogEntry | None:
        """A move as the seat may know it; None when it may know nothing of it."""
        return self._log.entry(self._node(number))

    def changes(self, source: int, target: int) -> tuple[Change, ...]:
        """What the moves from one place to a later one on its line changed.

        Raises MoveError unless one leads to the other.
        """
        self._node(source)
        self._node(target)
        gone, made = self.session.tree.between(source, target)
        if gone:
            raise MoveError(f"move {target} does not come after move {source}")
        told = (self._log.entry(node) for node in made)
        return tuple(change for entry in told if entry for change in entry.changes)

    def why(self, number: int, subject: str) -> Why:
        """The sum behind a track, flag or points as it was. Raises UsageError."""
        tree, log = self._at(number)
        return Peek(tree, self.seat, log).why(subject)

    def options(self, number: int) -> tuple[Alternative, ...]:
        """What the team that made a move could have done instead, in order.

        Empty unless the move was a team's decision, and unless this seat is that team
        or control.
        """
        move = self._node(number).move
        if move is None or move.kind not in TEAM_KINDS:
            return ()
        if self.seat not in (CONTROL, move.team):
            return ()
        return self.had(number)

    def had(self, number: int) -> tuple[Alternative, ...]:
        """As `options`, whoever looks: for the team that made the move."""
        move = self._node(number).move
        if move is None or move.kind not in TEAM_KINDS:
            return ()
        if number not in self._had:
            self._had[number] = self._alternatives(number, move)
        return self._had[number]

    def offered(self, number: int, team: SeatId, tip: int | None = None) -> View:
        """What a team was shown after a move, with the moves that it then had.

        `tip` as for `view`.
        """
        return self._offered(number, team, tip).build()

    def had_choice(self, number: int) -> bool:
        """Whether a move was a team's decision, and it had another one to make."""
        node = self._node(number)
        if node.move is None or node.move.kind not in TEAM_KINDS:
            return False
        return len(self._offered(node.parent, node.move.team).moves()) > 1

    def compare(self, ours: int, theirs: int) -> Comparison:
        """Two places side by side, as the seat may know them."""
        return compared(self._builder(ours), self._builder(theirs))

    def close(self) -> None:
        """Lets go of the save."""
        self.session.close()

    # --- within

    @property
    def _log(self) -> LogReader:
        return self._logs[self.seat]

    def _node(self, number: int) -> Node:
        node = self.session.tree.nodes.get(number)
        if node is None:
            raise MoveError(f"there is no move {number} in this save")
        return node

    def _reader(self, tip: int, seat: SeatId = "") -> CourseReader:
        seat = seat or self.seat
        if (seat, tip) not in self._readers:
            self._node(tip)
            log = self._logs.setdefault(seat, self.session.log_of(seat))
            self._readers[seat, tip] = CourseReader(log, tip)
        return self._readers[seat, tip]

    def _at(
        self, number: int, tip: int | None = None, seat: SeatId = ""
    ) -> tuple[Tree, LogReader]:
        self._node(number)
        if tip is not None:
            reader = self._reader(tip, seat)
            if number not in reader.places:
                raise MoveError(f"move {number} is not on the way to move {tip}")
            return reader.at(number)
        reader = self._reader(self.main, seat)
        if number not in reader.places:
            reader = self._reader(self.session.tree.course(number).tip, seat)
        return reader.at(number)

    def _offered(
        self, number: int, team: SeatId, tip: int | None = None
    ) -> ViewBuilder:
        tree, log = self._at(number, tip, team)
        return ViewBuilder(tree, team, self.session.seats, log)

    def _builder(self, number: int) -> ViewBuilder:
        tree, log = self._at(number)
        return ViewBuilder(tree, self.seat, self.session.seats, log)

    def _test(self, what: str) -> Test:
        program = self.session.tree.program
        tracks = ViewBuilder(
            self.session.tree, self.seat, self.session.seats, self._log
        ).seen()
        known = {"decision": set(program.teams), "track": tracks}
        return test_of(what, known, self.marked)

    def _alternatives(self, number: int, move: Move) -> tuple[Alternative, ...]:
        builder = self._offered(self._node(number).parent, move.team)
        peek = Peek(builder.tree, move.team, builder.log)

        def seen(each: MoveView) -> Alternative:
            chosen = each.move == move
            return Alternative(each.move, each.label, chosen, peek.preview(each.move))

        found = tuple(map(seen, builder.moves()))
        if any(each.chosen for each in found):
            return found
        # What the team did not know may have allowed what control did for it.
        title = self.session.log_of(move.team).title(self._node(number))
        preview = Preview(move, title, ())
        return (*found, Alternative(move, title, chosen=True, preview=preview))

    def _each_line(self) -> Iterator[LineView]:
        tree = self.session.tree
        main = tree.course(self.main)
        yield self._line(replace(main, tip=self.main, moves=len(self._path())))
        if main.tip != self.main:  # its last moves were taken back
            yield self._line(replace(main, leaves=self.main))
        for course in tree.courses():
            if course.place != main.place:
                yield self._line(course)

    def _path(self) -> tuple[Node, ...]:
        return self._reader(self.main).path[1:]

    def _line(self, course: Course) -> LineView:
        builder = self._builder(course.tip)
        is_main = course.tip == self.main
        end = builder.ending()
        return LineView(
            branch=self._branch(course, is_main=is_main),
            what_if=course.what_if,
            ending=end.title if end else "",
            scores=end.scores if end else (),
            main=is_main,
            undone=not (is_main or course.practice or course.what_if),
        )

    def _branch(self, course: Course, *, is_main: bool) -> BranchView:
        entry = self.entry(course.tip)
        own = self.seat == CONTROL or OWN_NAMES.fullmatch(course.name)
        return BranchView(
            name=course.name if own else f"b{course.place}",
            tip=course.tip,
            moves=course.moves,
            current=is_main,
            title=entry.title if entry else HIDDEN,
            leaves=course.leaves,
            practice=course.practice,
        )


def read_game(save: Path) -> tuple[Session, int, tuple[str, ...]]:
    """The game of a save, from its copy if there is one; with the number of the save's
    last line, and what whoever opens it should be told beside the game's warnings."""
    copy = copy_of(save)
    told_more = (left_behind(save),) if copy is None else ()
    if copy is not None:
        moves, warnings = told(save)
        try:
            session = Session.open(copy, read_only=True)
        except TabletopError as error:
            told_more = (f"what was played on is not shown: {error}",)
        else:
            session.hear_beside(save)
            return session, moves, warnings
    return Session.open(save, read_only=True), 0, tuple(filter(None, told_more))


class _Shown(ViewBuilder):
    """A view that offers no moves."""

    def moves(self) -> tuple[MoveView, ...]:
        """None."""
        return ()
