"""Charts as inline SVG: the same bytes each time, no script, no font.

Each one begins with its title and what it shows, for those who have it read aloud.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from tabletop.report.html import Markup, join, tag
from tabletop.report.style import COLORS
from tabletop.report.svg import (
    DASHES,
    HUES,
    INK,
    SOFT,
    TONES,
    WIDTH,
    Shape,
    bold,
    box,
    cut,
    drawing,
    line,
    number,
    patterns,
    shape,
    two,
    words,
)

LEFT, RIGHT = 172, 84
"""Room for the labels on both sides."""


# --- the axis that the charts of a game share


@dataclass(frozen=True, slots=True)
class Axis:
    """The moves of a line of play from left to right, with its rounds."""

    places: int
    """How many there are, the start with them."""
    rounds: tuple[tuple[int, int], ...]
    """Each round, and the place with which it begins."""
    label: str = "Round"

    def x(self, place: float) -> float:
        """Where a place is."""
        return LEFT + (WIDTH - LEFT - RIGHT) * place / max(1, self.places - 1)

    @property
    def size(self) -> float:
        """How large marks are, so that those of neighbouring places don't meet."""
        room = (WIDTH - LEFT - RIGHT) / max(1, self.places - 1)
        return min(1.0, max(0.62, room / 6))

    def lines(self, top: float, bottom: float) -> Iterable[Markup]:
        """A line where each round but the first begins."""
        for _, place in self.rounds[1:]:
            yield line(self.x(place), top, (self.x(place), bottom), dash="1 2")

    def names(self, y: float) -> Iterable[Markup]:
        """The names of the rounds that have room."""
        edge = 0.0
        for i, (round_, place) in enumerate(self.rounds):
            label = f"{cut(self.label, 14)} {round_}" if i == 0 else str(round_)
            if self.x(place) >= edge:
                yield words(self.x(place) + 2, y, label, size=9.5, ink=SOFT)
                edge = self.x(place) + 9 + 5.2 * len(label)


# --- lanes


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened at a place."""

    place: int
    shape: Shape
    says: str
    """What a reader who points at it is told."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A row of marks."""

    label: str
    color: str
    """One of the teams' colours, or control."""
    marks: tuple[Mark, ...]


def lanes(axis: Axis, rows: Sequence[Lane], title: str, says: str) -> Markup:
    """Who did what when: a row for each, on the axis of the moves."""
    step, top = 20.0, 18.0
    bottom = top + step * len(rows)
    parts: list[Markup] = [*axis.names(11), *axis.lines(3, bottom)]
    for i, row in enumerate(rows):
        y = top + step * (i + 0.5)
        ink = COLORS.get(row.color, INK)
        parts.append(line(LEFT, y, (WIDTH - RIGHT, y)))
        parts.append(words(LEFT - 8, y + 3.5, cut(row.label, 25), anchor="end"))
        parts += [
            shape(axis.x(m.place), y, m.shape, ink, m.says, axis.size)
            for m in row.marks
        ]
    return drawing(bottom + 4, title, says, parts, kind="lanes")


# --- a number over the moves


@dataclass(frozen=True, slots=True)
class Band:
    """A named part of a track's range, up to a value."""

    to: int
    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A track over the moves."""

    label: str
    low: int
    high: int
    bands: tuple[Band, ...]
    values: tuple[int, ...]
    marks: tuple[Mark, ...] = ()
    """What moved it from outside the rules, on its line."""


def strip(axis: Axis, of: Strip, *, head: bool = False) -> Markup:
    """A step line before the track's bands: its label, its first and its last value."""
    top, high = (16.0, 34.0) if head else (3.0, 34.0)
    bottom = top + high
    span = max(1, of.high - of.low)

    def y(value: float) -> float:
        return bottom - high * (min(max(value, of.low), of.high) - of.low) / span

    parts: list[Markup] = list(axis.names(10)) if head else []
    parts += _bands(of, y, (top, high))
    parts += axis.lines(top, bottom)
    parts.append(
        tag("path", d=steps(axis, [y(v) for v in of.values]), fill="none",
            stroke=INK, stroke_width="1.6")
    )  # fmt: skip
    parts += [
        shape(axis.x(m.place), y(of.values[m.place]), m.shape, INK, m.says, 0.75)
        for m in of.marks
    ]
    parts += _ends(of, bottom - high / 2)
    said = (
        f"From {of.values[0]} to {of.values[-1]}, on a scale of {of.low} to {of.high}."
    )
    return drawing(bottom + 3, of.label, said, parts, kind="strip")


def _bands(
    of: Strip, y: Callable[[float], float], frame: tuple[float, float]
) -> Iterable[Markup]:
    """The bands behind a line, with a white line between each two."""
    wide, floor = WIDTH - LEFT - RIGHT, of.low
    if not of.bands:
        yield box(LEFT, frame[0], wide, frame[1], fill=TONES["neutral"])
    for band in of.bands:
        if band.to <= floor and band is not of.bands[0]:
            continue
        upper, fill = y(band.to), TONES.get(band.tone, TONES["neutral"])
        yield box(LEFT, upper, wide, y(floor) - upper, fill=fill)
        floor = max(floor, min(band.to, of.high))
    for band in of.bands[:-1]:
        yield line(LEFT, y(band.to), (WIDTH - RIGHT, y(band.to)), stroke="#fff")


def _ends(of: Strip, middle: float) -> list[Markup]:
    first, last = of.values[0], of.values[-1]
    now = next((b.label for b in of.bands if last <= b.to), "")
    moved = f"{last - first:+d}".replace("-", "−")
    rows = two(of.label, 25)
    foot = middle - 6 + 11 * (len(rows) - 1)
    names = [
        words(LEFT - 8, middle - 6 + 11 * i, row, anchor="end")
        for i, row in enumerate(rows)
    ]
    return [
        *names,
        words(LEFT - 8, foot + 12, str(first), anchor="end", size=9.5, ink=SOFT),
        bold(WIDTH - RIGHT + 6, middle, f"{last}"),
        words(WIDTH - RIGHT + 28, middle, moved, size=9.5, ink=SOFT),
        words(WIDTH - RIGHT + 6, middle + 12, cut(now, 14), size=9.5, ink=SOFT),
    ]  # fmt: skip


def steps(axis: Axis, heights: Sequence[float]) -> str:
    """The path of a step line; a place where nothing changes has no corner."""
    path = [f"M{number(axis.x(0))} {number(heights[0])}"]
    for i in range(1, len(heights)):
        if heights[i] != heights[i - 1]:
            path.append(f"H{number(axis.x(i))}V{number(heights[i])}")
    return "".join([*path, f"H{number(axis.x(len(heights) - 1))}"])


# --- shares over the moves


@dataclass(frozen=True, slots=True)
class Share:
    """What part of the whole something had at each place, from 0 to 1."""

    label: str
    values: tuple[float, ...]


def shares(axis: Axis, of: Sequence[Share], title: str, says: str) -> Markup:
    """Shares on top of each other, each with a pattern and a label of its own."""
    top, high = 16.0, 150.0
    bottom = top + high
    parts: list[Markup] = [patterns(len(of)), *axis.names(10)]
    under = [0.0] * axis.places
    for i, each in enumerate(of):
        over = [u + v for u, v in zip(under, each.values, strict=True)]
        outline = _area(axis, [bottom - high * u for u in under],
                        [bottom - high * min(1.0, o) for o in over])  # fmt: skip
        for fill in (HUES[i % len(HUES)], f"url(#hatch{i})"):
            parts.append(tag("path", tag("title", each.label), d=outline, fill=fill,
                             fill_opacity="0.55" if fill[0] == "#" else "",
                             stroke="#fff", stroke_width="0.5"))  # fmt: skip
        under = over
    parts += axis.lines(top, bottom)
    parts += [
        mark for share in (0, 25, 50, 75, 100)
        for mark in (words(LEFT - 8, bottom - high * share / 100 + 3.5, f"{share} %",
                           anchor="end", size=9.5, ink=SOFT),)
    ]  # fmt: skip
    height = bottom + 8
    parts += _keys(of, height)
    return drawing(height + 15 * len(of) + 4, title, says, parts, kind="shares")


def _keys(of: Sequence[Share], top: float) -> list[Markup]:
    """What each pattern stands for, with its first and last share."""
    found: list[Markup] = []
    for i, each in enumerate(of):
        y = top + 15 * i
        for fill in (HUES[i % len(HUES)], f"url(#hatch{i})"):
            found.append(tag(
                "rect", x=number(LEFT), y=number(y), width="22", height="10", fill=fill,
                fill_opacity="0.55" if fill[0] == "#" else "",
            ))  # fmt: skip
        first, last = (f"{each.values[k] * 100:.0f} %" for k in (0, -1))
        label = f"{cut(each.label, 60)}: {first} at the start, {last} at the end"
        found.append(words(LEFT + 30, y + 9, label))
    return found


def _area(axis: Axis, low: Sequence[float], high: Sequence[float]) -> str:
    """The outline between two step lines."""
    there = steps(axis, high)
    back = []
    for i in range(len(low) - 1, 0, -1):
        back.append(f"V{number(low[i])}H{number(axis.x(i))}")
    back.append(f"V{number(low[0])}H{number(axis.x(0))}")
    return f"{there}{''.join(back)}Z"


# --- expected scores over the moves


@dataclass(frozen=True, slots=True)
class Curve:
    """An estimate at each place, with its interval."""

    label: str
    color: str
    middle: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def curves(
    axis: Axis, of: Sequence[Curve], marks: Sequence[Mark], title: str, says: str
) -> Markup:
    """Step lines with their intervals, and numbered marks on the axis below them."""
    top, high = 16.0, 170.0
    bottom = top + high
    least = min(min(c.low) for c in of)
    most = max(max(c.high) for c in of)
    span = (most - least) or 1.0

    def y(value: float) -> float:
        return bottom - high * (value - least) / span

    parts: list[Markup] = [*axis.names(10), *axis.lines(top, bottom)]
    parts += _scale(least, most, y)
    for i, each in enumerate(of):
        ink = COLORS.get(each.color, INK)
        area = _area(axis, [y(v) for v in each.low], [y(v) for v in each.high])
        parts.append(tag("path", d=area, fill=ink, fill_opacity="0.14"))
        parts.append(tag(
            "path", tag("title", each.label), fill="none", stroke=ink,
            stroke_width="1.8", stroke_dasharray=DASHES[i % len(DASHES)],
            d=steps(axis, [y(v) for v in each.middle]),
        ))  # fmt: skip
    parts += _labels([(y(c.middle[-1]), c) for c in of])
    for number_, mark in enumerate(marks, 1):
        x = axis.x(mark.place)
        parts.append(shape(x, bottom + 10, mark.shape, INK, mark.says, 0.8))
        parts.append(words(x, bottom + 25, str(number_), anchor="middle", size=9.5))
    return drawing(bottom + 30, title, says, parts, kind="curves")


def _scale(least: float, most: float, y: Callable[[float], float]) -> Iterable[Markup]:
    """Lines at round values, with their numbers."""
    for value in ticks(least, most):
        told = number(value).replace("-", "−")
        yield line(LEFT, y(value), (WIDTH - RIGHT, y(value)))
        yield words(LEFT - 8, y(value) + 3.5, told, anchor="end", size=9.5, ink=SOFT)


def _labels(at: Sequence[tuple[float, Curve]]) -> list[Markup]:
    """Names at the ends of the lines, moved apart where they would meet."""
    found, edge = [], -99.0
    for y, each in sorted(at, key=lambda pair: pair[0]):
        edge = max(y + 3.5, edge + 11)
        ink = COLORS.get(each.color, INK)
        found.append(
            words(WIDTH - RIGHT + 5, edge, cut(each.label, 13), size=10, ink=ink)
        )
    return found


def ticks(least: float, most: float) -> list[float]:
    """Round numbers between two values, a handful.

    >>> ticks(0, 40), ticks(-3, 1)
    ([0, 10, 20, 30, 40], [-3, -2, -1, 0, 1])
    """
    span = max(most - least, 1e-9)
    step = next(
        base * 10**power
        for power in range(-3, 12)
        for base in (1, 2, 5)
        if span / (base * 10**power) <= 5
    )
    first = -(-least // step)
    return [step * (first + i) for i in range(7) if step * (first + i) <= most]


# --- options beside each other


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its interval."""

    label: str
    middle: float
    low: float
    high: float
    chosen: bool = False


def intervals(of: Sequence[Interval], title: str, says: str) -> Markup:
    """A bar for each interval, the middle marked; what was chosen is filled."""
    left, right, step = 250.0, 70.0, 17.0
    least, most = min(i.low for i in of), max(i.high for i in of)
    span = (most - least) or 1.0

    def x(value: float) -> float:
        return left + (WIDTH - left - right) * (value - least) / span

    parts: list[Markup] = []
    for i, each in enumerate(of):
        y = step * i + 11
        write = bold if each.chosen else words
        sign = "▸ " if each.chosen else ""
        label = f"{sign}{cut(each.label, 44)}"
        parts.append(write(left - 8, y + 3.5, label, anchor="end"))
        parts.append(line(left, y, (WIDTH - right, y)))
        parts.append(box(x(each.low), y - 3, max(1.5, x(each.high) - x(each.low)), 6,
                         fill=INK if each.chosen else "#a9b4bd"))  # fmt: skip
        parts.append(
            shape(x(each.middle), y, "diamond" if each.chosen else "ring", INK)
        )
        told = f"{each.middle:.1f}".replace("-", "−")
        parts.append(write(WIDTH - right + 10, y + 3.5, told))
    return drawing(step * len(of) + 6, title, says, parts, kind="intervals")


# --- bars


def bars(of: Sequence[tuple[str, str, int, str]], title: str, says: str) -> Markup:
    """Label, colour, value and its words: a bar for each, from nothing to the right
    or to the left."""
    step, left, right = 19.0, LEFT, 120.0
    least, most = min(0, *(v for _, _, v, _ in of)), max(0, *(v for _, _, v, _ in of))
    span = (most - least) or 1

    def x(value: float) -> float:
        return left + (WIDTH - left - right) * (value - least) / span

    parts: list[Markup] = [line(x(0), 2, (x(0), step * len(of) + 2), stroke=SOFT)]
    for i, (label, color, value, told) in enumerate(of):
        y = step * i + 4
        from_, to = sorted((x(0), x(value)))
        parts.append(words(left - 8, y + 11, cut(label, 25), anchor="end"))
        parts.append(box(from_, y, to - from_, 12, fill=COLORS.get(color, SOFT)))
        parts.append(bold(max(x(0), x(value)) + 6, y + 11, told))
    return drawing(step * len(of) + 6, title, says, parts, kind="bars")


def legend(of: Sequence[tuple[Shape, str]]) -> Markup:
    """What the marks stand for, in a row."""
    parts: list[Markup] = []
    x = float(LEFT)
    for kind, told in of:
        parts.append(shape(x + 4, 8, kind, SOFT))
        parts.append(words(x + 13, 11.5, told, size=9.5, ink=SOFT))
        x += 24 + 5.1 * len(told)
    return drawing(
        16, "Signs", ", ".join(told for _, told in of), join(parts), kind="legend"
    )
