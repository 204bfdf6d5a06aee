"""The table while somebody edits the deck: its words change as they are saved."""

from typing import Protocol

from textual import on, work

from tabletop.session.editing import EditedDeck, Rewordable
from tabletop.session.game import Game
from tabletop.tui.attempt import attempt
from tabletop.tui.messages import DeckRead
from tabletop.tui.screens.play import PlayScreen

BEAT = 0.5
"""Seconds between two looks at the deck's files."""
LONG = 10.0
"""Seconds for which a refusal can be read."""


class EditedGame(Game, Rewordable, Protocol):
    """A game that can take in other words for its deck."""


class EditedPlayScreen(PlayScreen):
    """One game at one keyboard, and an editor beside it."""

    def __init__(self, game: EditedGame, edited: EditedDeck, *, pause: float) -> None:
        super().__init__(game, pause=pause)
        self.edited = edited
        self._reworded: Rewordable = game

    def on_mount(self) -> None:
        """Look at the deck's files from time to time."""
        super().on_mount()
        self.set_interval(BEAT, self.look_at_deck)

    def look_at_deck(self) -> None:
        """Read the deck anew when it was saved, beside the screen's own thread."""
        if not self.game.read_only and self.edited.changed():
            self._read_deck()

    @work(thread=True, exclusive=True, group="deck")
    def _read_deck(self) -> None:
        self.post_message(DeckRead(self.edited.read()))

    @on(DeckRead)
    def _take(self, read: DeckRead) -> None:
        """Show the new words at once, or say why they are not taken in."""
        news = attempt(self.app, lambda: self.edited.take(self._reworded, read.found))
        if news is None:
            return
        if news.taken:
            self.refresh_view()
            self.notify(news.text, markup=False)
        else:
            said = f"{news.text}\n{news.hint}".strip()
            self.notify(said, severity="warning", timeout=LONG, markup=False)
