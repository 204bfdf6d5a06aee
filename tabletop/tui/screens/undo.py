"""Taking back: what goes back, where it stays, and who has seen what."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.tui.game import Undoing
from tabletop.tui.keys import bindings
from tabletop.tui.say import lines, say
from tabletop.tui.screens.base import Dialog

MOST_TITLES = 6


class UndoScreen(Dialog[bool]):
    """Asks before anything is taken back."""

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
        yield Static(say("Undo back to ", (f"move {undoing.to}", "bold"), "?\n"))
        yield Static(
            say(
                ("Takes back ", "$muted"),
                (many, "bold"),
                (". They stay as branch ", "$muted"),
                (undoing.branch, "bold $secondary"),
                (".", "$muted"),
            )
        )
        yield Static(lines(f"  {title}" for title in self._titles()))
        yield Static(
            lines(say(("! ", "bold $warn"), seen) for seen in undoing.seen),
            classes="prose",
        )

    def _titles(self) -> list[str]:
        titles = list(self._undoing.titles)
        if len(titles) <= MOST_TITLES:
            return titles
        rest = len(titles) - MOST_TITLES
        return [f"and {rest} before them", *titles[-MOST_TITLES:]]

    def action_confirm(self) -> None:
        """Take back."""
        self.dismiss(True)
