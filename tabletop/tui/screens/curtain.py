"""The curtain: covers the table while the keyboard passes from one seat to another.

It knows the name of a seat and nothing else, so it can give nothing away.
"""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.say import chip, say
from tabletop.tui.screens.base import Dialog


class CurtainScreen(Dialog[bool]):
    """Asks for the keyboard to be passed; opens on a key, or is left closed."""

    AUTO_FOCUS = ""
    HINTS = ("curtain.open", "leave")
    HELP_TITLE: ClassVar[str] = "The curtain"
    HELP_TEXT: ClassVar[str] = (
        "Several teams share this keyboard. The next one's cards are shown only when "
        "somebody of it says so."
    )
    BINDINGS = bindings("curtain.open")

    def __init__(
        self, name: Content, lift: Callable[[], Awaitable[None]], *, may_leave: bool
    ) -> None:
        """`lift` changes what stands behind the curtain, just before it opens."""
        super().__init__()
        self._seat_name = name
        self._lift = lift
        self._may_leave = may_leave

    def compose_body(self) -> ComposeResult:
        """The name, and the key."""
        with Vertical(id="curtain"):
            yield Static(say(("Pass the keyboard to", "$muted")))
            yield Static(self._seat_name, id="curtain-name")
            yield Static(say(chip(glyphs().enter), " when nobody else looks"))

    def can_leave(self) -> bool:
        """Only a curtain that was asked for can be sent away."""
        return self._may_leave

    async def action_confirm(self) -> None:
        """Put the next seat's table behind the curtain, then open."""
        await self._lift()
        self.dismiss(True)
