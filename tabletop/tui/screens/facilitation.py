"""What control can do: injects, phases, rulings, moves for the absent, the curtain."""

from textual import work

from tabletop.session.game import persons
from tabletop.session.hotseat import other_side
from tabletop.session.view import CONTROL, Move, Preview, SeatId
from tabletop.tui.attempt import quietly
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.desk import Desk
from tabletop.tui.screens.display import DisplayScreen, TableSource
from tabletop.tui.screens.moves import MovesScreen
from tabletop.tui.screens.ruling import RulingScreen
from tabletop.tui.screens.team_table import offered


class Facilitation(Desk):
    """The facilitator's keys; none of them works on a team's table but the last."""

    def can_inject(self, kind: str) -> bool:
        """What the rules offer for the inject under the cursor."""
        table = self.control_table
        return (
            table is not None
            and not self.game.read_only
            and table.move(kind) is not None
        )

    def action_inject(self, kind: str) -> None:
        """Fire, hold, let go, bring forward or skip the chosen inject."""
        table = self.control_table
        move = table.move(kind) if table is not None else None
        if move is not None:
            self.make(move)

    def can_advance(self) -> bool:
        """Phases are control's to close."""
        return self.control_table is not None and self.offers("advance")

    @work(exclusive=True, group="dialog")
    async def action_advance(self) -> None:
        """Close the phase, after asking."""
        view = self.view
        move = offered(view, "advance") if view is not None else None
        if view is None or move is None:
            return
        label = next(offer.label for offer in view.moves if offer.move == move)
        if await self.app.push_screen_wait(ConfirmScreen(label, view.prompt)):
            self.make(move)

    def can_act(self) -> bool:
        """There is a team that nobody plays, and it may move; the rest has keys."""
        return self.control_table is not None and any(self.moves_for_absent())

    @work(exclusive=True, group="dialog")
    async def action_act(self) -> None:
        """Make any move that is open to control."""
        move = await self.app.push_screen_wait(MovesScreen(self.open_moves()))
        if move is not None:
            self.make(move)

    def can_rule(self) -> bool:
        """Control may rule until the game is over."""
        going_on = self.view is not None and self.view.over is None
        return self.control_table is not None and going_on and not self.game.read_only

    @work(exclusive=True, group="dialog")
    async def action_rule(self) -> None:
        """Override the rules, with a reason."""
        if self.view is not None:
            screen = RulingScreen(self.view, self._preview_ruling)
            ruling = await self.app.push_screen_wait(screen)
            if ruling is not None:
                self.make(ruling.move, ruling.reason)

    def _preview_ruling(self, move: Move) -> Preview | None:
        """What a ruling would do; half of one does nothing yet."""
        return quietly(lambda: self.game.preview(CONTROL, move))

    def can_display(self) -> bool:
        """The room's view is control's to show; a team's table keeps its own."""
        return self.control_table is not None

    def action_display(self) -> None:
        """Show the public display over the table; any key leads back."""
        self.app.push_screen(DisplayScreen(TableSource(self.game), over=True))

    def can_switch(self) -> bool:
        """Only where a person sits on control's seat is there another side."""
        return self._other_side() is not None

    def _other_side(self) -> SeatId | None:
        if self.seat is None:
            return None
        return other_side(self.seat, self.waiting(), persons(self.game))

    @work(exclusive=True, group="dialog")
    async def action_switch(self) -> None:
        """To control's view and back to the team's, behind the curtain."""
        after = self._other_side()
        if after is not None and await self.hand_over(after, may_leave=True):
            self.stays = after == CONTROL
            self.follow()
