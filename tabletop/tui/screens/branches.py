"""Every line of play: look at it, name it, take it up again."""

from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from tabletop.session.game import Game
from tabletop.session.runview import BranchView
from tabletop.session.view import View
from tabletop.tui.attempt import attempt, done, quietly
from tabletop.tui.keys import bindings
from tabletop.tui.say import line, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.look import LookScreen
from tabletop.tui.screens.undo import LONGEST_NAME
from tabletop.tui.text import clean
from tabletop.tui.widgets import LogPane
from tabletop.tui.widgets.branches import BranchesPane


class NameScreen(Dialog[str]):
    """A name for a line of play."""

    TITLE_TEXT = "Name this line of play"
    AUTO_FOCUS = "#branch-name"
    HINTS = ("note.write", "leave")
    HELP_TITLE: ClassVar[str] = "A name"
    HELP_TEXT: ClassVar[str] = "A short name, so that the line is found again."

    def __init__(self, branch: BranchView) -> None:
        super().__init__()
        self._branch = branch

    def compose_dialog(self) -> ComposeResult:
        """What it is called now, and the line."""
        yield Static(line(("Now ", "$muted"), (self._branch.name, "bold $secondary")))
        yield Input(
            placeholder=clean(self._branch.name), max_length=LONGEST_NAME,
            id="branch-name", select_on_focus=False,
        )  # fmt: skip

    @on(Input.Submitted)
    def _take(self, submitted: Input.Submitted) -> None:
        self.dismiss(submitted.value.strip() or None)


class BranchesScreen(Dialog[int]):
    """Gives the move from which the game is to go on, when one was chosen."""

    AUTO_FOCUS = "#branches"
    HINTS = ("move", "branch.look", "branch.up", "branch.name", "leave")
    HELP_TITLE: ClassVar[str] = "Lines of play"
    HELP_TEXT: ClassVar[str] = (
        "Nothing that was played is erased. What was undone stays as a line of play: "
        "look at it, give it a name, or take it up again; then the line that you "
        "leave stays in its turn."
    )
    BINDINGS = bindings("branch.up", "branch.name")

    pane = getters.query_one("#branches", BranchesPane)
    log_pane = getters.query_one("#branch-log", LogPane)

    def __init__(self, game: Game, view: View) -> None:
        super().__init__()
        self._game = game
        self._view = view

    def compose_body(self) -> ComposeResult:
        """The list, and beside it, where there is room, the chosen line's log."""
        with Horizontal(id="lines"):
            yield BranchesPane(id="branches", classes="pane")
            yield LogPane(id="branch-log", classes="pane")

    def on_mount(self) -> None:
        """Show the lines of play."""
        super().on_mount()
        self.pane.title("Lines of play")
        self.log_pane.title("Its log")
        self._show()
        self.call_after_refresh(self.pane.refresh)  # its border, once its size is known

    def _show(self) -> None:
        lines = self._game.branches()
        titles = {b.tip: self._last(b) for b in lines}
        self.pane.show(lines, titles, self._view.move)

    def _last(self, branch: BranchView) -> str:
        """The last move of a line, as far as the seat that looks may know it."""
        seat = self._view.seat
        if not self._hides:
            return branch.title
        there = quietly(lambda: self._game.view_at(seat, branch.tip))
        return there.log[-1].title if there is not None and there.log else ""

    @property
    def _hides(self) -> bool:
        """Whether a team looks, which may not know every move."""
        return self._view.seat in {team.id for team in self._view.teams}

    @on(BranchesPane.BranchHighlighted)
    def _moved(self) -> None:
        self.refresh_bindings()
        branch, seat = self.pane.branch, self._view.seat
        if branch is None or not self.has_class("-wide"):
            return
        there = quietly(lambda: self._game.view_at(seat, branch.tip))
        if there is not None:
            self.log_pane.show(there)
            self.log_pane.follow_end()

    # Looking.

    @on(BranchesPane.BranchChosen)
    @work(exclusive=True, group="dialog")
    async def _look(self) -> None:
        branch, seat = self.pane.branch, self._view.seat
        if branch is None:
            return
        moment = attempt(self.app, lambda: self._game.view_at(seat, branch.tip))
        if moment is None:
            return
        screen = LookScreen(
            self._game, moment, moment, name=branch.name,
            goal="take up" if self.can_take_up() else "", now=self._view.move,
        )  # fmt: skip
        number = await self.app.push_screen_wait(screen)
        if number is not None:
            await self._ask(branch, number)

    # Taking up.

    def can_take_up(self) -> bool:
        """Any line but the one that is played."""
        branch = self.pane.branch
        going = branch is not None and branch.tip != self._view.move
        return going and not self._game.read_only

    @work(exclusive=True, group="dialog")
    async def action_take_up(self) -> None:
        """Go on with the chosen line, after asking."""
        branch = self.pane.branch
        if branch is not None:
            await self._ask(branch, branch.tip)

    async def _ask(self, branch: BranchView, number: int) -> None:
        """Say what is left and what is kept."""
        now = next((b for b in self._game.branches() if b.current), None)
        left = now.name if now is not None else ""
        title = f"Take up {branch.name}"
        kept = (
            ("What was taken back of it is made again.", "$muted")
            if branch.name == left
            else say(
                ("The line that is played now, ", "$muted"),
                line((left, "bold $secondary")),
                (f", is left at move {self._view.move} and kept.", "$muted"),
            )
        )
        question = ConfirmScreen(
            title,
            line("The game goes on after ", (f"move {number}", "bold"), " of ",
                 (branch.name, "bold $secondary"), "."),
            "\n\n", kept, "\n\n",
            ("Hands and tracks are as they were there. ", "$muted"),
            ("Bots that owe a move make it at once.", "$muted"),
        )  # fmt: skip
        if await self.app.push_screen_wait(question):
            self.dismiss(number)

    # Naming.

    def can_name(self) -> bool:
        """A game that is only read is not written to."""
        return self.pane.branch is not None and not self._game.read_only

    @work(exclusive=True, group="dialog")
    async def action_name(self) -> None:
        """Give the chosen line a name."""
        branch = self.pane.branch
        if branch is None:
            return
        name = await self.app.push_screen_wait(NameScreen(branch))
        if name and done(self.app, lambda: self._game.name_branch(branch.tip, name)):
            self._show()
