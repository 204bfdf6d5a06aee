"""Finds a deck by its path, or by the name of a shipped one."""

import difflib
from pathlib import Path

from tabletop.errors import UsageError


def locate(name: Path | str) -> Path:
    """The file or folder of a deck, given as a path or as a name.

    A path that exists wins over a name. Raises UsageError when there is neither.
    """
    path = Path(name)
    if path.exists():
        return path
    found = _by_name()
    if str(name) in found:
        return found[str(name)]
    near = difflib.get_close_matches(str(name), found, n=1)
    guess = f"Did you mean '{near[0]}'? " if near else ""
    raise UsageError(
        f"there is no deck '{name}'",
        f"{guess}Give a .toml file, a folder with a deck.toml, or the name of a shipped"
        f" deck: {', '.join(found) or 'none found'}.",
    )


def _by_name() -> dict[str, Path]:
    # Every command imports this module, few get here.
    from tabletop import paths
    from tabletop.deck.mains import entries

    found: dict[str, Path] = {}
    for folder in paths.deck_folders():
        for name, path in entries(folder).items():
            found.setdefault(name, path)
    return found
