"""How much of a score its decisions settle, one by one; luck settles the rest.

What can be expected of a score changes with every decision, and with every die and draw
between them, until the score is there. These changes add up to the score less its mean,
and none tells anything of the next one: so their variances add up to the score's own (a
martingale's decomposition). A decision's part is the variance of what can be expected
after each of its moves, as the bot that decides chooses among them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from tabletop.engine import layout as at
from tabletop.study.figures import student
from tabletop.study.result import Estimate


@dataclass(slots=True)
class Stakes:
    """Sums over games of what their decisions settle, for each team's score."""

    games: int = 0
    totals: list[float] = field(default_factory=list)
    squares: list[float] = field(default_factory=list)

    def note(self, settled: Sequence[float]) -> None:
        """Takes in a game: the variance that its decisions settle of each score."""
        self.games += 1
        self.totals = _added(self.totals, settled)
        self.squares = _added(self.squares, [part * part for part in settled])

    def add(self, other: "Stakes") -> None:
        """Takes in other games. Sums of fractions: add them in one order."""
        self.games += other.games
        self.totals = _added(self.totals, other.totals)
        self.squares = _added(self.squares, other.squares)

    def share(self, team: int, scores: Mapping[int, int]) -> Estimate | None:
        """The share of the variance of a team's score; `scores` are games by it.

        The interval is for the ratio of two independent estimates (normal). Held to 0
        to 1. None without games, or when the score does not vary.
        """
        n = self.games
        spread, error = variance(scores)
        if n < 2 or not spread:
            return None
        mean = self.totals[team] / n
        rest = max(0.0, self.squares[team] - n * mean * mean) / (n - 1)
        value = mean / spread
        room = student(n - 1) * sqrt(rest / n + (value * error) ** 2) / spread
        return Estimate(_held(value), _held(value - room), _held(value + room), n)


def _held(value: float) -> float:
    return min(1.0, max(0.0, value))


def _added(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    if not ours or not theirs:
        return list(ours or theirs)
    return [a + b for a, b in zip(ours, theirs, strict=True)]


def variance(counts: Mapping[int, int]) -> tuple[float, float]:
    """The variance of counted values, and its standard error.

    >>> variance(Counter({1: 50, 3: 50}))[0]
    1.0
    """
    n = sum(counts.values())
    if n == 0:
        return 0.0, 0.0
    mean = sum(value * games for value, games in counts.items()) / n
    second = sum((value - mean) ** 2 * games for value, games in counts.items()) / n
    fourth = sum((value - mean) ** 4 * games for value, games in counts.items()) / n
    return second, sqrt(max(0.0, fourth - second * second) / n)


def settles(policies: Sequence[int]) -> bool:
    """Whether it can be told what decisions settle: of bots that choose at random, each
    move as likely, or without any chance."""
    known = (at.BOT_RANDOM, at.BOT_FIRST, at.BOT_GREEDY)
    return all(policy in known for policy in policies)


def settled(
    first: Sequence[Sequence[int]], second: Sequence[Sequence[int]]
) -> list[float]:
    """The variance that a decision settles of each team's score, each move as likely.

    Each argument has for each move the teams' total scores over the same number of
    games; the two are of different games, so that their luck does not count.
    """
    found = []
    teams = zip(zip(*first, strict=True), zip(*second, strict=True), strict=True)
    for ours, theirs in teams:
        n = len(ours)
        cross = sum(a * b for a, b in zip(ours, theirs, strict=True))
        found.append((cross - sum(ours) * sum(theirs) / n) / n)
    return found
