"""Looking on at a save that others write: whatever becomes of the file, it goes on.

Opens read-only, takes no lock, and writes nothing.
"""

from collections.abc import Callable
from pathlib import Path

from tabletop.errors import JournalError, TabletopError
from tabletop.session.core import now_utc
from tabletop.session.runview import RunView
from tabletop.session.session import Session
from tabletop.session.view import PUBLIC, View

Stamp = tuple[int, int, int, int]
"""What tells one state of a file from the next: device, inode, size, time."""


class Watch:
    """What the public display shows of a save, and why it shows nothing."""

    def __init__(self, path: Path, clock: Callable[[], str] = now_utc) -> None:
        """`path` need not exist yet."""
        self.path = path
        self.problem: TabletopError | None = None
        """Why nothing can be shown; None when something is."""
        self._clock = clock
        self._session: Session | None = None
        self._stamp: Stamp | None = None
        self._looked = False

    def follow(self) -> bool:
        """Looks at the file again: whether there is anything new to show."""
        stamp = _stamp(self.path)
        if self._looked and stamp == self._stamp:
            return False
        before, self._stamp, self._looked = self._stamp, stamp, True
        if stamp is None:
            hint = "It may be yet to begin, or have another name."
            self._let_go(JournalError(f"{self.path.name} is not there", hint))
            return True
        same = before is not None and before[:2] == stamp[:2]
        if self._session is not None and same:
            return self._read_on(self._session)
        self._open()
        return True

    def view(self) -> View | None:
        """What everybody may know; None while there is nothing to show.

        Of the game at the table, also while somebody plays a what-if in the save.
        """
        return self._session.table_view(PUBLIC) if self._session is not None else None

    def run_view(self) -> RunView | None:
        """Where the exercise stands; None while there is nothing to show."""
        return self._session.run_view() if self._session is not None else None

    def close(self) -> None:
        """Looks no more."""
        self._let_go(None)

    def _read_on(self, session: Session) -> bool:
        try:
            return session.follow()
        except TabletopError:
            self._open()  # it may be another game by now
            return True

    def _open(self) -> None:
        self._let_go(None)
        try:
            session = Session.open(self.path, read_only=True, clock=self._clock)
        except TabletopError as error:
            self.problem = error
        else:
            self._session = session

    def _let_go(self, problem: TabletopError | None) -> None:
        if self._session is not None:
            self._session.close()
        self._session = None
        self.problem = problem


def _stamp(path: Path) -> Stamp | None:
    """The file's stamp; None when there is no file, or none that can be seen."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
