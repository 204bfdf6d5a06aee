"""The tree of a game's moves, each with the state after it and what it caused."""

from array import array
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import gear, soonest
from tabletop.engine.imagine import imagine
from tabletop.engine.relayout import Relayout
from tabletop.errors import GameOverError, IllegalMoveError, TabletopError
from tabletop.session.facts import Fact, FactWriter, TraceRow
from tabletop.session.moves import TEAM_KINDS, Codec
from tabletop.session.names import Names
from tabletop.session.start import Start, begin
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

    @cached_property
    def round(self) -> int:
        """The round after the move."""
        return self.state[at.S_ROUND]

    @cached_property
    def injects(self) -> tuple[str, ...]:
        """The injects that the move was about or that came by it: their ids."""
        facts = (fact.change for fact in self.facts)
        return tuple(change.subject for change in facts if change.kind == "inject")

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
    kind: str = "note"
    """note, bookmark, checkpoint or exercise."""
    title: str = ""
    """What the log calls it; by default that the seat notes something."""
    author: str = ""
    teams: tuple[SeatId, ...] = ()
    objective: str = ""
    public: bool = False
    """Whether everybody may read it, and it holds on every line of play."""


@dataclass(frozen=True)
class Turn:
    """The game has gone to another place than a move leads to: back, or elsewhere."""

    number: int
    by: SeatId
    at: str
    source: int
    """The place that was left."""
    target: int
    practice: bool = False
    """Whether it ended a practice."""
    what_if: bool = False
    """Whether the game goes elsewhere in a what-if, beside what is played."""
    begins: bool = False
    """Whether a what-if begins with it."""
    ends: bool = False
    """Whether a what-if ends with it."""


@dataclass(frozen=True)
class Label:
    """What a line of play was called."""

    tip: int
    """The place that was its last then."""
    name: str
    practice: bool = False


@dataclass(frozen=True)
class Course:
    """One line of play: from where it leaves an earlier one to its last place."""

    place: int
    leaves: int
    tip: int
    moves: int
    """How many moves lead to its tip."""
    name: str
    practice: bool
    what_if: bool = False
    """Whether it was played in a what-if, and not at the table."""


@dataclass(frozen=True)
class Judged:
    """What an inject that was written as a judgement stands on."""

    team: SeatId
    """Who argued for it; empty for control."""
    note: str
    """The reason."""


@dataclass
class Tree:
    """All that has been played of one game, undone lines included."""

    deck: Deck
    seed: int
    game: int = 0
    head: int = 0
    nodes: dict[int, Node] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    written: tuple[str, ...] = ()
    """Injects that were written during the game."""
    judged: dict[str, Judged] = field(default_factory=dict)
    """Those of them that are judgements."""
    home: int = 0
    """Where the game stands, whatever is played in a what-if."""
    aside: int = 0
    """The line with which the present what-if began; 0 at the table."""
    asides: dict[int, int] = field(default_factory=dict)
    """The places that were played in what-ifs, each with where that one began."""
    start: Start | None = None
    """What the game began with, where that is not what its deck says."""

    def __post_init__(self) -> None:
        """Compiles the deck and sets the game up.

        Raises MoveError for a start that can't be.
        """
        self._compile()
        trace: list[TraceRow] = []
        state = begin(self.program, self.seed, self.game, self.start, trace)
        facts = self.writer.facts(trace)
        self.nodes[0] = Node(0, 0, "", "", None, "", array("q", state), facts)
        self._path: tuple[int, tuple[Node, ...]] = (-1, ())
        self._kept: tuple[int, dict[int, int]] = (0, {})
        self._courses: tuple[tuple[int, int], list[Course]] = ((0, 0), [])

    def _compile(self) -> None:
        self.program = compile_deck(self.deck)
        self.names = Names(self.deck)
        self.codec = Codec(self.program, self.names.options)
        self.writer = FactWriter(self.program, self.names)

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

    def at(self, number: int, path: tuple[Node, ...] = ()) -> "Tree":
        """The same tree, seen from another of its places; `path`, when it is known."""
        other = copy(self)
        other.head = number
        other._path = (number, path) if path else (-1, ())
        return other

    def course_of(self, number: int) -> int:
        """Which line of play a place is on, in the order in which they were begun.

        The first move from a place goes on with its line; any other begins a new one.
        A what-if goes on with no line but its own.
        """
        if self._kept[0] != len(self.nodes):
            on = {0: 0}
            tips = [0]
            for node in islice(self.nodes.values(), 1, None):
                place = on[node.parent]
                aside = self.asides.get(node.number) != self.asides.get(node.parent)
                if aside or tips[place] != node.parent:
                    place = len(tips)
                    tips.append(0)
                on[node.number] = place
                tips[place] = node.number
            self._kept = (len(self.nodes), on)
        return self._kept[1][number]

    def course(self, number: int) -> Course:
        """The line of play that a place is on."""
        return self.courses()[self.course_of(number)]

    def courses(self) -> list[Course]:
        """Every line of play, in the order in which they were begun."""
        size = (len(self.nodes), len(self.labels))
        if self._courses[0] != size:
            self.course_of(0)
            self._courses = (size, self._find_courses())
        return self._courses[1]

    def between(self, source: int, target: int) -> tuple[list[Node], list[Node]]:
        """The moves to take back from one place to another, and those to make then.

        Both from the earliest to the latest.
        """
        gone, made = [], []
        while source != target:
            node = self.nodes[max(source, target)]
            if source > target:
                gone.append(node)
                source = node.parent
            else:
                made.append(node)
                target = node.parent
        return gone[::-1], made[::-1]

    def _find_courses(self) -> list[Course]:
        on, depths = self._kept[1], {0: 0}
        found: dict[int, Course] = {}
        labels = {on[label.tip]: label for label in self.labels}
        for number, place in on.items():
            parent = self.nodes[number].parent
            depths[number] = depths[parent] + 1 if number else 0
            leaves = found[place].leaves if place in found else parent
            label = labels.get(place, Label(number, f"b{place}"))
            found[place] = Course(
                place, leaves, number, depths[number], label.name, label.practice,
                number in self.asides,
            )  # fmt: skip
        return list(found.values())

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
        return self.bot_mind(team, policy)()

    def bot_mind(self, team: SeatId, policy: int) -> Callable[[], Move]:
        """What decides for a built-in bot: it has a copy of what its seat knows now.

        It touches nothing of the tree, so it may run in any thread while play goes on.
        """
        program, codec, words = self.program, self.codec, self.program.words
        seat = program.teams.index(team)
        state = self.state()
        known = program.new_state()
        imagine(words, state, seat, known)
        for word in (at.Z_BOT, at.Z_BOT2):
            known[program.digest_words + word] = state[program.digest_words + word]

        def decide() -> Move:
            room = [0] * program.move_room()
            count = machine.legal_moves(words, known, seat, room)
            mind = gear(soonest(policy))
            move = mind.choose(
                mind.words(words), mind.words(known), seat, policy, room[:count]
            )
            return codec.decode(move, known)

        return decide

    def add(self, node: Node) -> None:
        """Takes a place in, and goes there."""
        self.nodes[node.number] = node
        self.head = node.number
        if self.aside:
            self.asides[node.number] = self.aside
        else:
            self.home = node.number

    def turn(self, turn: Turn) -> None:
        """Goes to another place, and remembers that it did."""
        self.turns.append(turn)
        self.head = turn.target
        if turn.begins:
            self.aside = turn.number
        elif not turn.what_if:
            self.aside, self.home = 0, turn.target

    def amend(self, deck: Deck) -> tuple[str, ...]:
        """Goes on with a deck that has more injects: their ids.

        Every place keeps its number, its facts and its state, in the new layout.
        Raises ValueError when the decks differ in anything else.
        """
        before, old = self.program, self.deck
        self.deck = deck
        self._compile()
        try:
            layout = Relayout(before, self.program)
        except ValueError:
            self.deck = old
            self._compile()
            raise
        for number, node in self.nodes.items():
            self.nodes[number] = replace(node, state=layout.state(node.state))
        self._path = (-1, ())
        new = self.program.injects[len(before.injects) :]
        self.written += new
        return new

    def reword(self, deck: Deck) -> None:
        """Goes on with a deck whose words alone are others.

        What has been told stays told as it was.
        """
        self.deck = deck
        self._compile()

    def amended(self, deck: Deck) -> "Tree":
        """The current place alone, as it would be with a deck of more injects."""
        other = self.at(self.head)
        other.nodes = {self.head: self.now}
        other.amend(deck)
        return other

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
