"""Conditions and numbers of a deck, in words that players can read."""

from collections.abc import Callable

from tabletop.deck.expressions import Expr, Name

SIGNS = {"<=": "≤", ">=": "≥", "==": "=", "!=": "≠", "-": "−", "*": "×", "//": "÷",
         "%": "mod"}  # fmt: skip
RANKS = {"if": 0, "or": 1, "and": 2, "not": 3, "+": 5, "-": 5, "*": 6, "//": 6, "%": 6,
         "neg": 7}  # fmt: skip
COMPARISONS = ("<", "<=", "==", "!=", ">", ">=")
COMPARISON_RANK = 4
ATOM_RANK = 8
BANDS = {"==": "is", "!=": "is not", ">=": "is at least", "<=": "is at most",
         ">": "is above", "<": "is below"}  # fmt: skip

NameWords = Callable[[Name], str]
BandWords = Callable[[str, int], str]
"""The name of a track's band by its index."""


def rank(expr: Expr) -> int:
    """How tightly an expression binds; looser parts of it need brackets."""
    if expr.op in COMPARISONS:
        return COMPARISON_RANK
    return RANKS.get(expr.op, ATOM_RANK)


def _about_answering(expr: Expr) -> bool:
    """Whether a condition says no more than which cards are answered."""
    if expr.op == "or":
        return all(_about_answering(arg) for arg in expr.args)
    return expr.name is not None and expr.name.kind == "playing"


class Wording:
    """Puts expressions into words, with a deck's own names."""

    def __init__(self, name: NameWords, band: BandWords) -> None:
        """`name` and `band` say what the deck calls its things."""
        self.name = name
        self.band = band

    def words(self, expr: Expr) -> str:
        """An expression in words."""
        if expr.op == "const":
            return self._const(expr)
        if expr.name is not None:
            return self.name(expr.name)
        if expr.op in ("not", "neg"):
            return f"{'not ' if expr.op == 'not' else '−'}{self._part(expr, 0)}"
        if expr.op in ("min", "max", "abs"):
            return f"{expr.op}({', '.join(self.words(arg) for arg in expr.args)})"
        if expr.op == "if":
            condition, then, otherwise = (self.words(arg) for arg in expr.args)
            return f"{then} if {condition}, else {otherwise}"
        if self._about_band(expr):
            return self._band(expr)
        sign = f" {SIGNS.get(expr.op, expr.op)} "
        return sign.join(self._part(expr, i) for i in range(len(expr.args)))

    def need(self, expr: Expr) -> str:
        """A condition as a card's term: 'needs Congress > 50'."""
        if expr.op == "not":
            return f"not while: {self.words(expr.args[0])}"
        if _about_answering(expr):
            return f"only as {self.words(expr)}"
        return f"needs {self.words(expr)}"

    def _const(self, expr: Expr) -> str:
        if expr.type == "bool":
            return "yes" if expr.value else "no"
        return str(expr.value).replace("-", "−")

    def _part(self, expr: Expr, index: int) -> str:
        part = expr.args[index]
        said = self.words(part)
        last = index > 0 and expr.op in ("-", "//", "%")
        loose = rank(part) < rank(expr) or (last and rank(part) == rank(expr))
        return f"({said})" if loose else said

    def _about_band(self, expr: Expr) -> bool:
        if expr.op not in BANDS:
            return False
        left, right = expr.args
        return (
            left.name is not None and left.name.kind == "band" and right.op == "const"
        )

    def _band(self, expr: Expr) -> str:
        left, right = expr.args
        name = left.name or Name("band")
        track = self.name(Name("track", name.ids))
        return f"{track} {BANDS[expr.op]} '{self.band(name.ids[0], right.value)}'"
