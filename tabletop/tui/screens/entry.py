"""One entry of the log: what it says, and what can be done from there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import OptionList

from tabletop.session.view import LogEntry, View
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.widgets import LogPane


class EntryScreen(Dialog[str]):
    """Gives the id of what was chosen."""

    TITLE_TEXT = "This entry"
    AUTO_FOCUS = "#can"
    HINTS = ("move", "entry.do", "leave")
    HELP_TITLE: ClassVar[str] = "An entry of the log"
    HELP_TEXT: ClassVar[str] = (
        "Go back to before or after it, look at the table as it was, ask why its "
        "numbers are what they are. Going back asks first, and erases nothing."
    )

    rows = getters.query_one("#can", Rows)

    def __init__(self, entry: LogEntry, view: View, can: Sequence[Row]) -> None:
        super().__init__()
        self._entry = entry
        self._view = view
        self._can = can

    def compose_dialog(self) -> ComposeResult:
        """The entry, then the list."""
        yield LogPane(id="the-entry")
        yield Rows(id="can")

    def on_mount(self) -> None:
        """Show the entry alone."""
        super().on_mount()
        entry = self.query_one(LogPane)
        entry.can_focus = False
        entry.show(replace(self._view, log=(self._entry,)))
        self.rows.show(self._can)

    @on(OptionList.OptionSelected)
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        self.dismiss(selected.option.id)
