"""Taking back: what goes back, where it stays, and who has seen what."""

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.session.view import CONTROL, LogEntry, View
from tabletop.tui.game import Undoing
from tabletop.tui.keys import bindings
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import Dialog

MOST_LINES = 6
SEEN = ("draw", "roll", "reveal")
"""Kinds of changes that show somebody something that taking back can't hide again."""


def gone(undoing: Undoing, view: View) -> list[LogEntry]:
    """The entries of the seat's own log that would go back."""
    return [entry for entry in view.log if entry.number > undoing.to]


def titles(undoing: Undoing, view: View) -> Sequence[str]:
    """What would go back, in words that the seat may read."""
    if view.seat == CONTROL:
        return undoing.titles
    return [entry.title for entry in gone(undoing, view) if entry.kind != "note"]


def seen(undoing: Undoing, view: View) -> Sequence[str]:
    """What has been seen since, as far as the seat may know it."""
    if view.seat == CONTROL:
        return undoing.seen
    counts = Counter(
        change.text
        for entry in gone(undoing, view)
        for change in entry.changes
        if change.kind in SEEN
    )
    return [f"{text} ({n} times)" if n > 1 else text for text, n in counts.items()]


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

    def __init__(self, undoing: Undoing, view: View) -> None:
        super().__init__()
        self._undoing = undoing
        self._view = view

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
        back = last_ones(titles(undoing, self._view))
        yield Static(lines(line(f"  {title}") for title in back), classes="prose")
        shown = last_ones(seen(undoing, self._view))
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
