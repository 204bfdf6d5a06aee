"""Every move that is open to a seat, to choose one."""

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import OptionList

from tabletop.session.view import Move, MoveView
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows


class MovesScreen(Dialog[Move]):
    """The moves in their one order."""

    TITLE_TEXT = "What control may do"
    AUTO_FOCUS = "#moves"
    HINTS = ("move", "moves.make", "leave")
    HELP_TITLE: ClassVar[str] = "Moves"
    HELP_TEXT: ClassVar[str] = (
        "Every move that the rules allow control now. Those of a team whose seat "
        "nobody sits on stand first."
    )

    rows = getters.query_one("#moves", Rows)

    def __init__(self, moves: Sequence[MoveView]) -> None:
        super().__init__()
        self.moves = moves

    def compose_dialog(self) -> ComposeResult:
        """The list."""
        yield Rows(id="moves")

    def on_mount(self) -> None:
        """Show the moves; a row's id is the move's place in the list."""
        super().on_mount()
        self.rows.show(
            [Row(f"move-{i}", offer.label) for i, offer in enumerate(self.moves)]
        )

    @on(OptionList.OptionSelected)
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        self.dismiss(self.moves[selected.option_index].move)
