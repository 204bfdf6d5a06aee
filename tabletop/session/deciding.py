"""Seats that change hands, and the moves of those that no person plays."""

from abc import abstractmethod
from functools import cached_property, partial
from threading import Event

from tabletop.errors import MoveError, UsageError
from tabletop.session.core import MAX_NOTE
from tabletop.session.journal import Line
from tabletop.session.marking import Marking
from tabletop.session.seats import (
    ABSENT,
    AUTO,
    PERSON,
    bot_code,
    check_seats,
    is_outside,
)
from tabletop.session.thinking import Decided, Player, Thought, seat_words
from tabletop.session.view import CONTROL, Change, Move, SeatId

STAND_IN = "bot:greedy"
"""Who sits down for a player that failed where no person is control."""
NOT_ATTACHED = (
    "a save never starts a program by itself; --seat attaches it again on the command "
    "line"
)


class Deciding(Marking):
    """Bots and outside players; a player that fails is replaced, and the game goes on.

    No player is ever started here: whoever opens the game attaches it.
    """

    stand_in = ""
    """Who replaces an outside player that fails; empty for control or a bot."""

    @cached_property
    def _players(self) -> dict[SeatId, Player]:
        """The outside players that are attached."""
        return {}

    # --- who sits where

    def set_seat(self, seat: SeatId, who: str, *, why: str = "") -> None:
        """Gives a seat to somebody else: 'person', 'absent', 'bot:greedy' ...

        `why` is for control's log. Raises UsageError for who can't sit there, and for
        an outside player that is not attached.
        """
        self._require_seat(seat)
        if is_outside(who) and not self._has_player(seat, who):
            raise UsageError(
                f"no program can be started here for {seat}",
                "Attach it on the command line: resume SAVE --seat TEAM=exec:COMMAND.",
            )
        seats = check_seats(self.deck, {**self.seats, seat: who})
        data = {"seat": seat, "who": who}
        line = self._write("seat", CONTROL, self.tree.head, data=data, note=why)
        self._log_seat(line)
        self.seats = seats
        if not self._has_player(seat, who):
            self._let_player_go(seat)

    def attach(self, seat: SeatId, player: Player) -> None:
        """Lets an outside player decide for a team from now on.

        Raises UsageError for a seat that it can't take; then it is not attached.
        """
        before = self._players.get(seat)
        self._players[seat] = player
        try:
            if self.seats.get(seat) != player.who:
                self.set_seat(seat, player.who)
        except BaseException:
            self._players.pop(seat)
            if before is not None:
                self._players[seat] = before
            raise
        if before is not None and before is not player:
            before.close()

    def replace_unattached(self) -> None:
        """Gives the seats of outside players that are not attached to their stand-ins.

        The warnings say so. For whoever opens a save to go on with it; in a game that
        is over, or is only read, nobody needs one.
        """
        if self.read_only or self.over:
            return
        for seat, who in list(self.seats.items()):
            if is_outside(who) and not self._has_player(seat, who):
                self._replace(seat, NOT_ATTACHED)
                words = seat_words(self.seats[seat])
                team = self.tree.names.team(seat)
                before = f"A program from outside played {team} ({who})"
                why = _capital(NOT_ATTACHED)
                self._warnings += (f"{before}. {why}. Until then {words}.",)

    def close(self) -> None:
        """Ends the outside players, and lets go of the save."""
        for seat in list(self._players):
            self._let_player_go(seat)
        super().close()

    def _has_player(self, seat: SeatId, who: str) -> bool:
        player = self._players.get(seat)
        return player is not None and player.who == who

    def _let_player_go(self, seat: SeatId) -> None:
        player = self._players.pop(seat, None)
        if player is not None:
            player.close(self.view(seat) if self.over else None)

    # --- their moves

    def next_thought(self) -> Thought | None:
        """The next decision that no person makes, as the game stands; None if none."""
        if self.read_only:
            return None
        seat = next((s for s in self.owing() if self.plays_itself(s)), None)
        if seat is None:
            return None
        who = self.seats[seat]
        if is_outside(who):
            return self._outside_thought(seat, who)
        if seat == CONTROL:
            advance = Decided(Move("advance"))
            return Thought(seat, self.head, who, lambda: advance)
        mind = self.tree.bot_mind(seat, bot_code(who) or 0)
        return Thought(seat, self.head, who, lambda: Decided(mind()))

    def _outside_thought(self, seat: SeatId, who: str) -> Thought:
        player = self._players.get(seat)
        if player is None or player.who != who:
            lost = Decided(None, trouble=NOT_ATTACHED)
            return Thought(seat, self.head, who, lambda: lost)
        stopped = Event()
        decide = partial(player.decide, self.view(seat), stopped)
        return Thought(seat, self.head, who, decide, stopped.set)

    def carry_out(self, thought: Thought, decided: Decided) -> bool:
        """Makes a move that was thought out: False when the game has moved on.

        A player that failed is replaced instead. Raises StorageError when the disk
        refuses it; then nothing has changed.
        """
        if not self._still_owed(thought):
            return False
        if decided.move is None:
            if decided.trouble:
                self._replace(thought.seat, decided.trouble, decided.detail)
            return bool(decided.trouble)
        try:
            self.submit(thought.seat, decided.move, note=decided.note)
        except MoveError as error:
            if not is_outside(thought.who):
                raise
            self._replace(thought.seat, f"its move was refused: {error.message}")
        return True

    def bot_moves(self) -> bool:
        """Makes one move for a seat that no person plays: whether there was any."""
        thought = self.next_thought()
        return thought is not None and self.carry_out(thought, thought.decide())

    @abstractmethod
    def submit(self, seat: SeatId, move: Move, *, note: str = "") -> tuple[Change, ...]:
        """Makes a move."""

    def _still_owed(self, thought: Thought) -> bool:
        return (
            not self.read_only
            and thought.after == self.head
            and thought.who == self.seats.get(thought.seat)
            and thought.seat in self.owing()
        )

    def _replace(self, seat: SeatId, trouble: str, detail: str = "") -> None:
        """Lets the stand-in take the seat of an outside player, and says why."""
        failed = (
            trouble if trouble == NOT_ATTACHED else f"its program failed: {trouble}"
        )
        why = " ".join(filter(None, (f"{_capital(failed)}.", detail)))
        self.set_seat(seat, self._stand_in(), why=why[:MAX_NOTE])

    def _stand_in(self) -> str:
        with_person = self.seats[CONTROL] == PERSON
        who = self.stand_in or (ABSENT if with_person else STAND_IN)
        return STAND_IN if who == ABSENT and self.seats[CONTROL] == AUTO else who

    # --- replay

    def _replay_seat(self, line: Line) -> None:
        seat, who = str(line.data.get("seat")), str(line.data.get("who"))
        self._log_seat(line)
        self.seats = check_seats(self.deck, {**self.seats, seat: who})

    def _log_seat(self, line: Line) -> None:
        """A change of seats that has a reason stands in control's log."""
        if line.note:
            seat, who = str(line.data.get("seat")), str(line.data.get("who"))
            team = self.tree.names.team(seat)
            self._log_beside(line, "note", f"{team}: {seat_words(who)}")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
