"""Control's hand on the game: the schedule of injects, rulings, judgements."""

import asyncio
from pathlib import Path
from typing import Any

from textual import events, on, work

from tabletop.session.drafts import MselPlan
from tabletop.session.game import Game
from tabletop.session.view import InjectView, Move, SeatId
from tabletop.tui.attempt import attempt, done
from tabletop.tui.keys import bindings
from tabletop.tui.screens.csvfile import PathScreen, PlanScreen, read_bytes, write_text
from tabletop.tui.screens.desk import Desk
from tabletop.tui.screens.intent import Values
from tabletop.tui.screens.msel import MselScreen
from tabletop.tui.screens.round import RoundScreen
from tabletop.tui.screens.ruling import RulingScreen


class Steering(Desk):
    """What the facilitator sends in and overrides."""

    BINDINGS = bindings(
        "control.msel", "control.write", "control.argue", "control.rule",
        "control.forward",
    )  # fmt: skip

    def __init__(self, game: Game, *, pause: float) -> None:
        super().__init__(game, pause=pause)
        self.forms: dict[str, Values] = {}
        """What stands in each form that was left."""
        self._msel: MselScreen | None = None
        self._on_top = asyncio.Event()

    def form(self, name: str) -> Values:
        """What was left in a form."""
        return self.forms.setdefault(name, {})

    def steers(self) -> bool:
        """Whether control looks, at a game that goes on and may be written to."""
        going_on = self.view is not None and self.view.over is None
        return self.control_table is not None and going_on and not self.game.read_only

    # Whoever is given the keyboard must not find control's papers on the screen.

    @on(events.ScreenResume)
    def _uncovered(self) -> None:
        self._on_top.set()

    @on(events.ScreenSuspend)
    def _covered(self) -> None:
        self._on_top.clear()

    async def hand_over(self, after: SeatId, *, may_leave: bool) -> bool:
        """Seat somebody else, once what lies over the table has been put away."""
        while self.app.screen is not self:
            self._on_top.clear()
            await self._on_top.wait()
        return await super().hand_over(after, may_leave=may_leave)

    # The schedule.

    def can_msel(self) -> bool:
        """The schedule is control's alone; it may always be looked at."""
        return self.control_table is not None

    @work(exclusive=True, group="msel")
    async def action_msel(self) -> None:
        """Show the whole schedule."""
        if self.view is not None:
            self._msel = MselScreen(self, self.view)
            await self.app.push_screen_wait(self._msel)
            self._msel = None

    def refresh_view(self) -> None:
        """Show the view also on the schedule."""
        super().refresh_view()
        if self._msel is not None and self.view is not None:
            self._msel.show(self.view)

    def may_move(self, inject: InjectView) -> bool:
        """Whether there is a round that an inject may be moved to."""
        view = self.view
        return (
            self.steers()
            and inject.state != "fired"
            and view is not None
            and view.round <= view.rounds
        )

    def can_forward(self) -> bool:
        """One that has not been fired."""
        table = self.control_table
        inject = table.inject if table is not None else None
        return inject is not None and self.may_move(inject)

    def action_forward(self) -> None:
        """Move the inject under the cursor to a round that is asked for."""
        table = self.control_table
        if table is not None and table.inject is not None:
            self.move_inject(table.inject)

    @work(exclusive=True, group="dialog")
    async def move_inject(self, inject: InjectView) -> None:
        """Ask for the round, and move it there."""
        if self.view is None:
            return
        number = await self.app.push_screen_wait(RoundScreen(self.view, inject))
        if number is not None:
            self.make(Move("forward", item=inject.id, value=number))

    def can_write_inject(self) -> bool:
        """While the game goes on."""
        return self.steers()

    @work(exclusive=True, group="dialog")
    async def action_write_inject(self) -> None:
        """Write an inject, and fire it if that is wanted."""
        if self.view is None:
            return
        from tabletop.tui.screens.inject import InjectForm  # slow, and seldom

        screen = InjectForm(self.game, self.view, self.form("inject"))
        written = await self.app.push_screen_wait(screen)
        if written is None:
            return
        if not (written.fire and self.make(Move("fire", item=written.inject))):
            self.follow()

    # Rulings.

    def can_rule(self) -> bool:
        """Control may rule until the game is over."""
        return self.steers()

    @work(exclusive=True, group="dialog")
    async def action_rule(self) -> None:
        """Override the rules, with a reason."""
        if self.view is None:
            return
        values = self.form("ruling")
        cards = tuple(self.game.cards())
        screen = RulingScreen(self.view, self.preview_of, cards, values)
        ruling = await self.app.push_screen_wait(screen)
        if ruling is not None and self.make(ruling.move, ruling.reason):
            values.clear()

    def can_argue(self) -> bool:
        """As a ruling."""
        return self.steers()

    @work(exclusive=True, group="dialog")
    async def action_argue(self) -> None:
        """Judge an argument."""
        if self.view is None:
            return
        from tabletop.tui.screens.judge import JudgeForm  # slow, and seldom

        screen = JudgeForm(self.game, self.view, self.form("judge"))
        changes: Any = await self.app.push_screen_wait(screen)
        if changes is not None:
            self.follow(changes)

    # The schedule as a file.

    @work(exclusive=True, group="dialog")
    async def load_msel(self) -> None:
        """Add the injects of a CSV file, after showing what it holds."""
        path = await self.app.push_screen_wait(
            PathScreen("Add injects from a CSV file", "", must_exist=True)
        )
        plan = attempt(self.app, lambda: self._planned(path)) if path else None
        if path is None or plan is None:
            return
        sure = await self.app.push_screen_wait(PlanScreen(path, plan.lines))
        if sure and done(self.app, lambda: self.game.import_msel(plan)):
            self.follow()

    def _planned(self, path: Path) -> MselPlan:
        """What a file would add. Raises UsageError when it can't be read."""
        return self.game.plan_msel(read_bytes(path), path.name)

    @work(exclusive=True, group="dialog")
    async def save_msel(self) -> None:
        """Write the schedule as a CSV file, beside the save unless told otherwise."""
        beside = self.game.path or Path("game.jsonl")
        default = str(beside.with_name(f"{beside.stem}-msel.csv"))
        path = await self.app.push_screen_wait(
            PathScreen("Save the schedule as a CSV file", default, must_exist=False)
        )
        if path is not None and done(self.app, lambda: self._write_msel(path)):
            self.notify(f"The schedule is in {path}", markup=False)

    def _write_msel(self, path: Path) -> None:
        write_text(path, self.game.export_msel())
