"""One card, whole."""

from typing import ClassVar

from textual.app import ComposeResult

from tabletop.session.view import NOTHING_ASKED, Asking, CardView, TeamView
from tabletop.tui.screens.base import Dialog
from tabletop.tui.widgets import CardFull


class CardScreen(Dialog[None]):
    """Everything a card says: text, effects, dice, conditions, sources."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "A card"

    def __init__(
        self,
        card: CardView,
        teams: tuple[TeamView, ...] = (),
        asking: Asking = NOTHING_ASKED,
    ) -> None:
        """`teams` are those that it may name, `asking` is what it asks them."""
        super().__init__()
        self._card = card
        self._teams = teams
        self._asking = asking

    def title_text(self) -> str:
        """The card's title."""
        return self._card.title

    def compose_dialog(self) -> ComposeResult:
        """The card."""
        yield CardFull(id="card")

    def on_mount(self) -> None:
        """Draw the card."""
        super().on_mount()
        self.query_one(CardFull).show(
            self._card, teams=self._teams, asking=self._asking
        )
