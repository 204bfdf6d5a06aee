"""The table, for a team and for control: keys in, moves out, views on the panes.

What follows a move stands in `flow`; what the panes show, in the two tables.
"""

from collections.abc import Callable, Mapping
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from tabletop.session.runview import RunView
from tabletop.session.view import CONTROL, SeatId, View, Why
from tabletop.tui.attempt import quietly
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import Key, bindings
from tabletop.tui.messages import GameLeft, ReplayWanted
from tabletop.tui.palette import KeyCommands, LookCommands, MoveCommands
from tabletop.tui.say import say
from tabletop.tui.screens.control_table import ControlTable
from tabletop.tui.screens.facilitation import Facilitation
from tabletop.tui.screens.forecast import Foreseeing
from tabletop.tui.screens.layout import PaneTabs, Table
from tabletop.tui.screens.learning import Learning
from tabletop.tui.screens.problem import RefusalScreen
from tabletop.tui.screens.records import Records
from tabletop.tui.screens.running import Running
from tabletop.tui.screens.steering import Steering
from tabletop.tui.screens.team_table import TeamTable, offered
from tabletop.tui.thinking import with_thinking
from tabletop.tui.widgets import CueBand, Header, InjectsPane, StandsBand, TeamsStrip
from tabletop.tui.widgets.clock import stands
from tabletop.tui.widgets.cue import next_phase

OVER_THE_TABLE: Mapping[str, Callable[[Records], None]] = {
    "Log": Records.action_log,
    "Why": Records.action_why,
}
"""What shows a pane for which a window has no place."""


class PlayScreen(Foreseeing, Running, Records, Steering, Learning, Facilitation):
    """One game at one keyboard."""

    HELP_TITLE: ClassVar[str] = "The table"
    HELP_TEXT: ClassVar[str] = (
        "Move to a card, press enter, say why if you like, press enter again. A card "
        "that can't be played says what is missing. Everything is saved at once."
    )
    COMMANDS = {  # noqa: RUF012 - as Textual declares it
        KeyCommands,
        LookCommands,
        MoveCommands,
    }
    BINDINGS = bindings(
        "play.answer", "play.end", "play.view", "play.pass", "play.why", "play.log",
        "play.note", "play.undo", "play.brief", "play.switch", "play.go", "play.panes",
        "play.number", "play.back", "play.next", "control.advance", "control.fire",
        "control.hold", "control.release", "control.forward", "control.skip",
        "control.rule", "control.act", "control.display", "control.write", "play.inbox",
    )  # fmt: skip

    place = getters.query_one("#place", Container)
    tabs = getters.query_one(PaneTabs)

    def compose_body(self) -> ComposeResult:
        """What every seat has above its panes, and a place for them."""
        yield Header(id="header")
        yield CueBand(id="cue")
        yield StandsBand(id="stands")
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

    async def sit(self, seat: SeatId) -> None:
        """Give the screen to a seat: nothing of the last one's panes is left."""
        self._keep_drafts()
        self.seat, self.view, self.table = seat, None, None
        self.query_one(StandsBand).clear()
        table = self._table_for(seat)
        await self.place.remove_children()
        await self.place.mount(table)
        self.table = table
        if isinstance(table, TeamTable):
            table.intent.fill(self.drafts.get((seat, "play"), ""))
        elif isinstance(table, ControlTable):
            table.note.fill(self.drafts.get((seat, "note"), ""))
        self.refresh_view()

    def _keep_drafts(self) -> None:
        """What was typed and not used is there again when the seat comes back."""
        if self.team_table is not None and self.seat is not None:
            self.drafts[self.seat, "play"] = self.team_table.intent.line.value
        if self.control_table is not None:
            self.drafts[CONTROL, "note"] = self.control_table.note.line.value

    def _table_for(self, seat: SeatId) -> Table:
        if seat == CONTROL:
            return ControlTable(self.preview_of, self._why)
        return TeamTable(self.preview_of, self.asking_of)

    def draw(self, view: View) -> None:
        """Show a view on every pane."""
        view = with_thinking(view, self.thinks)
        run, path = self.run_now(), self.game.path
        session = path.stem if path is not None else ""
        self.query_one(Header).show(
            view, saved=path is not None, session=session, run=run,
            what_if=self.game.what_if,
        )  # fmt: skip
        self.query_one(CueBand).show(view, run, suggests=self.suggests_start)
        self.query_one(StandsBand).show(view)
        self.query_one(TeamsStrip).show(view)
        if isinstance(self.table, ControlTable):
            self.table.show(view, run)
        elif self.table is not None:
            self.table.show(view)
        self.show_tabs()

    def wait_for(self, name: str) -> None:
        """One line, where the first table will stand."""
        words = say((f"{name} thinks {glyphs().ellipsis}", "$muted"))
        for before in self.place.query(Static):
            before.update(words)
            return
        self.place.mount(Static(words, id="wait"))

    def tick(self, run: RunView) -> None:
        """Only what shows the time is drawn again."""
        self.query_one(Header).tick(run)
        self.query_one(CueBand).tick(run)
        if self.control_table is not None:
            self.control_table.tick(run)

    @on(InjectsPane.InjectHighlighted)
    def show_tabs(self) -> None:
        """Show which pane is open, and where there is something new."""
        table = self.table
        if table is None or not self.narrow:
            return
        control = self.control_table
        where = control.where if control is not None else ""
        team = self.team_table
        news = control.news if control is not None else team.news if team else ()
        self.tabs.show(table.names, table.open_pane, where, news)

    def on_descendant_focus(self) -> None:
        """The pane that the cursor has gone to is the open one."""
        self.show_tabs()

    def _why(self, track: str) -> Why | None:
        seat = self.seat
        if seat is None:
            return None
        return quietly(lambda: self.game.why(seat, track))

    def hints(self) -> tuple[str, ...]:
        """The keys of the seat that looks."""
        if self.table is None:
            return ()
        control = self.control_table
        typing = control is not None and control.note.typing
        over = self.view is not None and self.view.over is not None
        looks_on = self.stays and self.team_table is not None
        idle = {"play.do"} if over or looks_on else set()
        hints = tuple(hint for hint in self.table.HINTS if hint not in idle)
        if looks_on:
            hints = ("play.switch", *hints)
        if self.control_table is not None:
            hints = ("play.view", *hints)  # the cue may be cut
        if self._before_start:
            hints = ("control.time", *hints)
        first = ("note.write",) if typing else ()
        return tuple(dict.fromkeys((*first, *hints)))

    def can(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Before somebody sits at the table, it can only be left."""
        if self.view is None:
            return action in {"go", "help"}
        return super().can(action, parameters)

    @property
    def _before_start(self) -> bool:
        """Whether control is to declare StartEx first."""
        run = self.run_shown
        opened = run is not None and run.state == "open" and self.suggests_start
        return opened and self.control_table is not None

    # Moves.

    @on(TeamTable.PlayRequested)
    def _play(self, wanted: TeamTable.PlayRequested) -> None:
        if self.make(wanted.move, wanted.note) and self.team_table is not None:
            self.team_table.played()

    @on(TeamTable.Refused)
    def _refuse(self, refused: TeamTable.Refused) -> None:
        card = refused.card
        ready = all(term.met for term in card.terms)
        moment = self.view.prompt if self.view is not None and ready else ""
        if self.view is not None and card.title in self.view.laid:
            moment = "It lies face down already."
        self.app.push_screen(
            RefusalScreen(f"{card.title} can't be played now:", card.terms, moment)
        )

    def can_pass_turn(self) -> bool:
        """A team passes when the rules offer it."""
        return self.team_table is not None and self.offers("pass")

    def action_pass_turn(self) -> None:
        """Play nothing more this turn."""
        move = offered(self.view, "pass") if self.view is not None else None
        if move is not None:
            self.make(move)

    def can_answer(self) -> bool:
        """Only a question that waits can be answered."""
        return self.asked() is not None

    def action_answer(self) -> None:
        """Come back to the question that waits."""
        self.follow()

    # Getting about.

    @property
    def narrow(self) -> bool:
        """Whether one pane is shown at a time."""
        return self.has_class("-narrow")

    def verb(self, key: Key) -> str:
        """What a key is called now: where a phase leads, and what a pause ends."""
        if key.id == "control.advance" and self.view is not None:
            coming = next_phase(self.view)
            return f"to {coming.label}" if coming is not None else key.verb
        typing = self.control_table is not None and self.control_table.note.typing
        if key.id == "play.back" and self.forecasting and not typing:
            return "close the forecast"
        run = self.run_shown
        if key.id == "play.view" and self.control_table is not None:
            return "read"
        if key.id == "control.time" and self._before_start:
            return "StartEx"
        if key.id == "control.pause" and stands(run):
            return "start the clock"
        if key.id == "control.pause" and run is not None and run.state == "paused":
            return "go on"
        return super().verb(key)

    def can_number(self, number: int) -> bool:
        """Digits go to cards where a hand is always in sight."""
        return self.team_table is not None and not self.narrow

    def action_number(self, number: int) -> None:
        """Go to a card of the hand."""
        if self.team_table is not None:
            self.team_table.go_to_card(number)

    def can_pane(self, number: int) -> bool:
        """Digits go to panes everywhere else."""
        return self.team_table is None or self.narrow

    def action_pane(self, number: int) -> None:
        """Go to a pane; in a narrow window, open it; else show it over the table."""
        table = self.table
        if table is None or not 1 <= number <= len(table.names):
            return
        table.open(number)
        self.show_tabs()
        alone = OVER_THE_TABLE.get(table.names[number - 1])
        if alone is not None and not table.in_sight(number):
            alone(self)

    def action_next_pane(self) -> None:
        """To the next pane; in a narrow window, open it."""
        if self.table is not None and self.narrow:
            self.action_pane(self.table.open_pane % len(self.table.panes) + 1)
        else:
            self.focus_next()

    def can_leave(self) -> bool:
        """Escape leads out of a line that is being typed."""
        team, control = self.team_table, self.control_table
        typing = (team and team.intent.typing) or (control and control.note.typing)
        return bool(typing) or self.forecasting

    def action_leave(self) -> None:
        """From the line back to where the cursor was."""
        if self.team_table is not None:
            self.team_table.back()
        elif self.control_table is not None:
            if self.control_table.note.typing:
                self.control_table.leave_note()
            else:
                self.close_forecast()
            self.show_tabs()

    def leave_for(self, where: str | None) -> None:
        """Go to the first screen, or to the replay, when that was wanted."""
        path = self.game.path
        if where == "replay" and path is not None:
            self.post_message(ReplayWanted(path))
        if where == "home":
            self.post_message(GameLeft())
