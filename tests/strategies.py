"""Decks made by chance, under the names that older tests know."""

from tabletop.testing.making import large, numbered
from tabletop.testing.strategies import deck_texts as decks

__all__ = ["decks", "large", "numbered"]
