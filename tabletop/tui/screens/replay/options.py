"""What a team could have done at a decision, beside what it did."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import OptionList

from tabletop.session.replaying import Alternative
from tabletop.session.view import Move, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.widgets import PreviewPane


class OptionsScreen(Dialog[None]):
    """The options in a list; beside it what the played and the chosen one would do."""

    AUTO_FOCUS = "#options"
    HINTS = ("move", "leave")
    HELP_TITLE: ClassVar[str] = "The options at this decision"
    HELP_TEXT: ClassVar[str] = (
        "Every move that the team had. Beside the list stands what the played move did "
        "at once, and what the one under the cursor would have done, as far as the "
        "team could know then. Dice and answers decide the rest."
    )

    rows = getters.query_one("#options", Rows)

    def __init__(
        self, options: Sequence[Alternative], before: View, title: str,
        worth: Mapping[Move, str] | None = None,
    ) -> None:  # fmt: skip
        """`before` is the view before the decision; `worth` what each came to."""
        super().__init__()
        self._options = {str(i): option for i, option in enumerate(options)}
        self._before = before
        self._title = title
        self._worth = worth or {}

    def compose_body(self) -> ComposeResult:
        """The list and the two previews."""
        with Horizontal(id="options-place"):
            yield Rows(id="options")
            with Vertical(id="previews"):
                yield PreviewPane(id="played", classes="pane")
                yield PreviewPane(id="instead", classes="pane")

    def on_mount(self) -> None:
        """Begin with the played one; the cursor on the first that was not."""
        super().on_mount()
        self.rows.border_title = line(self._title)
        self.rows.show([self._row(id_, one) for id_, one in self._options.items()])
        played = next((one for one in self._options.values() if one.chosen), None)
        pane = self.query_one("#played", PreviewPane)
        sign = glyphs().pip
        pane.title(f"{sign} Played: {played.label}" if played else "Played")
        if played is not None:
            pane.show(played.preview, self._before)
        others = (id_ for id_, one in self._options.items() if not one.chosen)
        self.rows.put_cursor(next(others, ""))
        self._show()

    def _row(self, id_: str, option: Alternative) -> Row:
        sign = glyphs().pip if option.chosen else " "
        words = line((f"{sign} ", "bold $accent"), option.label)
        remark = self._worth.get(option.move, "played" if option.chosen else "")
        return Row(id_, words, line((remark, "$muted")))

    @on(OptionList.OptionHighlighted)
    def _show(self) -> None:
        """Show what the option under the cursor would have done."""
        option = self._options.get(self.rows.chosen or "")
        pane = self.query_one("#instead", PreviewPane)
        if option is None:
            return
        again = "The same: " if option.chosen else "Instead: "
        pane.title(f"{again}{option.label}")
        pane.show(option.preview, self._before)
