"""To which round an inject is moved."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from tabletop.session.view import InjectView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows


def place(view: View, inject: InjectView) -> str:
    """Where an inject stands in the schedule now."""
    return f"{view.round_label} {inject.round}" if inject.round else "the bank"


class RoundScreen(Dialog[int]):
    """The rounds from the present one to the last."""

    AUTO_FOCUS = "#rounds"
    HINTS = ("move", "round.choose", "leave")
    HELP_TITLE: ClassVar[str] = "Moving an inject"
    HELP_TEXT: ClassVar[str] = (
        "The inject then comes in that round, at its moment of the round. One that "
        "was held or crossed out goes back into the schedule."
    )

    def __init__(self, view: View, inject: InjectView) -> None:
        super().__init__()
        self._view = view
        self._inject = inject
        self._rounds = range(max(1, view.round), view.rounds + 1)

    def title_text(self) -> str:
        """What is moved."""
        return f"Move {self._inject.title}"

    def compose_dialog(self) -> ComposeResult:
        """From where to where, then the rounds."""
        yield Static(id="from-to", classes="prose")
        yield Rows(id="rounds")

    def on_mount(self) -> None:
        """Begin with the round that it stands in."""
        super().on_mount()
        rows = self.query_one(Rows)
        rows.show([Row(f"r{n}", self._round(n), self._remark(n)) for n in self._rounds])
        rows.put_cursor(f"r{self._inject.round}")

    def _round(self, number: int) -> str:
        return f"{self._view.round_label} {number}"

    def _remark(self, number: int) -> str:
        """What else comes in that round."""
        if number == self._inject.round:
            return "it stands here"
        others = [
            i.title
            for i in self._view.injects
            if i.round == number and i.state in ("scheduled", "held")
        ]
        return ", ".join([*(["now"] if number == self._view.round else []), *others])

    @on(OptionList.OptionHighlighted)
    def _show(self, moved: OptionList.OptionHighlighted) -> None:
        """Say it as it will be: `Month 3 → Month 5`."""
        after = self._round(self._rounds[moved.option_index])
        before = place(self._view, self._inject)
        arrow = (f"  {glyphs().becomes}  ", "$muted")
        self.query_one("#from-to", Static).update(
            say(line((before, "$muted"), arrow, (after, "bold")))
        )

    @on(OptionList.OptionSelected)
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        self.dismiss(self._rounds[selected.option_index])
