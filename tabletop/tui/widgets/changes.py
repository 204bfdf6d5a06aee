"""Changes, always as `name  42 → 52  ▲10  divided ⇒ leaning in`."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.session.view import Change, TrackView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, width
from tabletop.tui.widgets.grammar import arrow, number, tone_style
from tabletop.tui.widgets.line import BLANK, Line, first_fit, line

NUMBERS = ("track", "points")
"""Kinds of changes that have a number before and after."""
LEAST_NAME = 8
"""Cells below which a name stands above its figures."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the columns of some changes, so that they stand in line."""

    name: int
    before: int
    after: int
    step: int

    @property
    def figures(self) -> int:
        """Cells of all of them together."""
        signs = 5 + width(glyphs().becomes)
        return self.name + self.before + self.after + self.step + signs

    @classmethod
    def of(cls, changes: Sequence[Change], room: int, names: int = 24) -> "Columns":
        """Columns for these changes."""
        rows = [change for change in changes if change.kind in NUMBERS]
        before = max((width(number(c.before)) for c in rows), default=1)
        after = max((width(number(c.after)) for c in rows), default=1)
        step = max((width(str(abs(c.after - c.before))) for c in rows), default=1)
        rest = room - cls(0, before, after, step).figures
        name = min(names, max((width(clean(c.text)) for c in rows), default=1))
        beside = min(name, rest) if rest >= min(name, LEAST_NAME) else 0
        return cls(beside, before, after, step)


def number_lines(
    change: Change, columns: Columns, room: int, tracks: Sequence[TrackView] = ()
) -> list[Line]:
    """A number that changes: before, after, the step; its band, or both bands.

    A band that is entered is always named: below, where it has no room beside. Where
    the figures leave no room for the name, it stands above them.
    """
    name = change_name(change, columns.name or room, tracks)
    above = [] if columns.name else [name]
    beside = name.pad(columns.name) if columns.name else BLANK
    figures = (beside + figures_line(change, columns)).pad(columns.figures)
    forms = band_forms(change, tracks)
    fitting = [form for form in forms if form.width + columns.figures + 1 <= room]
    if fitting:
        return [*above, figures.spread(fitting[0], room)]
    below = [BLANK.spread(first_fit(room, forms), room)] if change.band_after else []
    return [*above, figures.cut(room), *below]


def figures_line(change: Change, columns: Columns) -> Line:
    """The number before and after, and the step between them."""
    step = change.after - change.before
    return line(
        (f" {number(change.before):>{columns.before}}", "$muted"),
        (f" {glyphs().becomes} ", "$muted"),
        (f"{number(change.after):>{columns.after}}", "bold"),
        (f" {arrow(step)}{abs(step) or ''}", "bold"),
    )


def change_name(change: Change, room: int, tracks: Sequence[TrackView]) -> Line:
    """What a change is about; by its short label where the long one would be cut."""
    plain = "Points" if change.kind == "points" else change.text
    short = next((t.short for t in tracks if t.id == change.subject), plain)
    return first_fit(room, (line(change.text), line(short)))


def band_forms(change: Change, tracks: Sequence[TrackView]) -> list[Line]:
    """The bands in words, from the longest form to the shortest."""
    track = next((t for t in tracks if t.id == change.subject), None)
    bands = {band.label: band.short for band in track.bands} if track else {}
    if change.band_after:
        style, sign = f"bold {tone_style(change.tone)}", glyphs().changes_band
        old, new = change.band_before, change.band_after
        short = bands.get(new, new)
        words = (f"{old} {sign} {new}", f"{bands.get(old, old)} {sign} {short}")
        return [
            line((form, style)) for form in (*words, f"{sign} {new}", f"{sign} {short}")
        ]
    if track is None or track.band < 0:
        return []
    band = track.bands[track.band]
    return [line((band.label, "$muted")), line((band.short, "$muted"))]


def flag_words(change: Change) -> Line:
    """A flag that is set or cleared."""
    verb = "sets" if change.after else "clears"
    return line((f"{verb} ", "$muted"), (change.text, "bold"))
