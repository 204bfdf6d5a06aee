"""The log with a cursor: entries to go through, to choose from and to narrow down."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tabletop.session.view import LogEntry, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.grammar import team_sign
from tabletop.tui.widgets.line import BLANK, Line, first_fit, joined, line
from tabletop.tui.widgets.log import LogPane
from tabletop.tui.widgets.logtext import MARKS, RULINGS, RUN, TURNS, is_said

PAGE = 120
"""Entries that are drawn before the log is shown for the first time."""
CHUNK = 40
"""Entries that are drawn at once afterwards, while nobody waits for them."""
SOON = 0.02
"""Seconds between two such chunks."""
INJECTS = ("fire", "hold", "release", "skip", "forward")
"""Kinds of moves that are about the schedule."""


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of entries that the log can be narrowed down to."""

    id: str
    name: str
    kinds: tuple[str, ...] = ()
    """Kinds of entries, or of changes in them; none for a team's sort."""

    def takes(self, entry: LogEntry) -> bool:
        """Whether an entry is of this sort."""
        if not self.kinds:
            return not self.id or entry.seat == self.id or self.id in entry.teams
        return entry.kind in self.kinds or any(
            change.kind in self.kinds for change in entry.changes
        )


SORTS = (
    Sort("", "Everything"),
    Sort("rulings", "Rulings", RULINGS),
    Sort("injects", "Injects", (*INJECTS, "inject")),
    Sort("notes", "Notes", ("note",)),
    Sort("marks", "Marks", (*MARKS, *RUN)),
    Sort("undone", "Undone", TURNS),
)
"""What every log can be narrowed down to; after them the teams."""


def sorts(view: View) -> tuple[Sort, ...]:
    """Everything that a view's log can be narrowed down to."""
    return (*SORTS, *(Sort(team.id, team.short) for team in view.teams))


def words_of(entry: LogEntry, view: View) -> str:
    """All that is written of an entry, to look for words in."""
    sort = next((s.name for s in SORTS if s.kinds and entry.kind in s.kinds), "")
    about = [view.names.get(team, team) for team in entry.teams]
    shown = (change for change in entry.changes if not is_said(change, entry))
    told = [f"{c.text} {c.cause.title if c.cause else ''}" for c in shown]
    parts = [sort, entry.title, entry.note, entry.author, entry.objective]
    return " ".join([*parts, *about, *told]).casefold()


class LogSorts(Band):
    """What the log can be narrowed down to; the chosen sort stands out."""

    _sorts: tuple[Sort, ...] = ()
    _view: View | None = None
    _now = ""

    def show(self, view: View, now: str) -> None:
        """Show a view's sorts, one of them chosen."""
        self._view, self._sorts, self._now = view, sorts(view), now
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """One row: names where they fit, else the teams by their signs alone."""
        if self._view is None:
            return [BLANK]
        signs = {team.id: team_sign(team) for team in self._view.teams}
        full = [self._one(sort, signs.get(sort.id), named=True) for sort in self._sorts]
        short = [
            self._one(sort, signs.get(sort.id), named=sort.id == self._now)
            for sort in self._sorts
        ]
        return [first_fit(room, [joined(full, " "), joined(short, " ")])]

    def _one(self, sort: Sort, sign: Line | None, *, named: bool) -> Line:
        name = sort.name if named or sign is None else ""
        look = "bold" if sort.id == self._now else "$muted"
        words = joined([part for part in (sign, line((name, look))) if part], " ")
        found = line(" ", words, " ")
        return found.on("$raise") if sort.id == self._now else found


class LogList(LogPane):
    """The log with a cursor on one of its entries.

    Of a long log only the end is drawn at first, the rest a moment later.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Previous", show=False),
        Binding("down", "step(1)", "Next", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "to_end(0)", "First", show=False),
        Binding("end", "to_end(-1)", "Last", show=False),
    ]

    @dataclass
    class Highlighted(Message):
        """The cursor is on another entry."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._all: tuple[LogEntry, ...] = ()
        """The entries that the sort and the words leave."""
        self._kept: tuple[LogEntry, ...] = ()
        """Those of them that are shown: all, or the last ones."""
        self._place = -1
        self._undrawn = 0
        """How many entries, from the first, have not been drawn yet."""
        self._words: dict[tuple[int, str], tuple[LogEntry, str]] = {}
        self.sort = SORTS[0]
        """The sort of entries that is shown."""
        self.find = ""
        """Words that every entry must hold."""

    @property
    def entries(self) -> Sequence[LogEntry]:
        """The entries that are shown now."""
        return self._kept

    @property
    def selected(self) -> LogEntry | None:
        """The entry that the cursor is on."""
        return self._kept[self._place] if 0 <= self._place < len(self._kept) else None

    def show(self, view: View) -> None:
        """Show a view's log; the cursor stays on its entry, at first on the last."""
        self._view, before = view, self._view
        self._forget_if_renamed(before, view)
        self.narrow(self.sort, self.find)

    def narrow(self, sort: Sort, find: str) -> None:
        """Show only entries of a sort that hold some words."""
        self.sort, self.find = sort, find
        view, here = self._view, self.selected
        if view is None:
            return
        wanted = find.casefold().split()
        self._all = self._kept = tuple(
            entry
            for entry in view.log
            if sort.takes(entry) and self._holds(entry, wanted, view)
        )
        self._place = self._nearest(here)
        self._hold_back()
        self._tell(view)
        self.redraw()
        self.post_message(self.Highlighted())

    def _hold_back(self) -> None:
        """Show only the end at first, when much of what is before is not yet drawn."""
        fresh = sum(_key(entry) not in self._drawn for entry in self._all)
        end = len(self._all) - PAGE
        self._undrawn = min(end, self._place - PAGE // 4) if fresh > PAGE else 0
        if self._undrawn <= 0:
            self._undrawn = 0
            return
        self._kept = self._all[self._undrawn :]
        self._place -= self._undrawn
        self.set_timer(SOON, self._draw_more)

    def _draw_more(self) -> None:
        """Draw some of the entries that are not shown yet; then show all."""
        room, view = self.room.width - 1, self._view
        if view is None or not self._undrawn:
            return
        if room > 0:
            before = max(0, self._undrawn - CHUNK)
            for entry in self._all[before : self._undrawn]:
                self._entry(entry, view, room)
            self._undrawn = before
        if self._undrawn:
            self.set_timer(SOON, self._draw_more)
        else:
            self.show_all()

    def show_all(self) -> None:
        """Show every entry; what is in sight stays where it is."""
        hidden = len(self._all) - len(self._kept)
        if not hidden:
            return
        start = self.rows_of(self._place).start
        self._undrawn, self._kept = 0, self._all
        self._place += hidden
        self.redraw()
        shift = self.rows_of(self._place).start - start
        y = self.scroll_offset.y + shift
        self.scroll_to(y=y, animate=False, force=True, immediate=True)

    def _holds(self, entry: LogEntry, wanted: Sequence[str], view: View) -> bool:
        if not wanted:
            return True
        key = (entry.number, entry.kind)
        known = self._words.get(key)
        if known is None or known[0] is not entry:
            known = self._words[key] = (entry, words_of(entry, view))
        return all(word in known[1] for word in wanted)

    def _nearest(self, here: LogEntry | None) -> int:
        """The place of an entry, else of the last one before it."""
        if here is None:
            return len(self._kept) - 1
        same = (i for i, e in enumerate(self._kept) if _key(e) == _key(here))
        before = (i for i, e in enumerate(self._kept) if e.number > here.number)
        place = next(same, None)
        if place is not None:
            return place
        return max(0, next(before, len(self._kept)) - 1) if self._kept else -1

    def _tell(self, view: View) -> None:
        """Say how many entries there are, and how many of them are shown."""
        if len(self._all) == len(view.log):
            self._count(view)
        else:
            self.legend(f"{len(self._all)} of {len(view.log)} entries")

    def nothing(self) -> tuple[str, ...]:
        """Say whether there is nothing at all, or nothing of this sort."""
        if self._view is None or not self._view.log:
            return ("Nothing has happened yet.", "Every move will stand here.")
        if self.find:
            return (f"Nothing here holds “{self.find}”.", "/ to look for other words")
        name = self.sort.name
        return (f"Nothing here: {name}.", "left and right show something else")

    # Drawing: a column for the cursor beside the log's own lines.

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The lines, beside the cursor's column."""
        return super().build(max(1, room - 1), rows)

    def built(self) -> None:
        """Keep the cursor in view."""
        self.call_after_refresh(self.reveal)

    def rows_of(self, place: int) -> range:
        """The lines of the entry at a place; headings are nobody's."""
        if not 0 <= place < len(self._first_lines):
            return range(0)
        first = self._first_lines[place]
        entry = self._drawn.get(_key(self._kept[place]))
        return range(first, first + (len(entry[2]) if entry else 1))

    def render_line(self, y: int) -> Strip:
        """One row; those of the chosen entry stand out."""
        self._prepare()
        room = self.room.width
        row = y + self.scroll_offset.y
        found = self._lines[row] if row < len(self._lines) else BLANK
        if row not in self.rows_of(self._place):
            return self.strip(line(" ", found), room)
        sign = line((glyphs().cursor, "$accent" if self.has_focus else "$dim"))
        return self.strip(line(sign, found).pad(room).on("$raise"), room)

    def redraw(self, *, layout: bool = False) -> None:
        """Paint every row: the cursor is none of the lines, and may have moved."""
        super().redraw(layout=layout)
        self.refresh()

    def reveal(self) -> None:
        """Scroll to the chosen entry."""
        rows = self.rows_of(self._place)
        if rows:
            region = Region(0, rows.start, 1, len(rows))
            self.scroll_to_region(region, animate=False, force=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines."""
        return len(self._lines)

    # Moving.

    def go_to(self, place: int) -> None:
        """Put the cursor on the entry at a place."""
        if place < 0:
            place += len(self._all) - len(self._kept)
            self.show_all()
        place = max(0, min(len(self._kept) - 1, place))
        if place == self._place or not self._kept:
            return
        before, self._place = self.rows_of(self._place), place
        self._refresh_rows(before)
        self._refresh_rows(self.rows_of(place))
        self.reveal()
        self.post_message(self.Highlighted())

    def _refresh_rows(self, rows: range) -> None:
        """Draw some lines again."""
        y = rows.start - self.scroll_offset.y
        self.refresh(Region(0, y, self.room.width, len(rows)))

    def go_to_number(self, number: int) -> None:
        """Put the cursor on the entry with a number, else on the last one before."""
        if self._kept and number < self._kept[0].number:
            self.show_all()
        same = [i for i, e in enumerate(self._kept) if e.number == number]
        before = [i for i, e in enumerate(self._kept) if e.number < number]
        for place in (same or before)[-1:]:
            self.go_to(place)

    def action_step(self, step: int) -> None:
        """To the next or the previous entry."""
        self.go_to(self._place + step)

    def action_page(self, direction: int) -> None:
        """A page on, or back."""
        rows = self.rows_of(self._place)
        goal = rows.start + direction * self.room.height if rows else 0
        if goal < 0:
            goal += self._rows_above()
        firsts = enumerate(pairwise([*self._first_lines, len(self._lines)]))
        found = next((i for i, (_, after) in firsts if after > goal), len(self._kept))
        self.go_to(found if found != self._place else self._place + direction)

    def _rows_above(self) -> int:
        """Show all: how many lines that brings above those that were there."""
        before = self.rows_of(self._place).start
        self.show_all()
        return self.rows_of(self._place).start - before

    def action_to_end(self, place: int) -> None:
        """To the first or the last entry."""
        if place == 0:
            self.show_all()
        self.go_to(place % len(self._kept) if self._kept else 0)

    def action_choose(self) -> None:
        """Choose the entry that the cursor is on."""
        if self.selected is not None:
            self.post_message(self.EntryChosen(self.selected.number))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on what it is on chooses it."""
        event.prevent_default()  # on a log without a cursor, a click chooses
        place = event.get_content_offset(self)
        if place is None:
            return
        entry = self.entry_at(place.y + self.scroll_offset.y)
        if entry is None:
            return
        if entry is self.selected:
            self.action_choose()
        else:
            self.go_to(self._kept.index(entry))

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Show where the cursor was."""
        self.refresh()


def _key(entry: LogEntry) -> tuple[int, str]:
    return entry.number, entry.kind
