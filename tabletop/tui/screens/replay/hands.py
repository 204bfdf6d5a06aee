"""The cards that were held at a moment, as far as the seat may see them."""

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.session.view import CardView, SeatId, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line, lines
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.teams import team_name
from tabletop.tui.text import spread


class HandsScreen(Dialog[None]):
    """Every hand that may be seen, card by card."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "Hands"
    HELP_TEXT: ClassVar[str] = "The cards that were held at this moment."

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def title_text(self) -> str:
        """When."""
        return f"Hands after move {self._view.move}"

    def compose_dialog(self) -> ComposeResult:
        """The hands, one after the other."""
        yield Static(lines(self._rows()))

    def _rows(self) -> Iterator[Content]:
        for team in self._view.teams:
            cards = self._view.hands.get(team.id)
            head = line(team_name(self._view, team.id))
            count = f"{team.hand} cards" if team.hand != 1 else "1 card"
            yield spread(head, line((count, "$muted")), self.DIALOG_ROOM)
            if cards is None:
                yield line(("  face down", "italic $muted"))
            yield from self._cards(team.id, cards or ())
            yield line()

    def _cards(self, team: SeatId, cards: tuple[CardView, ...]) -> Iterator[Content]:
        for card in cards:
            many = f" {glyphs().times}{card.count}" if card.count > 1 else ""
            cost = f"costs {card.cost}"
            style = "" if card.playable else "$muted"
            left = line("  ", (card.title + many, style))
            yield spread(left, line((cost, "$muted")), self.DIALOG_ROOM)
