"""What every seat can do besides playing: look closer, write, leave."""

from textual import work

from tabletop.session.runview import RunView
from tabletop.session.view import NOTHING_ASKED, Asking, Move, Preview, SeatId
from tabletop.tui.attempt import done, quietly
from tabletop.tui.screens.aloud import AloudScreen
from tabletop.tui.screens.brief import BriefScreen
from tabletop.tui.screens.card import CardScreen
from tabletop.tui.screens.flow import Flow
from tabletop.tui.screens.leave import LeaveScreen
from tabletop.tui.screens.note import NoteScreen
from tabletop.tui.screens.why import WhyScreen


class Desk(Flow):
    """The dialogs that every seat may open from its table."""

    run_shown: RunView | None = None
    """Where the exercise stood when it was last drawn."""

    def preview_of(self, move: Move) -> Preview | None:
        """What a move would do, as far as who looks can know; None for half of one."""
        seat = self.seat
        if seat is None:
            return None
        return quietly(lambda: self.game.preview(seat, move))

    def asking_of(self, item: str) -> Asking:
        """What a card asks, as far as who looks may know; nothing of any other."""
        seat = self.seat
        if seat is None:
            return NOTHING_ASKED
        return quietly(lambda: self.game.asking(seat, item)) or NOTHING_ASKED

    def can_view_card(self) -> bool:
        """A team has cards; control has injects, and words to read out."""
        team = self.team_table
        return self.control_table is not None or bool(team and team.card)

    def action_view_card(self) -> None:
        """Show the whole card; to control, what it reads out and the inject."""
        if self.control_table is not None and self.view is not None:
            inject, preview = self.control_table.inject, self.control_table.previewed()
            run = self.run_shown
            self.app.push_screen(AloudScreen(self.view, run, inject, preview))
        card = self.team_table.card if self.team_table is not None else None
        if card is not None and self.view is not None:
            asking = self.asking_of(card.id)
            self.app.push_screen(CardScreen(card, self.view.teams, asking))

    def action_why(self) -> None:
        """Show what made a number what it is."""
        table = self.team_table or self.control_table
        if table is not None:
            self.ask_why(table.tracks.selected)

    def ask_why(self, track: str | None) -> None:
        """Show what made a track what it is; the others are beside it."""
        if self.view is not None:
            self.app.push_screen(WhyScreen(self.game, self.view, track))

    def can_brief(self) -> bool:
        """On control's table the key brings injects forward; the palette has this."""
        return self.team_table is not None

    def action_brief(self) -> None:
        """Read the briefing again."""
        if self.view is not None:
            self.app.push_screen(BriefScreen(self.view))

    def can_end(self) -> bool:
        """Only a game that is over has an end."""
        return self.view is not None and self.view.over is not None

    def action_end(self) -> None:
        """Show how the game ended."""
        self.show_end()

    def can_note(self) -> bool:
        """A game that is only read is not written to."""
        return not self.game.read_only

    def action_note(self) -> None:
        """Write a line into the log."""
        self._note_in_dialog()

    @work(exclusive=True, group="dialog")
    async def _note_in_dialog(self) -> None:
        """A line that was left is there again."""
        if self.seat is not None:
            screen = NoteScreen(self.drafts.get((self.seat, "note"), ""))
            text = await self.app.push_screen_wait(screen)
            self.drafts[self.seat, "note"] = screen.draft
            if text:
                self._write_note(self.seat, text)

    def _write_note(self, seat: SeatId, text: str) -> None:
        """The line stays as a draft until it is known to be in the log."""
        if done(self.app, lambda: self.game.note(seat, text)):
            self.drafts[seat, "note"] = ""
            self.refresh_view()

    @work(exclusive=True, group="dialog")
    async def action_go(self) -> None:
        """Leave the game; say where it is kept."""
        replayed = getattr(self.app, "replay", None) is not None
        screen = LeaveScreen(self.game.path, replayed=replayed)
        where = await self.app.push_screen_wait(screen)
        self.leave_for(where)
