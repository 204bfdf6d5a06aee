"""What follows a move: dice, bots, the end, the next seat, the questions put to it.

Part of the play screen. One worker runs it, so that one thing comes after another;
the game itself is only ever touched from the app's own thread.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tabletop.errors import TabletopError
from tabletop.session.game import ABSENT, Game, persons
from tabletop.session.hotseat import first_seat, needs_curtain, next_seat
from tabletop.session.thinking import Decided, Thought, replaced
from tabletop.session.view import (
    CONTROL,
    PUBLIC,
    AskView,
    Change,
    Move,
    MoveView,
    SeatId,
    View,
)
from tabletop.tui.attempt import attempt
from tabletop.tui.screens.ask import AskScreen
from tabletop.tui.screens.base import TableScreen
from tabletop.tui.screens.control_table import ControlTable
from tabletop.tui.screens.curtain import Called, CurtainScreen
from tabletop.tui.screens.dice import DiceScreen
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.problem import PlayerFailedScreen, screen_for
from tabletop.tui.screens.team_table import TeamTable
from tabletop.tui.thinking import Mind
from tabletop.tui.widgets.cue import missed, read_out

if TYPE_CHECKING:
    from tabletop.tui.screens.layout import Table

MOMENT = 0.5
"""Seconds after which it is said that somebody thinks."""


class Flow(TableScreen[None]):
    """The order of things at the table."""

    def __init__(self, game: Game, *, pause: float) -> None:
        super().__init__()
        self.game = game
        self.pause = pause
        """Seconds between two moves of bots, so that people can follow."""
        self.seat: SeatId | None = None
        """Who looks at the screen; nobody before the first curtain."""
        self.view: View | None = None
        self.table: Table | None = None
        """The panes of the seat that looks; none while seats change."""
        self.stays = False
        """Whether whoever looks keeps the screen, whoever must act."""
        self.drafts: dict[tuple[SeatId, str], str] = {}
        """Lines that were typed and left, by seat and by what they are for."""
        self.mind = Mind()
        self.thinks: SeatId | None = None
        """The seat that has been thinking for more than a moment."""
        self._failed: list[PlayerFailedScreen] = []
        """Players that failed, of which control has not been told."""
        self._end_seen = False
        self._read = -1
        """The last entry of which it is known that somebody could read it out."""

    # To be given by the screen.

    async def sit(self, seat: SeatId) -> None:
        """Give the screen to a seat, with a table of its own."""
        raise NotImplementedError

    def draw(self, view: View) -> None:
        """Show a view on every pane."""
        raise NotImplementedError

    def wait_for(self, name: str) -> None:
        """Say that somebody thinks where nobody sits yet."""
        raise NotImplementedError

    def leave_for(self, where: str | None) -> None:
        """Go where a dialog said; stay when it said nothing."""
        raise NotImplementedError

    # What is there now.

    @property
    def team_table(self) -> TeamTable | None:
        """The panes, when a team looks."""
        return self.table if isinstance(self.table, TeamTable) else None

    @property
    def control_table(self) -> ControlTable | None:
        """The panes, when control looks."""
        return self.table if isinstance(self.table, ControlTable) else None

    def offers(self, kind: str) -> bool:
        """Whether the view offers a move of this kind."""
        moves = self.view.moves if self.view is not None else ()
        return not self.game.read_only and any(m.move.kind == kind for m in moves)

    def open_moves(self) -> tuple[MoveView, ...]:
        """Every move that this seat may make now; control's for absent teams first."""
        if self.view is None or self.game.read_only:
            return ()
        return (*self.moves_for_absent(), *self.view.moves)

    def moves_for_absent(self) -> Iterator[MoveView]:
        """Control sees everything, so it may see what a team that nobody plays may."""
        if self.seat != CONTROL or self.view is None:
            return
        for team in self.view.teams:
            if self.game.seats.get(team.id) == ABSENT:
                for offer in self.game.view(team.id).moves:
                    yield MoveView(offer.move, f"{team.name}: {offer.label}")

    def moves_for_teams(self) -> tuple[MoveView, ...]:
        """The moves of every team that owes one, by team."""
        if self.seat != CONTROL or self.view is None:
            return ()
        owing = [team.id for team in self.view.teams if team.id in self.view.to_act]
        return tuple(offer for team in owing for offer in self.game.view(team).moves)

    def waiting(self) -> tuple[SeatId, ...]:
        """The seats that must act; control stands in for a team that is absent."""
        seats = self.game.seats
        return tuple(
            CONTROL if seats.get(seat) == ABSENT else seat
            for seat in self.game.waiting()
        )

    def asked(self) -> AskView | None:
        """The question that this seat may answer: its own, or an absent team's."""
        if self.view is None or self.game.read_only:
            return None
        mine = (ask for ask in self.view.asks if self._answers_for(ask.team))
        return next(mine, None)

    def _answers_for(self, team: SeatId) -> bool:
        absent = self.game.seats.get(team) == ABSENT
        return team == self.seat or (self.seat == CONTROL and absent)

    # What happens.

    def refresh_view(self) -> None:
        """Take the seat's view anew, and show it."""
        if self.seat is not None:
            self.view = self.game.view(self.seat)
            self.draw(self.view)
            self.refresh_bindings()

    def make(self, move: Move, note: str = "") -> bool:
        """Submit a move, and let what follows from it happen; whether it was made."""
        seat = self.seat
        if seat is None:
            return False
        changes = attempt(self.app, lambda: self.game.submit(seat, move, note=note))
        if changes is None:
            return False
        self._offer_nothing()
        self.follow(changes)
        return True

    def _offer_nothing(self) -> None:
        """A key pressed twice must not make a second move."""
        if self.view is not None:
            self.view = replace(self.view, moves=(), asks=())

    @work(exclusive=True, group="flow")
    async def follow(self, changes: Sequence[Change] | None = ()) -> None:
        """Show what happened and go on, until a person must decide."""
        while changes is not None:
            await self._begin()
            self.refresh_view()
            await self._show_dice(changes)
            await self._let_bots_move()
            if await self._ended():
                return
            await self._pass_keyboard()
            if self.seat == CONTROL:  # whose cue says what to read
                self._to_read()
            await self._tell_control()
            changes = await self._ask()

    async def _begin(self) -> None:
        """With one person at the keyboard, or none, nothing has to be covered."""
        who = persons(self.game)
        if self.seat is None and len(who) <= 1:
            await self.sit(first_seat((), who))

    async def _show_dice(self, changes: Sequence[Change]) -> None:
        """Show every throw with what it caused."""
        for index, change in enumerate(changes):
            if change.kind == "roll" and self.view is not None:
                screen = DiceScreen(changes[index:], self.view)
                await self.app.push_screen_wait(screen)

    async def _let_bots_move(self) -> None:
        """Bots move one at a time, until persons must; a full disk holds them up."""
        while (thought := self._next_thought()) is not None:
            decided = await self._think(thought)
            try:
                made = self.game.carry_out(thought, decided)
            except TabletopError as error:
                await self.app.push_screen_wait(screen_for(error, game_stays=True))
                continue
            self.mind.stop()
            if not made:  # the game has moved on meanwhile
                continue
            self.refresh_view()
            if decided.trouble:
                self._tell_trouble(thought, decided)
                await self._tell_control()
            await asyncio.sleep(self.pause)

    def _next_thought(self) -> Thought | None:
        return None if self.game.read_only else self.game.next_thought()

    async def _think(self, thought: Thought) -> Decided:
        """Let a seat decide beside the screen; after a moment, say that it does."""
        slow = self.set_timer(MOMENT, partial(self._show_thinking, thought.seat))
        try:
            decided = await self.mind.think(thought)
        finally:
            slow.stop()
            self.thinks = None
        if not self._stands:  # as everything that this screen still does
            raise asyncio.CancelledError
        return decided

    @property
    def _stands(self) -> bool:
        """Whether its panes are there; not while it is being taken down."""
        return self.app.is_running and self.is_attached and self.display

    def _show_thinking(self, seat: SeatId) -> None:
        """Say who thinks; what comes of it is drawn without that."""
        if not self._stands:
            return
        self.thinks = seat
        if self.view is not None:
            self.draw(self.view)
        else:
            self.wait_for(self.game.view(PUBLIC).names.get(seat, seat))

    def _tell_trouble(self, thought: Thought, decided: Decided) -> None:
        """Say that a player failed, and who plays now.

        Control reads what it sent as well, as soon as it looks at the screen.
        """
        team = self.game.view(PUBLIC).names.get(thought.seat, thought.seat)
        words = replaced(team, decided, self.game.seats[thought.seat])
        if self.seat != CONTROL:
            self.notify(words, severity="warning", timeout=15, markup=False)
        if self.seat == CONTROL or CONTROL in persons(self.game):
            self._failed.append(PlayerFailedScreen(words, decided.detail))

    async def _tell_control(self) -> None:
        """Show control which players failed."""
        while self.seat == CONTROL and self._failed:
            await self.app.push_screen_wait(self._failed.pop(0))

    def on_unmount(self) -> None:
        """Whoever thinks need not any more."""
        self.mind.stop()

    async def _ended(self) -> bool:
        """Show the end, once; whether the game is over."""
        view = self.view if self.view is not None else self.game.view(CONTROL)
        if view.over is None:
            self._end_seen = False
            return False
        if self.seat is None:
            await self.sit(first_seat((), persons(self.game)))
        if not self._end_seen:
            self._end_seen = True
            self.show_end()
        return True

    def show_end(self) -> None:
        """Show how the game ended."""
        if self.view is not None and self.view.over is not None:
            path, what_if = self.game.path, self.game.what_if
            end = EndScreen(self.view, self.view.over, path=path, what_if=what_if)
            self.app.push_screen(end, self.leave_for)

    async def _pass_keyboard(self) -> None:
        """Give the screen to whoever must act, behind a curtain if others look on."""
        waiting = self.waiting()
        if self.seat is None:
            after = first_seat(waiting, persons(self.game))
        else:
            after = next_seat(self.seat, waiting, stays=self.stays)
        if after != self.seat:
            await self.hand_over(after, may_leave=False)

    async def hand_over(self, after: SeatId, *, may_leave: bool) -> bool:
        """Seat somebody else; false when the curtain was sent away."""
        if not needs_curtain(self.seat, after, persons(self.game)):
            await self.sit(after)
            return True
        called = Called.of(self.game.view(after), after)
        aloud = self._missed() if after == CONTROL else self._to_read()
        curtain = CurtainScreen(
            called, partial(self.sit, after), may_leave=may_leave, aloud=aloud
        )
        opened = await self.app.push_screen_wait(curtain)
        return bool(opened)

    def _to_read(self) -> list[str]:
        """What has come for everybody while nobody had time to read it out."""
        public = self.game.view(PUBLIC)
        told = read_out(public, self._read)
        self._read = max((entry.number for entry in public.log), default=-1)
        return told

    def _missed(self) -> list[str]:
        """What control's cue no longer says, for a phase has opened since it came."""
        return missed(self.game.view(PUBLIC), self._read)

    async def _ask(self) -> Sequence[Change] | None:
        """Put the question that waits for this seat; None when there is no answer."""
        seat, view, ask = self.seat, self.view, self.asked()
        if seat is None or view is None or ask is None:
            return None
        screen = AskScreen(self.game, view, ask, self.drafts.get((seat, "answer"), ""))
        answer = await self.app.push_screen_wait(screen)
        self.drafts[seat, "answer"] = screen.draft
        if answer is None:
            return None
        move, note = answer
        changes = attempt(self.app, lambda: self.game.submit(seat, move, note=note))
        if changes is not None:
            self.drafts[seat, "answer"] = ""
        return changes
