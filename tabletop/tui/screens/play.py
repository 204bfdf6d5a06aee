"""The table, for a team and for control: keys in, moves out, views on the panes.

What follows a move stands in `flow`; what the panes show, in the two tables.
"""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message

from tabletop.session.view import CONTROL, Move, Preview, SeatId, View, Why
from tabletop.tui.attempt import attempt
from tabletop.tui.game import persons
from tabletop.tui.hotseat import other_side
from tabletop.tui.keys import bindings
from tabletop.tui.palette import KeyCommands, MoveCommands, PaneCommands
from tabletop.tui.screens.brief import BriefScreen
from tabletop.tui.screens.card import CardScreen
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.control_table import ControlTable
from tabletop.tui.screens.flow import Flow
from tabletop.tui.screens.layout import PaneTabs, Table
from tabletop.tui.screens.leave import LeaveScreen
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.moves import MovesScreen
from tabletop.tui.screens.note import NoteScreen
from tabletop.tui.screens.problem import RefusalScreen
from tabletop.tui.screens.ruling import RulingScreen
from tabletop.tui.screens.team_table import TeamTable, offered
from tabletop.tui.screens.undo import UndoScreen
from tabletop.tui.screens.why import WhyScreen
from tabletop.tui.widgets import CueBand, Header, TeamsStrip


@dataclass
class GameLeft(Message):
    """The game is to be closed; the first screen comes next."""


class PlayScreen(Flow):
    """One game at one keyboard."""

    HELP_TITLE: ClassVar[str] = "The table"
    HELP_TEXT: ClassVar[str] = (
        "Move to a card, press enter, say why if you like, press enter again. A card "
        "that can't be played says what is missing. Everything is saved at once."
    )
    COMMANDS = {KeyCommands, MoveCommands, PaneCommands}  # noqa: RUF012 - as Textual declares it
    BINDINGS = bindings(
        "play.answer", "play.end", "play.view", "play.pass", "play.why", "play.log",
        "play.note", "play.undo", "play.brief", "play.switch", "play.go", "play.panes", "play.number", "play.back",
        "control.advance", "control.fire", "control.hold", "control.release",
        "control.forward", "control.skip", "control.rule", "control.act",
    )  # fmt: skip

    place = getters.query_one("#place", Container)
    table: Table | None = None
    """The panes of the seat that looks; none while seats change."""

    def compose_body(self) -> ComposeResult:
        """What every seat has above its panes, and a place for them."""
        yield Header(id="header")
        yield CueBand(id="cue")
        yield TeamsStrip(id="strip")
        yield PaneTabs(id="tabs")
        yield Container(id="place")

    def on_mount(self) -> None:
        """Begin: the first seat, bots, questions."""
        super().on_mount()
        for warning in self.game.warnings:
            self.notify(warning, severity="warning", timeout=15, markup=False)
        self.follow()

    # What is shown.

    @property
    def team_table(self) -> TeamTable | None:
        """The panes, when a team looks."""
        return self.table if isinstance(self.table, TeamTable) else None

    @property
    def control_table(self) -> ControlTable | None:
        """The panes, when control looks."""
        return self.table if isinstance(self.table, ControlTable) else None

    async def sit(self, seat: SeatId) -> None:
        """Give the screen to a seat: nothing of the last one's panes is left."""
        if self.team_table is not None and self.seat is not None:
            self.drafts[self.seat, "play"] = self.team_table.intent.line.value
        self.seat, self.view, self.table = seat, None, None
        table = self._table_for(seat)
        await self.place.remove_children()
        await self.place.mount(table)
        self.table = table
        if isinstance(table, TeamTable):
            table.intent.fill(self.drafts.get((seat, "play"), ""))
        self.refresh_view()

    def _table_for(self, seat: SeatId) -> Table:
        if seat == CONTROL:
            return ControlTable(self._preview, self._why)
        return TeamTable(self._preview)

    def draw(self, view: View) -> None:
        """Show a view on every pane."""
        for part in (Header, CueBand, TeamsStrip):
            self.query_one(part).show(view)
        if self.table is not None:
            self.table.show(view)
            self.query_one(PaneTabs).show(self.table.names, self.table.open_pane)

    def _preview(self, move: Move) -> Preview | None:
        seat = self.seat
        if seat is None:
            return None
        return attempt(self.app, lambda: self.game.preview(seat, move))

    def _why(self, track: str) -> Why | None:
        seat = self.seat
        if seat is None:
            return None
        return attempt(self.app, lambda: self.game.why(seat, track))

    # Which keys work.

    def hints(self) -> tuple[str, ...]:
        """The keys of the seat that looks."""
        return self.table.HINTS if self.table is not None else ()

    def can(self, action: str, parameters: tuple[object, ...]) -> bool:
        """What the seat may do now; the moves are those that its view offers."""
        if self.view is None:
            return action in {"go", "help"}
        match action:
            case "number":
                return self.team_table is not None and not self.has_class("-narrow")
            case "pane":
                return self.team_table is None or self.has_class("-narrow")
            case "leave":
                return self.team_table is not None and self.team_table.intent.typing
            case "pass_turn":
                return self.team_table is not None and self._has("pass")
            case "view_card":
                return self.team_table is not None and bool(self.view.hand)
            case "advance" | "act" | "rule" | "inject":
                return self._control_can(action, parameters)
            case "answer":
                return self.asked() is not None
            case "switch":
                return self._other_side() is not None
            case "undo" | "note":
                return not self.game.read_only
            case "end":
                return self.view.over is not None
        return True

    def _control_can(self, action: str, parameters: tuple[object, ...]) -> bool:
        table = self.control_table
        if table is None or self.game.read_only:
            return False
        match action:
            case "advance":
                return self._has("advance")
            case "inject":
                return table.move(str(parameters[0])) is not None
            case "act":
                return bool(self.view and self.view.moves)
        return self.view is not None and self.view.over is None

    def _has(self, kind: str) -> bool:
        return self.view is not None and any(
            offer.move.kind == kind for offer in self.view.moves
        )

    # Moves.

    @on(TeamTable.PlayRequested)
    def _play(self, wanted: TeamTable.PlayRequested) -> None:
        if self.make(wanted.move, wanted.note) and self.team_table is not None:
            self.team_table.played()

    @on(TeamTable.Refused)
    def _refuse(self, refused: TeamTable.Refused) -> None:
        card = refused.card
        self.app.push_screen(
            RefusalScreen(f"{card.title} can't be played now:", card.terms)
        )

    def action_pass_turn(self) -> None:
        """Play nothing more this turn."""
        move = offered(self.view, "pass") if self.view else None
        if move is not None:
            self.make(move)

    def action_answer(self) -> None:
        """Come back to the question that waits."""
        self.follow()

    def action_inject(self, kind: str) -> None:
        """Fire, hold, let go, bring forward or skip the chosen inject."""
        table = self.control_table
        move = table.move(kind) if table is not None else None
        if move is not None:
            self.make(move)

    @work(exclusive=True, group="dialog")
    async def action_advance(self) -> None:
        """Close the phase, after asking."""
        view = self.view
        move = offered(view, "advance") if view else None
        if view is None or move is None:
            return
        label = next(offer.label for offer in view.moves if offer.move == move)
        if await self.app.push_screen_wait(ConfirmScreen(label, view.prompt)):
            self.make(move)

    @work(exclusive=True, group="dialog")
    async def action_act(self) -> None:
        """Make any move that is open to control."""
        if self.view is not None:
            move = await self.app.push_screen_wait(MovesScreen(self.view))
            if move is not None:
                self.make(move)

    @work(exclusive=True, group="dialog")
    async def action_rule(self) -> None:
        """Override the rules, with a reason."""
        if self.view is not None:
            ruling = await self.app.push_screen_wait(RulingScreen(self.view))
            if ruling is not None:
                self.make(ruling.move, ruling.reason)

    @work(exclusive=True, group="dialog")
    async def action_undo(self) -> None:
        """Take back the last decision, after showing what that means."""
        undoing = attempt(self.app, self.game.undo_preview)
        seat = self.seat
        if undoing is None or seat is None:
            return
        if await self.app.push_screen_wait(UndoScreen(undoing)):
            attempt(self.app, lambda: self.game.undo(seat, undoing.to))
            self.follow()

    @work(exclusive=True, group="dialog")
    async def action_note(self) -> None:
        """Write a line into the log; a line that was left is there again."""
        seat = self.seat
        if seat is None:
            return
        screen = NoteScreen(self.drafts.get((seat, "note"), ""))
        text = await self.app.push_screen_wait(screen)
        self.drafts[seat, "note"] = "" if text else screen.draft
        if text:
            self._write_note(seat, text)

    def _write_note(self, seat: SeatId, text: str) -> None:
        """Keep the text as a draft until it is known to be in the log."""
        self.drafts[seat, "note"] = text
        if attempt(self.app, lambda: self.game.note(seat, text) or True):
            self.drafts[seat, "note"] = ""
            self.refresh_view()

    # Looking.

    def action_number(self, number: int) -> None:
        """Go to a card of the hand."""
        if self.team_table is not None:
            self.team_table.go_to_card(number)

    def action_pane(self, number: int) -> None:
        """Go to a pane; in a narrow window, open it."""
        if self.table is not None:
            self.table.open(number)
            self.query_one(PaneTabs).show(self.table.names, self.table.open_pane)

    def action_view_card(self) -> None:
        """Show the whole card."""
        card = self.team_table.card if self.team_table is not None else None
        if card is not None:
            self.app.push_screen(CardScreen(card))

    def action_why(self) -> None:
        """Show what made a number what it is."""
        if self.view is not None:
            table = self.team_table or self.control_table
            track = table.tracks.selected if table is not None else None
            self.app.push_screen(WhyScreen(self.game, self.view, track))

    def action_log(self) -> None:
        """Show everything that happened."""
        if self.view is not None:
            self.app.push_screen(LogScreen(self.view))

    def action_brief(self) -> None:
        """Read the briefing again."""
        if self.view is not None:
            self.app.push_screen(BriefScreen(self.view))

    def action_end(self) -> None:
        """Show how the game ended."""
        self.show_end()

    # Seats and leaving.

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

    @work(exclusive=True, group="dialog")
    async def action_go(self) -> None:
        """Leave the game; say where it is kept."""
        self.leave_for(await self.app.push_screen_wait(LeaveScreen(self.game.path)))

    def action_leave(self) -> None:
        """From the line back to the hand."""
        if self.team_table is not None:
            self.team_table.back()

    def leave_for(self, where: str | None) -> None:
        """Go to the first screen, when that was wanted."""
        if where == "home":
            self.post_message(GameLeft())
