"""Dice that make a row all but impossible."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.intervals import Interval
from tabletop.deck.models import Roll
from tabletop.deck.reach_names import rows
from tabletop.deck.reach_reasons import reason, span_of

SELDOM = 0.01
"""Rows that come more seldom than this are told of."""
_MOST = 50_000
"""Work, in steps, beyond which odds are left alone."""


def improbable(analysis: Analysis) -> Iterator[Finding]:
    """Rows that hardly any throw reaches, or none with what the modifier can be."""
    reach = analysis.reach
    for owner, happening in analysis.happenings:
        if happening.roll is None or reach.runs(*owner) == 0:
            continue
        path = (*owner, "roll")
        totals = analysis.texts.totals(happening.roll, path) or (0, 0)
        found = [*rows(analysis, reach.logic, reach.env, path, happening.roll)]
        first = totals[0]
        for index, known in found:
            row = happening.roll.table[index]
            last = totals[1] if row.to is None else min(row.to, totals[1])
            if first <= last:
                yield from _row(analysis, path, happening.roll, index, known)
            first = max(first, last + 1)


def _row(
    analysis: Analysis, path: KeyPath, roll: Roll, index: int, known: Interval
) -> Iterator[Finding]:
    here = (*path, "table", index)
    spot = Spot((*here, "to") if roll.table[index].to is not None else here)
    modifier = analysis.expr(*path, "modifier")
    env = analysis.reach.env
    by = analysis.reach.logic.range(modifier, env) if modifier else (0, 0)
    if known[0] > known[1]:
        why = reason(analysis, modifier, env, bounds_only=False) if modifier else None
        message = f"no throw reaches this row: the modifier is {span_of(by)}"
        yield Finding(
            "W303",
            message,
            spot,
            hint=why.hint if why else "",
            related=why.related if why else (),
            confidence="likely",
        )
        return
    best = _best(roll, index, by)
    if best is not None and best < SELDOM:
        odds = f"once in {1 / best:,.0f} throws" if best > 0 else "never"
        message = f"this row comes {odds} at best"
        hint = f"{roll.dice} seldom gives such totals; the modifier is {span_of(by)}"
        yield Finding("W602", message, spot, hint=hint if modifier else "")


def _best(roll: Roll, index: int, by: Interval) -> float | None:
    """The chance of a row with the modifier that suits it best; None when it would
    take long to work out."""
    count, sides = (int(part) for part in roll.dice.split("d"))
    if count * count * sides > _MOST:
        return None
    sums = _up_to(count, sides)
    before = [row.to for row in roll.table[:index] if row.to is not None]
    first = max(before, default=-_MOST) + 1
    to = roll.table[index].to
    last = _MOST if to is None or index == len(roll.table) - 1 else to

    def chance(modifier: int) -> float:
        low = min(max(first - modifier - count, 0), len(sums) - 1)
        high = min(max(last - modifier - count + 1, 0), len(sums) - 1)
        return sums[high] - sums[low]

    return max(map(chance, _suited(first, last, by, count * (sides + 1) // 2)))


@lru_cache(maxsize=64)
def _up_to(count: int, sides: int) -> tuple[float, ...]:
    """The chance of a total below each one, from the least."""
    return 0.0, *accumulate(chances(count, sides))


def _suited(first: int, last: int, by: Interval, middle: int) -> Iterator[int]:
    """Modifiers among which is the one that suits a row best: those that bring one of
    its ends, or its middle, to the middle of the throws."""
    yield from by
    for place in (first, last, (first + last) // 2):
        for near in (-1, 0, 1):
            yield min(max(place - middle + near, by[0]), by[1])


def chances(count: int, sides: int) -> list[float]:
    """The chance of each total of some dice, from the least.

    >>> [round(36 * chance) for chance in chances(2, 6)]
    [1, 2, 3, 4, 5, 6, 5, 4, 3, 2, 1]
    """
    found = [1.0]
    for _ in range(count):
        sums = [0.0, *accumulate(found)]
        size = len(found) + sides - 1
        found = [
            (sums[min(total + 1, len(found))] - sums[max(0, total - sides + 1)]) / sides
            for total in range(size)
        ]
    return found
