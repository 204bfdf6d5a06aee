"""Which files are decks, by what names they are asked for, and what they include.

Nothing is checked here, and no more is read of a file than stands before its tables.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tabletop.deck.shelves import MAIN, Unreadable, read_bytes

TESTS = ".test.toml"
"""How the names of files of deck tests end, which are no decks."""
_TABLE = re.compile(r"(?m)^\[")
_WHOLE = tuple(
    re.compile(rf"^[ \t]*{key}[ \t]*=", re.MULTILINE) for key in ("format", "id")
)
"""What every main file has, and no included one."""
_ID = re.compile(
    r"^[ \t]*id[ \t]*=[ \t]*[\"']([a-z][a-z0-9-]{0,39})[\"']", re.MULTILINE
)


def entries(folder: Path) -> dict[str, Path]:
    """The decks in a folder, each by the name by which it is asked for.

    That name is a file's without its ending, a folder's own, and the id of a variant. A
    folder that is a deck holds that deck and its variants. Nothing where there is no
    folder.
    """
    if (folder / MAIN).is_file():
        return {folder.name: folder} | dict(_named(folder, {folder.name}))
    try:
        paths = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError:
        return {}
    found: dict[str, Path] = {}
    alone = [path for path in paths if _is_alone(path)]
    parts = {name for path in alone for name in included(path)}
    for path in paths:
        if (path / MAIN).is_file():
            found.setdefault(path.name, path)
        elif path in alone and path.name not in parts:
            found.setdefault(path.stem, path)
    for path in paths:
        if (path / MAIN).is_file():
            found |= dict(_named(path, set(found)))
    return found


def variants(folder: Path) -> list[Path]:
    """The other main files in a deck's folder, by name: whole decks by themselves."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return []
    return [
        path for path in paths
        if path.name != MAIN and not path.name.startswith(".") and _is_alone(path)
        and all(key.search(_head(path)) for key in _WHOLE)
    ]  # fmt: skip


def included(path: Path) -> tuple[str, ...]:
    """The files that a deck's main file includes, as it names them."""
    try:
        names = tomllib.loads(_head(path)).get("include")
    except (ValueError, RecursionError):
        return ()
    known = names if isinstance(names, list) else []
    return tuple(name for name in known if isinstance(name, str) and "\0" not in name)


def files_of(path: Path) -> list[Path]:
    """A deck's main file and those that it includes; they need not be there."""
    return [path, *(path.parent / name for name in included(path))]


def _named(folder: Path, taken: set[str]) -> Iterator[tuple[str, Path]]:
    """The variants in a folder by their ids; of equal ids the first."""
    for path in variants(folder):
        id_ = _ID.search(_head(path))
        name = id_[1] if id_ else f"{folder.name}-{path.stem}"
        if name not in taken:
            taken.add(name)
            yield name, path


def _is_alone(path: Path) -> bool:
    """Whether a path may be that of a deck in one file."""
    return path.suffix == ".toml" and not path.name.endswith(TESTS) and path.is_file()


def _head(path: Path) -> str:
    """What stands before a file's first table; nothing when it can't be read."""
    try:
        text = read_bytes(path).decode("utf-8", "replace")
    except Unreadable:
        return ""
    return _TABLE.split(text, maxsplit=1)[0]
