"""The moves of a save that a seat may know of, with their time and line of play."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tabletop.report.tables.columns import Cell, Row
from tabletop.session.annotations import Annotation, Annotations
from tabletop.session.clock import seconds
from tabletop.session.journal import Journal
from tabletop.session.log import LogReader
from tabletop.session.running import DECLARED
from tabletop.session.session import Session
from tabletop.session.tree import Course, Node
from tabletop.session.view import CONTROL, LogEntry, SeatId


@dataclass(frozen=True)
class Place:
    """A move, what the seat may know of it, and where it stands in time."""

    node: Node
    entry: LogEntry
    time: Mapping[str, Cell]
    """The cells of `columns.TIME`."""

    def row(self, **cells: Cell) -> Row:
        """A row about this move."""
        return {**self.time, **cells}


class Places:
    """Reads one save as one seat may know it."""

    def __init__(
        self, session: Session, seat: SeatId = CONTROL, *, all_lines: bool = False
    ) -> None:
        """Takes the line that was played, or all of them.

        Raises UsageError for a seat that there is none of.
        """
        self.session = session
        self.tree = session.tree
        self.seat = session.view_at(seat, 0).seat
        self.all_lines = all_lines
        self.name = session.path.name if session.path else ""
        self.log = LogReader(session.tree, seat)
        self.path = tuple(reversed(list(self.tree.back(self.tree.home))))
        """The line that was played, whatever somebody looked at since."""
        self.played = {node.number for node in self.path}

    @cached_property
    def all(self) -> tuple[Place, ...]:
        """Each move once, in the order of their numbers."""
        nodes = self.tree.nodes.values() if self.all_lines else self.path
        return tuple(
            Place(node, entry, self._time(node, entry))
            for node in nodes
            if (entry := self.log.entry(node)) is not None
        )

    @cached_property
    def digests(self) -> Mapping[int, str]:
        """The digest of each state as the save holds it; else as it is now."""
        path = self.session.path
        if path is None:
            return {number: self.tree.digest(number) for number in self.tree.nodes}
        journal = Journal.open(path, read_only=True)
        moves = {line.number: line.digest for line in journal.lines if line.digest}
        return {0: journal.header.start_digest, **moves}

    def before(self, node: Node) -> Node | None:
        """The move before one on its line, of those that the seat may know of."""
        earlier = self.tree.back(node.parent) if node.number else iter(())
        return next((each for each in earlier if self.log.entry(each)), None)

    def course(self, number: int) -> Course:
        """The line of play that a move was made on."""
        return self.tree.course(number)

    def line(self, number: int) -> str:
        """What it is called; to all but control by its place, for a name may tell."""
        course = self.course(number)
        return course.name if self.seat == CONTROL else f"b{course.place}"

    def status(self, number: int) -> str:
        """What became of a move."""
        if number in self.played:
            return "played"
        course = self.course(number)
        if course.practice:
            return "practice"
        return "what-if" if course.what_if else "undone"

    def since_start(self, at: str) -> int | None:
        """Seconds from StartEx, else from the first move, to a time."""
        now = seconds(at)
        return None if now is None or self._zero is None else now - self._zero

    @cached_property
    def _zero(self) -> int | None:
        starts = (
            seconds(note.at)
            for note in self.tree.notes
            if note.kind == "exercise" and note.title == DECLARED["start"]
        )
        return next((at for at in (*starts, *self._times()) if at is not None), None)

    def _times(self) -> Iterator[int | None]:
        """When the moves were made that were played, from the first."""
        return (seconds(node.at) for node in self.path[1:])

    def marks(self) -> tuple[Annotation, ...]:
        """The marks on moments that are kept beside the save; for control alone."""
        path = self.session.path
        if path is None or self.seat != CONTROL:
            return ()
        return tuple(Annotations(path, self.digests[0]).all().values())

    def beside(self, number: int, entry: LogEntry) -> Row:
        """The cells of `columns.TIME` for what stands beside a move."""
        before = self.before(self.tree.nodes[number])
        return {
            "save": self.name,
            "line": self.line(number),
            "status": self.status(number),
            "move": number,
            "parent": before.number if before else None,
            "round": entry.round,
            "phase": entry.phase,
            "at": entry.at,
            "seconds": self.since_start(entry.at),
            "took": None,
            "seat": entry.seat,
        }

    def _time(self, node: Node, entry: LogEntry) -> Row:
        before = self.before(node)
        now, then = seconds(node.at), seconds(before.at) if before else None
        took = None if now is None or then is None else now - then
        return {**self.beside(node.number, entry), "took": took}
