"""The whole log, on a screen of its own."""

from typing import ClassVar

from textual.app import ComposeResult

from tabletop.session.view import View
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.widgets import LogPane


class LogScreen(Dialog[None]):
    """Everything that happened, as this seat may know it, with its causes."""

    AUTO_FOCUS = "#log"
    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "The log"
    HELP_TEXT: ClassVar[str] = (
        "Every move with what it caused. A ruling is marked as one; what was taken "
        "back stays readable."
    )

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def compose_body(self) -> ComposeResult:
        """The log over the whole screen."""
        pane = LogPane(id="log", classes="pane")
        pane.border_title = line("Log")
        yield pane

    def on_mount(self) -> None:
        """Show it, from its end."""
        super().on_mount()
        self.query_one(LogPane).show(self._view)
