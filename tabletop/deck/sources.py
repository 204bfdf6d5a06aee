"""The files of a deck, joined to one body of data that remembers which file said what.

No more files, bytes and values are taken than a deck may have.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from tabletop.deck.diagnostics import KeyPath, Place, Report, Spot
from tabletop.deck.shelves import BEGINNING, Shelf, Unreadable
from tabletop.deck.suggest import did_you_mean, quoted
from tabletop.deck.toml import parse
from tabletop.deck.wording import describe

MAX_FILES = 64
MAX_DECK_BYTES = 8 * 1024 * 1024
"""All files of a deck together."""
MAX_PARTS = 30_000
"""Keys and values of a deck, roughly: what it may ask of the machine's memory."""
TABLES = (
    "teams", "tracks", "flags", "cards", "injects", "rules", "endings", "facts",
    "exercise", "checkpoints",
)  # fmt: skip
"""The tables that may stand in any file of a deck, their entries in several."""
_MAIN_ONLY = (
    "include", "rounds", "format", "id", "title", "version", "summary", "lint",
)  # fmt: skip

_NO_NAME = re.compile(r"[\\:\x00-\x1f]|^/|(^|/)\.\.?(/|$)|^$|//|/$")
"""What the name of a file in the deck's folder does not have."""


@dataclass
class Sources:
    """The files of a deck, their joined data, and which file holds what."""

    main: str
    files: dict[str, str] = field(default_factory=dict)
    data: dict[str, Any] = field(default_factory=dict)
    owners: dict[KeyPath, str] = field(default_factory=dict)
    """The file of a table's entry, by its path, where it is not the main file."""
    complete: bool = True
    """Whether every file could be read and parsed."""
    size: int = 0
    """Characters of all files."""
    parts: int = 0
    """Keys and values of all files, roughly."""

    def grow(self, text: str) -> None:
        """Count another file; raises Unreadable when the deck becomes too large."""
        self.size += len(text)
        self.parts += sum(map(text.count, "=,["))
        if self.size > MAX_DECK_BYTES:
            message = f"the deck has more than {MAX_DECK_BYTES >> 20} MB"
            raise Unreadable("E005", message)
        if self.parts > MAX_PARTS:
            message = f"the deck has more than {MAX_PARTS:,} keys and values"
            raise Unreadable("E005", message)

    def file_of(self, spot: Spot) -> str:
        """The file that a place in the data is in."""
        if spot.file:
            return spot.file
        return self.owners.get(spot.path[:2], self.main)


def gather(shelf: Shelf, sources: Sources, report: Report) -> None:
    """Read a deck's main file and those that it includes, and join them."""
    main = sources.main
    data = _data(shelf, main, Place(main), sources, report)
    if data is None:
        return
    if not data:
        report.add("E009", "the file is empty", Place(main), hint=BEGINNING)
    sources.data = data
    seen = {shelf.same(main): main}
    for index, name in enumerate(_includes(sources, report)):
        spot = Spot(("include", index), file=main)
        if _fresh(shelf, name, spot, seen, report):
            _include(shelf, name, spot, sources, report)
        else:
            sources.complete = False


def _data(
    shelf: Shelf, name: str, spot: Spot | Place, sources: Sources, report: Report
) -> dict[str, Any] | None:
    """The values of a file; None, and an incomplete deck, when it has none."""
    data = None
    try:
        text = shelf.read(name)
        sources.grow(text)
    except Unreadable as problem:
        report.add(problem.code, problem.message, spot, hint=problem.hint)
    else:
        sources.files[name] = text
        data = parse(name, text, report)
    sources.complete &= data is not None
    return data


def _includes(sources: Sources, report: Report) -> list[str]:
    """The names of the files to include."""
    names = sources.data.get("include", [])
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        sources.complete = False
        return []  # the fields' own check reports the wrong type
    if len(names) >= MAX_FILES:
        message = f"{len(names)} files are included; a deck may have {MAX_FILES} files"
        report.add("E005", message, Spot(("include",)))
        return names[: MAX_FILES - 1]
    return names


def _fresh(
    shelf: Shelf, name: str, spot: Spot, seen: dict[str, str], report: Report
) -> bool:
    """Whether an included file is inside the folder and was not read before."""
    if _NO_NAME.search(name):
        message = f"{quoted(name)} is not the name of a file in the deck's folder"
        hint = "write it like `cards.toml` or `cards/kyiv.toml`"
        report.add("E006", message, spot, hint=hint)
        return False
    try:
        same = shelf.same(name)
    except Unreadable as problem:
        report.add(problem.code, problem.message, spot, hint=problem.hint)
        return False
    if same in seen:
        first = seen[same] == next(iter(seen.values()))
        said = "would include itself" if first else "is included twice"
        report.add("E007", f"{quoted(name)} {said}", spot)
        return False
    seen[same] = name
    return True


def _include(
    shelf: Shelf, name: str, spot: Spot, sources: Sources, report: Report
) -> None:
    data = _data(shelf, name, spot, sources, report)
    for key, value in (data or {}).items():
        if key in TABLES and isinstance(value, dict):
            _join(key, value, name, sources, report)
        elif key in TABLES:
            message = f"`{key}` must be a table, not {describe(value)}"
            report.add("E015", message, Spot((key,), file=name))
            sources.complete = False
        else:
            _misplaced(key, name, sources, report)


def _join(
    table: str, entries: dict[str, Any], name: str, sources: Sources, report: Report
) -> None:
    """Add a file's entries to a table of the deck."""
    joined = sources.data.setdefault(table, {})
    if not isinstance(joined, dict):
        return
    for key, value in entries.items():
        path = (table, key)
        if key in joined:
            first = Spot(path, part="key", file=sources.file_of(Spot(path)))
            report.add(
                "E012",
                f"{quoted(key)} is defined twice in [{table}]",
                Spot(path, part="key", file=name),
                related=[(first, "first defined here")],
            )
        else:
            joined[key] = value
            sources.owners[path] = name


def _misplaced(key: str, name: str, sources: Sources, report: Report) -> None:
    spot = Spot((key,), part="key", file=name)
    if key in _MAIN_ONLY:
        report.add("E008", f"`{key}` belongs in `{sources.main}`", spot)
    else:
        message = f"unknown key {quoted(key)}"
        hint = f"a part of a deck holds only [{'.*], ['.join(TABLES)}.*]"
        report.add("E010", message, spot, did_you_mean(key, TABLES), hint=hint)
