"""The run of the exercise: StartEx to EndEx, clocks, notes, checkpoints, bookmarks."""

from collections.abc import Sequence

from tabletop.errors import MoveError
from tabletop.session.core import SessionCore
from tabletop.session.journal import Line
from tabletop.session.tree import Note
from tabletop.session.view import ClockView, Result, RunView, SeatId


class Running(SessionCore):
    """What happens beside the moves."""

    def run_view(self) -> RunView:
        """Where the exercise stands now, by the session's own clock."""
        return RunView("open", ClockView(running=False, allotted=0, gone=0))

    def exercise(self, do: str) -> None:
        """Declares `practice`, `start`, `pause`, `resume`, `end` or `reopen`.

        Raises MoveError for what makes no sense now.
        """
        raise NotImplementedError

    def set_clock(self, do: str, seconds: int = 0) -> None:
        """`start`, `stop`, `extend` by seconds, or `set` what is left to seconds."""
        raise NotImplementedError

    def show_on_display(self, what: str) -> None:
        """`game`, or `blank` to cover the public display."""
        raise NotImplementedError

    def bookmark(self, text: str = "") -> None:
        """Marks this moment, to be found again."""
        raise NotImplementedError

    def judge(self, checkpoint: str, result: Result, note: str = "") -> None:
        """Writes down how a checkpoint of the deck was met. Raises MoveError."""
        raise NotImplementedError

    def note(
        self, seat: SeatId, text: str, *, author: str = "",
        teams: Sequence[SeatId] = (), objective: str = "",
    ) -> None:  # fmt: skip
        """Writes a note beside the moves, for the seat itself and control."""
        self._require_seat(seat)
        self._check_note(text)
        if not text.strip():
            raise MoveError("the note is empty", "Write something, or leave it.")
        when = self.clock()
        parent = self.tree.head
        self._write("note", seat, parent, at=when, note=text.strip())
        self.tree.notes.append(Note(self._lines, parent, seat, when, text.strip()))

    def _replay_note(self, line: Line) -> None:
        note = Note(line.number, line.parent, line.by, line.at, line.note)
        self.tree.notes.append(note)
