"""Going back: undo, branches, and taking a branch up again. Nothing is ever erased."""

from collections import Counter
from dataclasses import dataclass

from tabletop.errors import MoveError
from tabletop.session.core import SessionCore
from tabletop.session.log import move_title
from tabletop.session.view import BranchView, Change, LogEntry, SeatId

SHOWN = ("draw", "roll", "reveal")
"""Kinds of changes that show somebody what an undo can't hide again."""


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """What an undo would take back."""

    to: int
    """The move that becomes the current one."""
    moves: int
    """How many moves go back; they stay in the save, as a branch."""
    titles: tuple[str, ...]
    branch: str
    """The name under which they stay."""
    seen: tuple[str, ...]
    """Who has seen which cards and dice since."""


class GoingBack(SessionCore):
    """The moves of the head through the tree."""

    def undo_preview(self, seat: SeatId, to: int | None = None) -> UndoPreview:
        """What undoing would take back, in words that the seat may read.

        It goes to a move, by default to before the last decision. Raises MoveError when
        there is nothing to undo.
        """
        self._require_seat(seat)
        goal = self._undo_goal(to)
        kept = self._before(goal)
        gone = [node for node in self.tree.path() if node.number not in kept]
        told = [entry for node in gone if (entry := self._log(seat).entry(node))]
        titles = tuple(entry.title for entry in told)
        branch = next(branch.name for branch in self.branches() if branch.current)
        return UndoPreview(goal, len(gone), titles, branch, self._seen(told))

    def _undo_goal(self, to: int | None) -> int:
        if to is None:
            to = self._last_decision()
        if to not in self._before(self.tree.head) or to == self.tree.head:
            raise MoveError("there is nothing to undo")
        return to

    def _before(self, number: int) -> set[int]:
        return {node.number for node in self.tree.back(number)}

    def _last_decision(self) -> int:
        """The place before the last move that a person made."""
        for node in self.tree.back(self.tree.head):
            if node.number and not self.plays_itself(node.by):
                return node.parent
        return self.tree.head

    def _seen(self, gone: list[LogEntry]) -> tuple[str, ...]:
        """What has been shown of cards and dice, and to whom, the same things once."""
        shown = Counter(
            f"{change.text} (seen by {self._witness(change)})"
            for entry in gone
            for change in entry.changes
            if change.kind in SHOWN
        )
        return tuple(f"{n} × {s}" if n > 1 else s for s, n in shown.items())

    def _witness(self, change: Change) -> str:
        alone = change.kind == "draw"
        return self.tree.names.team(change.team) if alone else "all"

    def undo(self, seat: SeatId, to: int | None = None, *, anew: bool = False) -> None:
        """Goes back to a move; what was undone stays in the save as a branch.

        With `anew`, later dice and cards are drawn from a new seed.
        """
        self.take_up(seat, self._undo_goal(to))

    def name_branch(self, tip: int, name: str) -> None:
        """Gives a line of play a name of its own. Raises MoveError."""
        raise NotImplementedError

    def take_up(self, seat: SeatId, number: int) -> None:
        """Makes any move of the tree the current one. Raises MoveError."""
        self._require_seat(seat)
        if number not in self.tree.nodes:
            raise MoveError(f"there is no move {number} in this save")
        self._write("head", seat, number)
        self.tree.head = number

    def branches(self) -> tuple[BranchView, ...]:
        """Every line of play in the save, in the order in which they were begun."""
        found = []
        for i, tip in enumerate(self.tree.tips()):
            path = list(self.tree.back(tip))
            move = path[0].move
            title = move_title(self.tree.names, move) if move else "The game begins"
            current = self.tree.head in {node.number for node in path}
            found.append(BranchView(f"b{i}", tip, len(path) - 1, current, title))
        return tuple(found)
