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
from tabletop.session.notebook import Pages, checked, game_of, read_lines
from tabletop.session.records import PROGRAM
from tabletop.session.strict_json import Json

FORMAT = 1
"""The version of these files that this program writes, and the newest it reads."""
MARK = ".notes-"
"""Stands between a save's name and the observer's in the name of a file."""
KINDS = ("note", "bookmark", "checkpoint")
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

    def __init__(self, path: Path, pages: Pages, notes: Notes) -> None:
        """Use `open`."""
        self.path = path
        self.notes = notes
        """What was in it when it was opened."""
        self._pages = pages

    @classmethod
    def open(cls, save: Path, author: str, start_digest: str) -> "Notebook":
        """The file of an observer for a save, made anew or gone on with.

        Raises UsageError for a name that can't be one or is another observer's, and
        JournalError when the file can't be written, or is open elsewhere.
        """
        path = path_of(save, author)
        pages = Pages.open(path, _header(author, start_digest))
        try:
            notes = read(path, start_digest)
            if notes.author != author:
                raise _taken(path, notes)
            return cls(path, pages, notes)
        except BaseException:
            pages.close()
            raise

    def write(self, observation: Observation) -> None:
        """Adds a line, and returns when it is on the disk. Raises StorageError."""
        self._pages.write(asdict(observation))

    def close(self) -> None:
        """Lets go of the file."""
        self._pages.close()


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
    authors: list[str] = []

    def first(value: Json) -> None:
        authors.append(_author(value, start_digest))

    found, problems = read_lines(path, _observation, first)
    return Notes("".join(authors), tuple(found), problems)


def _header(author: str, start_digest: str) -> dict[str, Json]:
    return {
        "program": PROGRAM, "notes": FORMAT, "author": author,
        "start_digest": start_digest,
    }  # fmt: skip


def _author(value: Json, start_digest: str) -> str:
    """The name in a header. Raises ValueError for what is none of this save's."""
    author = game_of(value, "notes", FORMAT, start_digest).get("author")
    if not isinstance(author, str):
        raise ValueError("these are no notes")
    return author


_SHAPES: Mapping[str, type] = {
    each.name: {"move": int, "teams": list}.get(each.name, str)
    for each in fields(Observation)
}


def _observation(value: Json) -> Observation:
    """A line of a file. Raises ValueError with what is wrong with it."""
    values: dict[str, Any] = checked(value, _SHAPES)
    if values["kind"] not in KINDS:
        raise ValueError(f"has a `kind` that is not {' or '.join(KINDS)}")
    if not all(isinstance(team, str) for team in values["teams"]):
        raise ValueError("has `teams` that are no texts")
    return Observation(**values)


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
