"""Where decks, saves and compiled code are kept. Reads no file's content."""

import os
import stat
import tempfile
from datetime import datetime
from pathlib import Path

import platformdirs

COPY = ".what-if"
"""Stands before a save's ending in the name of the copy that takes its other lines."""
_NAME = "tabletop"
_PACKAGE = Path(__file__).resolve().parent


def deck_folders() -> tuple[Path, ...]:
    """The folders that exist of those that hold decks; earlier ones come first.

    They are `decks` in the current folder, the checkout's own, and the copy inside an
    installed package.
    """
    folders = {
        folder.resolve(): folder
        for folder in reversed((Path("decks"), *_shipped()))
        if folder.is_dir()
    }
    return tuple(reversed(folders.values()))


def saves_folder() -> Path:
    """`saves` in the current folder where there is one, else the user's own."""
    here = Path("saves")
    return here if here.is_dir() else _user_folder("data") / "saves"


def is_copy(path: Path) -> bool:
    """Whether a file is named like the copy that takes the other lines of a save.

    >>> is_copy(Path("a.what-if.jsonl")), is_copy(Path("a.what-if-2.jsonl"))
    (True, True)
    >>> is_copy(Path("what-if.jsonl"))
    False
    """
    name, _, last = path.stem.rpartition(".")
    number = last.removeprefix(COPY[1:])
    return bool(name) and last != number and (not number or number[1:].isdecimal())


def saves() -> tuple[Path, ...]:
    """The saves in that folder, the one that was last changed first; no copies."""
    found = [
        (path.stat().st_mtime_ns, path)
        for path in saves_folder().glob("*.jsonl")
        if path.is_file() and not is_copy(path)
    ]
    return tuple(path for _, path in sorted(found, reverse=True))


def new_save(deck_id: str, now: datetime | None = None) -> Path:
    """A free name for a new game's save, in a folder that exists if that can be.

    Like `tutorial-20260301-1405.jsonl`; the next ones of that minute end in -2, -3 ...
    """
    folder = saves_folder()
    _make(folder)
    moment = now or datetime.now().astimezone()
    stem = f"{deck_id}-{moment:%Y%m%d-%H%M}"
    path, number = folder / f"{stem}.jsonl", 1
    while os.path.lexists(path):
        number += 1
        path = folder / f"{stem}-{number}.jsonl"
    return path


def remember(what: str) -> bool:
    """Keep in mind for this user that something was done; whether it is the first time.

    Where nothing can be kept it is never the first time: better never than always.
    """
    folder = _user_folder("data") / "seen"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / what).open("x").close()
    except OSError:
        return False
    return True


def cache_folder() -> Path:
    """Where compiled code is kept: only the user may write there, who will run it."""
    folder = _user_folder("cache")
    if _make(folder) and os.access(folder, os.W_OK):
        return folder
    return _private_temporary_folder()


def _shipped() -> tuple[Path, ...]:
    """Where this program's own decks are, in a checkout and in an installed package."""
    checkout = _PACKAGE.parent
    # Beside an installed package, a folder `decks` would be somebody else's.
    beside = (checkout / "decks",) if (checkout / "pyproject.toml").is_file() else ()
    return (*beside, _PACKAGE / "shipped" / "decks")


def _user_folder(kind: str) -> Path:
    if kind == "data":
        return platformdirs.user_data_path(_NAME, appauthor=False)
    return platformdirs.user_cache_path(_NAME, appauthor=False)


def _make(folder: Path) -> bool:
    """Whether the folder is there, made if it can be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return True


def _private_temporary_folder() -> Path:
    """A folder for temporary files that nobody else can have put something in."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"{_NAME}-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        if _is_private(folder, user):
            return folder
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix=f"{_NAME}-"))


def _is_private(folder: Path, user: int) -> bool:
    if os.name != "posix":  # there every user has temporary folders of their own
        return True
    found = folder.lstat()
    mine = stat.S_ISDIR(found.st_mode) and found.st_uid == user
    return mine and not found.st_mode & 0o077
