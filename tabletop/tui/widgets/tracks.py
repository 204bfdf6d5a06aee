"""The tracks a seat may see: name, value, change, band, bar and the rounds so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from tabletop.session.standing import Standing, what_stands
from tabletop.session.view import CONTROL, TrackView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, width
from tabletop.tui.widgets.bar import ROUNDS_SHOWN, bar, sparkline, track_style
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.grammar import arrow, empty, number
from tabletop.tui.widgets.line import BLANK, Line, first_fit, line
from tabletop.tui.widgets.standing import NARROW_LABEL, fits, paragraph

WIDE_BAR, LEAST_BAR = 14, 5
"""Cells for a bar beside a long name, and beside a short one."""
SECRET = "  secret"
MARK = 1
"""Cells for the cursor."""
FLASH = 1.2
"""Seconds for which a changed value stands out."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Columns that all tracks of a pane share, so that figures stand in line."""

    room: int
    value: int
    step: int
    band: int
    short: bool
    """Whether bands go by their short labels."""
    fresh: frozenset[str] = frozenset()
    """Tracks that have changed just now."""

    @property
    def figures(self) -> int:
        """Cells of value, sign and step."""
        return self.value + self.step + 3

    @classmethod
    def of(
        cls, tracks: Sequence[TrackView], room: int, fresh: frozenset[str] = frozenset()
    ) -> "Widths":
        """Columns for these tracks in `room` cells."""
        value = max((width(number(track.value)) for track in tracks), default=1)
        step = max((width(str(abs(_step(track)))) for track in tracks), default=1)
        labels = max((width(_band(t, short=False)) for t in tracks), default=0)
        shorts = max((width(_band(t, short=True)) for t in tracks), default=0)
        short = labels > max(10, room // 4)
        band = max(ROUNDS_SHOWN, min(shorts if short else labels, room // 3))
        return cls(room, value, step, band, short, fresh)


def _step(track: TrackView) -> int:
    return track.value - track.round_start


def _band(track: TrackView, *, short: bool) -> str:
    if track.band < 0:
        return ""
    return track.bands[track.band].short if short else track.bands[track.band].label


def _band_moved(track: TrackView) -> bool:
    """Whether the value is in another band than when the round began."""
    before = [band.to >= track.round_start for band in track.bands]
    return track.band >= 0 and True in before and before.index(True) != track.band


def name_line(track: TrackView, room: int) -> Line:
    """The name, and whether it is secret; the secret is never cut off."""
    style = "bold" if _step(track) else ""
    mark = line((SECRET, "italic $muted")) if track.secret else BLANK
    forms = [line((words, style), mark) for words in (track.label, track.short)]
    if any(form.width <= room for form in forms):
        return first_fit(room, forms)
    return line((track.short, style)).cut(room - mark.width) + mark


def figures_line(track: TrackView, widths: Widths) -> Line:
    """Value, sign and step in their columns."""
    step = _step(track)
    size = str(abs(step)) if step else ""
    value = number(track.value)
    style = "bold" if step else ""
    return line(
        " " * (widths.value - width(value)),
        (value, f"{style} reverse" if track.id in widths.fresh else style),
        (f" {arrow(step)} ", "" if step else "$dim"),
        (f"{size:>{widths.step}}", "bold"),
    )


def band_line(track: TrackView, widths: Widths) -> Line:
    """The band, at the right edge of its column."""
    words = _band(track, short=widths.short)
    style = f"bold {track_style(track)}" if _band_moved(track) else track_style(track)
    found = line((words, style)).cut(widths.band)
    return line(" " * (widths.band - found.width), found)


def two_lines(track: TrackView, widths: Widths) -> list[Line]:
    """Words and figures above, bar and rounds below."""
    right = line(figures_line(track, widths), "  ", band_line(track, widths))
    name = name_line(track, widths.room - right.width - 1)
    drawn = bar(track, widths.room - widths.band - 2)
    return [
        name.spread(right, widths.room),
        drawn.spread(sparkline(track), widths.room),
    ]


def one_line(track: TrackView, widths: Widths, names: int) -> Line:
    """Everything side by side, without the rounds."""
    right = line("  ", figures_line(track, widths), "  ", band_line(track, widths))
    name = name_line(track, names).pad(names)
    return line(name, " ", bar(track, widths.room - right.width - names - 1), right)


def names_beside(tracks: Sequence[TrackView], widths: Widths) -> int:
    """Cells for names that share their line with a bar; 0 when there is no room."""
    rest = widths.room - widths.figures - widths.band - 5
    secret = any(track.secret for track in tracks)
    mark = width(SECRET) if secret else 0
    labels = max((width(clean(track.label)) for track in tracks), default=0) + mark
    shorts = max((width(clean(track.short)) for track in tracks), default=0) + mark
    for names, least in ((labels, WIDE_BAR), (shorts, LEAST_BAR)):
        if names + least <= rest:
            return names
    return 0


def legends(round_label: str) -> tuple[str, ...]:
    """What the signs of a bar mean, from the longest form to the shortest."""
    signs = glyphs()
    now, start = (
        f"{signs.value} now",
        f"{signs.start} at the {round_label.lower()}'s start",
    )
    edge = f"{signs.edge_rest} band edge"
    short = f"{signs.start} before"
    return f"{now}  {start}  {edge}", f"{now}  {short}  {edge}", f"{now}  {short}"


class TracksPane(ChoicePane):
    """Tracks to look at and to ask why."""

    @dataclass
    class TrackHighlighted(Message):
        """The cursor is on another track."""

        track_id: str

    @dataclass
    class TrackChosen(Message):
        """A track was asked about."""

        track_id: str

    _tracks: tuple[TrackView, ...] = ()
    _stands: tuple[Standing, ...] = ()
    _seat = ""
    _fresh: frozenset[str] = frozenset()

    def show(self, view: View) -> None:
        """Show a view's tracks; the cursor stays on its track."""
        before = self.ids()
        self._mark_fresh(view)
        self._tracks, self._seat = view.tracks, view.seat
        self._stands = what_stands(view) if view.seat == CONTROL else ()
        self.keep_cursor(before)
        self.legend(*legends(view.round_label) if self._tracks else ())
        self.redraw(layout=len(before) != len(self._tracks))

    def _mark_fresh(self, view: View) -> None:
        """Let values that have changed stand out for a moment, once."""
        if view.seat != self._seat or self.app.animation_level == "none":
            self._fresh = frozenset()
            return
        old = {track.id: track.value for track in self._tracks}
        self._fresh = frozenset(
            track.id
            for track in view.tracks
            if old.get(track.id, track.value) != track.value
        )
        if self._fresh:
            self.set_timer(FLASH, self._settle)

    def _settle(self) -> None:
        self._fresh = frozenset()
        self.redraw()

    def ids(self) -> Sequence[str]:
        """The tracks' ids."""
        return [track.id for track in self._tracks]

    def highlighted(self, item: str) -> None:
        """Tell that the cursor is on another track."""
        self.post_message(self.TrackHighlighted(item))

    def chosen(self, item: str) -> None:
        """Tell that a track was asked about."""
        self.post_message(self.TrackChosen(item))

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """Two lines a track, with air between them where there is room; else one."""
        if not self._tracks:
            return [Block(empty(room, rows, "No track is to be seen from here."))]
        widths = Widths.of(self._tracks, room - MARK, self._fresh)
        count = len(self._tracks)
        names = names_beside(self._tracks, widths) if 0 < rows < count * 2 else 0
        if names:
            drawn = [[one_line(track, widths, names)] for track in self._tracks]
        else:
            drawn = [two_lines(track, widths) for track in self._tracks]
        air = rows >= count * 3 - 1
        above = self._all_that_stands(room)
        return [
            Block(
                (above if not place else [])
                + self._marked(track, lines, room)
                + [BLANK] * air,
                track.id,
            )
            for place, (track, lines) in enumerate(
                zip(self._tracks, drawn, strict=True)
            )
        ]

    def _all_that_stands(self, room: int) -> list[Line]:
        """The flags that are set, where a narrow window's row can't hold them all."""
        if not self.screen.has_class("-narrow"):
            return []
        if fits(self._stands, room - NARROW_LABEL - MARK):
            return []
        rows = paragraph(self._stands, room - 2 * MARK)
        return [*(line(" " * MARK, row) for row in rows), BLANK]

    def _marked(self, track: TrackView, lines: list[Line], room: int) -> list[Line]:
        if not (self.has_focus and track.id == self.selected):
            return [line(" ", words) for words in lines]
        mark = (glyphs().cursor, "$accent")
        return [line(mark, words).pad(room).on("$raise") for words in lines]
