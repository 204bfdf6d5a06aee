"""What made a number what it is: a sum that adds up on the screen."""

from typing import ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tabletop.session.view import SeatId, View, Why
from tabletop.tui.attempt import attempt
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.widgets import TrackChart, TracksPane, WhyPane


class Sums(Protocol):
    """Whatever knows the sums behind numbers."""

    def why(self, seat: SeatId, subject: str) -> Why:
        """The sum behind a number, as a seat may know it."""


class WhyScreen(Dialog[None]):
    """The tracks on one side; on the other the chosen one's history and its sum."""

    AUTO_FOCUS = "#why-tracks"
    HINTS = ("move", "leave")
    HELP_TITLE: ClassVar[str] = "Why is this number so?"
    HELP_TEXT: ClassVar[str] = (
        "Where the number started, every move that changed it, and what that makes."
    )

    def __init__(self, game: Sums, view: View, track: str | None) -> None:
        super().__init__()
        self._game = game
        self._view = view
        self._track = track

    def compose_body(self) -> ComposeResult:
        """Tracks, chart, sum."""
        with Horizontal(id="why"):
            yield TracksPane(id="why-tracks", classes="pane")
            with Vertical(id="why-side"):
                yield TrackChart(id="why-chart", classes="pane")
                yield WhyPane(id="why-sum", classes="pane")

    def on_mount(self) -> None:
        """Begin with the track that was asked about."""
        super().on_mount()
        tracks = self.query_one(TracksPane)
        tracks.border_title = line("Tracks")
        tracks.show(self._view)
        self.query_one(WhyPane).border_title = line("Why")
        if self._track:
            tracks.selected = self._track
        self._show(self._track or tracks.selected)

    @on(TracksPane.TrackHighlighted)
    def _follow(self, moved: TracksPane.TrackHighlighted) -> None:
        self._show(moved.track_id)

    def _show(self, track_id: str | None) -> None:
        track = next((t for t in self._view.tracks if t.id == track_id), None)
        if track is None:
            return
        why = attempt(self.app, lambda: self._game.why(self._view.seat, track.id))
        if why is not None:
            self.query_one(TrackChart).show(track)
            self.query_one(WhyPane).show(why, self._view)
