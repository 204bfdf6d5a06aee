"""One card, whole."""

from typing import ClassVar

from textual.app import ComposeResult

from tabletop.session.view import CardView
from tabletop.tui.screens.base import Dialog
from tabletop.tui.widgets import CardFull


class CardScreen(Dialog[None]):
    """Everything a card says: text, effects, dice, conditions, sources."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "A card"

    def __init__(self, card: CardView) -> None:
        super().__init__()
        self._card = card

    def title_text(self) -> str:
        """The card's title."""
        return self._card.title

    def compose_dialog(self) -> ComposeResult:
        """The card."""
        yield CardFull(id="card")

    def on_mount(self) -> None:
        """Draw the card."""
        super().on_mount()
        self.query_one(CardFull).show(self._card)
