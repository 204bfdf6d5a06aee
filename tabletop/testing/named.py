"""Decks as whoever tests them names them: by an object, a path, or a shipped name."""

from pathlib import Path

from tabletop import paths
from tabletop.deck.deck import Deck
from tabletop.deck.loader import load
from tabletop.errors import UsageError

Named = Deck | Path | str
"""A deck, its file or folder, or the name of a shipped one such as 'tutorial'."""


def opened(deck: Named) -> Deck:
    """The deck. Raises UsageError when there is none, DeckError for one with errors."""
    return deck if isinstance(deck, Deck) else load(located(deck))


def located(name: Path | str) -> Path:
    """The file or folder of a deck; a path that exists wins over a name."""
    if Path(name).exists():
        return Path(name)
    for folder in paths.deck_folders():
        for path in (folder / f"{name}.toml", folder / name / "deck.toml"):
            if path.is_file():
                return path
    raise UsageError(
        f"there is no deck '{name}'",
        "Give a .toml file, a folder with a deck.toml, or the name of a shipped deck.",
    )
