"""The table as it was after a move, on whatever line of play: to look at, not to play.

Shows only what the seat that looks could know at that moment.
"""

from bisect import bisect_left
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from tabletop.session.game import Game
from tabletop.session.view import View
from tabletop.tui.attempt import attempt
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.screens.base import Dialog
from tabletop.tui.widgets import LogPane, TeamsPane, TracksPane
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.line import Line, line
from tabletop.tui.widgets.logtext import BESIDE

Goal = Literal["take up", "go back", ""]
"""What can be done from a moment: its line is another one, or this one, or nothing."""


def moves_of(view: View) -> list[int]:
    """The numbers of the moves that a log tells of, without what stands beside them."""
    return [entry.number for entry in view.log if entry.kind not in BESIDE]


class Moment(Band):
    """Which moment is looked at, and that it is not the present."""

    _lines_shown: tuple[Line, ...] = ()

    def show(self, view: View, name: str, now: int) -> None:
        """Show a moment of a line of play; `now` is the present move."""
        dot = glyphs().dot
        phase = next((p.label for p in view.phases if p.id == view.phase), view.phase)
        here = view.move == now
        words = "the present" if here else "not the present"
        self._lines_shown = (
            line(
                (f" {glyphs().now} ", "bold $warn"),
                ("Looking at ", "$muted"),
                (f"move {view.move}", "bold"),
                (f"  {view.round_label} {view.round} {dot} {phase}  ", "$muted"),
                (name, "bold $secondary"),
                (f"  {words}", "$muted" if here else "bold $warn"),
            ),
        )
        self.redraw()

    def build(self, room: int, rows: int) -> tuple[Line, ...]:
        """One row."""
        return tuple(row.cut(room) for row in self._lines_shown)


class LookScreen(Dialog[int]):
    """Gives the number of the move to go on from, when that was wanted."""

    AUTO_FOCUS = "#look-log"
    HINTS = ("look.step", "look.up", "look.undo", "scroll", "leave")
    HELP_TITLE: ClassVar[str] = "A moment of the game"
    HELP_TEXT: ClassVar[str] = (
        "The table as it was then; nothing here can be changed. Left and right move "
        "to the moment before or after."
    )
    BINDINGS = bindings("look.step", "look.up", "look.undo")

    def __init__(
        self, game: Game, moment: View, line_of: View, *, name: str = "",
        goal: Goal = "", now: int = 0,
    ) -> None:  # fmt: skip
        """`line_of` is the view at the end of its line of play, `now` the present."""
        super().__init__()
        self._game = game
        self._view = moment
        self._line_name = name
        self._goal = goal
        self._now = now
        self._moves = moves_of(line_of)

    def compose_body(self) -> ComposeResult:
        """Teams and tracks beside the log."""
        yield Moment(id="moment")
        with Horizontal(id="look"):
            with Vertical(id="look-side"):
                yield TeamsPane(id="look-teams", classes="pane")
                yield TracksPane(id="look-tracks", classes="pane")
            yield LogPane(id="look-log", classes="pane")

    def on_mount(self) -> None:
        """Show the moment."""
        super().on_mount()
        self.query_one("#look-teams", TeamsPane).title("Teams")
        self.query_one("#look-tracks", TracksPane).title("Tracks")
        self.query_one("#look-log", LogPane).title("Log")
        self._show()

    @property
    def number(self) -> int:
        """The move that is looked at."""
        return self._view.move

    def _show(self) -> None:
        view = self._view
        self.query_one(Moment).show(view, self._line_name, self._now)
        self.query_one(TeamsPane).show(view)
        self.query_one(TracksPane).show(view)
        self.query_one(LogPane).show(view)
        self.query_one(LogPane).follow_end()
        self.refresh_bindings()

    def _beside(self, key: str) -> int | None:
        """The move before this one, or after it."""
        place = bisect_left(self._moves, self.number) + (1 if key == "right" else -1)
        return self._moves[place] if 0 <= place < len(self._moves) else None

    def can_step(self, key: str) -> bool:
        """There is a moment on that side."""
        return self._beside(key) is not None

    def action_step(self, key: str) -> None:
        """Look at the moment before or after."""
        number, seat = self._beside(key), self._view.seat
        if number is None:
            return
        view = attempt(self.app, lambda: self._game.view_at(seat, number))
        if view is not None:
            self._view = view
            self._show()

    def can_take_up(self) -> bool:
        """Another line can be taken up."""
        return self._goal == "take up" and not self._game.read_only

    def can_back_here(self) -> bool:
        """On this line one goes back."""
        going = self._goal == "go back" and self.number != self._now
        return going and not self._game.read_only

    def action_take_up(self) -> None:
        """Go on from here."""
        self.dismiss(self.number)

    def action_back_here(self) -> None:
        """Go back to here."""
        self.dismiss(self.number)
