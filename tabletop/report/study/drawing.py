"""Charts of a study: shares, spreads and differences, each with its interval."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabletop.report.charts import ticks
from tabletop.report.html import Markup, tag
from tabletop.report.svg import (
    HUES,
    INK,
    SOFT,
    WIDTH,
    bold,
    box,
    cut,
    drawing,
    line,
    number,
    shape,
    words,
)

BLUE, RUST = HUES[0], HUES[1]
PALE = "#a9b4bd"
LABEL, VALUE = 236.0, 150.0
"""Room for labels at the left and for numbers at the right."""
STEP = 18.0
LETTERS = 42
"""Of a label."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Where values stand between two edges."""

    low: float
    high: float
    left: float = LABEL
    right: float = WIDTH - VALUE

    def x(self, value: float) -> float:
        """Where a value is; one outside of the scale is at its edge."""
        if self.high <= self.low:
            return self.left
        inside = min(max(value, self.low), self.high)
        share = (inside - self.low) / (self.high - self.low)
        return self.left + (self.right - self.left) * share

    def lines(self, top: float, bottom: float, unit: str = "") -> Iterable[Markup]:
        """Lines at round values, their numbers below."""
        for value in ticks(self.low, self.high):
            told = number(value).replace("-", "−") + unit
            yield line(self.x(value), top, (self.x(value), bottom))
            yield words(self.x(value), bottom + 11, told, anchor="middle", size=9,
                        ink=SOFT)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from nought, with its interval."""

    label: str
    value: float
    low: float
    high: float
    told: str
    says: str = ""


def shares(of: Sequence[Bar], title: str, says: str) -> Markup:
    """Shares as bars with the interval as a whisker."""
    scale = Scale(0.0, max([each.high for each in of], default=1.0) or 1.0)
    bottom = STEP * len(of) + 4
    parts: list[Markup] = list(_percents(scale, bottom))
    for i, each in enumerate(of):
        y = STEP * i + 5
        parts.append(words(LABEL - 8, y + 10, cut(each.label, LETTERS), anchor="end"))
        parts.append(box(LABEL, y + 1, scale.x(each.value) - LABEL, 11, fill=BLUE))
        if each.high > each.low and each.value > 0:
            parts += _whisker(scale, each.low, each.high, y + 6.5)
        edge = scale.x(each.high if each.value else 0) + 8
        parts.append(bold(edge, y + 10, each.told))
    return drawing(bottom + 16, title, says, parts, kind="shares")


def _percents(scale: Scale, bottom: float) -> Iterable[Markup]:
    """The lines of a scale of shares, in hundredths."""
    for value in ticks(100 * scale.low, 100 * scale.high):
        x = scale.x(value / 100)
        yield line(x, 2, (x, bottom))
        told = f"{number(value).replace('-', '−')}%"
        yield words(x, bottom + 11, told, anchor="middle", size=9, ink=SOFT)


def _whisker(scale: Scale, low: float, high: float, y: float) -> Iterable[Markup]:
    ends = scale.x(low), scale.x(high)
    yield line(ends[0], y, (ends[1], y), stroke=INK, width=1.2)
    for x in ends:
        yield line(x, y - 3, (x, y + 3), stroke=INK, width=1.2)


# --- spreads


@dataclass(frozen=True, slots=True)
class Box:
    """How a number is spread: nine in ten, half of them, the median."""

    label: str
    p5: float
    p25: float
    median: float
    p75: float
    p95: float
    told: str


def boxes(of: Sequence[Box], title: str, says: str) -> Markup:
    """Spreads under each other on one scale."""
    low = min((each.p5 for each in of), default=0.0)
    scale = Scale(low, max((each.p95 for each in of), default=1.0))
    bottom = STEP * len(of) + 4
    parts: list[Markup] = list(scale.lines(2, bottom))
    for i, each in enumerate(of):
        y = STEP * i + 12
        parts.append(words(LABEL - 8, y + 3.5, cut(each.label, LETTERS), anchor="end"))
        parts.append(
            line(scale.x(each.p5), y, (scale.x(each.p95), y), stroke=BLUE, width=1.6)
        )
        left, right = scale.x(each.p25), scale.x(each.p75)
        parts.append(box(left, y - 5, max(2.0, right - left), 10, fill=BLUE))
        parts.append(shape(scale.x(each.median), y, "ring", INK))
        parts.append(bold(WIDTH - VALUE + 12, y + 3.5, each.told))
    return drawing(bottom + 16, title, says, parts, kind="boxes")


# --- differences


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference with its interval."""

    label: str
    value: float
    low: float
    high: float
    told: str
    sure: bool
    more: str = ""
    """What stands behind the number."""


def differences(of: Sequence[Difference], title: str, says: str) -> Markup:
    """Intervals around a line at nought; those that leave it out are filled."""
    reach = max((max(abs(d.low), abs(d.high)) for d in of), default=0.0) or 1.0
    scale = Scale(-reach, reach)
    bottom = STEP * len(of) + 4
    parts: list[Markup] = list(scale.lines(2, bottom))
    parts.append(line(scale.x(0), 0, (scale.x(0), bottom), stroke=SOFT, width=1.4))
    for i, each in enumerate(of):
        y = STEP * i + 12
        write = bold if each.sure else words
        parts.append(words(LABEL - 8, y + 3.5, cut(each.label, LETTERS), anchor="end"))
        left, right = scale.x(each.low), scale.x(each.high)
        parts.append(box(left, y - 2.5, max(1.5, right - left), 5, fill=_ink(each)))
        parts.append(
            shape(scale.x(each.value), y, "diamond" if each.sure else "ring", INK)
        )
        parts.append(write(WIDTH - VALUE + 12, y + 3.5, each.told))
        if each.more:
            parts.append(words(WIDTH - VALUE + 64, y + 3.5, cut(each.more, 19),
                               size=8.5, ink=SOFT))  # fmt: skip
    return drawing(bottom + 16, title, says, parts, kind="differences")


def _ink(of: Difference) -> str:
    if not of.sure:
        return PALE
    return BLUE if of.value > 0 else RUST


# --- parts of a whole


def parts_of(
    of: Sequence[tuple[str, tuple[float, ...]]], names: Sequence[str], title: str,
    says: str,
) -> Markup:  # fmt: skip
    """Shares of one whole beside each other, a row for each."""
    scale, fills = Scale(0.0, 1.0), (BLUE, PALE, RUST)
    drawn: list[Markup] = []
    for i, (label, values) in enumerate(of):
        y, at = (STEP + 2) * i + 4, LABEL
        drawn.append(words(LABEL - 8, y + 11, cut(label, LETTERS), anchor="end"))
        for value, fill in zip(values, fills, strict=False):
            wide = (scale.right - LABEL) * max(0.0, value)
            drawn.append(box(at, y, wide, 14, fill=fill))
            if wide > 34:
                drawn.append(tag(
                    "text", f"{value:.0%}", x=number(at + wide / 2), y=number(y + 11),
                    text_anchor="middle", font_size="9.5",
                    fill="#1b2530" if fill == PALE else "#fff",
                    class_="over",
                ))  # fmt: skip
            at += wide
    y = (STEP + 2) * len(of) + 6
    x = LABEL
    for name, fill in zip(names, fills, strict=False):
        if not name:
            continue
        drawn.append(box(x, y, 12, 10, fill=fill))
        drawn.append(words(x + 17, y + 9, name, size=9.5, ink=SOFT))
        x += 34 + 5.4 * len(name)
    return drawing(y + 16, title, says, drawn, kind="parts")


# --- columns


def columns(
    of: Sequence[tuple[str, float, str]], title: str, says: str, foot: str
) -> Markup:  # fmt: skip
    """A column for each: its label below, its number above."""
    high, top = 110.0, 18.0
    most = max((value for _, value, _ in of), default=1.0) or 1.0
    step = min(64.0, (WIDTH - 20) / max(1, len(of)))
    bottom, parts = top + high, []
    for i, (label, value, told) in enumerate(of):
        x, tall = 10 + step * i, high * value / most
        parts.append(box(x + 3, bottom - tall, step - 6, tall, fill=BLUE))
        middle = x + step / 2
        if step > 26 or len(of) <= 30:
            parts.append(words(middle, bottom - tall - 4, told, anchor="middle",
                               size=9))  # fmt: skip
        parts.append(words(middle, bottom + 12, label, anchor="middle", size=9.5,
                           ink=SOFT))  # fmt: skip
    parts.append(line(10, bottom, (10 + step * len(of), bottom), stroke=SOFT))
    parts.append(words(10, bottom + 26, foot, size=9.5, ink=SOFT))
    return drawing(bottom + 32, title, says, parts, kind="columns")


# --- bands over the rounds


@dataclass(frozen=True, slots=True)
class Fan:
    """A track over the rounds: for each p5, p25, median, p75 and p95."""

    label: str
    low: int
    high: int
    rounds: tuple[tuple[float, float, float, float, float], ...]


ACROSS, TALL, HEAD, FOOT, ROOM = 3, 92.0, 20.0, 18.0, 26.0


def fans(of: Sequence[Fan], round_label: str) -> Markup:
    """A few tracks beside each other."""
    parts = [
        mark
        for i, each in enumerate(of)
        for mark in _fan(each, WIDTH / ACROSS * i, round_label)
    ]
    title = ", ".join(each.label for each in of)
    says = "; ".join(
        f"{each.label}: median {each.rounds[0][2]:g} at the start,"
        f" {each.rounds[-1][2]:g} at the end"
        for each in of
    )
    return drawing(HEAD + TALL + FOOT, title, says, parts, kind="fans")


def _fan(of: Fan, left: float, round_label: str) -> Iterable[Markup]:
    inner, wide = left + ROOM, WIDTH / ACROSS - 2 * ROOM
    bottom, span = HEAD + TALL, max(1, of.high - of.low)
    last = max(1, len(of.rounds) - 1)

    def at(round_: int, value: float) -> tuple[float, float]:
        return inner + wide * round_ / last, bottom - TALL * (value - of.low) / span

    yield bold(inner, 12, cut(of.label, 30))
    yield box(inner, HEAD, wide, TALL, fill="#edf0f2")
    for low, high, opacity in ((0, 4, "0.2"), (1, 3, "0.4")):
        there = [at(i, values[high]) for i, values in enumerate(of.rounds)]
        back = [at(i, values[low]) for i, values in enumerate(of.rounds)]
        outline = f"M{_path([*there, *reversed(back)])}Z"
        yield tag("path", d=outline, fill=BLUE, fill_opacity=opacity)
    middle = [at(i, values[2]) for i, values in enumerate(of.rounds)]
    yield tag("path", d=f"M{_path(middle)}", fill="none", stroke=BLUE,
              stroke_width="2")  # fmt: skip
    for y, value in ((HEAD + 8, of.high), (bottom, of.low)):
        yield words(inner - 4, y, str(value), anchor="end", size=8.5, ink=SOFT)
    end = of.rounds[-1][2]
    yield bold(inner + wide + 4, at(last, end)[1] + 3.5, f"{end:g}")
    yield words(inner, bottom + 11, "start", size=8.5, ink=SOFT)
    yield words(inner + wide, bottom + 11, f"{cut(round_label, 10)} {last}",
                anchor="end", size=8.5, ink=SOFT)  # fmt: skip


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "L".join(f"{number(x)} {number(y)}" for x, y in points)
