"""What the deck's author says to the facilitator: the guide, agendas, hot washes."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.session.runview import RunView
from tabletop.session.view import View
from tabletop.tui.say import lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.brief import prose
from tabletop.tui.screens.known import heading, paragraph

NONE = "This deck has no guide, agenda or questions for its facilitator."


class GuideScreen(Dialog[None]):
    """What to ask now, then the agendas, the guide, and every hot wash."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "The facilitator's guide"
    HELP_TEXT: ClassVar[str] = (
        "For you alone: what the deck's author wrote for whoever runs it. The printed "
        "sheet `guide` holds it too."
    )

    def __init__(self, view: View, run: RunView) -> None:
        super().__init__()
        self._view = view
        self._run = run

    def title_text(self) -> str:
        """Whose guide it is."""
        return f"{self._view.title}: the facilitator's guide"

    def compose_dialog(self) -> ComposeResult:
        """The texts, those for this moment first."""
        run, room = self._run, self.DIALOG_ROOM
        before = [*listed("Ask now", run.asks, room)]
        for name, items in run.agendas:
            before += listed(f"Agenda: {name}" if name else "Agenda", items, room)
        after = [*self._hot_washes(room)]
        if not (before or run.guide or after):
            yield Static(say((NONE, "$muted")))
        if before:
            yield Static(lines(before))
        if run.guide:
            yield prose(run.guide)
        if after:
            yield Static(lines(after))

    def _hot_washes(self, room: int) -> Iterator[Content]:
        """The questions of every round, then those for the end."""
        for number, questions in self._run.hotwash:
            name = f"Hot wash of {self._view.round_label} {number}"
            yield from listed(name, questions, room)
        yield from listed("At the end", self._run.questions, room)


def listed(title: str, items: tuple[str, ...], room: int) -> Iterator[Content]:
    """Items beneath their title; nothing without items."""
    if items:
        yield heading(title)
        for item in items:
            yield from paragraph(item, room)
        yield Content()
