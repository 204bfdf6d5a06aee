"""The briefing, to be read again at any time."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.session.view import View
from tabletop.tui.say import say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.text import clean


def prose(text: str) -> Static:
    """A deck's Markdown, drawn in one piece; links stay words."""
    # Slow to load, and not needed before somebody reads.
    from rich.markdown import Markdown

    return Static(Markdown(clean(text, keep_lines=True), hyperlinks=False))


class BriefScreen(Dialog[None]):
    """What everybody knows, then what this team alone knows, then what it wants."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "The briefing"

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def title_text(self) -> str:
        """The deck's title."""
        return self._view.title

    def compose_dialog(self) -> ComposeResult:
        """The texts that this seat may read."""
        view = self._view
        if view.brief:
            yield prose(view.brief)
        if view.team_brief:
            name = view.names.get(view.seat, view.seat)
            yield Static(say((f"\nFor {name} alone\n", "bold $accent")))
            yield prose(view.team_brief)
        wanted = [goal for goal in view.objectives if goal.team == view.seat]
        if wanted:
            yield Static(say(("\nYou want\n", "bold $accent")))
        for goal in wanted:
            yield Static(say(f"  {goal.text}"))
