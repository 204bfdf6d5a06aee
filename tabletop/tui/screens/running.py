"""The facilitator's keys for the run of the exercise: its clock, StartEx to EndEx.

Beside the moves: nothing here is read by the rules.
"""

from collections.abc import Callable

from textual import work

from tabletop.session.game import PERSON, persons
from tabletop.session.runview import RunView
from tabletop.session.view import CONTROL
from tabletop.tui.attempt import done
from tabletop.tui.keys import bindings
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.desk import Desk
from tabletop.tui.screens.time import Ask, MinutesScreen, TimeScreen, Wish
from tabletop.tui.widgets.clock import stands
from tabletop.tui.widgets.cue import contingency

MORE = 120
"""Seconds that one key adds."""
BEAT = 1.0
"""Seconds between two looks at the clock."""


class Running(Desk):
    """StartEx to EndEx, and the clock that the whole room goes by."""

    BINDINGS = bindings(
        "control.pause", "control.more", "control.time", "control.stuck"
    )

    def on_mount(self) -> None:
        """Look at the clock once a second."""
        super().on_mount()
        self.set_interval(BEAT, self.beat)

    @property
    def clocked(self) -> bool:
        """Whether the game has clocks: a person must be there to steer by them."""
        return self.game.seats.get(CONTROL) == PERSON

    run_shown: RunView | None = None
    """Where the exercise stood when the clock was last looked at."""

    def run_now(self) -> RunView | None:
        """Where the exercise stands; None for a game without clocks."""
        self.run_shown = self.game.run_view() if self.clocked else None
        return self.run_shown

    @property
    def suggests_start(self) -> bool:
        """Whether the facilitator of several persons has not declared StartEx."""
        return self.clocked and len(persons(self.game)) > 1

    def beat(self) -> None:
        """Let the clock go on: only what shows it is drawn again.

        When an observer has written something, control's whole view is.
        """
        if self.clocked and self.game.beat() and self.control_table is not None:
            self.refresh_view()
        run = self.run_now()
        if run is not None and self.view is not None:
            self.tick(run)

    def tick(self, run: RunView) -> None:
        """Show the clock anew; to be given by the screen."""
        raise NotImplementedError

    # Keys.

    def _steered(self) -> RunView | None:
        """How it stands, when control looks and the game can be written to."""
        may = self.control_table is not None and not self.game.read_only
        return self.run_shown if may else None

    def can_pause(self) -> bool:
        """There is something to pause, or to take up again."""
        run = self._steered()
        return run is not None and run.state in ("running", "paused")

    def action_pause(self) -> None:
        """PauseEx; again to go on. A clock that only stands is started."""
        run = self.game.run_view()
        if stands(run):
            self.declare(lambda: self.game.set_clock("start"))
            return
        paused = run.state == "paused"
        self.declare(lambda: self.game.exercise("resume" if paused else "pause"))

    def can_more_time(self) -> bool:
        """Only a clock can be given more."""
        run = self._steered()
        going = run is not None and run.state in ("running", "paused", "practice")
        return going and run is not None and run.clock.allotted > 0

    def action_more_time(self) -> None:
        """Two more minutes."""
        self.declare(lambda: self.game.set_clock("extend", MORE))

    def can_time(self) -> bool:
        """The exercise is control's to run."""
        return self._steered() is not None

    @work(exclusive=True, group="dialog")
    async def action_time(self) -> None:
        """What the exercise and its clock can do now."""
        run = self.run_now()
        if run is None:
            return
        over = self.view is not None and self.view.over is not None
        wish = await self.app.push_screen_wait(TimeScreen(run, over=over))
        if wish is not None:
            await self._grant(wish)

    async def _grant(self, wish: Wish) -> None:
        """Do what was chosen, after asking where it is hard to take back."""
        seconds = wish.seconds
        if wish.ask == Ask.MINUTES:
            left = await self.app.push_screen_wait(MinutesScreen())
            if left is None:
                return
            seconds = left
        elif wish.ask == Ask.SURE and not await self.app.push_screen_wait(
            ConfirmScreen(wish.title, wish.remark)
        ):
            return
        acts: dict[str, Callable[[], None]] = {
            "exercise": lambda: self.game.exercise(wish.do),
            "clock": lambda: self.game.set_clock(wish.do, seconds),
            "display": lambda: self.game.show_on_display(wish.do),
        }
        self.declare(acts[wish.what])

    def declare(self, act: Callable[[], None]) -> None:
        """Do something to the run of the exercise, and show what came of it."""
        if done(self.app, act):
            self.follow()

    # The inject that is kept for a stall.

    def can_stuck(self) -> bool:
        """There is one that may be fired."""
        return (
            self.control_table is not None
            and self.view is not None
            and contingency(self.view) is not None
        )

    def action_stuck(self) -> None:
        """Put the cursor on it: its preview shows, and the key for firing fires it."""
        spare = contingency(self.view) if self.view is not None else None
        if spare is not None and self.control_table is not None:
            self.control_table.go_to_inject(spare.id)
