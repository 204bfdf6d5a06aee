"""A game that a test plays: every move, with all that it caused."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.errors import IllegalMoveError, MoveError
from tabletop.session.facts import Fact, TraceRow
from tabletop.session.log import LogReader
from tabletop.session.moves import TEAM_KINDS, legal_codes, owing
from tabletop.session.start import Start, begin
from tabletop.session.tree import MachineError, Node, Tree
from tabletop.session.view import CONTROL, Change, LogEntry, Move, SeatId
from tabletop.testing.asking import Asker
from tabletop.testing.refusals import Reason, reasons

EVENTS = 8
"""Entries of the log that a failure shows."""
LINES = 24
"""Lines of each entry; the last are."""
REASON = "deck test"
"""What the log says of a test's rulings."""


class RefusedError(IllegalMoveError):
    """A move that the rules do not allow now; `why` holds its terms."""

    def __init__(self, message: str, why: tuple[Reason, ...]) -> None:
        super().__init__(message, terms=why)
        self.why = why


@dataclass(frozen=True)
class Mark:
    """A place to go back to, as if nothing had been played since."""

    nodes: int
    traces: int


class Board:
    """A game in play."""

    def __init__(
        self, deck: Deck, seed: int, start: Start | None, game: int = 0
    ) -> None:
        """Sets game `game` up. Raises MoveError for a start that can't be."""
        self.tree = Tree(deck, seed, game, start=start)
        self.program = self.tree.program
        self.asker = Asker(deck, self.program)
        opening: list[TraceRow] = []
        begin(self.program, seed, game, start, opening)
        self.traces = [opening]
        """What the start and each move left in the trace."""
        self.watch: Callable[[], None] = lambda: None
        """Called after every move."""

    # --- where it stands

    def state(self) -> list[int]:
        """A copy of the state."""
        return self.tree.state()

    @property
    def over(self) -> bool:
        """Whether the game has ended."""
        return self.tree.now.over

    def goes_on(self) -> bool:
        """Whether the game has not ended."""
        return not self.tree.now.over

    def word(self, place: int) -> int:
        """One word of the state."""
        return self.tree.now.state[place]

    @property
    def phase(self) -> str:
        """The phase that is open."""
        return self.program.phases[self.word(at.S_PHASE)]

    def waits_for(self) -> tuple[SeatId, ...]:
        """The seats that owe a move."""
        return owing(self.program, self.state())

    def waits(self) -> str:
        """In words, what the game waits for."""
        if self.over:
            return "the game is over"
        seats = " and ".join(self.waits_for())
        wait = self.word(at.S_WAIT)
        what = {
            at.W_ADVANCE: "to open the next phase", at.W_PLAY: "to play or pass",
            at.W_LAY: "to lay orders or pass", at.W_ANSWER: "to answer a question",
            at.W_RESPOND: "to respond or pass",
        }  # fmt: skip
        return f"the game waits for {seats} {what.get(wait, '')}".rstrip()

    def legal(self, seat: str) -> list[Move]:
        """The moves that a team may make now."""
        state = self.state()
        codes = legal_codes(self.program, state, self.program.teams.index(seat))
        return [self.tree.codec.decode(code, state) for code in codes]

    # --- moving

    def make(self, move: Move) -> list[TraceRow]:
        """Makes a move: what it left in the trace.

        Raises RefusedError for one that is not allowed, MachineError when the machine
        stopped itself.
        """
        state = self.state()
        seat = self.tree.seat_of(move)
        try:
            code = self._code(move, seat, state)
        except MoveError as error:
            raise RefusedError(error.message, reasons(self.tree, move)) from error
        trace: list[TraceRow] = []
        machine.perform(self.program.words, state, code, trace)
        if state[at.S_ERROR]:
            raise MachineError(state[at.S_ERROR])
        self._add(move, state, self.tree.writer.facts(trace))
        self.traces.append(trace)
        self.watch()
        return trace

    def _code(self, move: Move, seat: int, state: list[int]) -> int:
        """The machine's number of a move that is legal."""
        words, room = self.program.words, [0] * self.program.move_room()
        if not self.over:
            code = self.tree.codec.encode(move, state)
            if machine.is_legal(words, state, seat, code, room):
                return code
        raise MoveError(f"{said(move)} is not possible now")

    def _add(self, move: Move, state: list[int], facts: tuple[Fact, ...]) -> None:
        tree = self.tree
        by = move.team if move.kind in TEAM_KINDS else CONTROL
        note = "" if move.kind in (*TEAM_KINDS, "advance") else REASON
        tree.add(
            Node(
                len(tree.nodes), tree.head, by, "", move, note, array("q", state), facts
            )
        )

    def mark(self) -> Mark:
        """The place where the game stands."""
        return Mark(len(self.tree.nodes), len(self.traces))

    def back(self, mark: Mark) -> None:
        """Goes back to a place, and forgets what was played since."""
        for number in range(mark.nodes, len(self.tree.nodes)):
            del self.tree.nodes[number]
        del self.traces[mark.traces :]
        self.tree.head = self.tree.home = mark.nodes - 1

    # --- looking back

    def moves(self) -> list[Move]:
        """The moves that were made."""
        return [node.move for node in self.tree.path() if node.move is not None]

    def changes_since(self, mark: Mark) -> list[Change]:
        """Everything that has changed since a place."""
        nodes = list(self.tree.nodes.values())[mark.nodes :]
        return [fact.change for node in nodes for fact in node.facts]

    def trace_since(self, mark: Mark) -> list[TraceRow]:
        """The trace since a place."""
        return [row for trace in self.traces[mark.traces :] for row in trace]

    def events(self) -> tuple[str, ...]:
        """The last lines of the log, as control sees it."""
        reader = LogReader(self.tree, CONTROL)
        nodes = self.tree.path()[-EVENTS:]
        entries = [entry for node in nodes if (entry := reader.entry(node))]
        return tuple(line for entry in entries for line in entry_lines(entry)[-LINES:])


def entry_lines(entry: LogEntry) -> list[str]:
    """An entry of the log, line by line."""
    lines = [f"{entry.title} [{entry.round}, {entry.phase}]"]
    changes = [c for c in entry.changes[-LINES:] if c.text != entry.title]
    return lines + [f"  {change_line(change)}" for change in changes]


def change_line(change: Change) -> str:
    """A change in a line, by its id where it has a value."""
    cause = f" ({change.cause.title})" if change.cause else ""
    if change.kind == "flag":
        return f"{change.subject} is {'true' if change.after else 'false'}{cause}"
    if change.kind in ("track", "points"):
        return f"{change.subject} {change.before} -> {change.after}{cause}"
    return f"{' '.join(change.text.split())}{cause}"


def said(move: Move) -> str:
    """A move in a few words, by its ids.

    >>> said(Move("play", "town", "sandbags"))
    'town: play sandbags'
    """
    value = str(move.value) if move.value and move.kind != "reveal" else ""
    words = " ".join(part for part in (move.kind, move.item, value) if part)
    return f"{move.team}: {words}" if move.team else words


def seats_of(teams: Sequence[str]) -> dict[str, str]:
    """Who sits where, for views: a person everywhere."""
    return {**dict.fromkeys(teams, "person"), CONTROL: "person"}
