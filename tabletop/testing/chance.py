"""Runs `chance`: how often games come to something, with what the runs can tell.

The share's 95 % interval is Wilson's (1927). A test fails when the whole interval lies
outside of its range, so an honest deck fails at most one time in twenty of all seeds;
and it fails when its range is narrower than the interval, for then so many runs could
not tell a share inside from one outside.
"""

from math import ceil

from tabletop.engine.statistics import wilson
from tabletop.testing.asking import Asker
from tabletop.testing.failing import TestFailed
from tabletop.testing.files import Case, TestFile
from tabletop.testing.games import Setting, again
from tabletop.testing.goals import Target, target_of
from tabletop.testing.models import MOST_GAMES, Chance
from tabletop.testing.search import EVERY
from tabletop.testing.search_bulk import Bulk
from tabletop.testing.wishes import Made, Wish


def runs_needed(share: float, width: float) -> int:
    """How many runs tell a share with an interval no wider than `width`, in round.

    >>> runs_needed(0.5, 0.2)
    97
    """
    runs = 10
    while runs < 10**12:
        low, high = wilson(round(share * runs), runs)
        if high - low <= width:
            return rounded(runs)
        runs = ceil(runs * 1.05)
    return runs


def rounded(number: int) -> int:
    """A number with two figures, rounded up.

    >>> rounded(94), rounded(1234)
    (94, 1300)
    """
    step: int = 10 ** max(0, len(str(number)) - 2)
    return -(-number // step) * step


def run_chance(file: TestFile, case: Case, wish: Wish, made: Made) -> None:
    """Plays a test's games and weighs the share of those that come to its goal."""
    table = case.table
    if not isinstance(table, Chance):
        raise TypeError(f"{case.kind} is no chance")
    setting = Setting(file, case, wish.seed)
    target = target_of(file, case, Asker(file.deck, setting.program))
    bulk = Bulk(setting, target)
    if bulk.possible:
        times = _counted(setting, bulk, table.runs, wish)
    else:
        times = _looked(setting, target, table.runs, wish)
    made.reproduce = again(case)
    made.found.append(_told(times, table.runs))
    low, high = wilson(times, table.runs)
    least, greatest = table.between
    place = file.place(*case.path, "between")
    found = made.found[0]
    if high < least or low > greatest:
        side = "below" if high < least else "above"
        message = f"{found}: {side} {_percent(least)} to {_percent(greatest)} %"
        raise TestFailed(place, message)
    if high - low > greatest - least:
        worst = min(max(0.5, low), high)  # of the shares that it may be
        runs = runs_needed(worst, greatest - least)
        hint = f"ask for runs = {runs}, or for a wider range"
        if runs > MOST_GAMES:
            hint = "ask for a wider range"
        message = f"{table.runs:,} runs can't tell a range so narrow: {found}"
        raise TestFailed(place, message, hint=hint)


def _told(times: int, runs: int) -> str:
    low, high = wilson(times, runs)
    share = f"{_percent(times / runs)} %"
    return (
        f"{times:,} of {runs:,} games: {share}, "
        f"95 % interval {_percent(low)} to {_percent(high)} %"
    )


def _percent(share: float) -> str:
    """A share in percent with up to two places.

    >>> _percent(0.3), _percent(0.0123)
    ('30', '1.23')
    """
    return f"{100 * share:.2f}".rstrip("0").rstrip(".")


def _counted(setting: Setting, bulk: Bulk, runs: int, wish: Wish) -> int:
    """Games that are counted in bulk, in whichever gear is ready."""
    times = 0
    for part in bulk.parts(range(runs)):
        times += bulk.times(part)
        _tell(setting, wish, part.stop, runs)
    return times


def _looked(setting: Setting, target: Target, runs: int, wish: Wish) -> int:
    """Games that are looked at move by move."""
    choose, times = setting.bots(), 0
    for game in range(runs):
        times += setting.play(game, choose, target.look()).stopped
        if (game + 1) % EVERY == 0:
            _tell(setting, wish, game + 1, runs)
    return times


def _tell(setting: Setting, wish: Wish, games: int, runs: int) -> None:
    if wish.tell is not None:
        wish.tell(f"{setting.case.name}: {games:,} of {runs:,} games")
