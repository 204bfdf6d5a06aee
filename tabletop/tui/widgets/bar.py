"""A track as a bar and as a row of steps, readable without colour too."""

from collections.abc import Sequence

from tabletop.session.view import TrackView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.grammar import tone_style
from tabletop.tui.widgets.line import BLANK, Line, Span, line

ROUNDS_SHOWN = 8
LEAST_SHARE = 5
"""A row of steps is scaled to no less than this part of a track's range."""


def place(track: TrackView, value: int, cells: int) -> int:
    """The cell of a bar in which a value lies."""
    span = max(1, track.high - track.low)
    inside = min(max(value, track.low), track.high) - track.low
    return (inside * (cells - 1) * 2 + span) // (span * 2)


def track_style(track: TrackView) -> str:
    """The ink of the band that the value is in."""
    return tone_style(track.bands[track.band].tone if track.band >= 0 else "neutral")


def bar(track: TrackView, cells: int) -> Line:
    """The range up to now and after it, band edges, and where the round began."""
    if cells < 2:
        return BLANK
    signs, style = glyphs(), track_style(track)
    now = place(track, track.value, cells)
    row: list[Span] = [(signs.bar, style)] * now + [(signs.bar_rest, "$line")] * (
        cells - now
    )
    for band in track.bands[:-1]:
        edge = place(track, band.to, cells)
        row[edge] = (signs.edge, style) if edge <= now else (signs.edge_rest, "$muted")
    start = place(track, track.round_start, cells)
    row[start] = (signs.start, "$muted")
    row[now] = (signs.value, f"bold {style}")
    return line(*row)


def steps(values: Sequence[int], least: int) -> list[int]:
    """Heights from 0 to 7, scaled to the values' own range or to the least one."""
    low, high = min(values), max(values)
    spare = max(0, least - (high - low))
    low -= spare // 2
    span = max(1, high - low + spare - spare // 2)
    return [min(7, (value - low) * 8 // (span + 1)) for value in values]


def sparkline(track: TrackView, most: int = ROUNDS_SHOWN) -> Line:
    """One cell for each of the last rounds; the newest stands out."""
    signs = glyphs().steps
    values = track.history[-most:]
    if len(values) < 2 or not signs:
        return BLANK
    least = max(1, (track.high - track.low) // LEAST_SHARE)
    drawn = "".join(signs[step] for step in steps(values, least))
    return line((drawn[:-1], "$dim"), drawn[-1])
