"""The log around a moment: what came before it, what it did, what came after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tabletop.session.view import LogEntry, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import quoted
from tabletop.tui.widgets.line import BLANK, Line, joined, line, prose
from tabletop.tui.widgets.logtext import BESIDE, Names, consequences, title_parts
from tabletop.tui.widgets.replay.lanes import MARK_TONES

MOST_ROWS = 3
"""Rows for what a move did that is not the chosen one."""
MOST_CHOSEN = 9


@dataclass(frozen=True, slots=True)
class Passage:
    """What the pane reads from."""

    view: View
    """The view at the end of the line; its log is the whole one."""
    log: Sequence[LogEntry]
    marks: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    """Mark and words by the number of the move."""


class AroundPane(Pane):
    """As much of the log as fits around the chosen move; up and down go along it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Previous", show=False),
        Binding("down", "step(1)", "Next", show=False),
        Binding("pageup", "step(-5)", "Back", show=False),
        Binding("pagedown", "step(5)", "On", show=False),
    ]

    @dataclass
    class Stepped(Message):
        """So many moves on, or back."""

        moves: int

    _passage: Passage | None = None
    _number = 0
    _drawn: dict[tuple[int, str, int], list[Line]]
    _places: dict[int, int]

    def show(self, passage: Passage, number: int) -> None:
        """Show a log around a move."""
        self._passage, self._number = passage, number
        self._drawn = {}
        places = enumerate(passage.log)
        self._places = {e.number: i for i, e in places if e.kind not in BESIDE}
        self.redraw()

    def go(self, number: int) -> None:
        """Show it around another move."""
        self._number = number
        self.redraw()

    def action_step(self, moves: int) -> None:
        """Ask for a move further on or back."""
        self.post_message(self.Stepped(moves))

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The chosen move about a third down, its neighbours around it."""
        if self._passage is None or rows <= 0:
            return [BLANK]
        before, chosen, after = self._parts(room)
        place, log = before, self._passage.log
        above: list[Line] = []
        below: list[Line] = []
        while after < len(log) and len(below) < rows:
            below += self._entry(log[after], room)
            after += 1
        wanted = max(rows // 3, rows - len(chosen) - len(below))
        while place >= 0 and len(above) < wanted:
            above = [*self._entry(log[place], room), *above]
            place -= 1
        above = above[-wanted:] if wanted else []
        return [*above, *chosen, *below][:rows]

    def _parts(self, room: int) -> tuple[int, list[Line], int]:
        """The entry before the chosen move, its lines, and the entry after it."""
        passage = self._passage
        if passage is None:
            return -1, [], 0
        place = self._places.get(self._number)
        if place is not None:
            return place - 1, self._chosen(passage.log[place], room), place + 1
        after = next(
            (i for i, e in enumerate(passage.log) if e.number > self._number),
            len(passage.log),
        )
        words = "The start." if not self._number else "Nothing of this is known here."
        row = line((glyphs().cursor, "$accent"), f"{self._number or '':>4} ", words)
        return after - 1, [row.pad(room).on("$raise")], after

    def _entry(self, entry: LogEntry, room: int) -> list[Line]:
        key = (entry.number, entry.kind, room)
        if key not in self._drawn:
            titles, rest = self._rows_of(entry, room, MOST_ROWS)
            self._drawn[key] = [*titles, *rest]
        return self._drawn[key]

    def _chosen(self, entry: LogEntry, room: int) -> list[Line]:
        titles, rest = self._rows_of(entry, room, MOST_CHOSEN, chosen=True)
        ground = "$raise" if self.has_focus else "$panel"
        mark = line((glyphs().cursor, "$accent"))
        shown = [
            line(mark, Line(row.spans)).pad(room).under("bold").on(ground)
            for row in titles
        ]
        return [*shown, *rest, *self._words(entry, room)]

    def _words(self, entry: LogEntry, room: int) -> list[Line]:
        """The intent or the reason, then what somebody wrote on it."""
        passage = self._passage
        said = prose(quoted(entry.note), room - 7, "italic $muted", 3)
        found = [line(" " * 7, row) for row in said] if entry.note else []
        mark, words = passage.marks.get(entry.number, ("", "")) if passage else ("", "")
        if mark or words:
            sign = line((f"{mark:>5} " if mark else " " * 6, _tone(mark)), " ")
            rows = prose(words, room - 7, "$secondary", 4) or [BLANK]
            found += [
                line(sign if not i else " " * 7, row) for i, row in enumerate(rows)
            ]
        return found

    def _rows_of(
        self, entry: LogEntry, room: int, most: int, *, chosen: bool = False
    ) -> tuple[list[Line], list[Line]]:
        """The title's rows, if chosen without the cursor's cell; then what followed."""
        passage = self._passage
        if passage is None:
            return [], []
        lead = "" if chosen else " "
        beside = entry.kind in BESIDE
        number = "" if beside else str(entry.number)
        head = line(lead, (f"{number:>4}", "bold" if chosen else "$muted"), " ",
                    self._mark(entry))  # fmt: skip
        room -= 1 if chosen else 0
        titles = _hung(head, title_parts(entry, passage.view), room)
        names = Names.of(passage.view)
        rows = consequences(replace(entry, note=""), names, room - 7)
        if len(rows) > most:
            more = len(rows) - most + 1
            rows = [*rows[: most - 1], line((f"and {more} more", "$dim"))]
        if beside and entry.note:
            rows = [*prose(quoted(entry.note), room - 7, "italic $muted", 2)]
        return titles, [line(" " * 7, row) for row in rows]

    def _mark(self, entry: LogEntry) -> Line:
        passage = self._passage
        mark = passage.marks.get(entry.number, ("", ""))[0] if passage else ""
        if not mark or entry.kind in BESIDE:
            return BLANK
        return line((f"{mark} ", _tone(mark)))

    def on_focus(self) -> None:
        """Show that the keys come here."""
        self.redraw()

    def on_blur(self) -> None:
        """Show that they don't."""
        self.call_next(self.redraw)  # when the focus is gone


def _tone(mark: str) -> str:
    return f"bold {MARK_TONES.get(mark, '$foreground')}"


def _hung(head: Line, parts: Sequence[Line], room: int) -> list[Line]:
    """A title behind its number: in one row where it fits, else in two."""
    whole = line(head, joined(parts, " "))
    if whole.width <= room or len(parts) < 2:
        return [whole.cut(room)]
    indent = " " * (head.width + 2)
    rest = (line(indent, part).cut(room) for part in parts[1:])
    return [line(head, parts[0]).cut(room), *rest]
