"""Help: what this screen is for, and its keys."""

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import KEYS, Key
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import ALWAYS, Dialog, TableScreen
from tabletop.tui.text import wrap

EVERYWHERE = (*ALWAYS, "look", "quit")
"""Keys that every screen has."""

VERB = 17
"""Cells for the verbs."""

INDENT = 8
"""Cells before them: the key, right-aligned."""


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
        return f"Help {glyphs().dot} {self._title}" if self._title else "Help"

    def compose_dialog(self) -> ComposeResult:
        """What the screen is for, then one entry for each key."""
        if self._text:
            yield Static(say(self._text), classes="prose")
        room = self.DIALOG_ROOM - INDENT - VERB - 2
        yield Static(lines(entry(key, room, live=live) for key, live in self.keys))

    def action_help(self) -> None:
        """Help is here already."""


def entry(key: Key, room: int, *, live: bool) -> Content:
    """One key, its sentence beside it; muted, and said so, when it does nothing now."""
    first, *rest = wrap(key.tip if live else f"{key.tip} Not now.", room)
    head = line(
        (f"{key.drawn:>{INDENT - 2}}  ", "bold $accent" if live else "$muted"),
        (f"{key.verb:<{VERB}}  ", "bold" if live else "$muted"),
        (first, "$muted"),
    )
    indent = " " * (INDENT + VERB + 2)
    return lines([head, *(line(indent, (words, "$muted")) for words in rest)])
