"""What to watch for, and how it was met: met, partly or not, with a line if wanted."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from tabletop.session.game import Game
from tabletop.session.runview import CheckpointView, Result
from tabletop.session.view import View
from tabletop.tui.attempt import done
from tabletop.tui.keys import bindings
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.intent import IntentLine
from tabletop.tui.widgets.checkpoints import CheckpointsPane

RESULTS: dict[int, Result] = {1: "met", 2: "partly", 3: "not met", 0: ""}
"""What the digits say."""


class CheckpointsScreen(Dialog[None]):
    """The list; a digit judges the chosen one, then a line may say why."""

    AUTO_FOCUS = "#checkpoints"
    HINTS = ("check.write", "check.judge", "move", "leave")
    HELP_TITLE: ClassVar[str] = "What to watch for"
    HELP_TEXT: ClassVar[str] = (
        "What the deck's author wants observed, by exercise objective; those whose "
        "inject has fired stand first. 1 is met, 2 partly, 3 not met, 0 open again; "
        "then write a line or leave it empty, and press enter. It goes into the log, "
        "for control alone, and into the report. What you have judged keeps its place "
        "until you leave this list."
    )
    BINDINGS = bindings("check.judge")

    pane = getters.query_one("#checkpoints", CheckpointsPane)
    why = getters.query_one(IntentLine)

    def __init__(self, game: Game, view: View) -> None:
        super().__init__()
        self._game = game
        self._view = view
        self._drafts: dict[str, str] = {}
        """Lines that were typed and left, by checkpoint."""
        self._judging: tuple[CheckpointView, Result] | None = None

    def compose_body(self) -> ComposeResult:
        """The list, and the line under it."""
        yield CheckpointsPane(id="checkpoints", classes="pane")
        yield IntentLine("What was seen", "(one line, optional)")

    def on_mount(self) -> None:
        """Show them, the cursor on what is due."""
        super().on_mount()
        self.pane.title("Watch for")
        self.why.display = False
        self._show()
        self.call_after_refresh(self.pane.refresh)  # its border, once its size is known

    def _show(self) -> None:
        self.pane.show(self._game.run_view(), self._view)
        self.refresh_bindings()

    @on(CheckpointsPane.CheckpointHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    def hints(self) -> tuple[str, ...]:
        """Enter writes while a line is open, and only then."""
        writing = self._judging is not None
        return self.HINTS if writing else self.HINTS[1:]

    def can_judge(self, digit: int) -> bool:
        """Only what is there can be judged, and only in a game that is written to."""
        point = self.pane.point
        if point is None or self._game.read_only or self.why.typing:
            return False
        return bool(point.result) or digit != 0

    def action_judge(self, digit: int) -> None:
        """Judge the chosen one; then the line takes the keys."""
        point = self.pane.point
        if point is None:
            return
        result = RESULTS[digit]
        self._judging = (point, result)
        said = result.capitalize() if result else "Open again"
        label = line((f"{said}: ", "bold"), "what was seen ",
                     ("(one line, optional) ", "$muted"))  # fmt: skip
        self.why.query(Static).first().update(label)
        self.why.fill(self._drafts.get(point.id, point.note))
        self.why.display = True
        self.why.start()
        self.refresh_bindings()

    @on(Input.Submitted)
    def _write(self) -> None:
        if self._judging is None:
            return
        point, result = self._judging
        if done(self.app, lambda: self._game.judge(point.id, result, self.why.text)):
            self._back()
            self._drafts.pop(point.id, None)
            self._show()

    def _back(self) -> None:
        """Out of the line; what was typed is there again the next time."""
        if self._judging is not None:
            self._drafts[self._judging[0].id] = self.why.line.value
        self._judging = None
        self.why.display = False
        self.pane.focus()
        self.refresh_bindings()

    def action_leave(self) -> None:
        """Out of the line, keeping what was typed; else away."""
        if self._judging is not None:
            self._back()
        else:
            self.dismiss(None)
