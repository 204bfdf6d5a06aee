"""A list to choose from: rows with a key, words on the left, a remark on the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import Part, line
from tabletop.tui.text import fit, spread

LEAST_REMARK = 6
"""Cells that a remark keeps when the words beside it are long."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row; without an id it is a heading."""

    id: str
    left: Part
    right: Part = ""
    live: bool = True
    """Whether it can be chosen."""


class Rows(OptionList):
    """Rows that keep their two columns at every width, and the cursor where it was."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id, markup=False, compact=True)
        self._rows: tuple[Row, ...] = ()
        self._marked: int | None = None

    @property
    def chosen(self) -> str | None:
        """The id of the row that the cursor is on."""
        if self.highlighted is None:
            return None
        return self.get_option_at_index(self.highlighted).id

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows; the cursor stays on the row it was on."""
        before = self.chosen
        self._rows = tuple(rows)
        self._draw()
        self.put_cursor(before or "")

    def put_cursor(self, row_id: str) -> None:
        """Put the cursor on a row, else on the first that can be chosen."""
        live = [i for i, row in enumerate(self._rows) if row.id and row.live]
        wanted = [i for i in live if self._rows[i].id == row_id]
        self.highlighted = next(iter(wanted or live), None)

    def on_resize(self, event: events.Resize) -> None:
        """Draw again: the right column follows the edge."""
        cursor = self.highlighted
        self._draw()
        self.highlighted = cursor

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Let the cursor's sign go along with its colour."""
        super().watch_highlighted(highlighted)
        for index in {self._marked, highlighted} - {None}:
            self._mark(index or 0)
        self._marked = highlighted

    def _mark(self, index: int) -> None:
        if index < len(self._rows):
            prompt = self._content(index)
            self.replace_option_prompt_at_index(index, prompt)

    def _draw(self) -> None:
        self._marked = None
        self.set_options(
            Option(
                self._content(index),
                id=row.id or None,
                disabled=not (row.id and row.live),
            )
            for index, row in enumerate(self._rows)
        )

    def _content(self, index: int) -> Content:
        """A row: the cursor's sign, the words, the remark."""
        row = self._rows[index]
        if not row.id:
            words = (row.left, "bold") if isinstance(row.left, str) else row.left
            return line(" ", words)
        sign = glyphs().cursor if index == self.highlighted else " "
        left = line((sign, "$accent"), row.left)
        width = max(1, self.scrollable_content_region.width)
        room = max(LEAST_REMARK, width - left.cell_length - 2)
        return spread(left, line(fit(line(row.right), room), " "), width)
