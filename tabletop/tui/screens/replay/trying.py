"""Trying another way: what if, and as you would have.

What is played from here is a line of its own; the line that was played stays.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.errors import TabletopError
from tabletop.session.guessing import Guessing
from tabletop.session.replaying import Replay
from tabletop.session.view import CONTROL, SeatId
from tabletop.session.whatif import WhatIf, play_on
from tabletop.tui.attempt import attempt
from tabletop.tui.keys import bindings
from tabletop.tui.messages import CameBack, ReplayRead, TrialBegun
from tabletop.tui.say import say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.problem import screen_for
from tabletop.tui.screens.replay.base import ReplayBase
from tabletop.tui.screens.replay.choose import ListScreen
from tabletop.tui.screens.replay.guess import GuessScreen, Measure, Sitting
from tabletop.tui.screens.replay.trial import Moment, Trial, TrialScreen
from tabletop.tui.screens.rows import Row
from tabletop.tui.screens.teams import team_name
from tabletop.tui.widgets.cue import count

T = TypeVar("T")


class BotsScreen(Dialog[bool]):
    """Bots play a line out; it can be stopped, and what was played is kept."""

    TITLE_TEXT = "Bots play it out"
    HINTS = ("try.stop",)
    HELP_TITLE: ClassVar[str] = "Bots play it out"
    HELP_TEXT: ClassVar[str] = "The line is kept as far as it went when you stop them."
    BINDINGS = bindings("try.stop")

    def __init__(self, game: WhatIf) -> None:
        super().__init__()
        self._game = game
        self._stopped = False

    def compose_dialog(self) -> ComposeResult:
        """How far they are."""
        yield Static(id="bots-progress")

    def on_mount(self) -> None:
        """Let them begin."""
        super().on_mount()
        self._play()

    @work(exclusive=True, group="bots")
    async def _play(self) -> None:
        """One move after another, each thought up beside the screen."""
        made = 0
        while not self._stopped:
            self._tell(made)
            try:
                moved = await asyncio.to_thread(self._game.bot_moves)
            except TabletopError as error:
                await self.app.push_screen_wait(screen_for(error, game_stays=True))
                break
            if not moved:
                break
            made += 1
        self.dismiss(True)

    def _tell(self, made: int) -> None:
        view = self._game.view(CONTROL)
        where = f"{view.round_label} {view.round} of {view.rounds}"
        self.query_one("#bots-progress", Static).update(
            say((f"{count(made, 'move')} made", "bold"), (f"   {where}", "$muted"))
        )

    def action_leave(self) -> None:
        """Stop after the move that is being made."""
        self._stopped = True


class Choosing(ListScreen):
    """Whose seat is taken."""

    TITLE_TEXT = "As you would have: whose seat?"
    HINTS = ("move", "confirm", "leave")
    HELP_TITLE: ClassVar[str] = "Whose seat"
    HELP_TEXT: ClassVar[str] = (
        "You see what that team saw, decision by decision, and choose before you see "
        "what it chose."
    )


class ReplayTrying(ReplayBase):
    """The keys that lead away from what was played, and back."""

    BINDINGS = bindings("study.try", "study.guess")
    _tried: WhatIf | None = None
    """The game that is being played on, while it is."""

    # To be given, or added to, by other parts.

    def measure_for(self, team: SeatId) -> tuple[Measure | None, int, str]:
        """What a team's options are measured by, from how many playouts, and how."""
        return None, 0, ""

    def reveal(self, number: int) -> None:
        """Called when the options of a move have been looked at, or tried."""

    def look_closely(self) -> None:
        """Called before a dialog opens."""

    # What if.

    def _teams(self) -> tuple[SeatId, ...]:
        """The teams that whoever looks may play."""
        teams = tuple(team.id for team in self.view.teams)
        return teams if self.seat == CONTROL else tuple(
            team for team in teams if team == self.seat
        )  # fmt: skip

    @property
    def _start(self) -> Moment:
        """The moment that is shown, as something to go on from."""
        moment = self.moment
        before = self.moments[self.place - 1].number if self.place else -1
        teams = self._teams()
        mover = moment.seat if moment.kind == "decision" else ""
        return Moment(self.view, before, mover, teams)

    def can_try_another(self) -> bool:
        """A game on disk, and a seat that may be taken."""
        ready = bool(self.moments) and not self.typing
        return ready and self.save is not None and bool(self._teams())

    @work(exclusive=True, group="dialog")
    async def action_try_another(self) -> None:
        """Ask how, then play on from here."""
        self.look_closely()
        number, start = self.number, self._start
        trial = await self.app.push_screen_wait(TrialScreen(start))
        game = await self._begun(trial) if trial is not None else None
        if trial is None or game is None:
            return
        self.reveal(number)
        self._tried = game
        if trial.by_bots:
            await self.app.push_screen_wait(BotsScreen(game))
            game.close()
            self.came_back()
        else:
            self.post_message(TrialBegun(game))

    async def _begun(self, trial: Trial) -> WhatIf | None:
        """The game that goes on; None when it can't, which is said."""
        save = self.save
        if save is None:
            return None
        begin = partial(
            play_on, save, trial.number, trial.seats,
            into_save=trial.into_save, anew=trial.anew,
        )  # fmt: skip
        return await self._beside(begin)

    async def _beside(self, act: Callable[[], T]) -> T | None:
        """What an act gives that takes a moment; the screen goes on meanwhile."""
        try:
            return await asyncio.to_thread(act)
        except TabletopError as error:
            self.app.push_screen(screen_for(error, game_stays=True))
            return None

    @on(CameBack)
    def came_back(self) -> None:
        """Show the line that was played beside the one that it left."""
        game, self._tried = self._tried, None
        if game is None:
            return
        if game.played < 0:
            self.notify("No move was made, so there is no new line.", markup=False)
        else:
            self._read_again(game.played)

    @work(exclusive=True, group="reading")
    async def _read_again(self, tip: int) -> None:
        """Open the save anew, with what was played since, at the same moment."""
        save, seat, number = self.save, self.seat, self.number
        if save is None:
            return
        found = await self._beside(partial(Replay.open, save, seat))
        if found is None:
            return
        before, self.replay = self.replay, found
        self.app.post_message(ReplayRead(found))
        before.close()
        self._view = self._last = None
        self.read_lines()
        self.show_line(self.tip, number)
        known = found.session.tree.nodes
        self.compare_with(tip if tip in known and tip != self.tip else None)

    # As you would have.

    def can_guess(self) -> bool:
        """There is a team whose seat may be taken."""
        return bool(self.moments) and not self.typing and bool(self._teams())

    @work(exclusive=True, group="dialog")
    async def action_guess(self) -> None:
        """Ask whose seat, then put its decisions one by one."""
        self.look_closely()
        teams = self._teams()
        team: SeatId | None = teams[0]
        if len(teams) > 1:
            rows = [Row(team, team_name(self.view, team)) for team in teams]
            mover = self.moment.seat if self.moment.seat in teams else teams[0]
            team = await self.app.push_screen_wait(Choosing(rows, mover))
        if team is None:
            return
        sitting = attempt(self.app, partial(self._sitting, team))
        if sitting is None:
            return
        if sitting.guessing.decisions():
            await self.app.push_screen_wait(GuessScreen(sitting))
        else:
            self.notify("That team had nothing to choose on this line.", markup=False)

    def _sitting(self, team: SeatId) -> Sitting:
        own = Replay(self.replay.session, team)
        measure, playouts, method = self.measure_for(team)
        return Sitting(
            Guessing(own, team, self.tip), own.had, measure, playouts, method,
            self.save,
        )  # fmt: skip
