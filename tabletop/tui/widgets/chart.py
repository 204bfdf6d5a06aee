"""A track over the rounds, in eighths of a cell."""

from collections.abc import Sequence

from tabletop.session.view import TrackView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import width
from tabletop.tui.widgets.bar import track_style
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import number
from tabletop.tui.widgets.line import Line, line

ROWS = 9
"""Rows of the whole chart, the names of the rounds included."""
WIDEST_COLUMN = 6


def column_heights(track: TrackView, rows: int) -> list[int]:
    """The height of each round's column in eighths of a row."""
    span = max(1, track.high - track.low)
    return [
        max(1, (min(max(value, track.low), track.high) - track.low) * rows * 8 // span)
        for value in track.history
    ]


def cell(height: int, row: int) -> str:
    """What a column of `height` eighths shows in a row counted from the foot."""
    eighths = min(8, max(0, height - row * 8))
    steps = glyphs().steps
    if not steps:
        return "#" if eighths >= 4 else " "
    return steps[eighths - 1] if eighths else " "


class TrackChart(Pane):
    """One track: a column for each round, the present one in the colour of its band."""

    DEFAULT_CSS = """
    TrackChart {
        height: auto;
    }
    """
    can_focus = False
    _track: TrackView | None = None

    def show(self, track: TrackView) -> None:
        """Show a track."""
        self._track = track
        self.title(track.label)
        self.redraw(layout=True)

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """Columns above the numbers of their rounds; three labels at the left."""
        track = self._track
        if track is None:
            return ()
        height = max(3, (rows or ROWS) - 1)
        labels = self._labels(track, height)
        scale = max(width(label) for label in labels.values()) + 1
        count = max(1, len(track.history))
        step = max(2, min(WIDEST_COLUMN, (room - scale) // count))
        shown = min(count, max(1, (room - scale) // step))
        heights = column_heights(track, height)[-shown:]
        lines = [
            line((f"{labels.get(row, ''):>{scale - 1}} ", "$muted"),
                 *self._columns(track, heights, row, step))
            for row in range(height - 1, -1, -1)
        ]  # fmt: skip
        return [*lines, self._foot(count, shown, scale, step)]

    def _labels(self, track: TrackView, height: int) -> dict[int, str]:
        """The greatest value at the top, the least at the foot, one between them."""
        middle = (track.low + track.high) // 2
        values = {0: track.low, height // 2: middle, height - 1: track.high}
        return {row: number(value) for row, value in values.items()}

    def _columns(
        self, track: TrackView, heights: Sequence[int], row: int, step: int
    ) -> list[tuple[str, str]]:
        toned = track.band >= 0 and track.bands[track.band].tone != "neutral"
        styles = ["$dim"] * len(heights)
        styles[-1] = track_style(track) if toned else "$foreground"
        return [
            (cell(height, row) * (step - 1) + " ", style)
            for height, style in zip(heights, styles, strict=True)
        ]

    def _foot(self, count: int, shown: int, scale: int, step: int) -> Line:
        """The rounds under their columns; the last column is the present."""
        first = count - shown + 1
        names = [str(first + i) for i in range(shown - 1)] + ["now"]
        drawn = [
            f"{name:<{step}}" if width(name) <= step else " " * step for name in names
        ]
        return line(" " * scale, ("".join(drawn), "$muted"))
