"""Shares and means with their 95 % intervals, from whole counts."""

from collections.abc import Mapping
from math import sqrt

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


def wilson(games: float, of: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's score interval, 1927).

    Halves may be counted; with them it covers more often than it says.

    >>> wilson(0, 0)
    (0.0, 1.0)
    >>> [round(end, 4) for end in wilson(50, 100)]
    [0.4038, 0.5962]
    """
    if of == 0:
        return 0.0, 1.0
    share, square = games / of, Z * Z
    middle = (share + square / (2 * of)) / (1 + square / of)
    room = Z * sqrt(share * (1 - share) / of + square / (4 * of * of))
    room /= 1 + square / of
    low = 0.0 if games == 0 else max(0.0, middle - room)
    return low, 1.0 if games == of else min(1.0, middle + room)


def mean_room(counts: Mapping[int, int]) -> tuple[float, float]:
    """The mean of counted values, and half the width of its 95 % interval (normal).

    >>> mean_room({4: 1, 6: 1})[0]
    5.0
    """
    games = sum(counts.values())
    if games == 0:
        return 0.0, 0.0
    total = sum(value * n for value, n in counts.items())
    squares = sum(value * value * n for value, n in counts.items())
    if games == 1:
        return float(total), 0.0
    variance = (games * squares - total * total) / (games * (games - 1))
    return total / games, Z * sqrt(variance / games)


def tenth(counts: Mapping[int, int], *, best: bool = False) -> int:
    """The value that one in ten has or less; with `best` has or more.

    >>> tenth({1: 1, 2: 8, 3: 1}), tenth({1: 1, 2: 8, 3: 1}, best=True)
    (1, 3)
    """
    games, seen = sum(counts.values()), 0
    for value in sorted(counts, reverse=best):
        seen += counts[value]
        if 10 * seen >= games:
            return value
    return 0
