"""Bytes that stay: files made whole or not at all, and grown line by line.

What `append` has accepted is on the disk. What it could not write is taken back, so
that a full disk costs a move and never the save.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tabletop.errors import JournalError, StorageError

_NO_LINKS = frozenset(
    {errno.EPERM, errno.EACCES, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
)
"""What file systems without hard links answer."""
_NO_FOLDER_SYNC = frozenset({errno.EINVAL, errno.EACCES, errno.EPERM, errno.ENOTSUP})
"""What systems that can't flush a folder answer."""


class AppendFile:
    """A file that only grows; the caller keeps count of the length that is good."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._reach = 0
        """How far an unfinished write of this object may have come."""
        try:
            self._file = path.open("r+b", buffering=0)
        except OSError as error:
            raise StorageError(
                f"{path} can't be opened for writing: {_reason(error)}",
                "Copy it to a folder of your own; `tabletop log` reads it where it is.",
            ) from error

    def append(self, length: int, data: bytes) -> None:
        """Puts data behind the good length, and returns when it is on the disk.

        Raises `StorageError` when that can't be done; the file then ends where it did.
        """
        try:
            self._settle(length)
            self._reach = length + len(data)
            self._write(length, data)
        except BaseException as error:
            # An interrupt must not leave half a line either.
            self._take_back(length)
            if isinstance(error, OSError):
                raise self._refused(error) from error
            raise

    def cut(self, length: int) -> None:
        """Takes away what stands behind the good length."""
        try:
            self._truncate(length)
        except OSError as error:
            raise self._refused(error) from error

    def close(self) -> None:
        """Closes the file; all of it is on the disk already."""
        self._file.close()

    def _settle(self, length: int) -> None:
        """Makes sure that the file ends at the good length, and is still the save."""
        found = os.fstat(self._file.fileno())
        if found.st_nlink == 0:
            raise StorageError(
                f"{self._path} was removed or replaced while it was open",
                "Nothing more can be saved there. Copy what you need and start anew.",
            )
        if length < found.st_size <= self._reach:
            self._truncate(length)
        elif found.st_size != length:
            raise StorageError(
                f"{self._path} was changed by another program while it was open",
                "Close it here and open it again.",
            )

    def _write(self, length: int, data: bytes) -> None:
        descriptor = self._file.fileno()
        os.lseek(descriptor, length, os.SEEK_SET)
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        sync(descriptor)

    def _truncate(self, length: int) -> None:
        self._file.truncate(length)
        sync(self._file.fileno())
        self._reach = length

    def _take_back(self, length: int) -> None:
        """Cuts off an unfinished write; when even that fails, the next append does."""
        with contextlib.suppress(OSError):
            size = os.fstat(self._file.fileno()).st_size
            if length < size <= self._reach:
                self._truncate(length)

    def _refused(self, error: OSError) -> StorageError:
        return StorageError(
            f"{self._path} can't be written: {_reason(error)}",
            "Nothing that was saved is harmed. Make room, then try again.",
        )


def require_free(path: Path) -> None:
    """Raises `JournalError` when no file of that name can be made."""
    if os.path.lexists(path):
        raise _taken(path)
    if not path.parent.is_dir():
        raise StorageError(
            f"there is no folder {path.parent}", "Make it first, or choose another one."
        )


def create(path: Path, data: bytes) -> None:
    """A new file with these bytes, whole or not at all, and never over another one.

    The caller holds the save's lock: the name of the draft beside it is its own.
    """
    draft = path.with_name(path.name + ".new")
    try:
        with _removed_afterwards(draft):
            _write_whole(draft, data)
            _publish(draft, path, data)
        try:
            _sync_folder(path.parent)
        except OSError:
            path.unlink()
            raise
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise StorageError(
            f"{path} can't be created: {_reason(error)}",
            "Choose a folder that exists, that you may write to, and that has room.",
        ) from error


def set_aside(path: Path, title: str, data: bytes) -> None:
    """Adds data to a file that keeps what was cut off, under a line that says when."""
    try:
        existed = path.exists()
        with path.open("ab") as file:
            file.write(f"--- {title}\n".encode() + data.rstrip(b"\n") + b"\n")
            file.flush()
            sync(file.fileno())
        if not existed:
            _sync_folder(path.parent)
    except OSError as error:
        raise StorageError(
            f"{path} can't be written: {_reason(error)}",
            "It must take the save's torn last line. Make room; `tabletop log` reads "
            "the save meanwhile.",
        ) from error


def sync(descriptor: int) -> None:
    """Returns when the file's bytes are on the disk."""
    if sys.platform == "darwin":
        import fcntl

        # There fsync leaves them in the drive's cache.
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


@contextlib.contextmanager
def _removed_afterwards(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _write_whole(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        sync(file.fileno())


def _publish(draft: Path, path: Path, data: bytes) -> None:
    """Gives a finished draft its name, which must be free."""
    if sys.platform == "win32":
        draft.rename(path)  # refuses a name that is taken
        return
    try:
        path.hardlink_to(draft)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _write_exclusively(path, data)


def _write_exclusively(path: Path, data: bytes) -> None:
    """The next best thing: never over another file, but not at one stroke."""
    with path.open("xb") as file:
        try:
            file.write(data)
            file.flush()
            sync(file.fileno())
        except BaseException:
            path.unlink()
            raise


def _sync_folder(folder: Path) -> None:
    """Makes a new name in a folder last, where the system can."""
    if sys.platform == "win32":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


def _taken(path: Path) -> JournalError:
    hint = "Choose another name, or resume that save."
    return JournalError(f"{path} exists already", hint)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
