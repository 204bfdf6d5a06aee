"""What the spread of a score comes from: the teams' choices, or luck.

A game is played again with the same choices and other luck, and with the same luck
and other choices. By how much the two scores still go together is the share of the
variance that the part explains alone which stayed the same: a first-order index (I. M.
Sobol', 1993) by 'pick and freeze'. 'The same choices' means the same chance in each
bot's choosing: where other luck leaves it other moves it chooses among these.
"""

from dataclasses import dataclass, field
from math import comb, sqrt

from tabletop.study.figures import student
from tabletop.study.result import Cause, Estimate

ORDER = 4
"""Powers up to which sums are kept; the interval needs the fourth."""


@dataclass(slots=True)
class Pairs:
    """Sums over pairs of scores, in whole numbers: they add up in any order."""

    count: int = 0
    sums: list[list[int]] = field(
        default_factory=lambda: [[0] * (ORDER + 1 - i) for i in range(ORDER + 1)]
    )
    """At [i][j]: the sum of the first score to the power i times the other's to j."""

    def note(self, first: int, second: int) -> None:
        """Takes in one pair."""
        self.count += 1
        power = 1
        for row in self.sums:
            term = power
            for j in range(len(row)):
                row[j] += term
                term *= second
            power *= first

    def add(self, other: "Pairs") -> None:
        """Takes in the pairs of other sums."""
        self.count += other.count
        for ours, theirs in zip(self.sums, other.sums, strict=True):
            for j, term in enumerate(theirs):
                ours[j] += term

    def _central(self, i: int, j: int) -> int:
        """The sum of powers of each score less their mean, times 2n to the i + j.

        Whole, and so exact: the mean of all 2n scores is taken times 2n.
        """
        scale, shift = 2 * self.count, -(self.sums[1][0] + self.sums[0][1])
        return sum(
            comb(i, k) * comb(j, m) * scale ** (k + m) * shift ** (i + j - k - m)
            * self.sums[k][m]
            for k in range(i + 1)
            for m in range(j + 1)
        )  # fmt: skip

    def index(self) -> Estimate:
        """The share of the variance that is common to both scores of a pair.

        The estimator, and its variance in many pairs, are those of Janon, Klein,
        Lagnoux, Nodet and Prieur (2014), which use both scores for mean and variance.
        Held to 0 to 1, where the share lies. Without any variance it is nought.
        """
        n = self.count
        both = self._central(2, 0) + self._central(0, 2)
        if n < 2 or both == 0:
            return Estimate(0.0, 0.0, 0.0, n)
        value = 2 * self._central(1, 1) / both
        room = student(n - 1) * sqrt(self._spread(value, both) / n)
        return Estimate(_held(value), _held(value - room), _held(value + room), n)

    def _spread(self, value: float, both: int) -> float:
        """The variance of what one pair adds to the index."""
        scale, square = 4 * self.count, both * both
        r22 = scale * self._central(2, 2) / square
        r31 = scale * (self._central(3, 1) + self._central(1, 3)) / square
        r40 = scale * (self._central(4, 0) + self._central(0, 4)) / square
        return max(0.0, r22 - value * r31 + value * value / 4 * (r40 + 2 * r22))


def _held(value: float) -> float:
    return min(1.0, max(0.0, value))


def cause(
    team: str, choice: Pairs, luck: Pairs, decided: Estimate | None = None
) -> Cause:
    """What a team's score comes from; `choice` are pairs with the same choices."""
    by_choice, by_luck = choice.index(), luck.index()
    rest = 0.0
    if choice.count > 1 and (by_choice.high > 0 or by_luck.high > 0):
        rest = max(0.0, 1.0 - by_choice.value - by_luck.value)
    return Cause(team, by_choice, by_luck, rest, decided)
