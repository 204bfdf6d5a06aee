"""What stands, as chips: a sign and a label each; what labels share is told once."""

from collections.abc import Sequence

from tabletop.session.standing import Standing, what_stands
from tabletop.session.view import CONTROL, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.header import WIDE
from tabletop.tui.widgets.line import BLANK, Line, hang, line, prose

BETWEEN = "  "
"""Stands between two chips of a row."""
NEW = line((" new", "bold $accent"))
LABEL, NARROW_LABEL = 11, 8
"""Cells for the word at the left, in a wide window and in a narrow one."""
MOST_ROWS = 2
"""Rows of a band in a wide and high window; another one has one."""
HIGH, TALL = 30, 45
"""Rows from which a wide window is high, and from which a team's situation has room."""


class Chips:
    """Rows of chips that are filled one chip after the other."""

    def __init__(self, room: int, *, unset: bool = False, whole: bool = True) -> None:
        """For rows of `room` cells, of flags that are set or that are `unset`.

        A label that is too long for a row is kept `whole` in several, or is cut.
        """
        signs = glyphs()
        self.rows: list[Line] = []
        self._room = max(1, room)
        self._whole = whole
        self._sign = signs.timed if unset else signs.stands
        self._ink = "$muted" if unset else ""
        self._dot = line((signs.dot, "$muted"))
        self._last: Standing | None = None

    def add(self, each: Standing, *, apart: bool = False) -> None:
        """One more chip, in the last row if it fits there and is not set `apart`."""
        follows = each.follows(self._last)
        before = line(self._dot, " ") if follows else self._before(each)
        own = self._own(each, follows=follows)
        self._last = each
        if self.rows and not apart:
            between = " " if follows else BETWEEN
            together = line(self.rows[-1], between, before, own)
            if together.width <= self._room:
                self.rows[-1] = together
                return
        self.rows += self._new_rows(before, own)

    def _before(self, each: Standing) -> Line:
        """The sign, and before the first one that is secret the word for it."""
        first = each.secret and not (self._last and self._last.secret)
        secret = line(("secret", "italic $muted"), " ") if first else BLANK
        return line(secret, (f"{self._sign} ", "$muted"))

    def _own(self, each: Standing, *, follows: bool) -> Line:
        return line(
            ("" if follows else each.shared, "$muted"),
            (each.label, "bold" if each.newest else self._ink),
            NEW if each.newest else BLANK,
        )

    def _new_rows(self, before: Line, own: Line) -> list[Line]:
        """A row that begins with this chip; a label too long for it goes on below."""
        row = line(before, own)
        room = self._room - before.width
        if row.width <= self._room or not self._whole or room < 1:
            return [row.cut(self._room)]
        return hang(
            before,
            prose(own.plain, room, "bold" if own.spans[-1] in NEW.spans else self._ink),
        )


def paragraph(
    stands: Sequence[Standing], room: int, *, unset: bool = False
) -> list[Line]:
    """All chips in as many rows as they need; what is secret begins a row."""
    chips, secret = Chips(room, unset=unset), False
    for each in stands:
        chips.add(each, apart=each.secret and not secret)
        secret = each.secret
    return chips.rows


def some_rows(
    stands: Sequence[Standing], room: int, most: int, *, unset: bool = False
) -> list[Line]:
    """The chips in at most `most` rows; how many more there are ends the last one."""
    chips = Chips(room, unset=unset, whole=False)
    found: list[Line] = []
    for done, each in enumerate(stands, 1):
        chips.add(each)
        more = _more(stands[done:])
        rows = chips.rows
        if len(rows) <= most and rows[-1].width + more.width <= room:
            found = [*rows[:-1], line(rows[-1], more)]
        elif done == 1 and most > 0:
            return [line(rows[0].cut(room - more.width), more)]
        if len(rows) > most:
            break
    return found


def _more(hidden: Sequence[Standing]) -> Line:
    """How many have no room, and whether the newest is one of them."""
    if not hidden:
        return BLANK
    new = any(each.newest for each in hidden)
    return line(BETWEEN, (f"+{len(hidden)}", "bold"), NEW if new else BLANK)


def fits(stands: Sequence[Standing], room: int) -> bool:
    """Whether all chips stand in one row."""
    chips = Chips(room)
    for each in stands:
        chips.add(each)
        if len(chips.rows) > 1:
            return False
    return True


class StandsBand(Band):
    """What stands, always in sight; no row at all while nothing does.

    A team in a wide and tall window reads it in its situation instead.
    """

    DEFAULT_CSS = """
    StandsBand {
        background: $panel;
    }
    """
    _stands: tuple[Standing, ...] = ()
    _most = 0
    _beside = False

    def show(self, view: View, most: int = 0) -> None:
        """Show what stands in at most `most` rows; by default in one or two."""
        self._stands, self._most = what_stands(view), most
        self._beside = not most and view.seat != CONTROL
        self._fit()

    def clear(self) -> None:
        """Show nothing, until the next seat's view is there."""
        self._stands = ()
        self._fit()

    def _fit(self) -> None:
        before = len(self._lines)
        self.redraw()
        if len(self._lines) != before:
            self.refresh(layout=True)

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """A word at the left, and the chips beside it."""
        wide, high = room >= WIDE, self.app.size.height
        if not self._stands or (self._beside and wide and high >= TALL):
            return ()
        most = self._most or (MOST_ROWS if wide and high >= HIGH else 1)
        word = line((" stands", "$muted")).pad(LABEL if wide else NARROW_LABEL)
        return hang(word, some_rows(self._stands, room - word.width - 1, most))
