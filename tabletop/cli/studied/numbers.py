"""The deck's numbers in a study: what changing each of them does."""

from collections.abc import Iterator

from tabletop.cli.studied.drawing import interval_on
from tabletop.cli.studied.ends import folded, more
from tabletop.cli.studied.table import Page, Row, short, table
from tabletop.report.study import order
from tabletop.report.study.numbers import around, points, signed
from tabletop.study.result import Lever, StudyResult

NARROW, WIDE = 14, 28
"""Room for an ending's title."""


def levers(of: StudyResult, page: Page) -> Iterator[str]:
    """Numbers by the ending that they move most, and the score."""
    found = order.levers(of)[: page.first(of.levers)]
    strongest = [order.strongest(lever.endings)[1] for lever in order.levers(of)]
    reach = max((max(abs(e.low), abs(e.high)) for e in strongest), default=0.0)
    rows = [_lever(lever, of, page, reach) for lever in found]
    heads = ["Number", "change", "share", "moves most"]
    if page.wide:
        heads = [*heads[:3], "95 % interval", "of the ending", "score", "of"]
    yield from table(page, heads, rows, left=(1, 4, 6) if page.wide else (1, 3))
    yield from more(page, len(of.levers) - len(found), "levers")
    games = max((lever.games for lever in of.levers), default=0)
    yield from folded(
        page,
        f"Each number alone, with the same seeds, {games:,} games each: the ending"
        " whose share it moves most, in percentage points, with the 95 % interval"
        f" (drawn from {-100 * reach:.1f} to {100 * reach:.1f}).",
    )
    yield f"  One number alone: {order.lever_alone(of.method, 'PATH')}"


def _lever(lever: Lever, of: StudyResult, page: Page, reach: float) -> Row:
    ending, change = order.strongest(lever.endings)
    title = order.ending_title(of, ending)
    cells = [f"{lever.before} {page.signs.becomes} {lever.after}",
             points(change.value)]  # fmt: skip
    if page.wide:
        team, score = order.strongest(lever.scores)
        name = short(order.team_name(of, team), NARROW, page)
        cells += [around(change, share=True), short(title, WIDE, page),
                  signed(score.value), name]  # fmt: skip
    else:
        cells.append(short(title, NARROW, page))
    cells = [cell.replace("–", page.signs.none) for cell in cells]
    return Row(
        lever.path, tuple(cells),
        interval_on(change, reach, page.signs),
    )  # fmt: skip
