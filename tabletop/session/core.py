"""What every part of a session stands on: the tree, the seats, the save, the views."""

from array import array
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine.cards import vetoed
from tabletop.errors import MoveError, UsageError, WrongSeatError
from tabletop.session.asking import Asker
from tabletop.session.facts import Fact
from tabletop.session.journal import Header, Journal, Line
from tabletop.session.log import LogReader
from tabletop.session.moves import TEAM_KINDS, owing, to_json
from tabletop.session.peek import Peek
from tabletop.session.seats import AUTO, is_bot, is_outside
from tabletop.session.tree import Node, Tree
from tabletop.session.view import (
    CONTROL,
    PUBLIC,
    Asking,
    CardTitle,
    Move,
    Preview,
    SeatId,
    View,
    Why,
)
from tabletop.session.views import ViewBuilder

MOST_SEEDS = at.VALUE_SPAN // 2
"""A move carries no higher number."""
MAX_NOTE = 2_000
"""Characters in a note, a reason or an intent."""


def now_utc() -> str:
    """The time, for people: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class SessionCore:
    """One game, in a save or in memory alone: what it is, and what a seat may see."""

    def __init__(
        self, tree: Tree, seats: Mapping[str, str], journal: Journal | None,
        clock: Callable[[], str] = now_utc,
    ) -> None:  # fmt: skip
        """Use `Session.new` or `Session.open`."""
        self.tree = tree
        self.seats = dict(seats)
        self.clock = clock
        self._journal = journal
        self._lines = len(journal.lines) if journal else 0
        self._logs: dict[SeatId, LogReader] = {}
        self._warnings: tuple[str, ...] = ()
        self._news: list[Line] = []
        """Lines, written or replayed, that the clocks have not been told of."""

    def close(self) -> None:
        """Lets go of the save; what was acknowledged is in it."""
        if self._journal is not None:
            self._journal.close()

    # --- what it is

    @property
    def deck(self) -> Deck:
        """The deck, as the save holds it."""
        return self.tree.deck

    @property
    def seed(self) -> int:
        """The seed of its dice and cards."""
        return self.tree.seed

    @property
    def head(self) -> int:
        """Number of the current move; 0 is the start."""
        return self.tree.head

    @property
    def path(self) -> Path | None:
        """Where the save is; None for a game in memory alone."""
        return self._journal.path if self._journal else None

    @property
    def header(self) -> Header | None:
        """Line 1 of the save; None for a game in memory alone."""
        return self._journal.header if self._journal else None

    @property
    def what_if(self) -> bool:
        """Whether it is played beside a game that was played before."""
        return False

    @property
    def read_only(self) -> bool:
        """Whether nothing can be played: the save is damaged, or was opened so."""
        return self._journal is not None and self._journal.read_only

    @property
    def damaged(self) -> bool:
        """Whether the save has a damaged line, before which it was opened."""
        return self._journal is not None and self._journal.damage is not None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What whoever opened it should be told."""
        return self._warnings

    @property
    def over(self) -> bool:
        """Whether the game has ended."""
        return self.tree.now.over

    # --- looking

    def view_at(self, seat: SeatId, number: int) -> View:
        """What a seat's view was after a move, on whatever line; offers no moves.

        Raises MoveError when there is no such move.
        """
        self._require_seat(seat)
        self._require_place(number)
        log = self._log(seat).seen_from(number)
        return replace(self._view(log), moves=())

    def view(self, seat: SeatId) -> View:
        """All that a seat may know. Raises UsageError for a seat that is none."""
        self._require_seat(seat)
        return self._view(self._log(seat))

    def _view(self, log: LogReader) -> View:
        return ViewBuilder(log.tree, log.seat, self.seats, log).build()

    def log_of(self, seat: SeatId) -> LogReader:
        """The log as a seat may know it. Raises UsageError for a seat that is none."""
        self._require_seat(seat)
        return self._log(seat)

    def cards(self) -> tuple[CardTitle, ...]:
        """Every card of the deck, in its order, for control to rule on."""
        P, S = self.tree.program.words, self.tree.now.state.tolist()
        deck = self.deck.model.cards
        return tuple(
            CardTitle(id_, deck[id_].team, deck[id_].title, vetoed(P, S, i) == 1)
            for i, id_ in enumerate(self.tree.program.cards)
        )

    def preview(self, seat: SeatId, move: Move) -> Preview:
        """What a move would do, as far as the seat can know. Raises MoveError."""
        self._check_mover(seat, move)
        return Peek(self.tree, seat, self._log(seat)).preview(move)

    def asking(self, seat: SeatId, item: str) -> Asking:
        """What a card or inject asks and what the answers lead to.

        A team may read it of its own cards. Raises UsageError for any other.
        """
        self._require_seat(seat)
        names = self.tree.names
        if item not in names.happenings or seat not in (CONTROL, names.by(item)):
            raise UsageError(f"{seat} may not read '{item}'")
        return Asker(names, seat).asking(item)

    def why(self, seat: SeatId, subject: str) -> Why:
        """The sum behind a track, flag or points. Raises UsageError when unknown."""
        self._require_seat(seat)
        return Peek(self.tree, seat, self._log(seat)).why(subject)

    def waiting(self) -> tuple[SeatId, ...]:
        """The seats of people that owe a move now."""
        return tuple(s for s in self.owing() if not self.plays_itself(s))

    def owing(self) -> tuple[SeatId, ...]:
        """The seats that owe a move now."""
        return owing(self.tree.program, self.tree.state())

    def plays_itself(self, seat: SeatId) -> bool:
        """Whether a seat is a bot's, a program's, or control's without a person."""
        who = self.seats[seat]
        return who == AUTO or is_bot(who) or is_outside(who)

    def _log(self, seat: SeatId) -> LogReader:
        if seat not in self._logs:
            self._logs[seat] = LogReader(self.tree, seat)
        return self._logs[seat]

    def _require_seat(self, seat: SeatId) -> None:
        if seat not in (*self.tree.program.teams, CONTROL, PUBLIC):
            known = ", ".join((*self.tree.program.teams, CONTROL))
            raise UsageError(f"there is no seat '{seat}'", f"The seats are: {known}.")

    # --- going, and the save

    def _draw_anew(self) -> None:
        """Lets later dice and cards come from a new seed."""
        value = (self._lines + 1) % MOST_SEEDS
        self._make(CONTROL, Move("reseed", value=value))

    def _make(self, by: SeatId, move: Move, note: str = "") -> tuple[Fact, ...]:
        """Makes a move, on the disk before it returns: all that it caused."""
        state, facts = self.tree.apply(move, self.tree.seat_of(move))
        node = Node(
            self._lines + 1, self.tree.head, by, self.clock(), move, note.strip(),
            array("q", state), facts,
        )  # fmt: skip
        self._write(
            "move", by, node.parent, at=node.at, note=node.note,
            move=to_json(move), digest=self.tree.program.digest(state),
        )  # fmt: skip
        self.tree.add(node)
        return facts

    def _go(self, by: SeatId, number: int) -> None:
        """Makes any place of the tree the current one, and remembers what was left."""
        self._record("head", by, number)

    def _name_line(self, tip: int, name: str, *, practice: bool = False) -> None:
        """Names the line of play that ends with a move."""
        data = {"name": name, **({"practice": True} if practice else {})}
        self._record("branch", CONTROL, tip, data=data)

    def _require_place(self, number: int) -> None:
        if number not in self.tree.nodes:
            raise MoveError(f"there is no move {number} in this save")

    def _check_mover(self, seat: SeatId, move: Move) -> None:
        """Raises WrongSeatError unless a seat may make, or look ahead at, a move."""
        self._require_seat(seat)
        if seat == PUBLIC:
            raise WrongSeatError("the display can't move")
        if seat == CONTROL:
            return
        if move.kind not in TEAM_KINDS or move.team != seat:
            raise WrongSeatError(
                f"{self.tree.names.team(seat)} may not make this move",
                "Only control can move for others or rule.",
            )

    def _check_note(self, note: str) -> None:
        if len(note) > MAX_NOTE:
            raise MoveError(
                f"the text has {len(note)} characters", f"At most {MAX_NOTE} fit."
            )

    def _write(self, kind: str, by: SeatId, parent: int, **rest: Any) -> Line:
        """Appends the next line; `rest` are further fields of `Line`."""
        rest.setdefault("at", self.clock())
        line = Line(number=self._lines + 1, parent=parent, kind=kind, by=by, **rest)
        if self._journal is not None:
            self._journal.append(line)
        self._lines += 1
        self._news.append(line)
        return line

    def _record(self, kind: str, by: SeatId, parent: int, **rest: Any) -> None:
        """Appends the next line, and does what replaying it will do."""
        getattr(self, f"_replay_{kind}")(self._write(kind, by, parent, **rest))
