"""Small lists of a replay: whose eyes, which file."""

from collections.abc import Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import OptionList

from tabletop.session.view import CONTROL, PUBLIC, SeatId, View
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.screens.teams import team_name


class ListScreen(Dialog[str]):
    """Gives the id of the row that was chosen."""

    AUTO_FOCUS = "#choices"
    rows = getters.query_one("#choices", Rows)

    def __init__(self, rows: Sequence[Row], now: str = "") -> None:
        super().__init__()
        self._rows = tuple(rows)
        self._now = now

    def compose_dialog(self) -> ComposeResult:
        """The rows."""
        yield Rows(id="choices")

    def on_mount(self) -> None:
        """Put the cursor on what holds now."""
        super().on_mount()
        self.rows.show(self._rows)
        self.rows.put_cursor(self._now)

    @on(OptionList.OptionSelected)
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        self.dismiss(selected.option_id)


class EyesScreen(ListScreen):
    """From whose eyes the game is to be seen."""

    TITLE_TEXT = "Seen as"
    HINTS = ("move", "seat.choose", "leave")
    HELP_TITLE: ClassVar[str] = "From whose eyes"
    HELP_TEXT: ClassVar[str] = (
        "A team sees what it could know at each moment, and nothing else, on every "
        "pane and in every file that you write."
    )

    @classmethod
    def of(cls, view: View, now: SeatId) -> "EyesScreen":
        """Control, every team, and the room."""
        seats = (CONTROL, *(team.id for team in view.teams), PUBLIC)
        return cls([_eyes(view, seat) for seat in seats], now)


def _eyes(view: View, seat: SeatId) -> Row:
    if seat == CONTROL:
        return Row(seat, "Control", line(("everything", "$muted")))
    if seat == PUBLIC:
        return Row(seat, "The room", line(("what everybody may know", "$muted")))
    return Row(seat, team_name(view, seat), line(("what this team knew", "$muted")))


class FormatsScreen(ListScreen):
    """What is to be written of a moment."""

    TITLE_TEXT = "Export this moment"
    HINTS = ("move", "export.choose", "leave")
    HELP_TITLE: ClassVar[str] = "Export this moment"
    HELP_TEXT: ClassVar[str] = (
        "The moment is written as the chosen seat saw it. The save is not changed."
    )

    @classmethod
    def of(cls) -> "FormatsScreen":
        """A sheet, text, data."""
        return cls([
            Row("html", "A sheet to print", line(("HTML", "$muted"))),
            Row("txt", "Text", line(("plain words", "$muted"))),
            Row("json", "Data", line(("JSON: all that the seat knew", "$muted"))),
        ])  # fmt: skip
