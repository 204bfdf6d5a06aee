"""A live game: the one writer of its save, and what every seat is shown of it."""

from array import array
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from tabletop import RULES_VERSION, __version__
from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.errors import DivergenceError, MoveError, NewerFormatError
from tabletop.session.core import now_utc
from tabletop.session.deciding import Deciding
from tabletop.session.following import Following
from tabletop.session.journal import Header, Journal, Line
from tabletop.session.moves import RULINGS, from_json
from tabletop.session.rewording import Rewording
from tabletop.session.running import Running
from tabletop.session.seats import check_seats
from tabletop.session.start import Start, as_table, from_table
from tabletop.session.tree import Node, Tree
from tabletop.session.undoing import GoingBack
from tabletop.session.view import CONTROL, Change, Move, SeatId


class Session(GoingBack, Running, Rewording, Following, Deciding):
    """One game, in a save or in memory alone."""

    @classmethod
    def new(  # noqa: PLR0913 -- each is a choice of whoever begins a game
        cls, deck: Deck, *, seed: int, seats: Mapping[str, str],
        path: Path | None = None, game: int = 0, clock: Callable[[], str] = now_utc,
        start: Start | None = None,
    ) -> "Session":  # fmt: skip
        """A new game, saved at `path` unless that is None.

        Raises UsageError for seats that do not exist, MoveError for a start that can't
        be, JournalError when the save can't be made.
        """
        full = check_seats(deck, seats)
        tree = Tree(deck, seed, game, start=start)
        journal = None
        if path is not None:
            header = Header(
                program_version=__version__, rules_version=RULES_VERSION,
                deck_id=deck.model.id, deck_title=deck.model.title,
                deck_files=deck.files, deck_digest=deck.digest, seed=seed, game=game,
                seats=full, created=clock(), start_digest=tree.digest(0),
                start=as_table(start),
            )  # fmt: skip
            journal = Journal.create(path, header)
        return cls(tree, full, journal, clock)

    @classmethod
    def open(
        cls, path: Path, *, read_only: bool = False,
        clock: Callable[[], str] = now_utc,
    ) -> Self:  # fmt: skip
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
    def _replayed(cls, journal: Journal, clock: Callable[[], str]) -> Self:
        header = journal.header
        if header.rules_version > RULES_VERSION:
            raise NewerFormatError(
                f"{journal.path} was played by the rules of a newer version "
                f"({header.program_version})",
                "Install that version to open it.",
            )
        deck = load_text(header.deck_files, header.deck_id)
        tree = _set_up(journal.path, deck, header)
        check_digest(journal.path, tree, 0, header.start_digest)
        session = cls(tree, check_seats(deck, header.seats), journal, clock)
        for line in journal.lines:
            session._replay(line)
        session._warnings = journal.warnings
        session._stop_left_running()
        session._leave_what_if()
        session._hear_first()
        return session

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
        return self._log(seat).changes(self._make(seat, move, note))

    def _leave_what_if(self) -> None:
        """Goes back to the table from a what-if that the last program left open."""
        if self.tree.aside and self.read_only:
            self.tree.head, self.seats = self.tree.home, dict(self._seats_at_home)
        elif self.tree.aside:
            self._go(CONTROL, self.tree.home)

    # --- replay

    def _replay(self, line: Line) -> None:
        getattr(self, f"_replay_{line.kind}")(line)
        self._news.append(line)

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


def _set_up(path: Path, deck: Deck, header: Header) -> Tree:
    """The start of a saved game. Raises DivergenceError for one that can't be."""
    try:
        start = from_table(header.start)
        return Tree(deck, header.seed, header.game, start=start)
    except (MoveError, ValueError) as error:
        raise DivergenceError(
            f"{path}: the game can't begin so: {error}", DIVERGED
        ) from error


def check_digest(path: Path | None, tree: Tree, number: int, expected: str) -> None:
    """Raises DivergenceError when the state at a place is not the recorded one."""
    found = tree.digest(number)
    if found != expected:
        raise DivergenceError(
            f"{path}: after move {number} the state is {found}, "
            f"but {expected} was recorded",
            DIVERGED,
        )
