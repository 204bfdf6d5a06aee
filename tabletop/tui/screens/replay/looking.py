"""Looking closer in a replay: other lines and eyes, why, what else, the whole log."""

from typing import ClassVar

from textual import on, work

from tabletop.session.replaying import Replay
from tabletop.session.view import Move, SeatId, Why
from tabletop.tui.attempt import attempt
from tabletop.tui.screens.log import Asked, LogScreen
from tabletop.tui.screens.replay.choose import EyesScreen
from tabletop.tui.screens.replay.hands import HandsScreen
from tabletop.tui.screens.replay.moving import ReplayMoving
from tabletop.tui.screens.replay.options import OptionsScreen
from tabletop.tui.screens.why import WhyScreen
from tabletop.tui.widgets.log import LogPane
from tabletop.tui.widgets.replay.linelist import LinesPane
from tabletop.tui.widgets.replay.state import StatePane


class SumsThen:
    """The sums behind the numbers of a moment."""

    def __init__(self, replay: Replay, number: int) -> None:
        self._replay = replay
        self._number = number

    def why(self, seat: SeatId, subject: str) -> Why:
        """The sum behind a number as it was."""
        return self._replay.why(self._number, subject)


class ReplayLog(LogScreen):
    """The whole log; enter goes to the moment of an entry."""

    HINTS: ClassVar[tuple[str, ...]] = (
        "log.show", "log.find", "log.sort", "move", "leave",
    )  # fmt: skip
    HELP_TEXT: ClassVar[str] = (
        "Every move with what it caused. Enter shows the moment of the chosen entry."
    )

    @on(LogPane.EntryChosen)
    def _show_it(self, chosen: LogPane.EntryChosen) -> None:
        chosen.prevent_default()
        here = self.entries.selected
        number = self._after(here) if here is not None else None
        if number is not None:
            self.dismiss(Asked("show", number))


class ReplayLooking(ReplayMoving):
    """The keys that show more of a moment, or show it otherwise."""

    # Panes.

    def action_pane(self, number: int) -> None:
        """Go to a pane."""
        self.table.open(number)

    def can_next_pane(self) -> bool:
        """While words are typed the key goes back to the panes."""
        return True

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        many = len(self.table.panes)
        self.table.open(self.table.open_pane % many + 1)

    # Lines of play.

    def action_lines(self) -> None:
        """Go to the lines of play."""
        self.table.open(1)

    @on(LinesPane.LineChosen)
    def _show_line(self, chosen: LinesPane.LineChosen) -> None:
        if chosen.tip != self.tip:
            self.stop()
            self.show_line(chosen.tip)

    def can_compare(self) -> bool:
        """There is another line."""
        return len(self.lines) > 1

    def action_compare(self) -> None:
        """The line under the cursor, else the next one; after the last, none.

        What was played from a replay comes before what was undone.
        """
        others = [each for each in self.lines if each.branch.tip != self.tip]
        others.sort(key=lambda each: not each.what_if)
        tips = [each.branch.tip for each in others]
        pane = self.query_one(LinesPane)
        here = int(pane.selected) if pane.has_focus and pane.selected else None
        if here in tips:
            self.compare_with(here if here != self.other else None)
            return
        places = [*tips, None]
        now = places.index(self.other) if self.other in tips else -1
        self.compare_with(places[now + 1])

    # Eyes.

    @work(exclusive=True, group="dialog")
    async def action_seat(self) -> None:
        """Ask from whose eyes the game is to be seen."""
        self.stop()
        screen = EyesScreen.of(self.last_view, self.seat)
        seat = await self.app.push_screen_wait(screen)
        if seat is not None and seat != self.seat:
            self.look_as(seat)

    def action_curve(self) -> None:
        """The next team's expectation; without an analysis, the next track."""
        view = self.last_view
        if self.analysis is not None:
            if not self.charts_track:
                self.team = after([team.id for team in view.teams], self.team)
            self.charts_track = False
        else:
            self.track = after([track.id for track in view.tracks], self.track)
        self.draw()

    @on(StatePane.TrackChosen)
    def _show_track(self, chosen: StatePane.TrackChosen) -> None:
        self.chart(chosen.track)

    # More of this moment.

    def can_why(self) -> bool:
        """There are numbers to be seen."""
        return bool(self.last_view.tracks)

    def action_why(self) -> None:
        """What made the number under the cursor what it was."""
        self.stop()
        state = self.query_one(StatePane)
        track = state.selected if state.has_focus else self._changed() or state.selected
        self.ask_why(track)

    def ask_why(self, track: str | None) -> None:
        """What made a number what it was at this moment."""
        sums = SumsThen(self.replay, self.number)
        self.app.push_screen(WhyScreen(sums, self.view, track))

    def chart(self, track: str) -> None:
        """Show a track in the chart, also where there are expectations."""
        self.track, self.charts_track = track, True
        self.draw()

    def _changed(self) -> str | None:
        """The first track that this moment's move changed."""
        known = [track.id for track in self.view.tracks]
        return next((t for t in known if t in self.moment.targets), None)

    def can_options(self) -> bool:
        """This moment came by a decision of which more may be known."""
        return bool(self.place) and self.moment.kind == "decision"

    def action_options(self) -> None:
        """What the team could have done instead."""
        self.stop()
        number = self.number
        options = attempt(self.app, lambda: self.replay.options(number))
        if options is None:
            return
        if not options:
            self.tell("What else that team could have done is not known here.")
            return
        before = self.replay.view(self.moments[self.place - 1].number, self.tip)
        title = f"Move {number}: what it could have done"
        self.app.push_screen(OptionsScreen(options, before, title, self._worth()))

    def _worth(self) -> dict[Move, str]:
        """What each option came to, where that was measured."""
        steps = self.analysis.steps if self.analysis is not None else ()
        step = next((s for s in steps if s.number == self.number), None)
        options = step.options if step is not None else ()
        return {option.move: f"{option.expect.mean:.0f}" for option in options}

    def action_hands(self) -> None:
        """The cards held now."""
        self.stop()
        self.app.push_screen(HandsScreen(self.view))

    @work(exclusive=True, group="dialog")
    async def action_log(self) -> None:
        """The whole log, from this moment."""
        self.stop()
        screen = ReplayLog(self.last_view, at=self.number or None)
        asked = await self.app.push_screen_wait(screen)
        if asked is not None and asked.do == "show":
            self.go_to_number(asked.to)


def after(ids: list[str], now: str) -> str:
    """The one after this, and after the last the first."""
    if not ids:
        return now
    return ids[(ids.index(now) + 1) % len(ids)] if now in ids else ids[0]
