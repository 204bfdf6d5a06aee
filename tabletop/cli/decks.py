"""The decks that commands name."""

from typing import TYPE_CHECKING

from tabletop.deck.named import locate as locate

if TYPE_CHECKING:
    from tabletop.deck.deck import Deck


def load(name: str) -> "Deck":
    """The deck of that path or name, checked."""
    from tabletop.deck.loader import load as load_deck

    return load_deck(locate(name))
