"""The dice as they fell: what was thrown, and what follows."""

from collections.abc import Sequence
from itertools import takewhile
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.session.view import Change
from tabletop.tui.say import lines, say
from tabletop.tui.screens.base import Dialog


class DiceScreen(Dialog[None]):
    """Shows one throw; any key goes on."""

    TITLE_TEXT = "Dice"
    HELP_TITLE: ClassVar[str] = "Dice"
    HINTS = ("dice.on",)

    def __init__(self, changes: Sequence[Change]) -> None:
        """The first change is the throw; what follows it counts up to the next one."""
        super().__init__()
        self._thrown, *rest = changes
        self._caused = list(takewhile(lambda change: change.kind != "roll", rest))

    def compose_dialog(self) -> ComposeResult:
        """The throw, then what it did."""
        cause = self._thrown.cause
        if cause is not None:
            yield Static(say((cause.title, "bold")), classes="prose")
        yield Static(say((self._thrown.text, "bold $accent")), classes="prose")
        yield Static(lines(change.text for change in self._caused))
        yield Static(say(("\nAny key goes on.", "$muted")))

    def on_key(self, event: events.Key) -> None:
        """Go on, whatever the key."""
        event.stop()
        self.dismiss(None)
