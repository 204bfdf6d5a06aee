"""Whole-number arithmetic of the deck language, on values and on intervals.

An interval holds every value that an expression can have. Nothing here knows names
or syntax; division by zero gives 0, and so does the remainder.
"""

from collections.abc import Callable, Sequence
from itertools import product

Interval = tuple[int, int]
BOOL: Interval = (0, 1)


def floor_div(a: int, b: int) -> int:
    """`a // b`, and 0 when b is 0.

    >>> floor_div(-7, 2), floor_div(7, 0)
    (-4, 0)
    """
    return a // b if b else 0


def remainder(a: int, b: int) -> int:
    """`a % b` with the sign of b, and 0 when b is 0.

    >>> remainder(-7, 3), remainder(7, 0)
    (2, 0)
    """
    return a % b if b else 0


_EXACT: dict[str, Callable[[Sequence[int]], int]] = {
    "neg": lambda v: -v[0],
    "not": lambda v: int(not v[0]),
    "and": lambda v: int(all(v)),
    "or": lambda v: int(any(v)),
    "+": lambda v: v[0] + v[1],
    "-": lambda v: v[0] - v[1],
    "*": lambda v: v[0] * v[1],
    "//": lambda v: floor_div(v[0], v[1]),
    "%": lambda v: remainder(v[0], v[1]),
    "<": lambda v: int(v[0] < v[1]),
    "<=": lambda v: int(v[0] <= v[1]),
    "==": lambda v: int(v[0] == v[1]),
    "!=": lambda v: int(v[0] != v[1]),
    ">": lambda v: int(v[0] > v[1]),
    ">=": lambda v: int(v[0] >= v[1]),
    "min": min,
    "max": max,
    "abs": lambda v: abs(v[0]),
    "if": lambda v: v[1] if v[0] else v[2],
}


def exact(op: str, values: Sequence[int]) -> int:
    """The result of an operator on known values."""
    return _EXACT[op](values)


def hull(intervals: Sequence[Interval]) -> Interval:
    """The smallest interval that holds all the given ones."""
    return min(low for low, _ in intervals), max(high for _, high in intervals)


def bounds(op: str, args: Sequence[Interval]) -> Interval:
    """The interval of an operator's result.

    >>> bounds("*", [(-2, 3), (0, 10)])
    (-20, 30)
    >>> bounds("<", [(0, 5), (6, 9)])
    (1, 1)
    """
    if all(low == high for low, high in args):
        value = exact(op, [low for low, _ in args])
        return value, value
    return _RULES[op](args)


def _corners(op: str) -> Callable[[Sequence[Interval]], Interval]:
    """For operators that are monotone in each argument."""

    def rule(args: Sequence[Interval]) -> Interval:
        values = [exact(op, corner) for corner in product(*args)]
        return min(values), max(values)

    return rule


def _ends(op: str) -> Callable[[Sequence[Interval]], Interval]:
    """For operators that grow with every argument."""

    def rule(args: Sequence[Interval]) -> Interval:
        lows, highs = zip(*args, strict=True)
        return exact(op, lows), exact(op, highs)

    return rule


def _divisors(low: int, high: int) -> list[Interval]:
    """The parts of a divisor's interval that are below and above zero."""
    parts = [(low, min(high, -1)), (max(low, 1), high)]
    return [(first, last) for first, last in parts if first <= last]


def _floor_div(args: Sequence[Interval]) -> Interval:
    dividend, (low, high) = args
    corners = [
        exact("//", corner)
        for part in _divisors(low, high)
        for corner in product(dividend, part)
    ]
    if low <= 0 <= high:
        corners.append(0)
    return min(corners), max(corners)


def _remainder(args: Sequence[Interval]) -> Interval:
    (least, greatest), (low, high) = args
    if least >= 0 and low > greatest:
        return least, greatest
    return min(0, low + 1), max(0, high - 1)


def _abs(args: Sequence[Interval]) -> Interval:
    low, high = args[0]
    if low <= 0 <= high:
        return 0, max(-low, high)
    return min(abs(low), abs(high)), max(abs(low), abs(high))


def _equal(args: Sequence[Interval]) -> Interval:
    (a, b), (c, d) = args
    return (0, 0) if b < c or d < a else BOOL


def _unequal(args: Sequence[Interval]) -> Interval:
    low, high = _equal(args)
    return 1 - high, 1 - low


def _choice(args: Sequence[Interval]) -> Interval:
    condition, then, other = args
    if condition == BOOL:
        return hull([then, other])
    return then if condition == (1, 1) else other


_RULES: dict[str, Callable[[Sequence[Interval]], Interval]] = {
    **{op: _corners(op) for op in ("neg", "not", "-", "*", "<", "<=", ">", ">=")},
    **{op: _ends(op) for op in ("+", "min", "max", "and", "or")},
    "//": _floor_div,
    "%": _remainder,
    "==": _equal,
    "!=": _unequal,
    "abs": _abs,
    "if": _choice,
}
