"""A line for the log."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from tabletop.tui.say import say
from tabletop.tui.screens.base import Dialog

LONGEST = 500
"""Characters that a note, an intent or a reason may have."""


class NoteScreen(Dialog[str]):
    """One line, typed; what was typed and left is there again the next time."""

    TITLE_TEXT = "A note, on the record"
    AUTO_FOCUS = "#note"
    HINTS = ("note.write", "leave")
    HELP_TITLE: ClassVar[str] = "A note"
    HELP_TEXT: ClassVar[str] = (
        "The line goes into the log with its time. Only this seat and control read it."
    )

    def __init__(self, draft: str = "") -> None:
        super().__init__()
        self.draft = draft

    def compose_dialog(self) -> ComposeResult:
        """The line."""
        yield Static(say(("One line; it goes into the log.", "$muted")))
        yield Input(self.draft, max_length=LONGEST, id="note", select_on_focus=False)

    @on(Input.Changed)
    def _keep_draft(self, changed: Input.Changed) -> None:
        self.draft = changed.value

    @on(Input.Submitted)
    def _write(self, submitted: Input.Submitted) -> None:
        text = submitted.value.strip()
        self.dismiss(text or None)
