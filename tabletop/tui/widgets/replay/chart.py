"""The chart of a replay: one curve, filled up to the cursor, another one dotted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from math import floor
from operator import itemgetter

from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.grammar import arrow, number
from tabletop.tui.widgets.line import BLANK, Line, Span, line, prose
from tabletop.tui.widgets.replay.axis import LEFT, RIGHT, Axis, AxisPane

TALL = 12
"""Rows from which the chart has a row for the labels of turning points."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A turning point on the axis."""

    place: int
    number: int
    """Its number in the list, from 1."""
    change: int
    """By how many points it moved the curve."""


@dataclass(frozen=True, slots=True)
class Plot:
    """What the chart shows."""

    head: Line = BLANK
    """Whose curve it is, beside the highest value."""
    about: str = ""
    """What is measured, in a few words."""
    ink: str = "$foreground"
    fill: str = "$fill-track"
    low: int = 0
    high: int = 100
    values: Sequence[float] = ()
    """By place, as far as it is known."""
    others: Sequence[float] = ()
    """The compared line's."""
    other_name: str = ""
    leaves: int = 0
    """The place from which the other line is another."""
    count: int = 1
    """Places on the axis."""
    rounds: Sequence[tuple[int, int]] = ()
    round_label: str = ""
    turns: Sequence[Turn] = field(default_factory=tuple)
    more: str = ""
    """What the key for another curve leads to."""


class ReplayChart(AxisPane):
    """Columns in eighths of a cell over the moves; the cursor is a column."""

    can_focus = False
    _plot = Plot()
    _place = 0
    _drawing: "Drawing | None" = None
    _left: Mapping[int, Line]
    _right: Mapping[int, Line]

    def show(self, plot: Plot, place: int) -> None:
        """Show a plot with the cursor at a place."""
        self._plot, self._place, self._drawing = plot, place, None
        self.redraw()

    def places(self) -> int:
        """Those of the plot."""
        return self._plot.count

    def go(self, place: int) -> None:
        """Put the cursor on another place."""
        self._place = place
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """Labels of turning points, the columns, then the rounds."""
        cells = room - LEFT - RIGHT
        if cells < 2 or rows < 4:
            return [BLANK]
        axis = Axis(self._plot.count, cells)
        self.legend(*legend_forms(axis.crowd, self._plot.more))
        top = [self._labels(axis)] if rows >= TALL or self._plot.turns else []
        height = rows - len(top) - 1
        drawing = self._drawing
        if drawing is None or (drawing.axis, drawing.height) != (axis, height):
            drawing = self._drawing = Drawing(self._plot, axis, height)
            self._left, self._right = self._left_of(height), self._right_of(drawing)
        body = [
            Line((
                *self._left[row].spans, *drawing.row(row, self._place),
                *self._right.get(row, BLANK).spans,
            ))
            for row in range(height - 1, -1, -1)
        ]  # fmt: skip
        return [*top, *body, self._foot(axis)]

    def _left_of(self, height: int) -> dict[int, Line]:
        """Three labels; whose curve it is beside the first, what it is below."""
        plot = self._plot
        values = {
            0: plot.low,
            (height - 1) // 2: (plot.low + plot.high) // 2,
            height - 1: plot.high,
        }
        found = {row: BLANK.spread(_label(v), LEFT - 1) for row, v in values.items()}
        top = found[height - 1]
        room = LEFT - 2 - _label(plot.high).width
        found[height - 1] = plot.head.cut(room).spread(_label(plot.high), LEFT - 1)
        words = prose(plot.about, LEFT - 2, "$muted")
        free = [row for row in range(height - 2, 0, -1) if row not in found or not top]
        found.update(zip(free, words, strict=False))
        return {row: found.get(row, BLANK).pad(LEFT) for row in range(height)}

    def _right_of(self, drawing: "Drawing") -> dict[int, Line]:
        """Where each curve ends."""
        plot = self._plot
        found: dict[int, Line] = {}
        if plot.others:
            row = drawing.row_of(plot.others[-1])
            name = plot.other_name.removeprefix("what-if ")[:2]
            found[row] = line(
                (f" {_whole(plot.others[-1])} {name}", "bold $secondary")
            ).cut(RIGHT)
        if plot.values:
            row = drawing.row_of(plot.values[-1])
            while row in found:
                row += 1 if plot.values[-1] >= plot.others[-1] else -1
            found[row] = line((f" {_whole(plot.values[-1])}", "bold"))
        return found

    def _labels(self, axis: Axis) -> Line:
        """`1 ▼14` over each turning point; the smaller one gives way."""
        taken: list[tuple[int, int, Line]] = []
        cells = axis.cells
        for turn in sorted(self._plot.turns, key=lambda turn: -abs(turn.change)):
            style = "$good" if turn.change > 0 else "$bad"
            here = turn.place == self._place
            words = f"{turn.number} {arrow(turn.change)}{abs(turn.change)}"
            form = line((words, f"bold {style}"))
            if here:
                form = form.on("$raise")
            start = max(0, min(axis.column(turn.place) - 1, cells - form.width))
            end = start + form.width
            if all(end < first or start > last for first, last, _ in taken):
                taken.append((start, end, form))
        return line(" " * LEFT, _placed([(s, form) for s, _, form in taken], cells))

    def _foot(self, axis: Axis) -> Line:
        """The rounds where they begin; the present one stands out."""
        plot = self._plot
        name = line((plot.round_label, "$muted")).pad(LEFT)
        now = [r for start, r in plot.rounds if start <= self._place]
        drawn: list[tuple[int, Line]] = []
        end = -1
        for start, round_ in plot.rounds:
            column = axis.column(start)
            here = bool(now) and round_ == now[-1]
            mark = (glyphs().cursor_line, "$muted")
            form = line(mark, (str(round_), "bold $accent" if here else "$muted"))
            if column > end and column + form.width <= axis.cells:
                drawn.append((column, form))
                end = column + form.width
        return line(name, _placed(drawn, axis.cells))


def _label(value: int) -> Line:
    return line((number(value), "$muted"))


def _whole(value: float) -> str:
    return number(floor(value + 0.5))


def _placed(parts: Sequence[tuple[int, Line]], cells: int) -> Line:
    """Parts at their columns, the rest blank."""
    found: list[Line | str] = []
    at = 0
    for start, part in sorted(parts, key=lambda part: part[0]):
        found += [" " * (start - at), part]
        at = start + part.width
    return line(*found, " " * max(0, cells - at))


class Drawing:
    """The columns of a plot; all but the cursor is drawn once."""

    def __init__(self, plot: Plot, axis: Axis, height: int) -> None:
        self.axis = axis
        self.height = height
        self._plot = plot
        self._middle = (height - 1) // 2
        self._rounds = {axis.column(start) for start, _ in plot.rounds[1:]}
        columns = range(axis.cells)
        self._heights = [self._eighths(axis.last(column)) for column in columns]
        self._dots = self._trail()
        self._past, self._coming = (
            [
                [self._cell(row, column, fill) for column in columns]
                for row in range(height)
            ]
            for fill in (plot.fill, "$fill-rest")
        )

    def _share(self, value: float) -> float:
        span = max(1, self._plot.high - self._plot.low)
        return min(1.0, max(0.0, (value - self._plot.low) / span))

    def _eighths(self, place: int) -> int:
        """The height of a column; 0 where nothing is known, else at least 1."""
        values = self._plot.values
        if not 0 <= place < len(values):
            return 0
        return max(1, round(self._share(values[place]) * self.height * 8))

    def row_of(self, value: float) -> int:
        """The row in which a value lies, from the foot."""
        return min(self.height - 1, floor(self._share(value) * self.height))

    def _trail(self) -> Mapping[int, tuple[int, int]]:
        """Row and quarter from the top of the other line, by column."""
        others, found = self._plot.others, {}
        quarters = self.height * 4
        for column in range(self.axis.cells):
            place = self.axis.last(column)
            if self._plot.leaves <= place < len(others):
                up = min(quarters - 1, floor(self._share(others[place]) * quarters))
                found[column] = (up // 4, 3 - up % 4)
        return found

    def row(self, row: int, place: int) -> Iterator[Span]:
        """A row's spans, from the left, with the cursor at a place."""
        cursor = self.axis.column(place)
        here = [self._cursor(row, cursor, self._eighths(place))]
        return spans(self._past[row][:cursor] + here + self._coming[row][cursor + 1 :])

    def _cursor(self, row: int, column: int, height: int) -> Span:
        """The cursor's column shows the value of its own place, not of its column."""
        sign = _step(height - row * 8)
        if column in self._dots and self._dots[column][0] == row:
            style = "bold $secondary" if sign == " " else "bold $on-accent on $accent"
            return glyphs().trail[self._dots[column][1]], style
        bar = glyphs().cursor_line if sign == " " else sign
        return bar, "$accent on $panel"

    def _cell(self, row: int, column: int, fill: str) -> Span:
        eighths = self._heights[column] - row * 8
        if column in self._dots and self._dots[column][0] == row:
            sign = glyphs().trail[self._dots[column][1]]
            whole = eighths >= 8
            return sign, f"bold $foreground on {fill}" if whole else "bold $secondary"
        sign = _step(eighths)
        return (sign, fill) if sign != " " else self._air(row, column)

    def _air(self, row: int, column: int) -> Span:
        """What stands above the columns: rounds, the middle line."""
        if column in self._rounds:
            return glyphs().round_line, "$line"
        if row == self._middle:
            return glyphs().dotted, "$line"
        return " ", ""


def spans(cells: Sequence[Span]) -> Iterator[Span]:
    """Cells as spans: neighbours of one style together."""
    for style, group in groupby(cells, key=itemgetter(1)):
        yield "".join([sign for sign, _ in group]), style


def _step(eighths: int) -> str:
    """What a column shows in a row of which it fills so many eighths."""
    if eighths <= 0:
        return " "
    steps = glyphs().steps
    if not steps:
        return glyphs().full if eighths >= 4 else " "
    return steps[min(8, eighths) - 1]


def legend_forms(crowd: str, verb: str) -> tuple[str, ...]:
    """What stands in the lower border, from the longest form."""
    if not crowd:
        return (f"c {verb}",)
    return (f"{crowd} moves a column {glyphs().dot} c {verb}", f"c {verb}")


def scale(values: Sequence[float], *more: float) -> tuple[int, int]:
    """A range of round numbers that holds some values, of at least ten.

    >>> scale([12.0, 47.5])
    (10, 50)
    """
    every = [*values, *more] or [0.0, 10.0]
    low, high = floor(min(every)), -floor(-max(every))
    step = next(s for s in (10, 50, 100, 500, 10_000_000) if (high - low) < s * 12)
    low, high = low // step * step, -(-high // step) * step
    return (low, high) if high > low else (low, low + step)
