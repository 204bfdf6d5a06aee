"""Intervals cover as they say: by simulation, from written seeds, of known truths."""

import random
from collections import Counter
from collections.abc import Callable
from math import comb, sqrt

import pytest

from tabletop.study.causes import Pairs
from tabletop.study.figures import Clusters, Sums, share, share_change, spread, student
from tabletop.study.result import Estimate

REPEATS = 600
SIDES = range(1, 7)


def hits(sample: Callable[[random.Random], Estimate], truth: float) -> int:
    """How many intervals hold the truth, of REPEATS independent samples."""
    found = 0
    for seed in range(REPEATS):
        interval = sample(random.Random(seed))
        found += interval.low <= truth <= interval.high
    return found


def check(count: int, *, at_least: float = 0.95, at_most: float = 0.95) -> None:
    """Within 3.5 deviations of so many independent draws."""
    room = 3.5 * sqrt(REPEATS * 0.95 * 0.05)
    assert at_least * REPEATS - room <= count <= at_most * REPEATS + room


def covered(truth: float, games: int) -> float:
    """How often the interval of a share holds it, summed over all outcomes."""
    return sum(
        comb(games, count) * truth**count * (1 - truth) ** (games - count)
        for count in range(games + 1)
        if share(count, games).low <= truth <= share(count, games).high
    )


@pytest.mark.parametrize("games", [20, 100, 300])
def test_shares(games: int) -> None:
    """Summed over all outcomes, not simulated: 95 times in 100 on average over the
    shares that may be true, and never much less."""
    found = [covered(step / 200, games) for step in range(1, 100)]
    assert 0.945 < sum(found) / len(found) < 0.96
    assert min(found) > 0.83
    assert sum(each < 0.92 for each in found) < 5


@pytest.mark.parametrize("games", [5, 30, 300])
def test_means(games: int) -> None:
    def sample(chance: random.Random) -> Estimate:
        counts = Counter(
            chance.choice(SIDES) + chance.choice(SIDES) for _ in range(games)
        )
        return Sums.of(counts).estimate()

    check(hits(sample, 7.0))


@pytest.mark.parametrize(("gained", "lost"), [(0.3, 0.1), (0.02, 0.01), (0.002, 0.0)])
def test_changes_of_shares_in_pairs_of_games(gained: float, lost: float) -> None:
    """Also where hardly any pair changes."""

    def sample(chance: random.Random) -> Estimate:
        draws = [chance.random() for _ in range(400)]
        up = sum(draw < gained for draw in draws)
        down = sum(gained <= draw < gained + lost for draw in draws)
        return share_change(up, down, len(draws))

    check(hits(sample, gained - lost), at_most=1.0)


def test_means_over_games_that_give_several_values_each() -> None:
    """Values of one game share its luck, and games with more values have more of it.

    Taken one by one the values would cover far less: that is tried, too.
    """

    def games(chance: random.Random) -> list[list[float]]:
        found = []
        for _ in range(80):
            luck = chance.gauss(0, 2)
            count = chance.choice((1, 2, 3))
            found.append([luck + chance.gauss(0, 1) for _ in range(count)])
        return found

    def clustered(chance: random.Random) -> Estimate:
        clusters = Clusters()
        for values in games(chance):
            clusters.note(values)
        return clusters.estimate()

    def naive(chance: random.Random) -> Estimate:
        values = [value for each in games(chance) for value in each]
        mean = sum(values) / len(values)
        error = sqrt(sum((v - mean) ** 2 for v in values)) / len(values)
        return Estimate(mean, mean - 1.96 * error, mean + 1.96 * error, len(values))

    check(hits(clustered, 0.0))
    assert hits(naive, 0.0) < 0.87 * REPEATS


def scored(choice: int, luck: int) -> int:
    """A score to which both give, and both together."""
    return 3 * choice + 2 * luck + 4 * (choice % 2) * (luck % 2)


def shares() -> tuple[float, float]:
    """What choice alone and luck alone explain of it, summed over all 36 cases."""
    both = [(c, k) for c in SIDES for k in SIDES]
    mean = sum(scored(c, k) for c, k in both) / 36
    whole = sum((scored(c, k) - mean) ** 2 for c, k in both) / 36
    by_choice = [sum(scored(c, k) for k in SIDES) / 6 for c in SIDES]
    by_luck = [sum(scored(c, k) for c in SIDES) / 6 for k in SIDES]
    return (
        sum((value - mean) ** 2 for value in by_choice) / 6 / whole,
        sum((value - mean) ** 2 for value in by_luck) / 6 / whole,
    )


@pytest.mark.parametrize("part", ["choice", "luck"])
@pytest.mark.parametrize("games", [60, 400])
def test_shares_of_the_variance(part: str, games: int) -> None:
    choice, luck = shares()
    assert choice + luck < 0.98

    def sample(chance: random.Random) -> Estimate:
        pairs = Pairs()
        for _ in range(games):
            same, one, other = (chance.choice(SIDES) for _ in range(3))
            if part == "choice":
                pairs.note(scored(same, one), scored(same, other))
            else:
                pairs.note(scored(one, same), scored(other, same))
        return pairs.index()

    truth = choice if part == "choice" else luck
    check(hits(sample, truth), at_least=0.94, at_most=0.97)


def test_what_explains_everything_or_nothing() -> None:
    """Nothing is sure that can't be: no variance at all explains nothing."""
    everything, nothing, flat = Pairs(), Pairs(), Pairs()
    chance = random.Random(1)
    for _ in range(500):
        score = chance.choice(SIDES)
        everything.note(score, score)
        nothing.note(score, chance.choice(SIDES))
        flat.note(3, 3)
    assert everything.index() == Estimate(1.0, 1.0, 1.0, 500)
    assert nothing.index().low == 0.0
    assert nothing.index().high < 0.15
    assert flat.index() == Estimate(0.0, 0.0, 0.0, 500)


def test_sums_of_parts_are_those_of_the_whole() -> None:
    """However games are divided among workers."""
    chance = random.Random(2)
    draws = [(chance.randrange(-50, 50), chance.randrange(-50, 50)) for _ in range(200)]
    whole, parts = Pairs(), [Pairs() for _ in range(7)]
    for number, draw in enumerate(draws):
        whole.note(*draw)
        parts[number % 7].note(*draw)
    for part in reversed(parts[1:]):
        parts[0].add(part)
    assert parts[0] == whole


def test_student_between_what_tables_say() -> None:
    """Two-sided 5 % points, from any printed table."""
    printed = {1: 12.706, 2: 4.303, 4: 2.776, 5: 2.571, 9: 2.262, 29: 2.045, 120: 1.980}
    for freedom, value in printed.items():
        assert abs(student(freedom) - value) < 0.002 * value


def test_quantiles_by_counting() -> None:
    """Each is the least value that so many have or less, counted in a sorted list."""
    chance = random.Random(3)
    for games in (1, 2, 19, 20, 21, 400):
        values = sorted(chance.randrange(-9, 10) for _ in range(games))
        found = spread(Counter(values))
        for percent, quantile in (
            (5, found.p5), (25, found.p25), (50, found.median), (75, found.p75),
            (95, found.p95),
        ):  # fmt: skip
            assert sum(value <= quantile for value in values) * 100 >= percent * games
            assert sum(value < quantile for value in values) * 100 < percent * games
        assert (found.least, found.greatest) == (values[0], values[-1])
