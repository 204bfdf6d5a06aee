"""What every part of the replay shares: the line that is shown, and the place on it.

Holds what is looked at and tells the parts when it changes; draws nothing itself and
never changes the save.
"""

from pathlib import Path

from textual.app import ComposeResult

from tabletop.session.replaying import LineView, Moment, Replay
from tabletop.session.view import CONTROL, LogEntry, SeatId, View
from tabletop.study.turning import Analysis, TurningPoint
from tabletop.tui.screens.base import TableScreen


class ReplayBase(TableScreen[None]):
    """A save, one of its lines of play, and a moment of it.

    A part of the screen is a mixin over this class. It calls `go`, `show_line` and
    `look_as`, and follows what others do by its own `draw`, `draw_place` and
    `line_shown`, each of which calls that of its `super()`.
    """

    def __init__(self, replay: Replay) -> None:
        super().__init__()
        self.replay = replay
        self.lines: tuple[LineView, ...] = ()
        """Every line of play, the main one first."""
        self.tip = 0
        """The last move of the line that is shown."""
        self.moments: tuple[Moment, ...] = ()
        """Its moments; the first is the start."""
        self.place = 0
        """Which of them is shown, from 0."""
        self.other: int | None = None
        """The tip of the line that is compared with; None without one."""
        self.other_moments: tuple[Moment, ...] = ()
        """The moments of that line; empty without one."""
        self.team: SeatId = ""
        """Whose expectation the chart shows."""
        self.track = ""
        """The track that the chart shows while there is no analysis."""
        self.analyses: dict[tuple[int, SeatId], Analysis] = {}
        """What was measured, by the tip of its line and the seat that looked."""
        self._view: tuple[SeatId, int, View] | None = None
        self._last: tuple[SeatId, int, View] | None = None
        self.drawing = False
        """Whether the place is about to be drawn."""

    def on_mount(self) -> None:
        """Begin at the end of the main line: how it came out is known to all."""
        super().on_mount()
        self.read_lines()
        teams = self.last_view.teams
        self.team = self.seat if self.seat != CONTROL else teams[0].id if teams else ""
        tracks = self.last_view.tracks
        self.track = tracks[0].id if tracks else ""
        self.show_line(self.lines[0].branch.tip if self.lines else 0)
        self.place = len(self.moments) - 1
        self.draw()
        self.call_after_refresh(self.draw)  # for parts that wait until all is there

    # What is looked at.

    @property
    def seat(self) -> SeatId:
        """From whose eyes the game is seen."""
        return self.replay.seat

    @property
    def moment(self) -> Moment:
        """The moment that is shown."""
        return self.moments[self.place]

    @property
    def number(self) -> int:
        """The number of the move that led to it; 0 for the start."""
        return self.moments[self.place].number if self.moments else 0

    @property
    def view(self) -> View:
        """What the seat was shown at this moment."""
        self._view = self._seen(self._view, self.number)
        return self._view[2]

    @property
    def last_view(self) -> View:
        """What the seat was shown at the end of this line: its log is the whole one."""
        self._last = self._seen(self._last, self.tip)
        return self._last[2]

    def _seen(
        self, known: tuple[SeatId, int, View] | None, number: int
    ) -> tuple[SeatId, int, View]:
        if known is not None and known[:2] == (self.seat, number):
            return known
        return self.seat, number, self.replay.view(number, self.tip)

    @property
    def entry(self) -> LogEntry | None:
        """The move that led here, as the seat may know it."""
        return self.replay.entry(self.number) if self.number else None

    @property
    def save(self) -> Path | None:
        """The save that is replayed; not the copy that holds its other lines."""
        return self.replay.save

    @property
    def line(self) -> LineView | None:
        """The line that is shown."""
        return self.line_of(self.tip)

    def line_of(self, tip: int) -> LineView | None:
        """The line that ends with a move."""
        return next((found for found in self.lines if found.branch.tip == tip), None)

    @property
    def analysis(self) -> Analysis | None:
        """What was measured of this line for this seat."""
        return self.analyses.get((self.tip, self.seat))

    def turning_points(self) -> tuple[TurningPoint, ...]:
        """What moved the chosen team's expectation most, as far as it was measured."""
        found = self.analysis
        return found.turning_points(self.team) if found is not None else ()

    @property
    def typing(self) -> bool:
        """Whether a line is being typed, which takes letters and arrows."""
        return False

    # Getting about.

    def go(self, place: int) -> None:
        """Show a moment of this line; one beyond either end is that end.

        Keys that come faster than they can be drawn are drawn once.
        """
        place = max(0, min(place, len(self.moments) - 1))
        if place != self.place:
            self.place = place
            self.draw_soon()

    def go_to_number(self, number: int) -> bool:
        """Show the moment after a move of this line; whether it is on it."""
        found = next((m.place for m in self.moments if m.number == number), None)
        if found is not None:
            self.go(found)
        return found is not None

    def show_line(self, tip: int, number: int | None = None) -> None:
        """Show a line of play: at a move of it, else as near as can be to here."""
        here = self.place if self.moments else 0
        self.tip = tip
        self.moments = self.replay.moments(tip)
        if self.other == tip:
            self.other, self.other_moments = None, ()
        self.place = max(0, min(here, len(self.moments) - 1))
        if number is not None:
            places = (m.place for m in self.moments if m.number == number)
            self.place = next(places, self.place)
        self.line_shown()
        self.draw()

    def compare_with(self, tip: int | None) -> None:
        """Show another line beside this one; None for no other."""
        self.other = tip if tip != self.tip else None
        known = self.other is not None
        self.other_moments = self.replay.moments(self.other) if known else ()
        self.draw()

    @property
    def other_place(self) -> int:
        """The place on the compared line that stands beside this one."""
        return min(self.place, max(0, len(self.other_moments) - 1))

    def look_as(self, seat: SeatId) -> None:
        """See the game from another seat's eyes: nothing of the last one's is left."""
        self.replay.seat = seat
        self._view = self._last = None
        if seat in {team.id for team in self.last_view.teams}:
            self.team = seat
        tracks = [track.id for track in self.last_view.tracks]
        if self.track not in tracks:
            self.track = tracks[0] if tracks else ""
        self.read_lines()
        other = self.other
        self.show_line(self.tip)
        self.compare_with(other)

    def read_lines(self) -> None:
        """Read again which lines there are: one was added, or somebody else looks."""
        self.lines = self.replay.lines()

    def keep_analysis(self, tip: int, seat: SeatId, analysis: Analysis) -> None:
        """Keep what was measured of a line, and draw it when that line is shown."""
        self.analyses[tip, seat] = analysis
        if (tip, seat) == (self.tip, self.seat):
            self.draw()

    # What the parts add to.

    def compose_study(self) -> ComposeResult:
        """The pane of turning points: `#turning`."""
        yield from ()

    def line_shown(self) -> None:
        """Called when another line is shown, or another seat looks; before `draw`."""

    def draw(self) -> None:
        """Draw everything anew."""
        self.draw_place()

    def draw_place(self) -> None:
        """Draw what follows the cursor."""

    def draw_soon(self) -> None:
        """Draw what follows the cursor once the keys that wait are through."""
        if not self.drawing:
            self.drawing = True
            self.call_later(self._draw_now)

    def _draw_now(self) -> None:
        self.drawing = False
        self.draw_place()
