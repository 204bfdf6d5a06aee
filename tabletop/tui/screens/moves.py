"""Acting for a team: its moves in a list, what each would do, and why it is made."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList

from tabletop.session.view import Move, MoveView, Preview, TeamView, View
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.intent import IntentLine
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.widgets import PreviewPane
from tabletop.tui.widgets.cue import count
from tabletop.tui.widgets.preview import card_of
from tabletop.tui.widgets.teams import status_line


@dataclass(frozen=True, slots=True)
class Acted:
    """A move that control makes for a team, and the team's reason."""

    move: Move
    note: str


class MovesScreen(Dialog[Acted]):
    """What the teams that owe a move may do: people call it out, control keys it in."""

    TITLE_TEXT = "Act for a team"
    AUTO_FOCUS = "#moves"
    HINTS = ("move", "act.do", "leave")
    HELP_TITLE: ClassVar[str] = "Act for a team"
    HELP_TEXT: ClassVar[str] = (
        "The moves and answers of every team that owes one, whoever sits there. Choose "
        "one, read what it would do, say why if the team said so, and make it."
    )
    rows = getters.query_one("#moves", Rows)
    preview = getters.query_one("#act-preview", PreviewPane)
    intent = getters.query_one(IntentLine)

    def __init__(
        self,
        view: View,
        moves: Sequence[MoveView],
        preview_of: Callable[[Move], Preview | None],
    ) -> None:
        super().__init__()
        self.view = view
        self.moves = moves
        """In the order of the list; what they are called names no team."""
        self._preview_of = preview_of

    def compose_dialog(self) -> ComposeResult:
        """The list, what the chosen move would do, and the line for the reason."""
        yield Rows(id="moves")
        yield PreviewPane(id="act-preview")
        yield IntentLine()

    def on_mount(self) -> None:
        """Show the moves by team; a row's id is the move's place in the list."""
        super().on_mount()
        found: list[Row] = []
        for team in self.view.teams:
            own = [
                i for i, offer in enumerate(self.moves) if offer.move.team == team.id
            ]
            if own:
                found += [Row("", self._heading(team)), *(self._row(i) for i in own)]
        self.rows.show(found)

    def _heading(self, team: TeamView) -> str:
        points = f", {count(team.points, 'point')}" if team.points_full else ""
        return f"{team.name}: {status_line(team).plain}{points}"

    def _row(self, index: int) -> Row:
        offer = self.moves[index]
        card = card_of(self.view, offer.move.item)
        spends = card is not None and offer.move.kind in ("play", "lay") and card.cost
        cost = count(card.cost, "point") if card is not None and spends else ""
        return Row(f"move-{index}", offer.label, (cost, "$muted"))

    @property
    def chosen(self) -> Move | None:
        """The move that the cursor is on."""
        row = self.rows.chosen
        return self.moves[int(row.removeprefix("move-"))].move if row else None

    @on(OptionList.OptionHighlighted)
    def _show_preview(self) -> None:
        """What the move under the cursor would do."""
        move = self.chosen
        found = self._preview_of(move) if move is not None else None
        self.preview.show(found, self.view)

    @on(OptionList.OptionSelected)
    def _choose(self) -> None:
        """Ask for the reason; the move waits for one more enter."""
        self.intent.start()

    @on(Input.Submitted)
    def _make(self, submitted: Input.Submitted) -> None:
        submitted.stop()
        move = self.chosen
        if move is not None:
            self.dismiss(Acted(move, self.intent.text))

    def action_leave(self) -> None:
        """From the line back to the list; from the list away."""
        if self.intent.typing:
            self.rows.focus()
        else:
            self.dismiss(None)
