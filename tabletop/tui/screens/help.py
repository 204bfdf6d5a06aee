"""Help: what this screen is for, and its keys."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.tui.keys import KEYS, Key
from tabletop.tui.say import lines, say
from tabletop.tui.screens.base import ALWAYS, Dialog, TableScreen

EVERYWHERE = (*ALWAYS, "look", "quit")
"""Keys that every screen has."""


class HelpScreen(Dialog[None]):
    """The keys of the screen that it was asked on; any of its words may be shown."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "Help"

    def __init__(self, title: str, text: str, keys: list[tuple[Key, bool]]) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self.keys = keys

    @classmethod
    def of(cls, screen: TableScreen[Any]) -> "HelpScreen":
        """Help for a screen as it is now."""
        live = {key.id for key in screen.live_keys()}
        keys = [(KEYS[key_id], key_id in live) for key_id in screen.hints()]
        keys += [(KEYS[key_id], True) for key_id in EVERYWHERE]
        return cls(screen.HELP_TITLE, screen.HELP_TEXT, keys)

    def title_text(self) -> str:
        """The name of the screen that asked."""
        return f"Help · {self._title}" if self._title else "Help"

    def compose_dialog(self) -> ComposeResult:
        """What the screen is for, then one line for each key."""
        if self._text:
            yield Static(say(self._text), classes="prose")
        yield Static(lines(_line(key, live=live) for key, live in self.keys))

    def action_help(self) -> None:
        """Help is here already."""


def _line(key: Key, *, live: bool) -> Content:
    """One key; muted when it does nothing just now."""
    verb_style = "bold" if live else "$muted"
    return say(
        (f"{key.drawn:>5}  ", "bold $accent" if live else "$muted"),
        (f"{key.verb:<22} ", verb_style),
        (key.tip if live else f"{key.tip} Not now.", "$muted"),
    )
