"""Decks as whoever tests them names them: by an object, a path, or a shipped name."""

from pathlib import Path

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load
from tabletop.deck.named import locate

Named = Deck | Path | str
"""A deck, its file or folder, or the name of a shipped one such as 'tutorial'."""


def opened(deck: Named) -> Deck:
    """The deck. Raises UsageError when there is none, DeckError for one with errors."""
    return deck if isinstance(deck, Deck) else load(locate(deck))
