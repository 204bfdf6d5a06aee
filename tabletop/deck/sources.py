"""The files of a deck: reading them from a folder or from a save, and joining them.

Only regular files inside the deck's own folder are read, none of them larger than
decks may be, and never more of them than a deck may have.
"""

import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from tabletop.deck.diagnostics import KeyPath, Place, Report, Spot
from tabletop.deck.suggest import did_you_mean, quoted
from tabletop.deck.toml import parse
from tabletop.deck.wording import describe

MAIN = "deck.toml"
"""The main file of a deck that is a folder."""
MAX_BYTES = 4 * 1024 * 1024
MAX_FILES = 64
MAX_DECK_BYTES = 8 * 1024 * 1024
"""All files of a deck together."""
MAX_PARTS = 30_000
"""Keys and values of a deck, roughly: what it may ask of the machine's memory."""
TABLES = ("teams", "tracks", "flags", "cards", "injects", "rules", "endings")
"""The tables keyed by id, which may stand in any file of a deck."""

_BEGINNING = "a deck begins with `format = 1`, `id` and `title`"
_NO_NAME = re.compile(r"[\\:\x00-\x1f]|^/|(^|/)\.\.?(/|$)|^$|//|/$")
"""What the name of a file in the deck's folder does not have."""


class Unreadable(Exception):
    """A file that cannot be had: code, message and help."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


class Shelf(Protocol):
    """Where the files of a deck come from."""

    def read(self, name: str) -> str:
        """The text of a file; raises Unreadable."""

    def same(self, name: str) -> str:
        """What is equal for two names of the same file."""


class Folder:
    """The files of a deck's folder."""

    def __init__(self, root: Path, named: str = "") -> None:
        self._root = root
        self._named = named
        """The file that a person named, which may be a link to another folder."""

    def read(self, name: str) -> str:
        """The text of a file inside the folder; raises Unreadable."""
        if name == MAIN and not (self._root / MAIN).exists() and self._root.is_dir():
            hint = "a deck is a .toml file, or a folder with a `deck.toml`"
            raise Unreadable("E004", f"this folder has no `{MAIN}`", hint)
        return decode(read_bytes(self._inside(name)))

    def same(self, name: str) -> str:
        """The file's own path, with links resolved."""
        return str(self._inside(name))

    def _inside(self, name: str) -> Path:
        try:
            root = self._root.resolve()
            path = (root / name).resolve()
        except (OSError, RuntimeError, ValueError):
            raise Unreadable("E004", f"{quoted(name)} cannot be found") from None
        if root not in path.parents and name != self._named:
            message = f"{quoted(name)} lies outside of the deck's folder"
            raise Unreadable("E006", message, "a deck reads only its own files")
        return path


class Stored:
    """The files of a deck as a save holds them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    def read(self, name: str) -> str:
        """The stored text; raises Unreadable."""
        text = self._files.get(name)
        if text is None:
            raise Unreadable("E004", f"the file {quoted(name)} is not stored here")
        return check_text(text)

    def same(self, name: str) -> str:
        """The name itself: stored files have no links."""
        return name


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file that is not too large; raises Unreadable."""
    try:
        # Opening a pipe would wait for its writer, so nothing is opened unseen.
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise Unreadable("E004", f"{quoted(path.name)} is a folder, not a file")
        if not stat.S_ISREG(mode):
            raise Unreadable("E004", f"{quoted(path.name)} is not a regular file")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable("E004", f"there is no file {quoted(path.name)}") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a name for a file"
        message = f"{quoted(path.name)} cannot be read: {reason}"
        raise Unreadable("E004", message) from None
    if len(data) > MAX_BYTES:
        raise Unreadable("E005", f"a file of more than {MAX_BYTES >> 20} MB")
    return data


def decode(data: bytes) -> str:
    """Bytes as text; raises Unreadable, with the line, when they are not UTF-8."""
    if data.startswith(b"\xef\xbb\xbf"):
        message = "the file begins with a byte order mark"
        raise Unreadable("E003", message, "save it as UTF-8 without a mark (BOM)")
    try:
        return check_text(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        byte = f"byte 0x{data[error.start]:02x}"
        message = f"not UTF-8 text: {byte} in line {line}, at byte {column}"
        raise Unreadable("E002", message, "save the file as UTF-8") from None


def check_text(text: str) -> str:
    """The text itself; raises Unreadable when it is empty or no text at all."""
    if not text.isascii() and re.search("[\ud800-\udfff]", text):
        # A save's text can hold halves of characters, which no file can.
        raise Unreadable("E002", "the text holds half a character")
    if not text.strip():
        raise Unreadable("E009", "the file is empty", _BEGINNING)
    return text


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
        report.add("E009", "the file is empty", Place(main), hint=_BEGINNING)
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
    """The names of the files to include, when they may be included here."""
    names = sources.data.get("include", [])
    if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
        sources.complete = False
        return []  # the fields' own check reports the wrong type
    if names and sources.main != MAIN:
        message = f"only a file called `{MAIN}` can include others"
        hint = f"make a folder of the deck, with this file as `{MAIN}`"
        report.add("E008", message, Spot(("include",), part="key"), hint=hint)
        sources.complete = False
        return []
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
            _misplaced(key, name, report)


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


def _misplaced(key: str, name: str, report: Report) -> None:
    spot = Spot((key,), part="key", file=name)
    if key in ("include", "rounds", "format", "id", "title", "version", "summary"):
        report.add("E008", f"`{key}` belongs in `{MAIN}`", spot)
    else:
        message = f"unknown key {quoted(key)}"
        hint = f"a part of a deck holds only [{'.*], ['.join(TABLES)}.*]"
        report.add("E010", message, spot, did_you_mean(key, TABLES), hint=hint)
