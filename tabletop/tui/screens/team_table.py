"""A team's table: its situation, the chosen card's preview, tracks, log and hand."""

from collections.abc import Callable
from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from tabletop.session.view import NOTHING_ASKED, Asking, CardView, Move, Preview, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line
from tabletop.tui.screens.intent import IntentLine
from tabletop.tui.screens.layout import Table
from tabletop.tui.widgets import (
    HandPane,
    LogPane,
    OrdersStrip,
    PreviewPane,
    SituationPane,
    TracksPane,
)

Previewer = Callable[[Move], Preview | None]
"""What a move would do now; None when it can't be made."""
Asker = Callable[[str], Asking]
"""What a card of the team's asks."""


def offered(view: View, kind: str, item: str = "") -> Move | None:
    """The move of this kind, with this item, that the view offers."""
    return next(
        (m.move for m in view.moves if m.move.kind == kind and m.move.item == item),
        None,
    )


def card_move(view: View, card_id: str) -> Move | None:
    """The move that plays a card, or lays it face down, when it is offered."""
    return offered(view, "play", card_id) or offered(view, "lay", card_id)


class TeamTable(Table):
    """What a team plays with. A chosen card waits for its intent, then for enter."""

    PANES = (
        ("Hand", "#hand"),
        ("Tracks you can see", "#tracks"),
        ("Situation", "#situation"),
        ("Log", "#team-log"),
    )
    NUMBERED = False  # there digits lead to the cards
    HINTS = (
        "play.answer", "play.end", "play.cards", "play.number", "play.do", "play.pass",
        "play.inbox", "play.view", "play.why", "play.log", "play.undo", "play.known",
        "play.note", "play.brief", "play.back", "play.switch", "play.branches",
        "play.mark", "play.seats",
        "play.tour", "play.panes", "play.next", "play.go",
    )  # fmt: skip

    hand = getters.query_one("#hand", HandPane)
    preview = getters.query_one("#preview", PreviewPane)
    intent = getters.query_one(IntentLine)
    tracks = getters.query_one("#tracks", TracksPane)

    @dataclass
    class PlayRequested(Message):
        """The team wants to make this move, and says why."""

        move: Move
        note: str

    @dataclass
    class Refused(Message):
        """A card was chosen that can't be played now."""

        card: CardView

    def __init__(self, preview_of: Previewer, asking_of: Asker) -> None:
        super().__init__(id="team-table")
        self._preview_of = preview_of
        self._asking_of = asking_of
        self._view: View | None = None
        self._unread = 0

    def compose(self) -> ComposeResult:
        """Situation, decision, tracks and log above, the hand below."""
        yield OrdersStrip(id="orders")
        yield SituationPane(id="situation")
        with Vertical(id="decision", classes="pane"):
            yield PreviewPane(id="preview")
            yield IntentLine()
        yield TracksPane(id="tracks")
        yield LogPane(id="team-log")
        yield HandPane(id="hand")

    def show(self, view: View) -> None:
        """Draw the team's view; the cursor and the typed line stay."""
        self._view = view
        points = next((t.points for t in view.teams if t.id == view.seat), 0)
        self.query_one(SituationPane).show(view)
        self.query_one(LogPane).show(view)
        self.query_one(OrdersStrip).show(view)
        self.tracks.show(view)
        self.hand.show(view.hand, points, view.teams)
        self.show_preview()

    def tell(self, unread: int) -> None:
        """Say at the situation how many letters are new."""
        self._unread = unread
        self._name_panes()

    @property
    def news(self) -> tuple[str, ...]:
        """The names of the panes that have something new."""
        return ("Situation",) if self._unread else ()

    def _name_panes(self) -> None:
        super()._name_panes()
        if self._unread:
            title = f"Situation {glyphs().dot} inbox {self._unread} new"
            self.query_one(SituationPane).border_title = line(title)

    @property
    def card(self) -> CardView | None:
        """The card that the cursor is on."""
        hand = self._view.hand if self._view else ()
        return next((card for card in hand if card.id == self.hand.selected), None)

    @on(HandPane.CardHighlighted)
    def show_preview(self) -> None:
        """Show what the card under the cursor would do."""
        view, card = self._view, self.card
        if view is None:
            return
        self.query_one("#decision").border_title = self._preview_title(view, card)
        self.preview.show(self._previewed(view, card), self.preview_view(view))

    def _preview_title(self, view: View, card: CardView | None) -> Content:
        if card is None:
            return line("Preview")
        number = view.hand.index(card) + 1
        return line(f"{number} {glyphs().dot} {card.title}")

    def _previewed(self, view: View, card: CardView | None) -> Preview | None:
        """The preview; for a card that can't be played, what is missing."""
        if card is None:
            return None
        move = card_move(view, card.id)
        if move is not None:
            return self._preview_of(move)
        sign = glyphs().cross
        missing = tuple(f"{sign} {term.text}" for term in card.terms if not term.met)
        missing = missing or (f"Not now. {view.prompt}",)
        move = Move("play", team=view.seat, item=card.id)
        asking = self._asking_of(card.id) if card.asks else NOTHING_ASKED
        return Preview(move, card.title, changes=(), notes=missing, asking=asking)

    @on(HandPane.CardChosen)
    def _choose(self) -> None:
        """Ask for the intent; a card that can't be played says why instead."""
        card, view = self.card, self._view
        if card is None or view is None:
            return
        if card_move(view, card.id) is None:
            self.post_message(self.Refused(card))
        else:
            self.intent.start()

    @on(Input.Submitted)
    def _play(self, submitted: Input.Submitted) -> None:
        submitted.stop()
        card, view = self.card, self._view
        move = card_move(view, card.id) if card and view else None
        if move is not None:
            self.post_message(self.PlayRequested(move, self.intent.text))

    def go_to_card(self, number: int) -> None:
        """Put the cursor on the card with this number."""
        hand = self._view.hand if self._view else ()
        if 1 <= number <= len(hand):
            self.hand.selected = hand[number - 1].id
            self.hand.focus()

    def played(self) -> None:
        """Back to the hand, with an empty line."""
        self.intent.clear_line()
        self.hand.focus()

    def back(self) -> bool:
        """From the line to the hand, keeping what was typed; whether it was there."""
        if not self.intent.typing:
            return False
        self.hand.focus()
        return True
