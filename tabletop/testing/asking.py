"""A test file's conditions, compiled behind a deck's program and worked out in states.

The machine's own evaluator gives the values, so a condition means in a test what it
means in the deck.
"""

from collections.abc import Sequence

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import OPPOSITE, Expr, Name, walk
from tabletop.engine.code import split_terms
from tabletop.engine.compile import Compiler
from tabletop.engine.ledger import BehindCoder
from tabletop.engine.program import Program
from tabletop.engine.words import evaluate

FAR = 20
"""The distance of a yes or no that is not as it should be."""


class Asker:
    """Works out expressions in states of one program."""

    def __init__(self, deck: Deck, program: Program) -> None:
        """No expression is known yet."""
        self._program = program.words
        self._coder = BehindCoder(Compiler(deck).slots, len(program.words))
        self._words = program.words
        self._places: dict[Expr, int] = {}

    def value(self, expr: Expr, state: list[int]) -> int:
        """An expression's value; yes and no are 1 and 0. Only scratch is written."""
        place = self._places.get(expr)
        if place is None:
            place = self._places[expr] = self._coder.write(expr, {})
            self._words = [*self._program, *self._coder.code]
        return evaluate(self._words, state, place)

    def holds(self, exprs: Sequence[Expr], state: list[int]) -> bool:
        """Whether all of some conditions hold."""
        return all(self.value(expr, state) == 1 for expr in exprs)

    def distance(self, expr: Expr, state: list[int], *, wanted: bool = True) -> int:
        """How far a condition is from being as wanted: 0 when it is.

        Numbers count by how much they lack, what `and` joins is added up, of what `or`
        joins the nearest counts (branch distance: Korel 1990, Tracey 1998).
        """
        if expr.op == "not":
            return self.distance(expr.args[0], state, wanted=not wanted)
        if expr.op in ("and", "or"):
            parts = [self.distance(arg, state, wanted=wanted) for arg in expr.args]
            return sum(parts) if (expr.op == "and") == wanted else min(parts)
        if expr.op in OPPOSITE:
            left, right = (self.value(arg, state) for arg in expr.args)
            op = expr.op if wanted else OPPOSITE[expr.op]
            return lacking(op, left, right)
        return 0 if self.value(expr, state) == int(wanted) else FAR


def lacking(op: str, left: int, right: int) -> int:
    """By how much a comparison fails; 0 when it holds.

    >>> lacking(">=", 3, 5), lacking("<", 5, 5), lacking("!=", 1, 2)
    (2, 1, 0)
    """
    if op == "!=":
        return int(left == right)
    if op == "==":
        return abs(left - right)
    gap = left - right if op in ("<", "<=") else right - left
    return max(0, gap + (op in ("<", ">")))


def values(asker: Asker, expr: Expr, state: list[int]) -> list[str]:
    """What a condition reads, each with its value: 'water is 40'."""
    found: dict[str, str] = {}
    for node in walk(expr):
        if node.name is not None:
            value = asker.value(node, state)
            said = ("false", "true")[value] if node.type == "bool" else str(value)
            found[written(node.name)] = said
    return [f"{word} is {value}" for word, value in found.items()]


def unmet(asker: Asker, expr: Expr, text: str, state: list[int]) -> list[str]:
    """The parts of a condition that must hold and do not; none of a single part."""
    parts = split_terms(expr)
    if len(parts) == 1:
        return []
    failing = [part for part in parts if not asker.value(part, state)]
    lines = (" ".join(text[slice(*part.span)].split()) for part in failing)
    return [f"`{line}` does not hold" for line in lines]


def told_of(asker: Asker, exprs: Sequence[Expr], state: list[int]) -> list[str]:
    """What several conditions read, each with its value, once."""
    lines = [line for expr in exprs for line in values(asker, expr, state)]
    return list(dict.fromkeys(lines))


def written(name: Name) -> str:
    """A name as the deck's language writes it.

    >>> written(Name("points", ("town",))), written(Name("track", ("water",)))
    ('town.points', 'water')
    """
    if name.kind in ("track", "flag"):
        return name.ids[0]
    if name.kind in ("points", "hand", "plays", "band"):
        return f"{name.ids[0]}.{name.kind}"
    return ".".join((name.kind, *name.ids))
