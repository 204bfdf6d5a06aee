"""Expressions to instructions and terms."""

from collections.abc import Mapping, Sequence

from tabletop.deck.expressions import Expr, Name
from tabletop.engine import layout as at
from tabletop.engine.slots import Slots

BINARY = {
    "+": at.X_ADD, "-": at.X_SUB, "*": at.X_MUL, "//": at.X_DIV, "%": at.X_MOD,
    "<": at.X_LT, "<=": at.X_LE, "==": at.X_EQ, "!=": at.X_NE, ">": at.X_GT,
    ">=": at.X_GE, "min": at.X_MIN, "max": at.X_MAX,
}  # fmt: skip
UNARY = {"neg": at.X_NEG, "not": at.X_NOT, "abs": at.X_ABS}
MIRROR = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}

Answers = Mapping[str, Sequence[str]]
"""For each team that is asked: the ids of its options, in order."""


class Coder:
    """Writes the instructions of expressions, one after the other."""

    def __init__(self, slots: Slots) -> None:
        """Begins with no instructions."""
        self.slots = slots
        self.code: list[int] = []

    @property
    def here(self) -> int:
        """Where the next instruction will stand in the program."""
        return at.HEAD + len(self.code)

    def write(self, expr: Expr, answers: Answers) -> int:
        """Writes an expression; returns where it begins."""
        start = self.here
        self._node(expr, answers)
        self._put(at.X_RETURN)
        return start

    def _put(self, op: int, arg: int = 0) -> int:
        self.code += (op, arg)
        return len(self.code) - 1

    def _land(self, jumps: Sequence[int]) -> None:
        for place in jumps:
            self.code[place] = self.here

    def _node(self, expr: Expr, answers: Answers) -> None:
        if expr.op == "const":
            self._put(at.X_CONST, expr.value)
        elif expr.op == "name" and expr.name is not None:
            self._name(expr.name, answers)
        elif expr.op in UNARY:
            self._node(expr.args[0], answers)
            self._put(UNARY[expr.op])
        elif expr.op in ("and", "or"):
            self._short_circuit(expr, answers)
        elif expr.op == "if":
            self._choice(expr, answers)
        else:
            self._node(expr.args[0], answers)
            for arg in expr.args[1:]:
                self._node(arg, answers)
                self._put(BINARY[expr.op])

    def _short_circuit(self, expr: Expr, answers: Answers) -> None:
        op = at.X_AND if expr.op == "and" else at.X_OR
        jumps = []
        for arg in expr.args[:-1]:
            self._node(arg, answers)
            jumps.append(self._put(op))
        self._node(expr.args[-1], answers)
        self._land(jumps)

    def _choice(self, expr: Expr, answers: Answers) -> None:
        condition, then, otherwise = expr.args
        self._node(condition, answers)
        to_else = self._put(at.X_JUMP_FALSE)
        self._node(then, answers)
        to_end = self._put(at.X_JUMP)
        self._land([to_else])
        self._node(otherwise, answers)
        self._land([to_end])

    def _name(self, name: Name, answers: Answers) -> None:
        word = self.slots.word(name)
        if word is not None:
            self._put(at.X_LOAD, word)
        elif name.kind == "band":
            self._put(at.X_BAND, self.slots.tracks[name.ids[0]])
        elif name.kind == "asked":
            self._put(at.X_CONST, len(answers))
        elif name.kind == "chose":
            self._count(name.ids[0], answers)
        else:
            word, low, high = word_range(name, self.slots, answers)
            self._put(at.X_LOAD, word)
            self._put(at.X_CONST, low)
            self._put(at.X_EQ if low == high else at.X_GE)

    def _count(self, option: str, answers: Answers) -> None:
        self._put(at.X_CONST, 0)
        for team, options in answers.items():
            if option in options:
                self._name(Name("answer", (team, option)), answers)
                self._put(at.X_ADD)


def word_range(name: Name, slots: Slots, answers: Answers) -> tuple[int, int, int]:
    """The word, and the least and greatest value, at which a yes-or-no name holds.

    Raises KeyError for a name that is no such question.
    """
    if name.kind == "lasts":
        return slots.lasting + slots.lastings[name.ids[0]], 1, at.BIG
    if name.kind == "flag":
        return slots.target + slots.target_index(name), 1, 1
    if name.kind == "playing":
        place = slots.cards[name.ids[0]] + 1
        return at.S_PLAYING, place, place
    if name.kind == "ending":
        place = slots.endings[name.ids[0]] + 1
        return at.S_ENDING, place, place
    if name.kind == "answer":
        team, option = name.ids
        place = list(answers[team]).index(option) + 1
        return slots.answer + slots.teams[team], place, place
    raise KeyError(name.kind)


def split_terms(expr: Expr) -> list[Expr]:
    """The parts of a condition that must all hold."""
    if expr.op != "and":
        return [expr]
    return [term for arg in expr.args for term in split_terms(arg)]


def as_range(expr: Expr, slots: Slots, answers: Answers) -> tuple[int, int, int] | None:
    """A term as 'this word lies between these values', or None when it is not one."""
    if expr.op == "not" and expr.args[0].name is not None:
        if expr.args[0].name.kind != "flag":  # a word that is more than yes or no
            return None
        return word_range(expr.args[0].name, slots, answers)[0], 0, 0
    if expr.op == "name" and expr.name is not None:
        return word_range(expr.name, slots, answers)
    if expr.op not in MIRROR or len(expr.args) != 2:
        return None
    left, right = expr.args
    op = expr.op
    if left.op == "const":
        left, right, op = right, left, MIRROR[op]
    if left.name is None or right.op != "const":
        return None
    word = slots.word(left.name)
    return None if word is None else (word, *bounds(op, right.value))


def bounds(op: str, value: int) -> tuple[int, int]:
    """The least and greatest number for which a comparison with `value` holds."""
    return {
        "<": (-at.BIG, value - 1),
        "<=": (-at.BIG, value),
        ">": (value + 1, at.BIG),
        ">=": (value, at.BIG),
        "==": (value, value),
    }[op]
