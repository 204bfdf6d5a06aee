"""Writes a deck test from a game that was played: its moves, its dice, how it ended.

Dice and injects are written down as they came. Cards are drawn by the game's seed, as
they were; what stays of them in the test is who played which.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tabletop import RULES_VERSION
from tabletop.deck.writing import Value, string, value
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.errors import UsageError
from tabletop.session.log import move_title
from tabletop.session.start import Start
from tabletop.session.tree import Node, Tree
from tabletop.session.view import Move
from tabletop.testing.files import SUFFIX, read
from tabletop.testing.models import Start as GivenStart
from tabletop.testing.results import Failure
from tabletop.testing.runner import run_case

Row = tuple[int, int, int, int, int, int]
Table = dict[str, Value]
MOST_DICE = at.DICE_KEPT
"""Dice that one step of a test can give."""
SAME = ("play", "lay", "hold", "release", "skip", "forward", "veto", "lift", "give",
        "take", "force", "reveal")  # fmt: skip
"""Moves that a step names with the same word, and their item with it."""
WIDTH = 88


@dataclass(frozen=True, slots=True)
class Recorded:
    """A game as a test."""

    text: str
    """The table [[test]] as TOML."""
    name: str
    steps: int
    over: bool
    """Whether the game had ended."""


def record(
    tree: Tree, until: int | None = None, name: str = "", *, each: bool = False
) -> Recorded:
    """The test that plays a game again, up to a move; to the present one by default.

    With `each` every step says what it changes. Raises UsageError for a move that there
    is none of, and for a game that no test can play.
    """
    place = tree.head if until is None else until
    if place not in tree.nodes:
        raise UsageError(f"there is no move {place} in this save")
    return Recorder(tree.at(place), each=each).recorded(name)


class Recorder:
    """Writes the game that leads to a tree's place."""

    def __init__(self, tree: Tree, *, each: bool = False) -> None:
        """Plays it again, and takes down what chance did."""
        self.tree = tree
        self.each = each
        path = tree.path()
        self.pairs = list(pairwise(path))
        self._require_same_deck()
        self.traces = [self._trace(before, node) for before, node in self.pairs]
        dice = [sum(row[0] == at.TR_DIE for row in rows) for rows in self.traces]
        self.free = max(dice, default=0) > MOST_DICE
        """Whether dice are left to the seed, since a step can't give so many."""

    def recorded(self, name: str) -> Recorded:
        """The test."""
        steps = list(self._steps())
        name = name or self._name()
        head: Table = {"name": name, "seed": self.tree.seed}
        if self.tree.game:
            head["game"] = self.tree.game
        if self.tree.start is not None:
            head["start"] = self._start(self.tree.start)
        head["allow"] = ["draws", "rolls"] if self.free else ["draws"]
        lines = ["[[test]]", f"# {comment(self._origin())}"]
        lines += [f"{key} = {value(each)}" for key, each in head.items()]
        lines += ["steps = [", *steps, "]", "", "[test.expect]", *self._expect()]
        count = sum(not line.lstrip().startswith("#") for line in steps)
        if not count:
            raise UsageError(
                "nothing was played there, so there is nothing to test",
                "Play a move first, or name a later one with --until.",
            )
        return Recorded("\n".join(lines) + "\n", name, count, self.tree.now.over)

    def _require_same_deck(self) -> None:
        """Raises UsageError for a game with an inject that its deck does not have."""
        for before, node in self.pairs:
            own = node.move.item if node.move is not None else ""
            written = [id_ for id_ in (own, *node.injects) if id_ in self.tree.written]
            if written:
                raise UsageError(
                    f"move {node.number} is about {written[0]}, which was written"
                    " during the game: no test of the deck knows it",
                    f"Record what comes before it: --until {before.number}.",
                )

    def _trace(self, before: Node, node: Node) -> list[Row]:
        """All that a move caused, as the machine tells it."""
        rows: list[Row] = []
        if node.move is not None:
            state = before.state.tolist()
            code = self.tree.codec.encode(node.move, state)
            machine.perform(self.tree.program.words, state, code, rows)
        return rows

    def _origin(self) -> str:
        """Of which deck and by which rules: which of them has changed, if it fails."""
        deck = self.tree.deck
        return (
            f"Recorded of version {deck.model.version} of the deck"
            f" (digest {deck.digest[:12]}), by version {RULES_VERSION} of the rules."
        )

    def _name(self) -> str:
        ending = self.tree.now.state[at.S_ENDING]
        if not ending:
            round_ = f"{self.tree.names.model.rounds.label} {self.tree.now.round}"
            return f"recorded, as far as {round_}"
        id_ = self.tree.program.endings[ending - 1]
        return f"recorded: {self.tree.names.model.endings[id_].title}"

    def _start(self, start: Start) -> Table:
        """What the game began with, as a test says it."""
        flags, known = self.tree.program.flags, GivenStart.model_fields
        values: Table = {}
        clashing: Table = {}  # tracks that are called like another key
        for name, number in start.values.items():
            home = clashing if name in known else values
            home[name] = number == 1 if name in flags else number
        hands = {team: list[Value](held) for team, held in start.hands.items()}
        rest: Table = {
            "tracks": clashing, "played": dict(start.played),
            "fired": list[Value](start.fired), "roll": list[Value](start.dice),
            "points": dict(start.points), "hand": dict[str, Value](hands),
        }  # fmt: skip
        begins: Table = {"round": start.round} if start.round > 1 else {}
        return begins | values | {key: each for key, each in rest.items() if each}

    # --- steps

    def _steps(self) -> Iterator[str]:
        """A line for each step; rounds and the reasons of rulings are comments."""
        names, said = self.tree.names, 0
        for (before, node), rows in zip(self.pairs, self.traces, strict=True):
            if before.round != said:
                said = before.round
                yield f"    # {comment(f'{names.model.rounds.label} {said}')}"
            if node.move is None or node.move.kind == "die":
                continue  # dice stand with the step that throws them
            if node.note:
                title = move_title(names, node.move)
                yield f"    # {comment(f'{title}: {node.note}')}"
            step = self._move(before, node, node.move) | self._luck(node.move, rows)
            if self.each and (then := self._changed(before, node)):
                step["then"] = then
            yield f"    {value(step)},"

    def _move(self, before: Node, node: Node, move: Move) -> Table:
        """What a step says of a move."""
        step: Table = {"team": move.team} if move.team else {}
        if move.kind in SAME:
            step[move.kind] = move.item
        elif move.kind == "pass":
            step["pass"] = True
        elif move.kind == "answer":
            step["choose"] = move.item
        elif move.kind == "fire":
            step["inject"] = move.item
        elif move.kind == "advance":
            step["advance"] = "end" if node.over else "phase"
        elif move.kind == "reseed":
            step["reseed"] = move.value
        else:
            step |= self._ruling(node, move)
        if move.kind == "forward":
            step["to"] = move.value
        elif move.kind == "reveal" and move.value:
            step["to"] = self.tree.program.teams[move.value - 1]
        return step

    def _ruling(self, node: Node, move: Move) -> Table:
        """A ruling on a number; one on a flag says what it came to."""
        program = self.tree.program
        if move.item in program.flags:
            words = program.words
            slot = words[at.H_S_TARGET] + program.targets.index(move.item)
            return {"set": {move.item: node.state[slot] == 1}}
        return {move.kind: {move.item: move.value}}

    def _luck(self, move: Move, rows: Sequence[Row]) -> Table:
        """What a step says of the dice, and of injects that came by themselves."""
        dice = [row for row in rows if row[0] == at.TR_DIE]
        roll: list[Value] = [row[1] for row in dice if row[3] > 0 or not self.free]
        injects = self.tree.program.injects
        comes: list[Value] = [injects[row[1]] for row in rows if row[0] == at.TR_INJECT]
        if move.kind == "fire":
            comes.remove(move.item)
        found: dict[str, Value] = {"roll": roll, "comes": comes}
        return {key: each for key, each in found.items() if each}

    def _changed(self, before: Node, node: Node) -> Table:
        """The tracks, flags and points that a move changed, as they are then."""
        program = self.tree.program
        first = program.words[at.H_S_TARGET]
        return {
            name: node.state[first + i] == 1
            if name in program.flags
            else node.state[first + i]
            for i, name in enumerate(program.targets)
            if node.state[first + i] != before.state[first + i]
        }

    # --- the end

    def _expect(self) -> Iterator[str]:
        """How it stands in the end: ending, scores, every track and flag."""
        tree, program = self.tree, self.tree.program
        state, words = tree.state(), program.words
        if tree.now.over:
            yield f"ending = {string(program.endings[state[at.S_ENDING] - 1])}"
            scores: Table = {
                team: machine.team_score(words, state, i)
                for i, team in enumerate(program.teams)
            }
            yield f"score = {value(scores)}"
        yield "where = ["
        for place, name in enumerate(program.tracks + program.flags):
            found = state[words[at.H_S_TARGET] + place]
            said = f"{name} == {found}"
            if name in program.flags:
                said = name if found else f"not {name}"
            yield f"    {string(said)},"
        yield "]"


def comment(text: str) -> str:
    """A text as a comment may hold it: on one line, and no longer than that.

    >>> comment("One\\ntwo \\x07")
    'One two'
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


def try_out(
    recorded: Recorded, deck_files: Mapping[str, str], folder: Path
) -> Failure | None:
    """Why a test fails on a deck in texts by file name; None when it passes.

    Writes both to an empty folder. Raises DeckTestError when it can't be read.
    """
    for name, text in deck_files.items():
        path = folder / "deck" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    main = next(iter(deck_files))
    deck = "deck" if main == "deck.toml" else f"deck/{main}"
    test = folder / f"recorded{SUFFIX}"
    test.write_text(f'deck = "{deck}"\n\n{recorded.text}', encoding="utf-8")
    file = read(test)
    return run_case(file, file.cases[0]).failure
