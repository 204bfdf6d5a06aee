"""Charts of one line, made of cells: bars, strips and sparklines."""

from collections.abc import Callable, Sequence

from tabletop.cli.studied.signs import Signs
from tabletop.study.result import Estimate, Spread

LEAST = 8
"""Cells that a chart needs to tell anything."""


def bar(value: float, high: float, room: int, of: Signs, *, full: float = 1.0) -> str:
    """A bar up to a share, and on to the end of its interval.

    >>> bar(0.5, 0.75, 8, Signs())
    '████░░'
    """
    scale = room / full if full else 0
    done, most = round(min(value, full) * scale), round(min(high, full) * scale)
    if value > 0 and not done:
        done, most = 1, max(most, 1)
    return of.full * done + of.rest * (most - done)


def plain_bar(value: float, full: float, of: Signs) -> Callable[[int], str]:
    """What draws a bar without an interval into a room."""
    return lambda room: bar(value, value, room, of, full=full)


def interval_on(of: Estimate, reach: float, signs: Signs) -> Callable[[int], str]:
    """What draws an interval around nought into a room."""
    return lambda room: around_nought(of, reach, room, signs)


def stacked(parts: Sequence[float], room: int, of: Signs) -> str:
    """Shares beside each other, each in its own sign.

    >>> stacked((0.5, 0.25, 0.25), 8, Signs())
    '████▒▒░░'
    """
    drawn, until, before = "", 0.0, 0
    for sign, part in zip((of.full, of.partly, of.rest), parts, strict=False):
        until += max(0.0, part)
        end = min(room, round(until * room))
        drawn += sign * max(0, end - before)
        before = max(before, end)
    return drawn


def strip(
    spread: Spread, low: float, high: float, room: int, of: Signs, *, ends: bool = False
) -> str:  # fmt: skip
    """Nine in ten as a line, the middle half as a bar, the median as a mark.

    >>> strip(Spread(9, 5, 1, 0, 1, 3, 5, 7, 9, 10), 0, 10, 11, Signs())
    ' ──██●██── '
    """
    cells = [" "] * room
    if ends:
        cells[0], cells[-1] = of.left, of.right
    if not spread.games:
        return "".join(cells)
    _fill(cells, spread.p5, spread.p95, of.line, low, high)
    _fill(cells, spread.p25, spread.p75, of.heavy, low, high)
    _fill(cells, spread.median, spread.median, of.middle, low, high)
    return "".join(cells)


def around_nought(
    of: Estimate, reach: float, room: int, signs: Signs
) -> str:  # fmt: skip
    """An interval on a scale from minus to plus `reach`, with a line at nought.

    >>> around_nought(Estimate(2.0, 1.0, 3.0, 9), 4.0, 9, Signs())
    '    │─●─ '
    """
    room -= 1 - room % 2
    cells = [" "] * room
    cells[room // 2] = signs.nought
    if of.of >= 2 and reach:
        _fill(cells, of.low, of.high, signs.line, -reach, reach)
        _fill(cells, of.value, of.value, signs.middle, -reach, reach)
    return "".join(cells)


def _fill(
    cells: list[str], start: float, end: float, sign: str, low: float, high: float
) -> None:  # fmt: skip
    first, last = place(start, low, high, len(cells)), place(end, low, high, len(cells))
    cells[first : last + 1] = sign * (last + 1 - first)


def place(value: float, low: float, high: float, room: int) -> int:
    """The cell of a value on a scale; what lies outside is in the outermost one.

    >>> place(5, 0, 10, 11), place(99, 0, 10, 11)
    (5, 10)
    """
    if high <= low:
        return 0
    share = (min(max(value, low), high) - low) / (high - low)
    return min(room - 1, int(share * (room - 1) + 0.5))


def spark(values: Sequence[float], low: float, high: float, of: Signs) -> str:
    """A cell for each value, on a scale.

    >>> spark((0, 5, 10), 0, 10, Signs())
    '▁▅█'
    """
    return "".join(of.steps[place(v, low, high, len(of.steps))] for v in values)


def fan(
    rounds: Sequence[Spread], low: int, high: int, size: tuple[int, int], of: Signs
) -> list[str]:  # fmt: skip
    """A band over the rounds, the upper bound first: nine in ten, half, the median.

    `size` is the width and the height in cells.
    """
    wide, tall = size
    columns = [
        _column(rounds[min(len(rounds) - 1, x * len(rounds) // wide)], low, high, tall,
                of)
        for x in range(wide)
    ]  # fmt: skip
    return ["".join(column[y] for column in columns) for y in reversed(range(tall))]


def _column(spread: Spread, low: int, high: int, tall: int, of: Signs) -> list[str]:
    cells = [" "] * tall
    if spread.games:
        _fill(cells, spread.p5, spread.p95, of.rest, low, high)
        _fill(cells, spread.p25, spread.p75, of.partly, low, high)
        _fill(cells, spread.median, spread.median, of.full, low, high)
    return cells
