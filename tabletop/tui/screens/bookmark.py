"""Marking this moment, so that it can be found again."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from tabletop.session.view import View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.intent import LONGEST


class BookmarkScreen(Dialog[str]):
    """One line, which may stay empty; enter marks the moment."""

    TITLE_TEXT = "Bookmark this moment"
    AUTO_FOCUS = "#bookmark"
    HINTS = ("mark.write", "leave")
    HELP_TITLE: ClassVar[str] = "A bookmark"
    HELP_TEXT: ClassVar[str] = (
        "The moment is marked in the log, with a line if you like. The log finds it "
        "under Marks, shows the table as it was, and goes back there."
    )

    def __init__(self, view: View, draft: str = "") -> None:
        super().__init__()
        self._view = view
        self.draft = draft

    def compose_dialog(self) -> ComposeResult:
        """Which moment, and the line."""
        view, dot = self._view, glyphs().dot
        phase = next((p.label for p in view.phases if p.id == view.phase), view.phase)
        yield Static(
            line(
                (f"{glyphs().mark} ", "bold $accent"),
                (f"move {view.move}", "bold"),
                (f" {dot} {view.round_label} {view.round} {dot} {phase}", "$muted"),
            )
        )
        yield Static(say(("\nWhy here (one line, optional)", "$muted")))
        yield Input(
            self.draft, max_length=LONGEST, id="bookmark", select_on_focus=False
        )

    @on(Input.Changed)
    def _keep_draft(self, changed: Input.Changed) -> None:
        self.draft = changed.value

    @on(Input.Submitted)
    def _mark(self, submitted: Input.Submitted) -> None:
        self.dismiss(submitted.value.strip())
