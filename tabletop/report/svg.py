"""The parts that charts are drawn with: inline SVG, and what its colours mean.

Numbers are written the same on every machine. Colours repeat what a dash, a pattern, a
shape or a label says as well, so that a chart can be read in black and white.
"""

from textwrap import wrap
from typing import Literal

from tabletop.report.html import Markup, Part, tag

WIDTH = 720
"""The width of each chart in its own units; a page or a screen scales it."""
INK, SOFT, HAIR = "#1b2530", "#5a6672", "#c9d0d6"
TONES = {"good": "#e3efe4", "warn": "#f6ecd2", "bad": "#f3dcd8", "neutral": "#edf0f2"}
"""What lies behind a line, by the tone of its band; pale, so that ink stands out."""
DASHES = ("", "7 3", "2 2.5", "9 3 2 3", "4 2", "1 3")
"""One for each series, beside its colour."""
HUES = ("#0a4d8c", "#b3541e", "#2f7d4f", "#6f14d8", "#8c6d00", "#9a1b14", "#03735f")
"""For what is no team's."""
Shape = Literal["dot", "ring", "diamond", "down", "up", "square", "bar"]


def number(value: float) -> str:
    """A coordinate, short and the same on every machine.

    >>> number(1.0), number(2.345)
    ('1', '2.35')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")


def drawing(height: float, title: str, says: str, *parts: Part, kind: str) -> Markup:
    """A whole chart; `says` is what a reader who can't see it is told."""
    return tag(
        "svg", tag("title", title), tag("desc", says), *parts,
        viewBox=f"0 0 {WIDTH} {number(height)}", role="img", class_=f"chart {kind}",
    )  # fmt: skip


def words(
    x: float, y: float, text: str, *, anchor: str = "", size: float = 10.5,
    ink: str = INK,
) -> Markup:  # fmt: skip
    """Words at a point."""
    return tag(
        "text", text, x=number(x), y=number(y), text_anchor=anchor,
        font_size=number(size), fill=ink,
    )  # fmt: skip


def bold(x: float, y: float, text: str, *, anchor: str = "") -> Markup:
    """Words that stand out, at a point."""
    return tag(
        "text", text, x=number(x), y=number(y), text_anchor=anchor,
        font_size="10.5", fill=INK, font_weight="bold",
    )  # fmt: skip


def line(
    x: float, y: float, to: tuple[float, float], *, stroke: str = HAIR,
    width: float = 1, dash: str = "",
) -> Markup:  # fmt: skip
    """A straight line."""
    return tag(
        "line", x1=number(x), y1=number(y), x2=number(to[0]), y2=number(to[1]),
        stroke=stroke, stroke_width=number(width), stroke_dasharray=dash,
    )  # fmt: skip


def box(
    x: float, y: float, wide: float, high: float, *, fill: str, stroke: str = "",
) -> Markup:  # fmt: skip
    """A rectangle; nothing when it is empty."""
    if wide <= 0 or high <= 0:
        return Markup()
    return tag(
        "rect", x=number(x), y=number(y), width=number(wide), height=number(high),
        fill=fill, stroke=stroke,
    )  # fmt: skip


def cut(label: str, most: int) -> str:
    """A label for a narrow place.

    >>> cut("deep-strike readiness", 12)
    'deep-strike…'
    """
    one = " ".join(label.split())
    return one if len(one) <= most else one[: most - 1].rstrip() + "…"


def two(label: str, most: int) -> list[str]:
    """A label on one line or two.

    >>> two("Kyiv's deep-strike readiness", 20)
    ["Kyiv's deep-strike", 'readiness']
    """
    lines = wrap(label, most, break_on_hyphens=False)
    return [*lines[:1], *([cut(" ".join(lines[1:]), most)] if lines[1:] else [])]


def shape(
    x: float, y: float, kind: Shape, ink: str, says: str = "", size: float = 1
) -> Markup:
    """A mark; each kind differs in form, not in colour alone."""
    told = tag("title", says) if says else ""
    if kind in ("dot", "ring"):
        fill, edge, r = (ink, "#fff", 4.0) if kind == "dot" else ("#fff", ink, 3.2)
        return tag(
            "circle", told, cx=number(x), cy=number(y), r=number(r * size),
            fill=fill, stroke=edge, stroke_width="1",
        )  # fmt: skip
    corners, size = CORNERS[kind], max(size, 0.75)
    points = " ".join(
        f"{number(x + dx * size)},{number(y + dy * size)}" for dx, dy in corners
    )
    return tag(
        "polygon", told, points=points, fill=ink, stroke="#fff", stroke_width="0.7"
    )


CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "diamond": ((0, -5), (5, 0), (0, 5), (-5, 0)),
    "down": ((-5, -4), (5, -4), (0, 5)),
    "up": ((-5, 4), (5, 4), (0, -5)),
    "square": ((-4, -4), (4, -4), (4, 4), (-4, 4)),
    "bar": ((-1.3, -6), (1.3, -6), (1.3, 6), (-1.3, 6)),
}


def patterns(count: int) -> Markup:
    """Hatchings that can be told apart without colour."""
    found = []
    for i in range(count):
        kind = i % 4
        strokes = {
            0: [],
            1: [line(0, 0, (0, 6), stroke="#fff", width=2)],
            2: [line(0, 0, (6, 0), stroke="#fff", width=1.6)],
            3: [tag("circle", cx="3", cy="3", r="1.2", fill="#fff")],
        }[kind]
        turn = f"rotate({45 + 90 * (i // 4 % 2)})" if kind == 1 else ""
        found.append(tag(
            "pattern", strokes, id=f"hatch{i}", width="6", height="6",
            patternUnits="userSpaceOnUse", patternTransform=turn,
        ))  # fmt: skip
    return tag("defs", found)
