"""What control can do: injects, phases, rulings, moves for the absent, the curtain."""

from functools import partial

from textual import on, work
from textual.widgets import Input

from tabletop.session.game import persons
from tabletop.session.hotseat import other_side
from tabletop.session.view import CONTROL, SeatId
from tabletop.tui.attempt import done
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.desk import Desk
from tabletop.tui.screens.display import DisplayScreen, TableSource
from tabletop.tui.screens.moves import MovesScreen
from tabletop.tui.screens.note import NotePane
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
        """Phases are control's to close; while a line is typed the arrow is its own."""
        typing = isinstance(self.focused, Input)
        return self.control_table is not None and not typing and self.offers("advance")

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
        """Some team owes a move; who sits there does not matter."""
        view = self.view
        here = self.control_table is not None and not self.game.read_only
        owing = view is not None and any(seat != CONTROL for seat in view.to_act)
        return here and owing and view is not None and view.over is None

    @work(exclusive=True, group="dialog")
    async def action_act(self) -> None:
        """Key in a team's move or answer, as its people call it out."""
        view = self.view
        if view is None:
            return
        screen = MovesScreen(view, self.moves_for_teams(), self.preview_of)
        acted = await self.app.push_screen_wait(screen)
        if acted is not None:
            self.make(acted.move, acted.note)

    # The line for a note.

    def action_note(self) -> None:
        """At control's console the line is there; a team has a dialog for it."""
        if self.control_table is not None:
            self.control_table.start_note()
        else:
            super().action_note()

    @on(NotePane.NoteWritten)
    def _write_tagged(self, written: NotePane.NoteWritten) -> None:
        """The line stays until it is known to be in the log."""
        note, table = written.note, self.control_table
        write = partial(
            self.game.note, CONTROL, note.text,
            teams=note.teams, objective=note.objective,
        )  # fmt: skip
        if table is not None and done(self.app, write):
            table.note.written()
            table.leave_note()
            self.refresh_view()

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
        """To control's view and back to the teams', behind the curtain.

        Who need not act looks on, until the key is pressed again; who must act passes
        the keyboard on as ever.
        """
        after = self._other_side()
        if after is not None and await self.hand_over(after, may_leave=True):
            self.stays = after not in self.waiting()
            self.follow()
