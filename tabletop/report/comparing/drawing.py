"""Small charts beside each other: a track in every group, by round."""

from collections.abc import Sequence

from tabletop.report.comparing.comparison import Comparison, Parted
from tabletop.report.html import Markup, join, tag
from tabletop.report.svg import (
    DASHES,
    HUES,
    INK,
    SOFT,
    TONES,
    WIDTH,
    box,
    cut,
    drawing,
    line,
    number,
    words,
)

ACROSS = 3
HIGH, HEAD, FOOT = 92.0, 20.0, 16.0
ROOM = 26.0
"""Room for the numbers at the left and the letters at the right of each chart."""
GAP = 9.5
"""The least distance between two letters at the ends of lines."""


def multiples(of: Comparison) -> list[Markup]:
    """A row of charts each; the tracks that parted most stand first."""
    return [charts(of, row) for row in rows_of(of.tracks)]


def rows_of(tracks: Sequence[Parted]) -> list[Sequence[Parted]]:
    """Tracks, as many to a row as fit."""
    return [tracks[i : i + ACROSS] for i in range(0, len(tracks), ACROSS)]


def charts(of: Comparison, tracks: Sequence[Parted]) -> Markup:
    """Some tracks beside each other."""
    each = (chart(of, track, WIDTH / ACROSS * i) for i, track in enumerate(tracks))
    labels = ", ".join(track.label for track in tracks)
    says = "; ".join(told(of, track) for track in tracks)
    return drawing(HEAD + HIGH + FOOT, labels, says, *each, kind="multiples")


def told(of: Comparison, track: Parted) -> str:
    """What a chart shows, in words."""
    ends = ", ".join(
        f"{group.letter} ends at {values[-1]}"
        for group, values in zip(of.groups, track.values, strict=True)
        if values
    )
    return f"{track.label}: {ends}"


def chart(of: Comparison, track: Parted, left: float) -> Markup:
    """One track: a line for each group, with its letter at the end."""
    inner, wide = left + ROOM, WIDTH / ACROSS - 2 * ROOM
    bottom, span = HEAD + HIGH, max(1, track.high - track.low)

    def x(place: int) -> float:
        return inner + wide * place / max(1, of.rounds - 1)

    def y(value: int) -> float:
        return bottom - HIGH * (value - track.low) / span

    parts: list[Markup] = [
        words(inner, 12, cut(track.label, 34), size=10.5),
        box(inner, HEAD, wide, HIGH, fill=TONES["neutral"]),
        words(inner - 4, HEAD + 8, str(track.high), anchor="end", size=8.5, ink=SOFT),
        words(inner - 4, bottom, str(track.low), anchor="end", size=8.5, ink=SOFT),
        words(inner, bottom + 11, f"{cut(of.round_label, 10)} 1", size=8.5, ink=SOFT),
        words(inner + wide, bottom + 11, str(of.rounds), anchor="end", size=8.5,
              ink=SOFT),
    ]  # fmt: skip
    if track.round:
        at = x(track.round - 1)
        ends = (y(track.least), (at, y(track.most)))
        parts.append(line(at, ends[0], ends[1], stroke=SOFT, dash="1 2"))
    letters: list[tuple[float, float, int]] = []
    for i, values in enumerate(track.values):
        if values:
            points = [(x(place), y(value)) for place, value in enumerate(values)]
            parts.append(course(points, i))
            letters.append((points[-1][1], points[-1][0], i))
    parts += ends_of(of, letters)
    return join(parts)


def course(points: Sequence[tuple[float, float]], place: int) -> Markup:
    """A group's line; in a game of one round a short one."""
    if len(points) == 1:
        points = [points[0], (points[0][0] + 4, points[0][1])]
    path = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return tag(
        "path", d=f"M{path}", fill="none", stroke=HUES[place % len(HUES)],
        stroke_width="1.6", stroke_dasharray=DASHES[place % len(DASHES)],
    )  # fmt: skip


def ends_of(of: Comparison, at: Sequence[tuple[float, float, int]]) -> list[Markup]:
    """The letters at the ends of lines, moved apart where they would meet."""
    found: list[Markup] = []
    last: dict[float, float] = {}
    for y, x, place in sorted(at):
        height = max(y + 3, last.get(x, -99.0) + GAP)
        last[x] = height
        ink = HUES[place % len(HUES)] if len(of.groups) <= len(HUES) else INK
        found.append(words(x + 4, height, of.groups[place].letter, size=9.5, ink=ink))
    return found
