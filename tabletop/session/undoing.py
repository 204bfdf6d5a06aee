"""Going back: undo, branches, and taking a branch up again. Nothing is ever erased."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from tabletop.errors import MoveError
from tabletop.session.core import SessionCore
from tabletop.session.journal import Line
from tabletop.session.runview import BranchView
from tabletop.session.seats import check_seats
from tabletop.session.tree import Label, Turn
from tabletop.session.view import CONTROL, Change, LogEntry, SeatId, View
from tabletop.session.views import ViewBuilder

MAX_NAME = 60
"""Characters in the name of a line of play."""
SHOWN = ("draw", "roll", "reveal", "show")
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

    _seats_at_home: Mapping[SeatId, str] = MappingProxyType({})
    """Who sits at the table while a what-if is played."""

    def undo_preview(self, seat: SeatId, to: int | None = None) -> UndoPreview:
        """What undoing would take back, in words that the seat may read.

        It goes to a move, by default to before the last decision. Raises MoveError when
        there is nothing to undo.
        """
        self._require_seat(seat)
        goal = self._undo_goal(to)
        gone, _ = self.tree.between(self.tree.head, goal)
        told = [entry for node in gone if (entry := self._log(seat).entry(node))]
        titles = tuple(entry.title for entry in told)
        branch = self.tree.course(self.tree.head).name
        return UndoPreview(goal, len(gone), titles, branch, self._seen(told))

    def _undo_goal(self, to: int | None) -> int:
        if to is None:
            to = self._last_decision()
        before = {node.number for node in self.tree.path()[:-1]}
        if to not in before:
            raise MoveError("there is nothing to undo")
        return to

    def _last_decision(self) -> int:
        """The place before the last move that a person made."""
        for node in self.tree.back(self.tree.head):
            drawn_anew = node.move is not None and node.move.kind == "reseed"
            if node.number and not self.plays_itself(node.by) and not drawn_anew:
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
        names = self.tree.names
        if change.kind == "show" and change.after:
            return names.team(names.teams[change.after - 1])
        return names.team(change.team) if change.kind == "draw" else "all"

    def undo(self, seat: SeatId, to: int | None = None, *, anew: bool = False) -> None:
        """Goes back to a move; what was undone stays in the save as a branch.

        With `anew`, later dice and cards are drawn from a new seed.
        """
        self.take_up(seat, self._undo_goal(to))
        if anew and not self.tree.now.over:
            self._draw_anew()

    def name_branch(self, tip: int, name: str) -> None:
        """Gives a line of play a name of its own. Raises MoveError."""
        name = " ".join(name.split())
        courses = self.tree.courses()
        if tip not in [course.tip for course in courses]:
            raise MoveError(f"no line of play ends with move {tip}")
        check_name(name, [each.name for each in courses if each.tip != tip])
        self._name_line(tip, name, practice=self.tree.course(tip).practice)

    def take_up(self, seat: SeatId, number: int) -> None:
        """Makes any move of the tree the current one. Raises MoveError."""
        self._require_seat(seat)
        self._require_place(number)
        self._go(seat, number)

    def branches(self) -> tuple[BranchView, ...]:
        """Every line of play in the save, in the order in which they were begun."""
        now = self.tree.course_of(self.tree.head)
        return tuple(
            BranchView(
                name=course.name,
                tip=course.tip,
                moves=course.moves,
                current=course.place == now,
                title=self._last_title(course.tip),
                leaves=course.leaves,
                practice=course.practice,
            )
            for course in self.tree.courses()
        )

    def _last_title(self, tip: int) -> str:
        entry = self._log(CONTROL).entry(self.tree.nodes[tip])
        return entry.title if entry else ""

    # --- replay

    def _replay_head(self, line: Line) -> None:
        tree, seats = self.tree, line.data.get("seats")
        what_if = line.data.get("what_if") is True
        begins = what_if and isinstance(seats, dict)
        turn = Turn(
            line.number, line.by, line.at, tree.head, line.parent,
            practice=line.data.get("practice") is True,
            what_if=begins or (what_if and tree.aside > 0),
            begins=begins,
            ends=tree.aside > 0 and not what_if,
        )  # fmt: skip
        if isinstance(seats, dict) and begins:
            self._seat_elsewhere({seat: str(who) for seat, who in seats.items()})
        if turn.ends:
            self.seats = dict(self._seats_at_home)
        tree.turn(turn)

    def table_view(self, seat: SeatId) -> View:
        """What a seat sees of the game at the table, also during a what-if."""
        if not self.tree.aside:
            return self.view(seat)
        self._require_seat(seat)
        log = self._log(seat).seen_from(self.tree.home)
        shown = ViewBuilder(log.tree, seat, self._seats_at_home, log).build()
        return replace(shown, moves=())

    def _seat_elsewhere(self, seats: dict[str, str]) -> None:
        """Seats others for a what-if; those at the table come back when it ends."""
        if not self.tree.aside:
            self._seats_at_home = self.seats
        self.seats = check_seats(self.deck, seats)

    def _replay_branch(self, line: Line) -> None:
        name = str(line.data.get("name"))
        practice = line.data.get("practice") is True
        self.tree.labels.append(Label(line.parent, name, practice))


def check_name(name: str, others: list[str]) -> None:
    """Raises MoveError unless a line of play may be called so."""
    if not name:
        raise MoveError("the name is empty", "Type a name.")
    if len(name) > MAX_NAME:
        raise MoveError(
            f"the name has {len(name)} characters", f"At most {MAX_NAME} fit."
        )
    if name in others:
        raise MoveError(f"another line of play is called '{name}'", "Choose another.")
    if re.fullmatch(r"b\d+", name):
        raise MoveError(
            f"'{name}' is how lines of play are counted", "Choose another name."
        )
