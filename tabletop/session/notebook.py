"""A file of JSON Lines that somebody writes beside a save: it only grows.

Its first line says what it is and which game it is about. Each line is on the disk,
whole, before it is acknowledged; a line that can't be used is named and left.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from tabletop.session import storage
from tabletop.session.lock import Lock
from tabletop.session.records import PROGRAM
from tabletop.session.strict_json import Json, NotJsonError, dump, parse_bytes

MAX_FILE = 8 << 20
"""Bytes of a file that are read: some 40,000 lines."""
Item = TypeVar("Item")


class Pages:
    """A file that is open for writing: whoever holds its lock."""

    def __init__(self, path: Path, lock: Lock) -> None:
        """Use `open`."""
        self._path = path
        self._lock = lock
        self._length = path.stat().st_size
        self._file = storage.AppendFile(path)

    @classmethod
    def open(cls, path: Path, header: Mapping[str, Json]) -> "Pages":
        """The file, made with this first line when there is none.

        Raises LockedError while it is open elsewhere, StorageError when it can't be
        made or written.
        """
        lock = Lock.take(path)
        try:
            if not path.exists():
                storage.create(path, encoded(header))
            return cls(path, lock)
        except BaseException:
            lock.release()
            raise

    def write(self, table: Mapping[str, Json]) -> None:
        """Adds a line, and returns when it is on the disk. Raises StorageError."""
        # What a killed program left unfinished is kept, on a line of its own.
        torn = self._length and not _ends_line(self._path, self._length)
        raw = (b"\n" if torn else b"") + encoded(table)
        self._file.append(self._length, raw)
        self._length += len(raw)

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()
        self._lock.release()


def encoded(table: Mapping[str, Json]) -> bytes:
    """A line of such a file; half of a character, which no text may have, is `?`."""
    return dump(table).encode("utf-8", "replace") + b"\n"


def read_lines(
    path: Path, take: Callable[[Json], Item], header: Callable[[Json], None]
) -> tuple[list[Item], tuple[str, ...]]:
    """What each line holds, and what of the file can't be used; never raises for that.

    `take` and `header` raise ValueError with what is wrong with a line.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except OSError as error:
        return [], (f"{path} can't be read: {error.strerror or error}",)
    if len(raw) > MAX_FILE:
        return [], (f"{path} has more than {MAX_FILE >> 20} MB",)
    first, *rest = raw.split(b"\n")
    try:
        header(parse_bytes(first))
    except (NotJsonError, ValueError) as error:
        return [], (f"{path}:1: {error}",)
    return _taken(path, rest, take)


def _taken(
    path: Path, lines: list[bytes], take: Callable[[Json], Item]
) -> tuple[list[Item], tuple[str, ...]]:
    found: list[Item] = []
    problems: list[str] = []
    for number, line in enumerate(lines, start=2):
        if not line:
            continue
        try:
            found.append(take(parse_bytes(line)))
        except NotJsonError as error:
            problems.append(f"{path}:{number}:{error.column}: this line {error.found}")
        except ValueError as error:
            problems.append(f"{path}:{number}: this line {error}")
    return found, tuple(problems)


def game_of(value: Json, key: str, newest: int, start_digest: str) -> dict[str, Json]:
    """A first line whose `key` names its format. Raises ValueError for another one."""
    if not isinstance(value, dict) or value.get("program") != PROGRAM:
        raise ValueError(f"these are no {key}")
    version = value.get(key)
    if not isinstance(version, int):
        raise ValueError(f"these are no {key}")
    if version > newest:
        raise ValueError(f"these {key} have format {version}: install a newer version")
    if value.get("start_digest") != start_digest:
        raise ValueError(f"these {key} are about another game")
    return value


def checked(value: Json, shapes: Mapping[str, type]) -> dict[str, Json]:
    """A line with just these keys. Raises ValueError with what is wrong with it."""
    if not isinstance(value, dict):
        raise ValueError("is no object")
    for key, shape in shapes.items():
        if key not in value:
            raise ValueError(f"has no `{key}`")
        if type(value[key]) is not shape:
            raise ValueError(f"has a `{key}` of the wrong type")
    if unknown := [key for key in value if key not in shapes]:
        raise ValueError(f"has an unknown key `{unknown[0][:40]}`")
    return value


def _ends_line(path: Path, length: int) -> bool:
    with path.open("rb") as file:
        file.seek(length - 1)
        return file.read(1) == b"\n"
