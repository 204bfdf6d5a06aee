"""The tracks on the public display: thick bars that can be read from afar."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from tabletop.session.view import TrackView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.bar import LEAST_SHARE, sparkline, steps
from tabletop.tui.widgets.grammar import TONES, arrow, number
from tabletop.tui.widgets.line import BLANK, Line, Span, first_fit, joined, line

COLUMN = 3
"""Cells between two columns, at least."""
HEIGHTS = ((5, 4), (5, 3), (5, 2), (4, 2), (4, 1), (3, 1), (2, 1))
"""Rows of a track and blank rows after it, from what is seen best from afar."""
TALLEST = 6
"""The highest step of a course: a full cell would run into the bar above it."""
NARROW, BROAD = 44, 140
"""Cells from which tracks stand in two columns, and in three."""


def track_ink(track: TrackView) -> str:
    """The ink of the band that the value is in."""
    tone = track.bands[track.band].tone if track.band >= 0 else "neutral"
    return TONES.get(tone, "$secondary")


def moved(track: TrackView) -> bool:
    """Whether it changed in this round."""
    return track.value != track.round_start


def thick_bar(track: TrackView, cells: int, *, rest: bool = True) -> Line:
    """The value as a block; what was gained or lost this round beside it.

    Without `rest` what is empty stays so: only one row of a bar has its line.
    """
    signs, ink = glyphs(), track_ink(track)
    empty = signs.bar_rest if rest else " "
    now = _filled(track, track.value, cells)
    before = _filled(track, track.round_start, cells)
    row = [(signs.full, ink)] * now + [(empty, "$line")] * (cells - now)
    for cell in range(min(now, before), max(now, before)):
        row[cell] = (signs.gained if cell < now else signs.lost, ink)
    for band in track.bands[:-1]:
        edge = _filled(track, band.to, cells)
        if edge < cells and row[edge][0] == empty:
            row[edge] = (signs.band_edge, "$foreground")
            break
    # One span for each run of cells: a terminal far away has less to draw.
    runs = [(style, "".join(words for words, _ in run)) for style, run in _runs(row)]
    return line(*((words, style) for style, words in runs))


def _runs(row: Iterable[Span]) -> Iterator[tuple[str, Iterator[Span]]]:
    return groupby(row, key=lambda cell: cell[1])


def _filled(track: TrackView, value: int, cells: int) -> int:
    """How many cells a value fills; a value above the least one fills some."""
    span = max(1, track.high - track.low)
    inside = min(max(value, track.low), track.high) - track.low
    filled = (inside * cells * 2 + span) // (span * 2)
    return max(filled, 1) if inside else 0


def _change(track: TrackView) -> str:
    step = track.value - track.round_start
    return f"{arrow(step)}{abs(step)}" if step else ""


def _band_style(track: TrackView) -> str:
    """Bold when the band is another one than when the round began."""
    before = next(
        (i for i, band in enumerate(track.bands) if track.round_start <= band.to),
        len(track.bands) - 1,
    )
    ink = track_ink(track) if track.bands[track.band].tone != "neutral" else "$muted"
    return f"bold {ink}" if before != track.band else ink


def _right_forms(track: TrackView, *, lit: bool) -> list[Line]:
    """Change and band, or the value, from the longest form."""
    change = _change(track)
    style = "bold reverse" if lit else "bold"
    step = line((f" {change} " if lit else change, style))
    value = line((number(track.value), "bold $muted"))
    if track.band < 0:
        return [joined([part for part in (step, value) if part]), step]
    band, ink = track.bands[track.band], _band_style(track)
    full, short = line((band.label, ink)), line((band.short, ink))
    forms = [(value, step, full), (step, full), (step, short), (step,)]
    return [joined([part for part in form if part]) for form in forms]


def label_line(
    track: TrackView, cells: int, *, lit: bool = False, course: bool = True
) -> Line:
    """Label and course at the left; change and band at the right."""
    style = "bold" if moved(track) else ""
    full, short = line((track.label, style)), line((track.short, style))
    steps_taken = sparkline(track) if course else BLANK
    left_forms = [full, short]
    if steps_taken:
        beside = line("  ", steps_taken)
        left_forms = [line(full, beside), full, line(short, beside), short]
    rights = _right_forms(track, lit=lit)
    for right in rights[1:3] if track.band >= 0 else rights:
        for left in left_forms:
            if left.width + right.width + 2 <= cells:
                return left.spread(_with_value(rights, left, right, cells), cells)
    return short.spread(rights[-1], cells)


def _with_value(rights: Sequence[Line], left: Line, right: Line, cells: int) -> Line:
    """The figure too, where there is room to spare."""
    fuller = rights[0]
    return fuller if left.width + fuller.width + 6 <= cells else right


def course_line(track: TrackView, cells: int, rounds: int) -> Line:
    """One step a round over the whole width; rounds to come are dots."""
    signs = glyphs()
    values = track.history[-rounds:]
    each = cells // max(1, rounds)
    if not signs.steps or each < 1 or not values:
        return BLANK
    least = max(1, (track.high - track.low) // LEAST_SHARE)
    heights = [min(step, TALLEST) for step in steps(values, least)]
    drawn = "".join(signs.steps[step] * each for step in heights)
    rest = signs.dotted * (each * (rounds - len(values)))
    newest = drawn[len(drawn) - each :]
    return line((drawn[:-each], "$dim"), (newest, track_ink(track)), (rest, "$line"))


def columns(room: int, count: int) -> int:
    """How many tracks stand beside each other."""
    if room >= BROAD and count > 4:
        return 3
    return 2 if room >= NARROW and count > 1 else 1


def grid(
    tracks: Sequence[TrackView], room: int, rows: int, rounds: int,
    lit: AbstractSet[str],
) -> list[Line]:  # fmt: skip
    """As many tracks as fit, in the deck's order; the others when they moved."""
    if not tracks or rows < 1:
        return []
    across = columns(room, len(tracks))
    gap = max(COLUMN, room // 16) if across > 1 else 0
    cells = (room - gap * (across - 1)) // across
    high, air = _height(-(-len(tracks) // across), rows)
    fitting = max(1, (rows + air) // (high + air)) * across
    shown, others = tracks[:fitting], [t for t in tracks[fitting:] if moved(t)]
    lines: list[Line] = []
    for start in range(0, len(shown), across):
        blocks = [
            _block(track, cells, high, rounds, lit=track.id in lit)
            for track in shown[start : start + across]
        ]
        lines += [BLANK] * (air if lines else 0)
        lines += [_row(blocks, row, cells, gap) for row in range(high)]
    if others and len(lines) < rows:
        lines.append(_also(others, room))
    return lines[:rows]


def _height(down: int, rows: int) -> tuple[int, int]:
    """Rows of one track, and blank rows between two, so that most can be shown."""
    for high, air in HEIGHTS:
        if down * (high + air) - air <= rows:
            return high, air
    return (2, 0) if rows >= 2 else (1, 0)


def _block(
    track: TrackView, cells: int, high: int, rounds: int, *, lit: bool
) -> list[Line]:
    """Label and bar; with more rows a thicker bar, and the course below it."""
    thick = max(1, high - 2)
    bars = [thick_bar(track, cells, rest=row == thick // 2) for row in range(thick)]
    rows = [label_line(track, cells, lit=lit, course=high < 3), *bars]
    if high >= 3:
        rows.append(course_line(track, cells, rounds))
    return [*rows, *[BLANK] * high][:high]


def _row(blocks: Sequence[Sequence[Line]], row: int, cells: int, gap: int) -> Line:
    return joined([block[row].pad(cells) for block in blocks], " " * gap)


def _also(tracks: Sequence[TrackView], room: int) -> Line:
    """Tracks that have no place of their own, and have moved."""
    parts = [line(f"{track.short} ", (_change(track), "bold")) for track in tracks]
    forms = [joined(parts[:count], "   ") for count in range(len(parts), 0, -1)]
    return first_fit(room, forms)
