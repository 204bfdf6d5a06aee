"""One question with yes or no, for what is hard to reverse."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.tui.keys import bindings
from tabletop.tui.say import Part, say
from tabletop.tui.screens.base import Dialog


class ConfirmScreen(Dialog[bool]):
    """Says what would happen, and waits for enter or escape."""

    HINTS = ("confirm", "leave")
    HELP_TITLE: ClassVar[str] = "A question"
    BINDINGS = bindings("confirm")

    def __init__(self, title: str, *parts: Part) -> None:
        super().__init__()
        self._title = title
        self._parts = parts

    def title_text(self) -> str:
        """What is asked."""
        return self._title

    def compose_dialog(self) -> ComposeResult:
        """What would happen."""
        yield Static(say(*self._parts))

    def action_confirm(self) -> None:
        """Yes."""
        self.dismiss(True)
