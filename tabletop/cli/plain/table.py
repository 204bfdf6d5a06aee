"""The plain table: whoever must act is told what happened, and asked what to do.

It reads standard input line by line until the game is left or the input ends; every
move is saved as it is made, so there is nothing to lose at either.
"""

from collections.abc import Callable
from threading import Timer

from tabletop.cli import output, transcript
from tabletop.cli.plain import commands, describe, guide
from tabletop.cli.plain.desk import After, Desk
from tabletop.cli.text import one_line
from tabletop.errors import StorageError, TabletopError
from tabletop.session.editing import News
from tabletop.session.game import Play, persons
from tabletop.session.hotseat import first_seat, needs_curtain, next_seat
from tabletop.session.thinking import replaced
from tabletop.session.view import CONTROL, SeatId, View

MOMENT = 2.0
"""Seconds after which it is said that a team thinks."""
RECENT = 5
"""Log entries that open a game which was under way."""


class PlainTable:
    """A game at this keyboard."""

    def __init__(
        self, game: Play, look: Callable[[], News | None] | None = None
    ) -> None:
        """`look` tells what came of editing the deck, before each question."""
        self._game = game
        self._look = look
        view = game.view(CONTROL)
        log = view.log
        self._names = {team.id: team.name for team in view.teams}
        self._resumed = len(log) > RECENT
        self._before = log[-RECENT - 1].number if self._resumed else -1
        """The last log entry that nobody is told of unasked."""
        self._told: dict[SeatId, int] = {}
        """The last log entry that each seat was told of."""

    @property
    def _persons(self) -> tuple[SeatId, ...]:
        """The seats of persons: they can change hands during the game."""
        return persons(self._game)

    def play(self) -> None:
        """Play until the game is left or the input ends."""
        desk: Desk | None = None
        while self._let_bots_move():
            seat = self._next_seat(desk)
            if not self._draw_curtain(desk, seat):
                return
            before, desk = desk, self._seated(desk, seat)
            self._announce(desk, sits_down=desk is not before)
            if not self._persons or self._converse(desk) is After.LEAVE:
                return

    def _let_bots_move(self) -> bool:
        """Let bots move until a person owes a move; False at the end of the input."""
        while True:
            try:
                while self._bot_moves():
                    pass
            except StorageError as error:
                output.say("\n".join(describe.refusal(error)))
                typed = output.ask("Press Enter to try again; q leaves the game. ")
                if typed is None or typed.lower() in commands.QUIT:
                    return False
            else:
                return True

    def _bot_moves(self) -> bool:
        """Let one seat that no person plays decide; whether there was one."""
        thought = None if self._game.read_only else self._game.next_thought()
        if thought is None:
            return False
        team = self._names.get(thought.seat, thought.seat)
        slow = Timer(MOMENT, output.say, [f"{team} thinks ..."])
        slow.daemon = True
        slow.start()
        try:
            decided = thought.decide()
        finally:
            slow.cancel()
        if self._game.carry_out(thought, decided) and decided.trouble:
            now = self._game.seats[thought.seat]
            output.say(f"! {one_line(replaced(team, decided, now))}")
        return True

    def _next_seat(self, desk: Desk | None) -> SeatId:
        waiting = [self._acting(seat) for seat in self._game.waiting()]
        if desk is None:
            return first_seat(waiting, self._persons)
        if desk.wanted is not None:
            return desk.wanted
        return next_seat(desk.seat, waiting, stays=desk.stays)

    def _acting(self, seat: SeatId) -> SeatId:
        """Who makes a seat's move: control does it for a team that is absent."""
        return seat if seat in self._persons else CONTROL

    def _draw_curtain(self, desk: Desk | None, seat: SeatId) -> bool:
        """Hide what the last seat saw until the next one sits down; False when the game
        is left there, or at the end of the input."""
        if not needs_curtain(desk.seat if desk else None, seat, self._persons):
            return True
        output.clear()
        name = describe.seat_name(self._game.view(seat), seat)
        while typed := output.ask(f"---- {name}, sit down and press Enter. "):
            if typed.lower() in commands.QUIT:
                return False
            output.say(f"{describe.REFUSAL}not heard: {name} must sit down first")
            output.say("  Press Enter, then type it; q leaves the game.")
        return typed is not None

    def _seated(self, desk: Desk | None, seat: SeatId) -> Desk:
        if desk is not None and desk.seat == seat:
            desk.wanted = None
            return desk
        stays = desk is not None and desk.wanted == seat == CONTROL
        return Desk(self._game, seat, stays=stays)

    def _announce(self, desk: Desk, *, sits_down: bool) -> None:
        """Tell the seat what it has not heard, where it stands, and its choices."""
        view = desk.view
        if view.seat not in self._told:
            self._introduce(desk, view)
        since = self._told.get(view.seat, self._before)
        for entry in view.log:
            if entry.number > since:
                desk.say(describe.announcement(entry))
        self._told[view.seat] = max((each.number for each in view.log), default=since)
        output.say()
        if view.over is not None:
            desk.say(transcript.standing(view))
        else:
            output.say(describe.heading(view))
            desk.say(describe.stands(view))
            desk.say(describe.secret_tracks(view) if sits_down else [])
            desk.say([view.prompt] if view.prompt else [])
            if view.seat == CONTROL:
                desk.say(guide.spoken(self._game.run_view()))
            desk.say(describe.choices(view, desk.asked()))

    def _introduce(self, desk: Desk, view: View) -> None:
        if not self._told:
            output.say(describe.title(view))
        if not self._resumed:
            desk.say(describe.situation(view))

    def _tell_news(self) -> None:
        news = self._look() if self._look is not None else None
        if news is not None:
            said = " ".join(filter(None, (news.text, news.hint)))
            output.say(f"{'*' if news.taken else '!'} {one_line(said)}")

    def _converse(self, desk: Desk) -> After:
        """Obey the seat until something has changed or the game is left."""
        name = describe.seat_name(desk.view, desk.seat)
        while True:
            self._tell_news()
            line = output.ask(f"{name} (? for help): ")
            if line is None:
                return After.LEAVE
            try:
                after = commands.obey(desk, line)
            except TabletopError as error:
                desk.say(describe.refusal(error))
                continue
            if after is not After.ASK_AGAIN:
                return after
