"""The curtain: covers the table while the keyboard passes from one seat to another.

It knows the name of a seat and what everybody is told, so it can give nothing away.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.containers import Center, Vertical
from textual.content import Content
from textual.widgets import Static

from tabletop.session.view import SeatId, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.say import chip, line, lines
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.teams import team_name
from tabletop.tui.widgets import BigName


class Called(NamedTuple):
    """Who is called to the keyboard."""

    name: str
    mark: Content
    """The name with its sign, in its colour."""
    color: str

    @classmethod
    def of(cls, view: View, seat: SeatId) -> "Called":
        """A seat, by a view that knows its name."""
        team = next((team for team in view.teams if team.id == seat), None)
        mark = team_name(view, seat)
        if team is None:
            return cls("Control", mark, "control")
        return cls(team.name, mark, team.color)


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
        self,
        called: Called,
        lift: Callable[[], Awaitable[None]],
        *,
        may_leave: bool,
        aloud: Sequence[str] = (),
    ) -> None:
        """`lift` changes what stands behind the curtain, just before it opens.

        `aloud` is what has just come for everybody, and is to be read out.
        """
        super().__init__()
        self._aloud = aloud
        self._called = called
        self._lift = lift
        self._may_leave = may_leave

    def compose_body(self) -> ComposeResult:
        """The name, large and then with its sign, and the key."""
        with Vertical(id="curtain"):
            yield Static(line(("Pass the keyboard to", "$muted")))
            with Center():
                yield BigName(self._called.name, id=f"called-{self._called.color}")
            yield Static(self._called.mark)
            yield Static(line(chip(glyphs().enter), " when nobody else looks"))
            if self._aloud:
                yield Static(line(("Read to everybody first", "bold $warn")))
                with Center():
                    yield Static(lines(self._aloud), id="aloud")

    def can_leave(self) -> bool:
        """Only a curtain that was asked for can be sent away."""
        return self._may_leave

    async def action_confirm(self) -> None:
        """Put the next seat's table behind the curtain, then open."""
        await self._lift()
        self.dismiss(True)
