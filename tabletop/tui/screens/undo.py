"""Taking back: what goes back, where it stays, and who has seen what."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.session.game import Undoing
from tabletop.tui.keys import bindings
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import Dialog

MOST_LINES = 6


class UndoScreen(Dialog[bool]):
    """Asks before anything is taken back; a team reads only what its log tells."""

    TITLE_TEXT = "Undo"
    TONE = "warn"
    HINTS = ("undo.do", "undo.keep")
    HELP_TITLE: ClassVar[str] = "Undo"
    HELP_TEXT: ClassVar[str] = (
        "The game goes back to before the last decision. The moves taken back are "
        "kept under a name of their own; nothing is erased."
    )
    BINDINGS = bindings("undo.do", "undo.keep")

    def __init__(self, undoing: Undoing) -> None:
        super().__init__()
        self._undoing = undoing

    def compose_dialog(self) -> ComposeResult:
        """What goes back, who has seen what, what is kept."""
        undoing = self._undoing
        many = "1 move" if undoing.moves == 1 else f"{undoing.moves} moves"
        yield Static(line("Undo back to ", (f"move {undoing.to}", "bold"), "?"))
        yield Static(
            say(
                ("\nTakes back ", "$muted"),
                line((many, "bold")),
                (". They stay as branch ", "$muted"),
                line((undoing.branch, "bold $secondary")),
                (".", "$muted"),
            )
        )
        back = last_ones(undoing.titles)
        yield Static(lines(line(f"  {title}") for title in back), classes="prose")
        shown = last_ones(undoing.seen)
        yield Static(lines(line(("! ", "bold $warn"), words) for words in shown))

    def action_confirm(self) -> None:
        """Take back."""
        self.dismiss(True)


def last_ones(rows: Sequence[str]) -> list[str]:
    """The last rows, and how many stand before them."""
    if len(rows) <= MOST_LINES:
        return list(rows)
    rest = len(rows) - MOST_LINES
    return [f"{rest} more, then", *rows[-MOST_LINES:]]
