"""Shares, means, spreads and differences with their 95 % intervals, from whole counts.

The same counts give the same figures everywhere: sums are exact, and every division and
root is taken once, at the end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from tabletop.engine.statistics import Z, wilson
from tabletop.study.result import Estimate, Share, Spread

NONE = Estimate(0.0, 0.0, 0.0, 0)
"""Of no games at all."""


def share(count: int, of: int) -> Share:
    """So many of so many.

    >>> share(0, 10_000).high < 0.0004
    True
    """
    low, high = wilson(count, of)
    return Share(count, of, count / of if of else 0.0, low, high)


def spread(counts: Mapping[int, int]) -> Spread:
    """How a number is spread, from games by its value; noughts for no games.

    A quantile is the least value that so many games have or less.

    >>> spread({1: 1, 2: 8, 3: 1}).median
    2
    """
    values = sorted(value for value, games in counts.items() if games)
    games = sum(counts[value] for value in values)
    if not games:
        return Spread(0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0)
    sums = Sums.of(counts)
    p5, p25, median, p75, p95 = (
        _quantile(counts, values, games, part) for part in (5, 25, 50, 75, 95)
    )
    return Spread(
        games, sums.mean, sqrt(sums.variance), values[0], p5, p25, median, p75, p95,
        values[-1],
    )  # fmt: skip


def _quantile(
    counts: Mapping[int, int], values: list[int], games: int, percent: int
) -> int:
    seen = 0
    for value in values:
        seen += counts[value]
        if 100 * seen >= percent * games:
            break
    return value


def student(freedom: int) -> float:
    """The 97.5 % point of Student's distribution, for one degree of freedom or more.

    Beyond four by Hill's expansion about the normal one (Abramowitz, Stegun, 26.7.5).

    >>> round(student(30), 3), round(student(10**9), 4)
    (2.042, 1.96)
    """
    few = (12.7062, 4.3027, 3.1824, 2.7764)
    if freedom <= len(few):
        return few[freedom - 1]
    z, n = Z, float(freedom)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + terms[0] / n + terms[1] / n**2 + terms[2] / n**3


@dataclass(slots=True)
class Sums:
    """Sums over independent values, in whole numbers: they add up in any order."""

    count: int = 0
    total: int = 0
    squares: int = 0

    @classmethod
    def of(cls, counts: Mapping[int, int]) -> "Sums":
        """The sums of counted values."""
        return cls(
            sum(counts.values()),
            sum(value * n for value, n in counts.items()),
            sum(value * value * n for value, n in counts.items()),
        )

    def note(self, value: int) -> None:
        """Takes in one value."""
        self.count += 1
        self.total += value
        self.squares += value * value

    def add(self, other: "Sums") -> None:
        """Takes in the values of other sums."""
        self.count += other.count
        self.total += other.total
        self.squares += other.squares

    @property
    def mean(self) -> float:
        """The mean; 0 of no values."""
        return self.total / self.count if self.count else 0.0

    @property
    def variance(self) -> float:
        """The variance, as of a sample; 0 of fewer than two values."""
        n = self.count
        if n < 2:
            return 0.0
        return (n * self.squares - self.total * self.total) / (n * (n - 1))

    def estimate(self) -> Estimate:
        """The mean with Student's interval; without width for fewer than two values."""
        if self.count < 2:
            return Estimate(self.mean, self.mean, self.mean, self.count)
        room = student(self.count - 1) * sqrt(self.variance / self.count)
        return Estimate(self.mean, self.mean - room, self.mean + room, self.count)


def share_change(gained: int, lost: int, of: int) -> Estimate:
    """By how much a share changes, from the pairs of games that gained and lost it.

    The interval is Agresti and Min's (2005): half a pair is added to each of the four
    cases, so that no change at all in few games is not taken for certainty.

    >>> share_change(0, 0, 1_000).low < 0 < share_change(0, 0, 1_000).high
    True
    """
    if of == 0:
        return NONE
    n, more, less = of + 2, gained + 0.5, lost + 0.5
    middle = (more - less) / n
    room = Z * sqrt((more + less) / n - middle * middle) / sqrt(n)
    value = (gained - lost) / of
    low, high = max(-1.0, middle - room), min(1.0, middle + room)
    return Estimate(value, min(low, value), max(high, value), of)


@dataclass(slots=True)
class Clusters:
    """Sums over games that each give several values, which depend on each other."""

    games: int = 0
    count: int = 0
    total: float = 0.0
    squares: float = 0.0
    """Of each game's total; then of each game's number of values, and both crossed."""
    counts: int = 0
    crossed: float = 0.0

    def note(self, values: list[float]) -> None:
        """Takes in all values of one game; none is no game."""
        if not values:
            return
        count, total = len(values), sum(values)
        self.games += 1
        self.count += count
        self.total += total
        self.squares += total * total
        self.counts += count * count
        self.crossed += count * total

    def add(self, other: "Clusters") -> None:
        """Takes in other games. Sums of fractions: add them in one order."""
        self.games += other.games
        self.count += other.count
        self.total += other.total
        self.squares += other.squares
        self.counts += other.counts
        self.crossed += other.crossed

    def estimate(self) -> Estimate:
        """The mean over all values; its interval takes each game as one observation.

        A ratio of two totals, its variance by linearization (W. Cochran, Sampling
        techniques, 1977, chapter 6), with Student's quantile.
        """
        if not self.count:
            return NONE
        mean, n = self.total / self.count, self.games
        if n < 2:
            return Estimate(mean, mean, mean, n)
        rest = self.squares - 2 * mean * self.crossed + mean * mean * self.counts
        error = sqrt(max(0.0, rest) * n / (n - 1)) / self.count
        room = student(n - 1) * error
        return Estimate(mean, mean - room, mean + room, n)
