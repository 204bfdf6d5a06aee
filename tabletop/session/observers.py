"""What observers write from their own terminals: a file for each, beside a save.

The save has one writer, who plays. An observer's file only grows; each of its lines is
on the disk, whole, before it is acknowledged. Whoever opens the save reads them all.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from tabletop.errors import JournalError, UsageError
from tabletop.session import storage
from tabletop.session.lock import Lock
from tabletop.session.records import PROGRAM
from tabletop.session.strict_json import Json, NotJsonError, dump, parse_bytes

FORMAT = 1
"""The version of these files that this program writes, and the newest it reads."""
MARK = ".notes-"
"""Stands between a save's name and the observer's in the name of a file."""
KINDS = ("note", "bookmark", "checkpoint")
MAX_FILE = 8 << 20
"""Bytes of a file that are read: some 40,000 notes."""
_PLAIN = re.compile(r"[^\w-]+")
_TEMPORARY = (".lock", ".new")


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One line of an observer's file."""

    at: str
    """When: ISO 8601, UTC."""
    move: int
    """The number of the move after which it was written."""
    kind: str = "note"
    text: str = ""
    teams: list[str] = field(default_factory=list)
    objective: str = ""
    checkpoint: str = ""
    result: str = ""


@dataclass(frozen=True)
class Notes:
    """What a file holds, and what of it can't be read."""

    author: str = ""
    observations: tuple[Observation, ...] = ()
    problems: tuple[str, ...] = ()


class Notebook:
    """An observer's file, open for writing."""

    def __init__(self, path: Path, lock: Lock, notes: Notes) -> None:
        """Use `open`."""
        self.path = path
        self.notes = notes
        """What was in it when it was opened."""
        self._lock = lock
        self._length = path.stat().st_size
        self._file = storage.AppendFile(path)

    @classmethod
    def open(cls, save: Path, author: str, start_digest: str) -> "Notebook":
        """The file of an observer for a save, made anew or gone on with.

        Raises UsageError for a name that can't be one or is another observer's, and
        JournalError when the file can't be written, or is open elsewhere.
        """
        path = path_of(save, author)
        lock = Lock.take(path)
        try:
            if not path.exists():
                storage.create(path, _line(_header(author, start_digest)))
            notes = read(path, start_digest)
            if notes.author != author:
                raise _taken(path, notes)
            return cls(path, lock, notes)
        except BaseException:
            lock.release()
            raise

    def write(self, observation: Observation) -> None:
        """Adds a line, and returns when it is on the disk. Raises StorageError."""
        # What a killed program left unfinished is kept, on a line of its own.
        torn = self._length and not _ends_line(self.path, self._length)
        raw = (b"\n" if torn else b"") + _line(asdict(observation))
        self._file.append(self._length, raw)
        self._length += len(raw)

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()
        self._lock.release()


def path_of(save: Path, author: str) -> Path:
    """Where an observer's notes on a save stand. Raises UsageError."""
    name = _PLAIN.sub("-", author.lower()).strip("-_")[:40]
    if not name:
        raise UsageError(
            f"'{author}' can't be the name of an observer", "It needs a letter."
        )
    return save.with_name(f"{save.name}{MARK}{name}")


def paths(save: Path) -> list[Path]:
    """Every file of notes beside a save, by name."""
    start = f"{save.name}{MARK}"
    try:
        found = [p for p in save.parent.iterdir() if p.name.startswith(start)]
    except OSError:
        return []
    return sorted(p for p in found if p.suffix not in _TEMPORARY)


def read(path: Path, start_digest: str) -> Notes:
    """What a file holds for the save of this digest; never raises for what it holds."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except OSError as error:
        return Notes(problems=(f"{path} can't be read: {error.strerror or error}",))
    if len(raw) > MAX_FILE:
        return Notes(problems=(f"{path} has more than {MAX_FILE >> 20} MB",))
    first, *rest = raw.split(b"\n")
    try:
        author = _author(parse_bytes(first), start_digest)
    except (NotJsonError, ValueError) as error:
        return Notes(problems=(f"{path}:1: {error}",))
    return _notes(path, author, rest)


def _notes(path: Path, author: str, lines: list[bytes]) -> Notes:
    found: list[Observation] = []
    problems: list[str] = []
    for number, raw in enumerate(lines, start=2):
        if not raw:
            continue
        try:
            found.append(_observation(parse_bytes(raw)))
        except NotJsonError as error:
            column = error.column
            problems.append(f"{path}:{number}:{column}: this line {error.found}")
        except ValueError as error:
            problems.append(f"{path}:{number}: this line {error}")
    return Notes(author, tuple(found), tuple(problems))


def _header(author: str, start_digest: str) -> dict[str, Json]:
    return {
        "program": PROGRAM, "notes": FORMAT, "author": author,
        "start_digest": start_digest,
    }  # fmt: skip


def _author(value: Json, start_digest: str) -> str:
    """The name in a header. Raises ValueError for what is none of this save's."""
    if not isinstance(value, dict) or value.get("program") != PROGRAM:
        raise ValueError("these are no notes")
    version, author = value.get("notes"), value.get("author")
    if not isinstance(version, int) or not isinstance(author, str):
        raise ValueError("these are no notes")
    if version > FORMAT:
        raise ValueError(f"these notes have format {version}: install a newer version")
    if value.get("start_digest") != start_digest:
        raise ValueError("these notes are about another game")
    return author


_SHAPES: Mapping[str, type] = {
    each.name: {"move": int, "teams": list}.get(each.name, str)
    for each in fields(Observation)
}


def _observation(value: Json) -> Observation:
    """A line of a file. Raises ValueError with what is wrong with it."""
    if not isinstance(value, dict):
        raise ValueError("is no object")
    for key, shape in _SHAPES.items():
        if key not in value:
            raise ValueError(f"has no `{key}`")
        if type(value[key]) is not shape:
            raise ValueError(f"has a `{key}` of the wrong type")
    if unknown := [key for key in value if key not in _SHAPES]:
        raise ValueError(f"has an unknown key `{unknown[0][:40]}`")
    values: dict[str, Any] = value
    if values["kind"] not in KINDS:
        raise ValueError(f"has a `kind` that is not {' or '.join(KINDS)}")
    if not all(isinstance(team, str) for team in values["teams"]):
        raise ValueError("has `teams` that are no texts")
    return Observation(**values)


def _line(table: Mapping[str, Json]) -> bytes:
    return dump(table).encode("utf-8") + b"\n"


def _ends_line(path: Path, length: int) -> bool:
    with path.open("rb") as file:
        file.seek(length - 1)
        return file.read(1) == b"\n"


def _taken(path: Path, notes: Notes) -> JournalError | UsageError:
    if notes.problems:
        return JournalError(notes.problems[0], "Give another --name, or move the file.")
    return UsageError(
        f"{path} holds the notes of '{notes.author}'", "Give another --name."
    )


class Shelf:
    """All notes beside one save, read again when a file has changed."""

    def __init__(self, save: Path, start_digest: str) -> None:
        """Reads nothing yet."""
        self._save = save
        self._digest = start_digest
        self._known: dict[Path, tuple[int, int]] = {}
        self._told: dict[Path, int] = {}
        self.problems: dict[Path, tuple[str, ...]] = {}

    def news(self) -> Iterator[tuple[str, Observation]]:
        """What observers have written since this was asked last, with their names."""
        for path in paths(self._save):
            stamp = _stamp(path)
            if stamp is None or self._known.get(path) == stamp:
                continue
            self._known[path] = stamp
            notes = read(path, self._digest)
            self.problems[path] = notes.problems
            before = self._told.get(path, 0)
            self._told[path] = max(before, len(notes.observations))
            for observation in notes.observations[before:]:
                yield notes.author, observation


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
