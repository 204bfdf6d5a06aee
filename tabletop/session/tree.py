"""The tree of a game's moves, each with the state after it and what it caused."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine import machine, playout
from tabletop.engine.compile import compile_deck
from tabletop.engine.imagine import imagine
from tabletop.engine.program import seed_key
from tabletop.errors import GameOverError, IllegalMoveError, TabletopError
from tabletop.session.facts import Fact, FactWriter, TraceRow
from tabletop.session.moves import TEAM_KINDS, Codec
from tabletop.session.names import Names
from tabletop.session.view import Move, SeatId


@dataclass(frozen=True)
class Node:
    """A place in the game: the state after a move, and how it came about."""

    number: int
    """The move's number; 0 is the start."""
    parent: int
    by: SeatId
    at: str
    move: Move | None
    note: str
    state: "array[int]"
    facts: tuple[Fact, ...]

    @property
    def round(self) -> int:
        """The round after the move."""
        return self.state[at.S_ROUND]

    @property
    def over(self) -> bool:
        """Whether the game has ended."""
        return self.state[at.S_OVER] != 0


@dataclass(frozen=True)
class Note:
    """Something that somebody wrote down, beside the moves."""

    number: int
    parent: int
    by: SeatId
    at: str
    text: str


@dataclass
class Tree:
    """All that has been played of one game, undone lines included."""

    deck: Deck
    seed: int
    game: int = 0
    head: int = 0
    nodes: dict[int, Node] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Compiles the deck and sets the game up."""
        self.program = compile_deck(self.deck)
        self.names = Names(self.deck)
        self.codec = Codec(self.program, self.names.options)
        self.writer = FactWriter(self.program, self.names)
        state = self.program.new_state()
        trace: list[TraceRow] = []
        key = seed_key(self.seed)
        machine.set_up(self.program.words, state, key, self.game, trace)
        facts = self.writer.facts(trace)
        self.nodes[0] = Node(0, 0, "", "", None, "", array("q", state), facts)
        self._path: tuple[int, tuple[Node, ...]] = (-1, ())

    # --- reading

    @property
    def now(self) -> Node:
        """The current place."""
        return self.nodes[self.head]

    def state(self, number: int | None = None) -> list[int]:
        """A copy of the state at a place, the current one by default."""
        return self.nodes[self.head if number is None else number].state.tolist()

    def digest(self, number: int) -> str:
        """The digest of the state at a place."""
        return self.program.digest(self.nodes[number].state)

    def path(self) -> tuple[Node, ...]:
        """The places from the start to the current one."""
        if self._path[0] != self.head:
            self._path = (self.head, tuple(reversed(list(self.back(self.head)))))
        return self._path[1]

    def back(self, number: int) -> Iterator[Node]:
        """A place and those before it, back to the start."""
        while True:
            node = self.nodes[number]
            yield node
            if number == 0:
                return
            number = node.parent

    def tips(self) -> list[int]:
        """The places that nothing follows, in the order in which they were reached."""
        parents = {node.parent for node in self.nodes.values() if node.number}
        return [number for number in self.nodes if number not in parents]

    # --- playing

    def apply(self, move: Move, seat: int) -> tuple[list[int], tuple[Fact, ...]]:
        """The state after a move of a seat, and what it causes; nothing is changed.

        Raises IllegalMoveError or GameOverError.
        """
        state = self.state()
        if state[at.S_OVER]:
            raise GameOverError("the game is over", "Undo a move to play on.")
        code = self.codec.encode(move, state)
        room = [0] * self.program.move_room()
        if not machine.is_legal(self.program.words, state, seat, code, room):
            raise IllegalMoveError(
                f"this move is not possible now: {describe(move)}",
                "Choose one of the moves that are offered.",
            )
        trace: list[TraceRow] = []
        machine.perform(self.program.words, state, code, trace)
        if state[at.S_ERROR]:
            raise MachineError(state[at.S_ERROR])
        return state, self.writer.facts(trace)

    def bot_move(self, team: SeatId, policy: int) -> Move:
        """The move of a built-in bot, which is given only what its seat knows."""
        words, program = self.program.words, self.program
        seat = program.teams.index(team)
        state = self.state()
        known, room = program.new_state(), [0] * program.move_room()
        imagine(words, state, seat, known)
        for word in (at.Z_BOT, at.Z_BOT2):
            known[program.digest_words + word] = state[program.digest_words + word]
        count = machine.legal_moves(words, known, seat, room)
        place = playout.choose(
            words, known, seat, policy, room, count,
            program.new_state(), program.new_state(),
        )  # fmt: skip
        return self.codec.decode(room[place], known)

    def add(self, node: Node) -> None:
        """Takes a place in, and goes there."""
        self.nodes[node.number] = node
        self.head = node.number

    def seat_of(self, move: Move) -> int:
        """The machine's seat for a move: the team's own, or control's."""
        if move.team and move.kind in TEAM_KINDS:
            if move.team not in self.program.teams:
                raise IllegalMoveError(f"there is no team called '{move.team}'")
            return self.program.teams.index(move.team)
        return self.program.control


class MachineError(TabletopError):
    """The machine stopped itself: a move would have taken more than it may."""

    def __init__(self, code: int) -> None:
        """`code` is the machine's own."""
        super().__init__(
            f"this move can't be carried out (stop {code})",
            "It was not made. Control can rule instead.",
        )


def describe(move: Move) -> str:
    """A move in a few words, by its ids."""
    parts = [move.team, move.kind, move.item, str(move.value) if move.value else ""]
    return " ".join(part for part in parts if part)
