"""Files that a verb writes: whole or not at all, and over nothing without a word."""

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from tabletop.errors import UsageError


def write_whole(path: Path, text: str, *, force: bool, encoding: str = "utf-8") -> None:
    """Writes a file as it is; another one stays unless `force` is said.

    Raises UsageError when it can't be written.
    """
    if os.path.lexists(path) and not force:
        raise UsageError(
            f"{path} exists already", "Name another file with -o, or add -f."
        )
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if os.path.lexists(path) and (path.is_symlink() or not path.is_file()):
            # A device, a pipe, or a link such as /dev/stdout: it is to stay what it is.
            _write(path, text, encoding)
            return
        _write(aside, text, encoding)
        aside.replace(path)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    finally:
        with suppress(OSError):
            aside.unlink()


def _write(path: Path, text: str, encoding: str) -> None:
    # The name of a file need not be Unicode. `\udcff` is also how JSON writes it.
    path.write_text(text, encoding=encoding, errors="backslashreplace", newline="")


def require_free(paths: Iterable[Path], *, force: bool) -> None:
    """Raises UsageError when one of several files is there, unless `force` is said."""
    taken = [path for path in paths if os.path.lexists(path)]
    if taken and not force:
        raise UsageError(
            f"{taken[0]} exists already", "Name another place with -o, or add -f."
        )


def make_folder(path: Path) -> None:
    """Makes a folder unless it is there. Raises UsageError when that can't be done."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"cannot make {path}: {error.strerror}", "Name another place with -o."
        ) from error


def is_save(path: Path) -> bool:
    """Whether a file is no deck but a save: its first line is an object in JSON."""
    try:
        with path.open("rb") as file:
            return path.suffix == ".jsonl" or file.read(1) == b"{"
    except OSError:
        return False


def read_bytes(path: Path, most: int) -> bytes:
    """What a file holds, but hardly more than so many bytes. Raises UsageError."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error
