"""Following a game that another program plays: the display, and whoever looks on."""

from abc import abstractmethod
from collections import deque

from tabletop.session.core import SessionCore
from tabletop.session.journal import Line


class Following(SessionCore):
    """Takes in what was written since, line by line."""

    _unread: deque[Line] | None = None

    def follow(self) -> bool:
        """Takes in the lines that another program has added: whether there were any.

        Raises JournalError when the save is no longer the one that was opened, and
        DivergenceError, each time anew, when a line of it can't be played.
        """
        if self._journal is None or not self.read_only:
            return False
        unread = self._unread = self._unread or deque()
        was_damaged = self.damaged
        unread += self._journal.refresh()
        changed = bool(unread)
        while unread:
            self._replay(unread[0])
            self._lines = unread.popleft().number
        if self.damaged and not was_damaged:
            found = f"{self._journal.damage}. Nothing after this line is shown."
            self._warnings += (found,)
            changed = True
        return changed

    @abstractmethod
    def _replay(self, line: Line) -> None: ...
