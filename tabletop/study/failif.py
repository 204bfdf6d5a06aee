"""Conditions on a study's result, such as `ending.collapse > 0.3`, to fail by.

A small part of Python's syntax: names, numbers, + - * /, comparisons, `and or not`,
and a few functions. Nothing of Python is ever run: the tree is walked here.
"""

import ast
import operator
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import nan

from tabletop.deck.suggest import listed, nearest, quoted
from tabletop.errors import UsageError
from tabletop.study.named import NAMES, Value

MAX_LENGTH = 2_000
MAX_NODES = 400
HELP = "Write it like: ending.collapse > 0.3 or never_reached > 0"
_SIGNS: dict[type[ast.AST], Callable[[float, float], float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
}  # fmt: skip
_COMPARES: dict[type[ast.AST], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip


FUNCTIONS: dict[str, tuple[int, str]] = {
    "low": (1, "the least value of a figure's 95 % interval"),
    "high": (1, "the greatest value of a figure's 95 % interval"),
    "sure": (1, "whether a difference's interval leaves out nought"),
    "abs": (1, "a number without its sign"),
    "min": (2, "the lesser of two numbers"),
    "max": (2, "the greater of two numbers"),
}
"""How many values each takes, and what it gives."""


@dataclass(frozen=True)
class FailIf:
    """A condition that was read."""

    text: str
    tree: ast.expr

    @classmethod
    def read(cls, text: str, known: Mapping[str, Value]) -> "FailIf":
        """Reads a condition. `known` has the names that there are, with any values.

        Raises UsageError for what is no condition, or names what there is not.
        """
        found = cls(text, _parse(text))
        for node in ast.walk(found.tree):
            _allow(node)
        for name in found._names(found.tree):
            if name not in known:
                raise _unknown(name, known)
        found.holds(known)
        return found

    def holds(self, known: Mapping[str, Value]) -> bool:
        """Whether it holds of some values: then the study fails."""
        found = _Walker(known).value(self.tree)
        if not isinstance(found, bool):
            raise UsageError(f"{quoted(self.text)} is a number, not a condition", HELP)
        return found

    def seen(self, known: Mapping[str, Value]) -> dict[str, Value]:
        """The figures that it names, in their order."""
        return {name: _figure(name, known) for name in self._names(self.tree)}

    def _names(self, node: ast.AST) -> Iterator[str]:
        if isinstance(node, ast.Name | ast.Attribute | ast.Subscript):
            yield _dotted(node)
        elif isinstance(node, ast.Call):
            for argument in node.args:
                yield from self._names(argument)
        else:
            for child in ast.iter_child_nodes(node):
                yield from self._names(child)


def _parse(text: str) -> ast.expr:
    if len(text) > MAX_LENGTH:
        raise UsageError(f"a condition may have {MAX_LENGTH:,} characters", HELP)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of Python's own, about its own syntax
            tree = ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise UsageError(f"{quoted(text)} can't be read as a condition", HELP) from None
    if sum(1 for _ in ast.walk(tree)) > MAX_NODES:
        raise UsageError(f"{quoted(text)} has too many parts", HELP)
    return tree


_ALLOWED = (
    ast.BoolOp, ast.And, ast.Or, ast.UnaryOp, ast.Not, ast.USub, ast.BinOp, ast.Div,
    ast.Compare, ast.Name, ast.Load, ast.Attribute, ast.Subscript, ast.Constant,
    ast.Call, *_SIGNS, *_COMPARES,
)  # fmt: skip


def _allow(node: ast.AST) -> None:
    """Raises UsageError for whatever a condition does not have."""
    what = ""
    if not isinstance(node, _ALLOWED):
        what = type(node).__name__
    elif isinstance(node, ast.Constant) and not isinstance(
        node.value, int | float | str
    ):
        what = repr(node.value)
    elif isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else "this"
        if name not in FUNCTIONS:
            guess = nearest(name, FUNCTIONS)
            hint = f"Did you mean {guess}?" if guess else ""
            raise UsageError(
                f"there is no function {quoted(name)}",
                hint or f"Functions are: {', '.join(FUNCTIONS)}.",
            )
        if len(node.args) != FUNCTIONS[name][0] or node.keywords:
            raise UsageError(f"{name}() takes {FUNCTIONS[name][0]} value(s)", HELP)
    if what:
        raise UsageError(f"a condition can't have {quoted(what)} in it", HELP)


def _dotted(node: ast.AST) -> str:
    """A name with its dots; `option["card.1.yes"]` is another way to write one."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return f"{_dotted(node.value)}.{node.slice.value!s}"
    raise UsageError("only names may stand before a dot or in brackets", HELP)


def _unknown(name: str, known: Mapping[str, Value]) -> UsageError:
    guess = nearest(name, known)
    start, dot, _ = name.rpartition(".")
    near = [each for each in known if dot and each.startswith(f"{start}.")]
    hint = f"Did you mean {guess}?" if guess else ""
    if not hint and near:
        hint = f"There are: {listed(near)}."
    return UsageError(
        f"the study has no figure {quoted(name)}",
        hint or "Figures are: " + ", ".join(NAMES),
    )


def _figure(name: str, known: Mapping[str, Value]) -> Value:
    """A figure; one that a stopped study has not come to was not measured."""
    return known.get(name) or Value.of(None)


@dataclass(frozen=True)
class _Walker:
    """Works out a tree that was allowed."""

    known: Mapping[str, Value]

    def value(self, node: ast.AST) -> float | bool:
        """What a part comes to: a number, or whether it holds."""
        if isinstance(node, ast.BoolOp):
            parts = [self.condition(part) for part in node.values]
            return all(parts) if isinstance(node.op, ast.And) else any(parts)
        if isinstance(node, ast.UnaryOp):
            if isinstance(node.op, ast.Not):
                return not self.condition(node.operand)
            return -self.number(node.operand)
        if isinstance(node, ast.Compare):
            return self._compare(node)
        if isinstance(node, ast.BinOp):
            return self._binary(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        if isinstance(node, ast.Constant):
            return self._constant(node)
        return _figure(_dotted(node), self.known).value

    def _constant(self, node: ast.Constant) -> float | bool:
        if isinstance(node.value, bool):
            return node.value
        if isinstance(node.value, int | float):
            return float(node.value)
        raise UsageError(f"{quoted(repr(node.value))} is neither name nor number", HELP)

    def _compare(self, node: ast.Compare) -> bool:
        numbers = [self.number(part) for part in (node.left, *node.comparators)]
        pairs = zip(numbers, numbers[1:], node.ops, strict=False)
        return all(
            _COMPARES[type(op)](a, b) and a == a and b == b  # nan: not measured
            for a, b, op in pairs
        )

    def _binary(self, node: ast.BinOp) -> float:
        a, b = self.number(node.left), self.number(node.right)
        if isinstance(node.op, ast.Div):
            return a / b if b else nan
        return _SIGNS[type(node.op)](a, b)

    def _call(self, node: ast.Call) -> float | bool:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name in ("low", "high", "sure"):
            figure = _figure(_dotted(node.args[0]), self.known)
            if name == "sure":
                return figure.low > 0 or figure.high < 0
            return figure.low if name == "low" else figure.high
        numbers = [self.number(part) for part in node.args]
        if name == "abs":
            return abs(numbers[0])
        return min(numbers) if name == "min" else max(numbers)

    def number(self, node: ast.AST) -> float:
        """The value of a part that has to be a number."""
        found = self.value(node)
        if isinstance(found, bool):
            raise UsageError(f"{quoted(ast.unparse(node))} is no number", HELP)
        return found

    def condition(self, node: ast.AST) -> bool:
        """Whether a part holds that has to be a condition."""
        found = self.value(node)
        if not isinstance(found, bool):
            raise UsageError(f"{quoted(ast.unparse(node))} is no condition", HELP)
        return found
