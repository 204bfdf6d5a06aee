"""What the replay draws: everything after a change of line, little after a step."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import getters, on
from textual.app import ComposeResult

from tabletop.session.annotations import Annotation
from tabletop.session.replaying import Moment
from tabletop.session.view import TrackView, View
from tabletop.study.forecast import Forecast
from tabletop.study.turning import Analysis
from tabletop.tui.screens.layout import PaneTabs
from tabletop.tui.screens.replay.base import ReplayBase
from tabletop.tui.screens.replay.table import ReplayTable
from tabletop.tui.theme import fill_style
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import number, team_mark, team_of
from tabletop.tui.widgets.line import line
from tabletop.tui.widgets.replay.around import AroundPane, Passage
from tabletop.tui.widgets.replay.axis import LEFT, Sought, rounds_of
from tabletop.tui.widgets.replay.chart import Plot, ReplayChart, Turn, scale
from tabletop.tui.widgets.replay.head import Heading, ReplayHead
from tabletop.tui.widgets.replay.lanes import LanesPane, Timeline, Traffic
from tabletop.tui.widgets.replay.linelist import LinesPane, line_name
from tabletop.tui.widgets.replay.state import Board, StatePane, steps_of

SPEEDS = ("1/4", "1/2", "1", "2", "4", "8")
"""How many times as fast as usual it goes on by itself."""


class ReplayDrawing(ReplayBase):
    """Puts what is looked at on the panes."""

    table = getters.query_one("#replay", ReplayTable)
    running = False
    """Whether it goes on by itself."""
    speed = SPEEDS.index("1")
    charts_track = False
    """Whether a track was asked for although there are expectations."""
    hits: tuple[int, ...] = ()
    """Places at which the words that are looked for stand."""
    notes: Mapping[int, Annotation] = {}
    """What somebody wrote on moments, by the number of the move."""

    def compose_body(self) -> ComposeResult:
        """The head, and the timeline and the tabs of a narrow window."""
        yield ReplayHead(id="replay-head")
        yield Timeline(id="timeline")
        yield PaneTabs(id="tabs")
        yield ReplayTable(self.compose_study())

    def on_descendant_focus(self) -> None:
        """The tabs tell which pane is open."""
        self._show_tabs()

    def _show_tabs(self) -> None:
        if self.is_mounted and self.has_class("-narrow"):
            self.query_one(PaneTabs).show(self.table.names, self.table.open_pane)

    @on(Sought)
    def _seek(self, sought: Sought) -> None:
        self.go(sought.place)

    # Everything.

    def draw(self) -> None:
        """Draw a line of play anew."""
        if not self.moments:
            return
        plot, traffic = self._plot(), self._traffic()
        chart = self.query_one(ReplayChart)
        chart.title(self._number("#curves") + self._chart_title())
        chart.show(plot, self.place)
        lanes = self.query_one(LanesPane)
        lanes.title("Moves")
        lanes.show(traffic, self.place)
        self.query_one(Timeline).show(traffic, self.place)
        lines = self.query_one(LinesPane)
        lines.title(self._number("#lines-pane") + "Lines of play")
        tips = [found.branch.tip for found in self.lines]
        moves = {tip: len(self.replay.moments(tip)) - 1 for tip in tips}
        lines.show(self.lines, self.last_view, self.team, self.tip, self.other, moves)
        for pane in self.query("#turning").results(Pane):
            pane.title(self._number("#turning") + "Turning points")
        around = self.query_one(AroundPane)
        around.title(self._number("#around") + "Around it")
        around.show(self._passage(), self.number)
        self._show_tabs()
        super().draw()

    def _number(self, selector: str) -> str:
        """The number that leads to a pane, before its name."""
        selectors = [found for _, found in self.table.panes]
        return f"{selectors.index(selector) + 1} " if selector in selectors else ""

    def draw_place(self) -> None:
        """Draw what follows the cursor."""
        super().draw_place()
        if not self.moments:
            return
        self.query_one(ReplayChart).go(self.place)
        self.query_one(LanesPane).go(self.place)
        self.query_one(Timeline).go(self.place)
        self.query_one(AroundPane).go(self.number)
        self.show_head()
        state = self.query_one(StatePane)
        moment = f"after move {self.number}" if self.number else "at the start"
        if self.other is not None:
            there = self.other_moments[self.other_place].number
            moment = f"after {self.number}, {self.other_name} after {there}"
        state.title(f"{self._number('#state')}State {moment}")
        state.show(self._board())
        self.refresh_bindings()

    def show_head(self) -> None:
        """Draw the head alone."""
        note = self.notes.get(self.number)
        main = bool(self.lines) and self.tip == self.lines[0].branch.tip
        shown = self.line
        path = self.save
        self.query_one(ReplayHead).show(
            Heading(
                view=self.view,
                save=path.stem if path is not None else "a game in memory",
                line_name=shown.branch.name if shown is not None and not main else "",
                moments=self.moments,
                place=self.place,
                entry=self.entry,
                trouble="damaged" if self.replay.session.damaged else "",
                mark=note.mark if note else "",
                words=note.text if note else "",
                running=self.running,
                speed=SPEEDS[self.speed],
            )
        )

    # What is drawn.

    @property
    def axis_count(self) -> int:
        """Places on the axis: those of the longer line."""
        return max(len(self.moments), len(self.other_moments))

    @property
    def parting(self) -> int:
        """The last place that the compared line has in common with this one."""
        both = zip(self.moments, self.other_moments, strict=False)
        common = [a.place for a, b in both if a.number == b.number]
        return common[-1] if common else 0

    @property
    def charted(self) -> Analysis | None:
        """The analysis that the chart shows; None while it shows a track."""
        return None if self.charts_track else self.analysis

    def _chart_title(self) -> str:
        if self.charted is not None:
            team = team_of(self.last_view.teams, self.team)
            return f"What {team.name if team else 'the teams'} could expect"
        track = self._track()
        return track.label if track is not None else "No track is to be seen"

    def _track(self) -> TrackView | None:
        tracks = self.last_view.tracks
        return next((track for track in tracks if track.id == self.track), None)

    def _plot(self) -> Plot:
        """What the chart shows: an expectation if it was measured, else a track."""
        found = self.charted
        plot = self._expected(found) if found is not None else self._tracked()
        return replace(
            plot, count=self.axis_count, rounds=rounds_of(self.moments),
            round_label=self.last_view.round_label, other_name=self.other_name,
            leaves=self.parting,
            more="other track" if self.analysis is None else "other team",
        )  # fmt: skip

    def _tracked(self) -> Plot:
        track = self._track()
        if track is None:
            return Plot()
        other: tuple[int, ...] = ()
        if self.other is not None:
            theirs = self.replay.view(self.other, self.other)
            other = self._values(track.id, theirs, self.other_moments)
        values = self._values(track.id, self.last_view, self.moments)
        return Plot(
            head=line((track.short, "bold $secondary")), about=self._began(track.id),
            low=track.low, high=track.high, values=values, others=other,
        )  # fmt: skip

    def _began(self, track: str) -> str:
        """What a track was before the first round began, where that moved it."""
        tracks = self.replay.view(0, self.moments[-1].number).tracks
        found = next((t for t in tracks if t.id == track), None)
        if found is None or found.round_start == found.value:
            return ""
        return f"began at {number(found.round_start)}"

    @property
    def other_name(self) -> str:
        """What the compared line is called."""
        found = self.line_of(self.other) if self.other is not None else None
        return line_name(found, self.lines) if found is not None else ""

    def _values(
        self, track: str, view: View, moments: Sequence[Moment]
    ) -> tuple[int, ...]:
        """A track after each move of a line, read from its log."""
        start = self.replay.view(0, moments[-1].number)
        value = next((t.value for t in start.tracks if t.id == track), 0)
        after = {
            entry.number: change.after
            for entry in view.log
            for change in entry.changes
            if change.kind == "track" and change.subject == track
        }
        found = []
        for moment in moments:
            value = after.get(moment.number, value)
            found.append(value)
        return tuple(found)

    def _expected(self, found: Analysis) -> Plot:
        team = team_of(self.last_view.teams, self.team)
        values = self._means(found)
        other = self.analyses.get((self.other, self.seat)) if self.other else None
        others = self._means(other) if other is not None else ()
        low, high = scale([*values, *others])
        return Plot(
            head=team_mark(team, LEFT - 6) if team else line(""),
            about="score to expect",
            fill=fill_style(team.color) if team else "$fill-track",
            low=low, high=high, values=values, others=others, turns=self._turns(),
        )  # fmt: skip

    def _means(self, found: Analysis) -> tuple[float, ...]:
        return tuple(
            self._mean(forecast)
            for forecast in (found.start, *(step.after for step in found.steps))
        )

    def _mean(self, forecast: Forecast) -> float:
        found = (e.mean for e in forecast.teams if e.team == self.team)
        return next(found, 0.0)

    def _turns(self) -> tuple[Turn, ...]:
        """The turning points where they are on the axis."""
        places = {moment.number: moment.place for moment in self.moments}
        return tuple(
            Turn(places[p.step.number], i, round(p.after - p.before))
            for i, p in enumerate(self.turning_points(), 1)
            if p.step.number in places
        )

    def _traffic(self) -> Traffic:
        bookmarks = (
            moment.place
            for moment in self.moments
            if any(entry.kind == "bookmark" for entry in moment.beside)
        )
        return Traffic(
            self.last_view, self.moments, self.axis_count, self._turns(),
            {number: note.mark or "+" for number, note in self.notes.items()},
            frozenset(bookmarks), frozenset(self.hits),
        )  # fmt: skip

    def _passage(self) -> Passage:
        marks = {n: (note.mark, note.text) for n, note in self.notes.items()}
        return Passage(self.last_view, self.last_view.log, marks)

    def _board(self) -> Board:
        entry = self.entry
        changes = entry.changes if entry is not None else ()
        steps = [(c.subject, c.after - c.before) for c in changes if c.kind == "track"]
        if self.other is None:
            return Board(self.view, steps_of(self.view, steps))
        theirs = self.other_moments[self.other_place].number
        ours = line_name(self.line, self.lines) if self.line is not None else ""
        comparison = self.replay.compare(self.number, theirs)
        names = (ours, self.other_name)
        return Board(self.view, steps_of(self.view, steps), comparison, names)
