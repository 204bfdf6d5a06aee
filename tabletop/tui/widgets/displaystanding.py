"""What stands, on the public display: in large letters where they fit, else in bold."""

from collections.abc import Sequence

from tabletop.session.standing import Standing, said, together
from tabletop.session.view import View
from tabletop.tui.widgets.billboard import large_lines
from tabletop.tui.widgets.line import BLANK, Line, hang, line
from tabletop.tui.widgets.standing import some_rows

TITLE = (" WHAT STANDS ", "bold $on-accent on $accent")
SHORT = (" STANDS ", "bold $on-accent on $accent")
HIGH = 16
"""Rows from which the bold labels may take three."""
LARGE = 30
"""Rows from which large letters have room beside the news and the tracks."""
LARGE_ROWS = 6


def standing_lines(view: View, room: int, rows: int) -> list[Line]:
    """The flags that every team may know to be set; nothing when none is."""
    stands = together(f for f in view.flags if f.value and not f.secret)
    if not stands or rows < 7:
        return []
    large = _large(stands, room, rows)
    return large or [*_bold(stands, room, rows), *([BLANK] if rows >= LARGE else [])]


def _large(stands: Sequence[Standing], room: int, rows: int) -> list[Line]:
    """Two lines of large letters at most, under their title."""
    if rows < LARGE:
        return []
    drawn = large_lines(said(stands), room, LARGE_ROWS, 1)
    if not drawn:
        return []
    return [line(TITLE), BLANK, *(line((row, "$foreground")) for row in drawn), BLANK]


def _bold(stands: Sequence[Standing], room: int, rows: int) -> list[Line]:
    """One row, or two or three on a higher screen."""
    most = 3 if rows >= HIGH else 2 if rows >= 11 else 1
    word = line(SHORT, "  ")
    chips = some_rows(stands, room - word.width, most)
    return hang(word, [row.under("bold", unless=" bold ") for row in chips])
