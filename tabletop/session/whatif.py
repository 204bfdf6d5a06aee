"""Playing on from a moment of a save: another line, of a copy or of the save itself.

What was played at the table stays as it is, and the game goes on there afterwards.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from tabletop.errors import DivergenceError, JournalError, MoveError, UsageError
from tabletop.paths import COPY
from tabletop.session.copies import copy_of, copy_to_write, ready_copy
from tabletop.session.core import now_utc
from tabletop.session.drafts import Adjudication, MselPlan, NewInject
from tabletop.session.facts import Fact
from tabletop.session.journal import Line
from tabletop.session.runview import ClockView, Result, RunView
from tabletop.session.seats import check_seats, is_outside
from tabletop.session.session import Session
from tabletop.session.tree import Tree
from tabletop.session.view import CONTROL, Change, Move, SeatId

__all__ = ["COPY", "MARK", "WhatIf", "copy_of", "play_on"]
MARK = COPY
"""Stands before a save's ending in the name of the copy that holds its other lines."""
NAME = "what-if"
STAND_IN = "bot:greedy"
"""Who sits where an outside player sat: no program is started for a what-if."""


def play_on(
    save: Path, number: int, seats: Mapping[SeatId, str], *, into_save: bool = False,
    anew: bool = True, clock: Callable[[], str] = now_utc,
) -> "WhatIf":  # fmt: skip
    """A game that goes on from a move, to be played: a new line, named `what-if A` ...

    It is a line of a copy beside the save, made when there is none, or of the save
    itself with `into_save`; `number` is that of the copy when there is one. `anew`
    draws dice and cards from a new seed. Teams that are not named stay as they were;
    control, unless named, sits by itself where one person plays against bots.

    Nothing is written before the first move or note. Raises JournalError, UsageError,
    MoveError; then there is no new line.
    """
    if into_save:
        session = WhatIf.open(save, clock=clock)
    else:
        session = _opened_copy(save, number, seats, clock)
    try:
        if session.read_only:
            hint = "Play on in a copy instead: it takes what can be read."
            raise JournalError(f"{session.path} can't be written to", hint)
        session.begin(number, seats, anew=anew, into_save=into_save)
    except BaseException:
        session.close()
        raise
    return session


def _opened_copy(
    save: Path, number: int, seats: Mapping[SeatId, str], clock: Callable[[], str]
) -> "WhatIf":
    """The copy to play on in; one that can't be played again is left as it is."""
    ready = ready_copy(save)
    if ready is not None:
        with contextlib.suppress(DivergenceError):
            return WhatIf.open(ready, clock=clock)
    _check_first(save, number, seats)
    if ready is None:
        with contextlib.suppress(DivergenceError):
            return WhatIf.open(copy_to_write(save), clock=clock)
    return WhatIf.open(copy_to_write(save, alone=True), clock=clock)


def _check_first(save: Path, number: int, seats: Mapping[SeatId, str]) -> None:
    """Raises what would keep a game from going on, before a copy is made for it."""
    session = Session.open(save, read_only=True)
    try:
        begin_at(session.tree, number)
        seated(session, seats)
    finally:
        session.close()


class WhatIf(Session):
    """A game played on from a moment of a save, beside what was played there.

    It is no exercise: no clock runs, and nothing is declared, judged or shown on the
    display. When it is closed the save stands where it stood.
    """

    _begins = False
    """Whether its first line is yet to be written."""
    _playing = False
    _anew = False
    _into_save = False
    _last = -1
    """The place after the last move that was made."""

    def begin(
        self, number: int, seats: Mapping[SeatId, str], *, anew: bool, into_save: bool
    ) -> None:
        """Goes to a move, in memory alone. Raises MoveError, UsageError."""
        begin_at(self.tree, number)
        self._home = dict(self.seats)
        self.seats = seated(self, seats)
        self.tree.head = number
        self._begins, self._anew, self._into_save = True, anew, into_save

    def close(self) -> None:
        """Goes back to where the game stands, and lets go of the save."""
        if self._playing and not self.read_only:
            self._playing = False
            self._go(CONTROL, self.tree.home)
        super().close()

    @property
    def what_if(self) -> bool:
        """It is one."""
        return True

    @property
    def played(self) -> int:
        """The place after the last move that was made; -1 while none was."""
        return self._last

    # --- its lines

    def _begin(self) -> None:
        """Writes the line with which it begins, once."""
        if not self._begins:
            return
        number, seats = self.tree.head, dict(self.seats)
        data = {"what_if": True, "seats": seats}
        self._begins, self.seats = False, self._home
        try:
            self._record("head", CONTROL, number, data=data)
        except BaseException:
            self._begins, self.seats = True, seats
            raise
        self._playing = True

    def _write(self, kind: str, by: SeatId, parent: int, **rest: Any) -> Line:
        self._begin()
        return super()._write(kind, by, parent, **rest)

    def _go(self, by: SeatId, number: int) -> None:
        self._begin()
        data = {"what_if": True} if self._playing else {}
        self._record("head", by, number, data=data)

    def _make(self, by: SeatId, move: Move, note: str = "") -> tuple[Fact, ...]:
        self.tree.apply(move, self.tree.seat_of(move))  # refused before it is written
        self._begin()
        if self._anew:
            self._anew = False
            self._draw_anew()
        parent = self.tree.head
        facts = super()._make(by, move, note)
        if parent != self._last:
            self._name_new_line()
        self._last = self.tree.head
        return facts

    def _name_new_line(self) -> None:
        course = self.tree.course(self.tree.head)
        if course.name == f"b{course.place}":
            self._name_line(course.tip, free_name(self.tree))

    # --- what it is not

    def run_view(self) -> RunView:
        """As if no exercise had begun."""
        return replace(
            super().run_view(), state="open", display="game",
            clock=ClockView(running=False, allotted=0, gone=0),
        )  # fmt: skip

    def exercise(self, do: str) -> None:
        """Raises MoveError: nothing is declared in a what-if."""
        raise no_exercise(do)

    def set_clock(self, do: str, seconds: int = 0) -> None:
        """Raises MoveError: no clock runs in a what-if."""
        raise no_exercise(f"{do} {seconds}")

    def show_on_display(self, what: str) -> None:
        """Raises MoveError: the display shows the game at the table."""
        raise no_exercise(what)

    def judge(self, checkpoint: str, result: Result, note: str = "") -> None:
        """Raises MoveError: what is judged is what was done at the table."""
        raise no_exercise(f"{checkpoint} {result} {note}")

    def write_inject(self, new: NewInject) -> str:
        """As for any game, but not in the save itself. Raises MoveError there."""
        self._check_copy()
        return super().write_inject(new)

    def import_msel(self, plan: MselPlan) -> None:
        """As for any game, but not in the save itself. Raises MoveError there."""
        self._check_copy()
        super().import_msel(plan)

    def adjudicate(self, judged: Adjudication, *, note: str) -> tuple[Change, ...]:
        """As for any game, but not in the save itself. Raises MoveError there."""
        self._check_copy()
        return super().adjudicate(judged, note=note)

    def _check_copy(self) -> None:
        if self._into_save:
            raise MoveError(
                "nothing can be added to the deck of the save in a what-if",
                "It would join the game at the table. Play on in a copy instead.",
            )


def begin_at(tree: Tree, number: int) -> None:
    """Raises MoveError when no what-if can begin at a move."""
    if number not in tree.nodes:
        raise MoveError(f"there is no move {number} in this save")
    if tree.nodes[number].over:
        raise MoveError("the game is over there", "Choose an earlier moment.")


def seated(session: Session, seats: Mapping[SeatId, str]) -> dict[SeatId, str]:
    """Who sits where in a what-if. Raises UsageError."""
    teams = session.deck.model.teams
    before = {
        team: STAND_IN if is_outside(who) else who
        for team, who in session.seats.items()
        if team in teams
    }
    found = check_seats(session.deck, {**before, **seats})
    if outside := [who for who in found.values() if is_outside(who)]:
        hint = "Give its seat to a person or to a built-in bot."
        raise UsageError(f"'{outside[0]}' can't play a what-if", hint)
    return found


def free_name(tree: Tree) -> str:
    """The first of `what-if A`, `what-if B` ... that no line of play has."""
    taken = {course.name for course in tree.courses()}
    number = 0
    while (name := f"{NAME} {letters(number)}") in taken:
        number += 1
    return name


def letters(number: int) -> str:
    """A number in letters, as columns of a table are counted.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    before, last = divmod(number, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def no_exercise(what: str) -> MoveError:
    """Why something can't be done in a what-if."""
    found = f"this is a what-if, and no exercise: {what.strip()}"
    return MoveError(found, "Go on with the game itself to run its exercise.")
