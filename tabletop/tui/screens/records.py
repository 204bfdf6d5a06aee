"""The record of a game: its log, lines of play, bookmarks, checkpoints, seats.

Part of the play screen. It asks and shows; what may be done, the game says.
"""

from functools import partial

from textual import on, work

from tabletop.session.game import AUTO, Undoing, in_order, persons
from tabletop.session.hotseat import first_seat
from tabletop.session.view import CONTROL, SeatId
from tabletop.tui.attempt import attempt, done
from tabletop.tui.keys import bindings
from tabletop.tui.screens.bookmark import BookmarkScreen
from tabletop.tui.screens.branches import BranchesScreen
from tabletop.tui.screens.checkpoints import CheckpointsScreen
from tabletop.tui.screens.curtain import Called, CurtainScreen
from tabletop.tui.screens.desk import Desk
from tabletop.tui.screens.guide import GuideScreen
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.seats import SeatsScreen
from tabletop.tui.screens.undo import UndoScreen, Wanted
from tabletop.tui.widgets import LogPane


class Records(Desk):
    """What was played, what was taken back, and who sits where."""

    BINDINGS = bindings(
        "play.mark", "play.branches", "play.checks", "play.seats", "control.guide"
    )

    @property
    def has_the_game(self) -> bool:
        """Whether this seat may do more than play: control, or a team without one."""
        alone = self.game.seats.get(CONTROL) == AUTO
        return self.seat is not None and (self.seat == CONTROL or alone)

    @property
    def _may_change(self) -> bool:
        return self.has_the_game and not self.game.read_only

    # The log.

    def action_log(self) -> None:
        """Show everything that happened."""
        self._read_log()

    @on(LogPane.EntryChosen)
    def _open_entry(self, chosen: LogPane.EntryChosen) -> None:
        """An entry of the log on the table leads to the same one in the whole log."""
        self._read_log(chosen.number)

    @work(exclusive=True, group="dialog")
    async def _read_log(self, at: int | None = None) -> None:
        if self.view is None:
            return
        screen = LogScreen(self.view, self.game, rewinds=self.has_the_game, at=at)
        asked = await self.app.push_screen_wait(screen)
        if asked is None:
            return
        if asked.do == "undo":
            await self._undo_to(asked.to)
        elif asked.do == "note":
            self.action_note()
        else:
            self.action_bookmark()

    # The guide.

    def can_guide(self) -> bool:
        """It is for control alone."""
        return self.seat == CONTROL

    def action_guide(self) -> None:
        """Read what the deck says to its facilitator."""
        if self.view is not None and self.can_guide():
            self.app.push_screen(GuideScreen(self.view, self.game.run_view()))

    # Taking back.

    def can_undo(self) -> bool:
        """A game that is only read is not changed."""
        return not self.game.read_only

    @work(exclusive=True, group="dialog")
    async def action_undo(self) -> None:
        """Take back the last decision, after showing what that means."""
        await self._undo_to(None)

    async def _undo_to(self, to: int | None) -> None:
        """Ask, take back, name what was taken back."""
        seat = self.seat
        if seat is None:
            return
        undoing = attempt(self.app, lambda: self.game.undo_preview(seat, to))
        if undoing is None:
            return
        screen = UndoScreen(undoing, to_title=self._title_of(undoing.to))
        wanted = await self.app.push_screen_wait(screen)
        if wanted is not None:
            self._take_back(seat, undoing, wanted)

    def _take_back(self, seat: SeatId, undoing: Undoing, wanted: Wanted) -> None:
        """The name first: when it can't be given, nothing has been taken back."""

        def take_back() -> None:
            if wanted.name:
                self.game.name_branch(self._tip_of(undoing), wanted.name)
            self.game.undo(seat, undoing.to, anew=wanted.anew)

        if done(self.app, take_back):
            self.follow()

    def _title_of(self, number: int) -> str:
        """A move of this seat's log in words."""
        log = self.view.log if self.view is not None else ()
        return next((e.title for e in log if e.number == number), "")

    def _tip_of(self, undoing: Undoing) -> int:
        """The last move of the line that is left."""
        lines = self.game.branches()
        named = (b.tip for b in lines if b.name == undoing.branch)
        current = (b.tip for b in lines if b.current)
        here = self.view.move if self.view is not None else undoing.to
        return next(named, next(current, here))

    # Bookmarks.

    def can_bookmark(self) -> bool:
        """Whoever runs the game marks its moments."""
        return self._may_change

    @work(exclusive=True, group="dialog")
    async def action_bookmark(self) -> None:
        """Mark this moment, with a line if that is wanted."""
        seat, view = self.seat, self.view
        if seat is None or view is None:
            return
        screen = BookmarkScreen(view, self.drafts.get((seat, "bookmark"), ""))
        text = await self.app.push_screen_wait(screen)
        self.drafts[seat, "bookmark"] = screen.draft
        if text is not None and done(self.app, lambda: self.game.bookmark(text)):
            self.drafts[seat, "bookmark"] = ""
            self.refresh_view()

    # Lines of play.

    def can_branches(self) -> bool:
        """Whoever runs the game sees every line of play."""
        return self.has_the_game

    @work(exclusive=True, group="dialog")
    async def action_branches(self) -> None:
        """Show every line of play; go on with another one, if that is wanted."""
        seat, view = self.seat, self.view
        if seat is None or view is None:
            return
        number = await self.app.push_screen_wait(BranchesScreen(self.game, view))
        if number is not None and done(
            self.app, lambda: self.game.take_up(seat, number)
        ):
            self.follow()

    # Checkpoints.

    def can_checkpoints(self) -> bool:
        """What to watch for is control's to read."""
        return self.seat == CONTROL and self.view is not None

    @work(exclusive=True, group="dialog")
    async def action_checkpoints(self) -> None:
        """Show what to watch for, and judge it."""
        if self.view is not None:
            await self.app.push_screen_wait(CheckpointsScreen(self.game, self.view))
            self.refresh_view()

    # Seats.

    def can_seats(self) -> bool:
        """Seats change hands while the game is written to."""
        return self._may_change

    @work(exclusive=True, group="dialog")
    async def action_seats(self) -> None:
        """Let seats change hands; then the game goes on, behind a curtain or not."""
        if self.view is None:
            return
        screen = SeatsScreen(self.game.seats, self.view)
        changes = await self.app.push_screen_wait(screen)
        if not changes:
            return

        def change() -> None:
            for seat, who in in_order(changes):
                self.game.set_seat(seat, who)

        if done(self.app, change):
            await self._leave_lost_seat()
        self.follow()

    async def _leave_lost_seat(self) -> None:
        """Nobody keeps the view of a seat that is not theirs any more."""
        people = persons(self.game)
        after = first_seat(self.waiting(), people)
        if self.seat in people or self.seat == after:
            return
        self.stays = False
        called = Called.of(self.game.view(after), after)
        curtain = CurtainScreen(called, partial(self.sit, after), may_leave=False)
        await self.app.push_screen_wait(curtain)
