"""The log: every move as its seat may know it, however many there are."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from tabletop.session.view import LogEntry, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import empty, heading
from tabletop.tui.widgets.line import Line
from tabletop.tui.widgets.logtext import RULINGS, entry_lines

Drawn = tuple[LogEntry, int, list[Line]]
"""An entry, the room it was drawn for, and its lines."""


class LogPane(Pane):
    """Follows its end, unless someone has scrolled up to read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Look at this move", show=False),
    ]

    @dataclass
    class EntryChosen(Message):
        """A move of the log was asked for."""

        number: int

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._view: View | None = None
        self._drawn: dict[tuple[int, str], Drawn] = {}
        self._first_lines: list[int] = []
        """The first line of each entry."""
        self._follows = True
        """Whether new lines at the end are to be seen."""

    def show(self, view: View) -> None:
        """Show a view's log."""
        self._forget_if_renamed(self._view, view)
        self._view = view
        self._count(view)
        self.redraw()

    def _forget_if_renamed(self, before: View | None, view: View) -> None:
        """Drawn entries hold names and colours of teams; those hardly ever change."""
        if before is None or before.seat != view.seat or _looks(before) != _looks(view):
            self._drawn.clear()

    def _count(self, view: View) -> None:
        rulings = sum(entry.kind in RULINGS for entry in view.log)
        moves = f"{view.move} moves" if view.move != 1 else "1 move"
        ruled = f"{rulings} rulings" if rulings != 1 else "1 ruling"
        self.legend(f"{moves} {glyphs().dot} {ruled}" if rulings else moves, moves)

    def built(self) -> None:
        """Keep the end in view, unless someone reads further up."""
        if self._follows:
            self.call_after_refresh(self.follow_end)

    def follow_end(self) -> None:
        """Show the last line, and from now on every new one."""
        self._follows = True
        self.scroll_end(animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Scrolling up stops the following; scrolling to the end takes it up again."""
        super().watch_scroll_y(old_value, new_value)
        self._follows = new_value >= self.max_scroll_y or (
            self._follows and new_value >= old_value
        )

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """Headings and entries. Entries that were drawn before are not drawn again."""
        view = self._view
        if view is None or not self.entries:
            return empty(room, rows, *self.nothing())
        lines: list[Line] = []
        self._first_lines = []
        place: tuple[int, str] | None = None
        phases = {phase.id: phase.label for phase in view.phases}
        for entry in self.entries:
            if (entry.round, entry.phase) != place:
                place = (entry.round, entry.phase)
                words = f"{view.round_label} {entry.round}"
                phase = phases.get(entry.phase, entry.phase)
                now = place == (view.round, view.phase)
                style = "bold $accent" if now else "bold $muted"
                lines.append(heading(f"{words} {glyphs().dot} {phase}", room, style))
            self._first_lines.append(len(lines))
            lines += self._entry(entry, view, room)
        return lines

    def _entry(self, entry: LogEntry, view: View, room: int) -> list[Line]:
        key = (entry.number, entry.kind)
        known = self._drawn.get(key)
        if known is None or known[0] != entry or known[1] != room:
            known = (entry, room, entry_lines(entry, view, room))
            self._drawn[key] = known
        return known[2]

    @property
    def entries(self) -> Sequence[LogEntry]:
        """The entries that are shown."""
        return self._view.log if self._view is not None else ()

    def nothing(self) -> tuple[str, ...]:
        """What is said when there are no entries, and what comes next."""
        return ("Nothing has happened yet.",)

    def entry_at(self, row: int) -> LogEntry | None:
        """The entry that a line belongs to."""
        place = bisect_right(self._first_lines, row) - 1
        return self.entries[place] if 0 <= place < len(self.entries) else None

    def on_click(self, event: events.Click) -> None:
        """Choose the entry that was clicked."""
        place = event.get_content_offset(self)
        if place is not None:
            self._choose(place.y + self.scroll_offset.y)

    def action_choose(self) -> None:
        """Choose the last entry in view."""
        self._choose(self.scroll_offset.y + self.room.height - 1)

    def _choose(self, row: int) -> None:
        entry = self.entry_at(row)
        if entry is not None:
            self.post_message(self.EntryChosen(entry.number))


def _looks(view: View) -> tuple[tuple[str, str, str, str], ...]:
    return tuple((team.id, team.name, team.color, team.letter) for team in view.teams)
