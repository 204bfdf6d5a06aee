"""Where the files of a deck come from: a folder, or a save that holds their texts.

Only regular files inside the deck's own folder are read, and none of them larger than
decks may be.
"""

import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from tabletop.deck.suggest import quoted

MAIN = "deck.toml"
"""The main file of a deck that is a folder."""
MAX_BYTES = 4 * 1024 * 1024
BEGINNING = "a deck begins with `format = 1`, `id` and `title`"


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
        raise Unreadable("E009", "the file is empty", BEGINNING)
    return text
