"""The save file: a header, then moves, each on the disk before it is acknowledged.

A journal only grows. It knows nothing of what a deck or a move means and reads no
clock: times come in with the lines.
"""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from tabletop.errors import JournalError
from tabletop.session import storage
from tabletop.session.contents import (
    MAX_FILE,
    MAX_HEADER,
    MAX_LINE,
    Contents,
    Damage,
    reading,
)
from tabletop.session.lock import Lock
from tabletop.session.records import (
    FORMAT,
    PROGRAM,
    BadRecordError,
    Header,
    Line,
    encode,
)

__all__ = ["FORMAT", "PROGRAM", "Damage", "Header", "Journal", "Line"]


class Journal:
    """An open save. With `read_only` it changes nothing on the disk."""

    def __init__(
        self,
        contents: Contents,
        writer: "_Writer | None",
        warnings: tuple[str, ...] = (),
    ) -> None:
        self._contents = contents
        self._writer = writer
        self.warnings = warnings
        """What whoever opened it should be told."""

    @classmethod
    def create(cls, path: Path, header: Header) -> "Journal":
        """A new save with no line yet, open for writing.

        Raises `JournalError` when there is one of that name, or the header can't be
        written.
        """
        raw = _encoded(header, MAX_HEADER)
        storage.require_free(path)
        with _locked(path) as lock:
            storage.create(path, raw)
            writer = _Writer(storage.AppendFile(path), lock)
        return cls(Contents(path, header, len(raw)), writer)

    @classmethod
    def open(cls, path: Path, *, read_only: bool = False, at: str = "") -> "Journal":
        """An existing save. `at` is the time, for what is set aside.

        A damaged one opens read-only with the lines before the damage. Raises
        `LockedError` when another writer has it, and `JournalError` when there is
        nothing that can be used.
        """
        with reading(path):
            pass  # so that no lock is made for what is no file
        if read_only:
            return _opened_to_read(Contents.read(path))
        with _locked(path) as lock:
            contents = Contents.read(path)
            if contents.damage:
                lock.release()
                return _opened_to_read(contents)
            return _opened_to_write(contents, lock, at)

    @property
    def path(self) -> Path:
        """Where the save is."""
        return self._contents.path

    @property
    def header(self) -> Header:
        """Line 1."""
        return self._contents.header

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line after the header, a copy each time."""
        return self._contents.lines

    @property
    def damage(self) -> Damage | None:
        """The first line that can't be used, if any; those before it are in `lines`."""
        return self._contents.damage

    @property
    def read_only(self) -> bool:
        """Whether nothing can be appended: asked for, damaged, or closed."""
        return self._writer is None

    def head(self) -> int:
        """Number of the current move, after the last move or head line; 0 at first."""
        return self._contents.head()

    def append(self, line: Line) -> None:
        """Adds the next line, and returns when it is on the disk.

        Raises `StorageError` when the disk refuses it: the save is then as it was, and
        can be appended to again. Raises `JournalError` when the line does not fit.
        """
        if self._writer is None:
            raise JournalError(
                f"{self.path} is not open for writing", "Open it again to go on."
            )
        _, problem = self._contents.problem(line)
        if problem:
            raise JournalError(f"the line for {self.path} {problem}")
        raw = _encoded(line, MAX_LINE)
        if self._contents.length + len(raw) > MAX_FILE:
            size = f"{MAX_FILE >> 20} MB"
            raise JournalError(
                f"{self.path} is full: a save holds at most {size}", "Start a new game."
            )
        self._writer.file.append(self._contents.length, raw)
        self._contents.add(line, len(raw))

    def refresh(self) -> tuple[Line, ...]:
        """The lines that another program has added since; for one opened read-only.

        Raises `JournalError` when the save is no longer the one that was opened.
        """
        if self._writer is not None or self.damage is not None:
            return ()
        with reading(self.path) as file:
            if not self._contents.still_in(file):
                raise JournalError(
                    f"{self.path} is no longer the save that was opened",
                    "Open it again.",
                )
            return self._contents.read_on(file)

    def close(self) -> None:
        """Lets another writer in. Can be called more than once."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def __enter__(self) -> "Journal":
        """The journal itself, closed when the block ends."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Closes it."""
        self.close()


class _Writer:
    """What an open journal needs to write, held and given back together."""

    def __init__(self, file: storage.AppendFile, lock: Lock) -> None:
        self.file = file
        self._lock = lock

    def close(self) -> None:
        self.file.close()
        self._lock.release()


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[Lock]:
    """The save's lock, given back if the block fails."""
    lock = Lock.take(path)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _encoded(record: Header | Line, limit: int) -> bytes:
    """A record's bytes, such as can be read again."""
    try:
        raw = encode(record)
    except BadRecordError as error:
        raise JournalError(
            f"this can't be saved: it {error.found}", "Say it in another way."
        ) from None
    if len(raw) - 1 > limit:
        found = f"{len(raw):,} bytes, where {limit:,} are the most"
        raise JournalError(f"this can't be saved: {found}", "Make it shorter.")
    return raw


def _opened_to_read(contents: Contents) -> Journal:
    return Journal(contents, None, told_of(contents))


def told_of(contents: Contents) -> tuple[str, ...]:
    """What whoever reads a save should be told of its lines."""
    warnings = []
    if contents.damage:
        warnings.append(
            f"{contents.damage}. The save is open read-only, with the "
            f"{len(contents.lines)} lines before this one."
        )
    if contents.torn:
        warnings.append(f"{_torn(contents)}: it is left out.")
    return tuple(warnings)


def _opened_to_write(contents: Contents, lock: Lock, at: str) -> Journal:
    file = storage.AppendFile(contents.path)
    try:
        warnings = _set_aside(contents, file, at) if contents.torn else ()
    except BaseException:
        file.close()
        raise
    return Journal(contents, _Writer(file, lock), warnings)


def _set_aside(
    contents: Contents, file: storage.AppendFile, at: str
) -> tuple[str, ...]:
    """Moves an unfinished last line out of the save, and says so."""
    path = contents.path
    beside = path.with_name(path.name + ".torn")
    size = len(contents.torn)
    title = f"{at or 'at an unknown time'}: {size} bytes from byte {contents.length}"
    storage.set_aside(beside, title, contents.torn)
    file.cut(contents.length)
    warning = f"{_torn(contents)}: it was set aside in {beside}."
    contents.torn = b""
    return (warning,)


def _torn(contents: Contents) -> str:
    return (
        f"The last line of {contents.path} ({len(contents.torn)} bytes) was not "
        "written to its end, so it was never acknowledged"
    )
