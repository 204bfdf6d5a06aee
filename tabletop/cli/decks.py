"""Finds the deck that a command names: by its path, or by the name of a shipped one."""

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.deck.deck import Deck


def load(name: str) -> "Deck":
    """The deck of that path or name, checked."""
    from tabletop.deck.loader import load as load_deck

    return load_deck(locate(name))


def locate(name: str) -> Path:
    """The file or folder of a deck, given as a path or as a name.

    A path that exists wins over a name.
    """
    path = Path(name)
    if path.exists():
        return path
    found = _by_name()
    if name in found:
        return found[name]
    near = difflib.get_close_matches(name, found, n=1)
    guess = f"Did you mean '{near[0]}'? " if near else ""
    raise UsageError(
        f"there is no deck '{name}'",
        f"{guess}Give a .toml file, a folder with a deck.toml, or the name of a shipped"
        f" deck: {', '.join(found) or 'none found'}.",
    )


def _by_name() -> dict[str, Path]:
    from tabletop import paths

    found: dict[str, Path] = {}
    for folder in paths.deck_folders():
        for entry in sorted(folder.iterdir()):
            if (entry / "deck.toml").is_file():
                found.setdefault(entry.name, entry)
            elif entry.suffix == ".toml" and not entry.name.endswith(".test.toml"):
                found.setdefault(entry.stem, entry)
    return found
