"""Dice tables: every total in exactly one row, and every row reached by some total."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.models import Roll


def _rolls(analysis: Analysis) -> Iterator[tuple[KeyPath, Roll]]:
    for path, happening in analysis.happenings:
        if happening.roll is not None:
            yield (*path, "roll"), happening.roll


def tables(analysis: Analysis) -> Iterator[Finding]:
    """Rows that are out of order, and totals without a row."""
    for path, roll in _rolls(analysis):
        problems = [*_order(path, roll)]
        yield from problems
        if not problems:
            yield from _gap(analysis, path, roll)


def _order(path: KeyPath, roll: Roll) -> Iterator[Finding]:
    before: int | None = None
    for index, row in enumerate(roll.table):
        here = (*path, "table", index)
        if row.to is None:
            if index < len(roll.table) - 1:
                message = "only the last row may leave out `to`"
                yield Finding("E303", message, Spot(here, part="header"))
            continue
        if before is not None and row.to <= before:
            message = f"the row ends at {row.to:,}, and {before:,} is already taken"
            hint = "rows go from low totals to high ones"
            yield Finding("E303", message, Spot((*here, "to")), hint=hint)
        before = row.to if before is None else max(before, row.to)


def _gap(analysis: Analysis, path: KeyPath, roll: Roll) -> Iterator[Finding]:
    totals, last = analysis.texts.totals(roll, path), roll.table[-1]
    if totals is None or last.to is None or last.to >= totals[1]:
        return
    first = max(last.to + 1, totals[0])
    rest = f"{first:,}" if first == totals[1] else f"{first:,} to {totals[1]:,}"
    yield Finding(
        "E303",
        f"totals of {rest} have no row",
        Spot((*path, "table", len(roll.table) - 1, "to")),
        "leave out `to` in the last row",
    )


def unreachable_rows(analysis: Analysis) -> Iterator[Finding]:
    """Rows that no total falls in."""
    for path, roll in _rolls(analysis):
        totals = analysis.texts.totals(roll, path)
        if totals is None or any(_order(path, roll)):
            continue
        first = totals[0]
        for index, row in enumerate(roll.table):
            last = totals[1] if row.to is None else min(row.to, totals[1])
            if last < first:
                message = f"no throw reaches this row; totals are {_range(totals)}"
                here = (*path, "table", index)
                spot = Spot((*here, "to") if row.to is not None else here)
                yield Finding("W303", message, spot)
            first = max(first, last + 1)


def _range(totals: tuple[int, int]) -> str:
    return f"{totals[0]:,} to {totals[1]:,}"
