"""What a save holds, read and checked line by line, as far as it is whole.

Reading never writes. It ends in lines, or in a `JournalError` when the file is no save
that can be used at all; whatever else is wrong is kept as `torn` or `damage`.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tabletop.errors import DamagedError, JournalError, NewerFormatError
from tabletop.session.records import (
    FORMAT,
    PROGRAM,
    BadRecordError,
    Header,
    Line,
    decode_header,
    decode_line,
)
from tabletop.session.strict_json import NotJsonError, parse_bytes

MAX_LINE = 4 << 20
"""Bytes in a line, without its newline."""
MAX_HEADER = 16 << 20
"""Bytes in line 1, which holds the whole deck."""
MAX_FILE = 32 << 20
"""Bytes in a save: some 150,000 moves, which take five times as much memory."""

_BEGINNING = b'{"format":'
_NO_SAVE_HINT = f"Saves are made by `{PROGRAM} play`; their names end in .jsonl."
_DAMAGED_HINT = "Use a copy of it, if there is one."


@dataclass(frozen=True, slots=True)
class Damage:
    """The first line of a save that can't be used, and what is wrong with it."""

    path: Path
    line: int
    """Counts from 1, which is the header."""
    column: int
    """Counts from 1, in characters."""
    found: str

    def __str__(self) -> str:
        """All of it in one line."""
        return f"{self.path}:{self.line}:{self.column}: this line {self.found}"


class Contents:
    """The header and the lines of a save, as far as they have been read."""

    def __init__(self, path: Path, header: Header, header_length: int) -> None:
        self.path = path
        self.header = header
        self.torn = b""
        """An unfinished last line: one that was never acknowledged."""
        self.damage: Damage | None = None
        self._header_length = header_length
        # A line and where it ends go in with one step, so that no interrupt can come
        # between them.
        self._entries: list[tuple[Line, int]] = []

    @classmethod
    def read(cls, path: Path) -> "Contents":
        """All that a file holds.

        Raises `JournalError` when it is no save, and `DamagedError` or
        `NewerFormatError` when its first line can't be used.
        """
        with reading(path) as file:
            raw = file.readline(MAX_HEADER + 2)
            contents = cls(path, _header(path, raw), len(raw))
            contents.read_on(file)
        return contents

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every whole line after the header."""
        return tuple(line for line, _ in self._entries)

    @property
    def length(self) -> int:
        """How many bytes of the file they and the header take."""
        return self._entries[-1][1] if self._entries else self._header_length

    def head(self) -> int:
        """The current move: the last one made, or the one a head line went to."""
        for line, _ in reversed(self._entries):
            if line.kind in ("move", "head"):
                return line.number if line.kind == "move" else line.parent
        return 0

    def problem(self, line: Line) -> tuple[str, str]:
        """What keeps a line from being the next one: the key, and what is wrong."""
        due = len(self._entries) + 1
        if line.number != due:
            return "number", f"has the number {line.number}, where {due} was due"
        if not 0 <= line.parent < due or not self._is_move(line.parent):
            return "parent", f"follows {line.parent}, which is no earlier move"
        return "", ""

    def add(self, line: Line, size: int) -> None:
        """Takes in the next line, which has so many bytes."""
        self._entries.append((line, self.length + size))

    def read_on(self, file: IO[bytes]) -> tuple[Line, ...]:
        """The whole lines behind those that were read before."""
        before = len(self._entries)
        self.torn = b""
        file.seek(self.length)
        while self.damage is None and (raw := file.readline(MAX_LINE + 2)):
            if not self._take(raw, file):
                break
        return tuple(line for line, _ in self._entries[before:])

    def still_in(self, file: IO[bytes]) -> bool:
        """Whether the file still holds the last line that was read from it."""
        if not self._entries:
            file.seek(0)
            return _decoded(file.read(self.length), decode_header) == self.header
        line, end = self._entries[-1]
        start = self._entries[-2][1] if len(self._entries) > 1 else self._header_length
        file.seek(start)
        return _decoded(file.read(end - start), decode_line) == line

    def _is_move(self, number: int) -> bool:
        return number == 0 or self._entries[number - 1][0].kind == "move"

    def _take(self, raw: bytes, file: IO[bytes]) -> bool:
        """Takes in the next line's bytes; False when they are no line of this save."""
        if len(raw.removesuffix(b"\n")) > MAX_LINE:
            self._damaged(1, f"is longer than {MAX_LINE >> 20} MB")
        elif not raw.endswith(b"\n"):
            self.torn = raw
        else:
            return self._take_whole(raw, file)
        return False

    def _take_whole(self, raw: bytes, file: IO[bytes]) -> bool:
        try:
            line = decode_line(raw)
        except NotJsonError as error:
            if file.read(1):
                self._damaged(error.column, error.found)
            else:
                self.torn = raw
            return False
        except BadRecordError as error:
            self._damaged(error.column, error.found)
            return False
        key, found = self.problem(line)
        if key:
            self._damaged(raw.decode("utf-8").find(f'"{key}"') + 1, found)
            return False
        self.add(line, len(raw))
        return True

    def _damaged(self, column: int, found: str) -> None:
        self.damage = Damage(self.path, len(self._entries) + 2, column, found)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[IO[bytes]]:
    """An ordinary file of bearable size, open for reading.

    Raises `JournalError` for whatever else there is, or is not, at that path.
    """
    try:
        _require_ordinary(path, path.stat())
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        hint = "Look for its name in your saves folder."
        raise JournalError(f"there is no save {path}", hint) from error
    except OSError as error:
        hint = "Look at its path and at who may read it."
        reason = error.strerror or error
        raise JournalError(f"{path} can't be read: {reason}", hint) from error


def _require_ordinary(path: Path, found: os.stat_result) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise JournalError(f"{path} is a folder, not a save", _NO_SAVE_HINT)
    if not stat.S_ISREG(found.st_mode):
        raise JournalError(f"{path} is not an ordinary file", _NO_SAVE_HINT)
    if found.st_size > MAX_FILE:
        limit = f"more than {MAX_FILE >> 20} MB"
        raise JournalError(f"{path} is too large for a save: {limit}", _NO_SAVE_HINT)


def _header(path: Path, raw: bytes) -> Header:
    """The header in a file's first line."""
    if not raw:
        raise JournalError(f"{path} is empty", _NO_SAVE_HINT)
    if not raw.endswith(b"\n") and _begins_like_ours(raw):
        found = "is cut off" if len(raw) <= MAX_HEADER else "is longer than any header"
        raise DamagedError(str(Damage(path, 1, 1, found)), _DAMAGED_HINT)
    try:
        value = parse_bytes(raw)
    except NotJsonError as error:
        if _begins_like_ours(raw):
            raise _damaged_header(path, error) from None
        raise JournalError(f"{path} is not a save: {error.found}", _NO_SAVE_HINT) from (
            None
        )
    _require_ours(path, value)
    try:
        return decode_header(raw)
    except BadRecordError as error:
        raise _damaged_header(path, error) from None


def _begins_like_ours(raw: bytes) -> bool:
    return raw.startswith(_BEGINNING) or _BEGINNING.startswith(raw)


def _damaged_header(path: Path, error: NotJsonError | BadRecordError) -> DamagedError:
    damage = Damage(path, 1, error.column, error.found)
    return DamagedError(str(damage), _DAMAGED_HINT)


def _require_ours(path: Path, value: Any) -> None:
    """Refuses another program's file, and a format that came after this program."""
    if not isinstance(value, dict) or not {"format", "program"} <= value.keys():
        raise JournalError(f"{path} is not a save of {PROGRAM}", _NO_SAVE_HINT)
    if value["program"] != PROGRAM:
        name = str(value["program"])[:40]
        found = f"{path} was written by another program, {name!r}"
        raise JournalError(found, _NO_SAVE_HINT)
    number = value["format"]
    if isinstance(number, int) and number > FORMAT:
        version = str(value.get("program_version", "a newer version"))[:40]
        raise NewerFormatError(
            f"{path} has save format {number}; this version reads up to {FORMAT}",
            f"Install {PROGRAM} {version} or newer.",
        )
    if not isinstance(number, int) or number < 1:
        damage = Damage(path, 1, 1, "has no `format` that this program knows")
        raise DamagedError(str(damage), _DAMAGED_HINT)


def _decoded(raw: bytes, decode: Any) -> Header | Line | None:
    try:
        record: Header | Line = decode(raw)
    except (NotJsonError, BadRecordError):
        return None
    return record
