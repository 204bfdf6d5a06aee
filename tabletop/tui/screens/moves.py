"""Every move that is open to a seat, to choose one."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import OptionList

from tabletop.session.view import Move, View
from tabletop.tui.say import Part
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.screens.teams import team_name


class MovesScreen(Dialog[Move]):
    """The moves in their one order, with the team that each is for."""

    TITLE_TEXT = "What control may do"
    AUTO_FOCUS = "#moves"
    HINTS = ("move", "home.open", "leave")
    HELP_TITLE: ClassVar[str] = "Moves"
    HELP_TEXT: ClassVar[str] = (
        "Every move that the rules allow control now, also for a team whose seat "
        "nobody sits on."
    )

    rows = getters.query_one("#moves", Rows)

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def compose_dialog(self) -> ComposeResult:
        """The list."""
        yield Rows(id="moves")

    def on_mount(self) -> None:
        """Show the moves; a row's id is the move's place in the list."""
        super().on_mount()
        self.rows.show(
            [
                Row(f"move-{index}", offer.label, self._team(offer.move))
                for index, offer in enumerate(self._view.moves)
            ]
        )

    def _team(self, move: Move) -> Part:
        return team_name(self._view, move.team) if move.team else ""

    @on(OptionList.OptionSelected)
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        self.dismiss(self._view.moves[selected.option_index].move)
