"""A list to choose from: rows with a key, words on the left, a remark on the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

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

    def _draw(self) -> None:
        width = max(1, self.scrollable_content_region.width - 2)
        self.set_options(
            Option(
                _content(row, width),
                id=row.id or None,
                disabled=not (row.id and row.live),
            )
            for row in self._rows
        )


def _content(row: Row, width: int) -> Content:
    if not row.id:
        return line((row.left, "bold") if isinstance(row.left, str) else row.left)
    left, right = line(row.left), line(row.right)
    return spread(
        left, fit(right, max(LEAST_REMARK, width - left.cell_length - 1)), width
    )
