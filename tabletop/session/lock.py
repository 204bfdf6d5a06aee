"""One writer for a save, over processes and within one.

The lock is the operating system's, on a small file beside the save, `<save>.lock`. It
goes with the process that held it, so a killed writer blocks nobody, and what the file
says (who holds it) is only for messages. The save itself is never locked: it can be
read and copied meanwhile, on every system.
"""

import contextlib
import os
import platform
import sys
import weakref
from pathlib import Path
from typing import IO, NoReturn

from tabletop.errors import LockedError, StorageError

_TRIES = 20
"""How often the lock's file may vanish while it is taken before that is an error."""
_READ_ONLY_HINT = (
    "Close it there first. Meanwhile `tabletop display` follows it, and `tabletop log` "
    "and `tabletop verify` read it."
)


_held: "weakref.WeakSet[Lock]" = weakref.WeakSet()


def _leave_to_parent() -> None:
    """Keeps a forked child from holding its parent's locks when the parent is gone."""
    for lock in _held:
        lock._file.close()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_leave_to_parent)


class Lock:
    """The right to write to a save, until `release`."""

    def __init__(self, path: Path, file: IO[bytes]) -> None:
        self._path = path
        self._file = file
        _held.add(self)

    @classmethod
    def take(cls, save: Path) -> "Lock":
        """The lock of a save, at once or not at all.

        Raises `LockedError` when the save has a writer.
        """
        path = Path(os.path.realpath(save))
        path = path.with_name(path.name + ".lock")
        try:
            file = _take(path, save)
        except OSError as error:
            _raise_unlockable(save, error)
        with contextlib.suppress(OSError):
            _say_who(file)
        return cls(path, file)

    def release(self) -> None:
        """Lets the next writer in, and takes the lock's file away."""
        if self._file.closed:
            return
        if sys.platform == "win32":  # there an open file can't be removed
            self._file.close()
            with contextlib.suppress(OSError):
                self._path.unlink()
        else:
            with contextlib.suppress(OSError):
                self._path.unlink()
            self._file.close()


def _take(path: Path, save: Path) -> IO[bytes]:
    """The locked file: certainly the one that has this name now.

    Who released the lock in the meantime took the file away with it, and then another
    process may hold a new file of the same name.
    """
    for _ in range(_TRIES):
        file = path.open("a+b", buffering=0)
        try:
            if not _lock(file.fileno()):
                raise LockedError(f"{save} is open {_holder(file)}", _READ_ONLY_HINT)
            if _is_at(path, file):
                return file
        except BaseException:
            file.close()
            raise
        file.close()
    raise LockedError(f"{save} is being opened again and again", "Try again.")


def _is_at(path: Path, file: IO[bytes]) -> bool:
    try:
        return os.path.samestat(path.stat(), os.fstat(file.fileno()))
    except FileNotFoundError:
        return False


def _say_who(file: IO[bytes]) -> None:
    file.truncate(0)
    file.write(f"{os.getpid()} {platform.node()}\n".encode())


def _holder(file: IO[bytes]) -> str:
    """Where a locked save is open, as far as the lock's file tells."""
    try:
        file.seek(0)
        process, _, host = file.read(300).decode().strip().partition(" ")
    except (OSError, UnicodeDecodeError):
        process = host = ""
    if not process.isdigit():
        return "in another program"
    if host != platform.node():
        return f"in another program (process {process} on {host})"
    if int(process) == os.getpid():
        return "already, in this program"
    return f"in another program (process {process})"


def _raise_unlockable(save: Path, error: OSError) -> NoReturn:
    raise StorageError(
        f"{save} can't be locked for writing: {error.strerror or error}",
        "Choose a folder on this machine that you may write to; `tabletop log` "
        "and `tabletop verify` read a save that is there already.",
    ) from error


if sys.platform == "win32":
    import msvcrt

    # Locks are mandatory there: this byte lies far behind what the file says, so that
    # others can read who holds it.
    _LOCKED_BYTE = 1 << 30

    def _lock(descriptor: int) -> bool:
        """Locks an open file; False when another one holds it."""
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Locks an open file; False when another one holds it."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
