"""A live game: the one writer of its save, and what every seat is shown of it."""

from array import array
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tabletop import RULES_VERSION, __version__
from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.engine import machine
from tabletop.errors import (
    DivergenceError,
    MoveError,
    NewerFormatError,
    UsageError,
    WrongSeatError,
)
from tabletop.session.journal import Header, Journal, Line
from tabletop.session.log import LogReader, move_title
from tabletop.session.moves import RULINGS, TEAM_KINDS, from_json, to_json
from tabletop.session.peek import Peek
from tabletop.session.seats import AUTO, BOTS, check_seats
from tabletop.session.tree import Node, Note, Tree
from tabletop.session.view import (
    CONTROL,
    PUBLIC,
    Change,
    LogEntry,
    Move,
    Preview,
    SeatId,
    View,
    Why,
)
from tabletop.session.views import ViewBuilder

SHOWN = ("draw", "roll", "reveal")
"""Kinds of changes that show somebody what an undo can't hide again."""
MAX_NOTE = 2_000
"""Characters in a note, a reason or an intent."""


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


@dataclass(frozen=True, slots=True)
class BranchView:
    """One line of play in the save's tree."""

    name: str
    tip: int
    """Its last move."""
    moves: int
    """How many moves it has."""
    current: bool
    title: str
    """Its last move in words."""


def now_utc() -> str:
    """The time, for people: ISO 8601, UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Session:
    """One game, in a save or in memory alone."""

    def __init__(
        self, tree: Tree, seats: Mapping[str, str], journal: Journal | None,
        clock: Callable[[], str] = now_utc,
    ) -> None:  # fmt: skip
        """Use `new` or `open`."""
        self.tree = tree
        self.seats = dict(seats)
        self.clock = clock
        self._journal = journal
        self._lines = len(journal.lines) if journal else 0
        self._logs: dict[SeatId, LogReader] = {}
        self._warnings: tuple[str, ...] = ()

    # --- beginning and end

    @classmethod
    def new(
        cls, deck: Deck, *, seed: int, seats: Mapping[str, str],
        path: Path | None = None, game: int = 0, clock: Callable[[], str] = now_utc,
    ) -> "Session":  # fmt: skip
        """A new game, saved at `path` unless that is None.

        Raises UsageError for seats that do not exist, JournalError when the save can't
        be made.
        """
        full = check_seats(deck, seats)
        tree = Tree(deck, seed, game)
        journal = None
        if path is not None:
            header = Header(
                program_version=__version__, rules_version=RULES_VERSION,
                deck_id=deck.model.id, deck_title=deck.model.title,
                deck_files=deck.files, deck_digest=deck.digest, seed=seed, game=game,
                seats=full, created=clock(), start_digest=tree.digest(0),
            )  # fmt: skip
            journal = Journal.create(path, header)
        return cls(tree, full, journal, clock)

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False,
        clock: Callable[[], str] = now_utc,
    ) -> "Session":  # fmt: skip
        """A saved game, replayed and checked move by move.

        Raises JournalError when the save can't be read, DivergenceError when replaying
        it gives another state, DeckError when its deck is not valid any more.
        """
        journal = Journal.open(path, read_only=read_only, at=clock())
        try:
            return cls._replayed(journal, clock)
        except BaseException:
            journal.close()
            raise

    @classmethod
    def _replayed(cls, journal: Journal, clock: Callable[[], str]) -> "Session":
        header = journal.header
        if header.rules_version > RULES_VERSION:
            raise NewerFormatError(
                f"{journal.path} was played by the rules of a newer version "
                f"({header.program_version})",
                "Install that version to open it.",
            )
        deck = load_text(header.deck_files, header.deck_id)
        tree = Tree(deck, header.seed, header.game)
        check_digest(journal.path, tree, 0, header.start_digest)
        session = cls(tree, check_seats(deck, header.seats), journal, clock)
        for line in journal.lines:
            session._replay(line)
        session._warnings = journal.warnings
        return session

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

    def view(self, seat: SeatId) -> View:
        """All that a seat may know. Raises UsageError for a seat that is none."""
        self._require_seat(seat)
        return ViewBuilder(self.tree, seat, self.seats, self._log(seat)).build()

    def preview(self, seat: SeatId, move: Move) -> Preview:
        """What a move would do, as far as the seat can know. Raises MoveError."""
        self._check_mover(seat, move)
        return Peek(self.tree, seat, self._log(seat)).preview(move)

    def why(self, seat: SeatId, subject: str) -> Why:
        """The sum behind a track, flag or points. Raises UsageError when unknown."""
        self._require_seat(seat)
        return Peek(self.tree, seat, self._log(seat)).why(subject)

    def waiting(self) -> tuple[SeatId, ...]:
        """The seats of people that owe a move now."""
        return tuple(s for s in self.owing() if not self.plays_itself(s))

    def owing(self) -> tuple[SeatId, ...]:
        """The seats that owe a move now."""
        state = self.tree.now.state.tolist()
        seats = (*self.tree.program.teams, CONTROL)
        words = self.tree.program.words
        return tuple(s for i, s in enumerate(seats) if machine.owes(words, state, i))

    def plays_itself(self, seat: SeatId) -> bool:
        """Whether a seat is a bot's, or control's without a person."""
        who = self.seats[seat]
        return who == AUTO or who.startswith("bot:")

    def _log(self, seat: SeatId) -> LogReader:
        if seat not in self._logs:
            self._logs[seat] = LogReader(self.tree, seat)
        return self._logs[seat]

    def _require_seat(self, seat: SeatId) -> None:
        if seat not in (*self.tree.program.teams, CONTROL, PUBLIC):
            known = ", ".join((*self.tree.program.teams, CONTROL))
            raise UsageError(f"there is no seat '{seat}'", f"The seats are: {known}.")

    # --- moves

    def submit(self, seat: SeatId, move: Move, *, note: str = "") -> tuple[Change, ...]:
        """Makes a move, on the disk before it returns: what the seat sees of it.

        Control may move for any team. Raises MoveError when it is refused and
        StorageError when the disk refuses it; then nothing has changed.
        """
        self._check_mover(seat, move)
        self._check_note(note)
        if seat == CONTROL and move.kind in RULINGS and not note.strip():
            raise MoveError("a ruling needs a reason", "Say why, in a few words.")
        state, facts = self.tree.apply(move, self.tree.seat_of(move))
        node = Node(
            self._lines + 1, self.tree.head, seat, self.clock(), move, note.strip(),
            array("q", state), facts,
        )  # fmt: skip
        self._write(
            "move", seat, node.parent, at=node.at, note=node.note,
            move=to_json(move), digest=self.tree.program.digest(state),
        )  # fmt: skip
        self.tree.add(node)
        return self._log(seat).changes(facts)

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

    def note(self, seat: SeatId, text: str) -> None:
        """Writes a note beside the moves, for the seat itself and control."""
        self._require_seat(seat)
        self._check_note(text)
        if not text.strip():
            raise MoveError("the note is empty", "Write something, or leave it.")
        when = self.clock()
        parent = self.tree.head
        self._write("note", seat, parent, at=when, note=text.strip())
        self.tree.notes.append(Note(self._lines, parent, seat, when, text.strip()))

    def set_seat(self, seat: SeatId, who: str) -> None:
        """Gives a seat to somebody else: 'person', 'absent', 'bot:greedy' ..."""
        self._require_seat(seat)
        seats = check_seats(self.deck, {**self.seats, seat: who})
        data = {"seat": seat, "who": who}
        self._write("seat", CONTROL, self.tree.head, data=data)
        self.seats = seats

    # --- bots

    def bot_moves(self) -> bool:
        """Makes one move of a bot that owes one: whether there was any."""
        if self.read_only:
            return False
        for seat in self.owing():
            if self.plays_itself(seat):
                self.submit(seat, self.bot_choice(seat))
                return True
        return False

    def bot_choice(self, seat: SeatId) -> Move:
        """The move that a seat's bot would make now."""
        if seat == CONTROL:
            return Move("advance")
        return self.tree.bot_move(seat, BOTS[self.seats[seat]])

    # --- undo and branches

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

    def undo(self, seat: SeatId, to: int | None = None) -> None:
        """Goes back to a move; what was undone stays in the save as a branch."""
        self.take_up(seat, self._undo_goal(to))

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

    # --- the save

    def _write(self, kind: str, by: SeatId, parent: int, **rest: Any) -> None:
        """Appends the next line; `rest` are further fields of `Line`."""
        rest.setdefault("at", self.clock())
        line = Line(number=self._lines + 1, parent=parent, kind=kind, by=by, **rest)
        if self._journal is not None:
            self._journal.append(line)
        self._lines += 1

    def _replay(self, line: Line) -> None:
        if line.kind == "move":
            self._replay_move(line)
        elif line.kind == "note":
            note = Note(line.number, line.parent, line.by, line.at, line.note)
            self.tree.notes.append(note)
        elif line.kind == "head":
            self.tree.head = line.parent
        else:
            seat, who = str(line.data.get("seat")), str(line.data.get("who"))
            self.seats = check_seats(self.deck, {**self.seats, seat: who})

    def _replay_move(self, line: Line) -> None:
        path = self.path
        self.tree.head = line.parent
        try:
            move = from_json(line.move or {})
            state, facts = self.tree.apply(move, self.tree.seat_of(move))
        except (MoveError, ValueError) as error:
            raise DivergenceError(
                f"{path}: move {line.number} can't be played here: {error}",
                DIVERGED,
            ) from error
        node = Node(
            line.number, line.parent, line.by, line.at, move, line.note,
            array("q", state), facts,
        )  # fmt: skip
        self.tree.add(node)
        check_digest(path, self.tree, line.number, line.digest)


DIVERGED = (
    "The save was changed, or made by rules that differ from these. Open it with the "
    "version that its first line names."
)


def check_digest(path: Path | None, tree: Tree, number: int, expected: str) -> None:
    """Raises DivergenceError when the state at a place is not the recorded one."""
    found = tree.digest(number)
    if found != expected:
        raise DivergenceError(
            f"{path}: after move {number} the state is {found}, "
            f"but {expected} was recorded",
            DIVERGED,
        )
