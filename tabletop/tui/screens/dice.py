"""The dice as they fell: what was thrown, and what follows."""

from collections.abc import Sequence
from itertools import takewhile
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.session.view import Change, View
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.widgets.preview import change_lines


def follows(changes: Sequence[Change]) -> list[Change]:
    """What the throw that comes first did, up to the next throw."""
    thrown, *rest = changes
    until_next = takewhile(lambda change: change.kind != "roll", rest)
    return [
        c for c in until_next if c.cause is not None and c.cause.id == thrown.subject
    ]


class DiceScreen(Dialog[None]):
    """Shows one throw; any key goes on."""

    TITLE_TEXT = "Dice"
    HINTS = ("dice.on",)
    HELP_TITLE: ClassVar[str] = "Dice"

    def __init__(self, changes: Sequence[Change], view: View) -> None:
        """The first change is the throw."""
        super().__init__()
        self._thrown = changes[0]
        self._follows = follows(changes)
        self._view = view

    def compose_dialog(self) -> ComposeResult:
        """The throw, then what it did."""
        cause = self._thrown.cause
        if cause is not None:
            yield Static(line((cause.title, "bold")), classes="prose")
        yield Static(say((self._thrown.text, "bold $accent")), classes="prose")
        drawn = change_lines(self._follows, self._view, self.DIALOG_ROOM)
        yield Static(lines(Content.assemble(*row.spans) for row in drawn))

    def on_key(self, event: events.Key) -> None:
        """Go on, whatever the key."""
        event.stop()
        self.dismiss(None)
