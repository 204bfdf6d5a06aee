"""Taking back: what goes back, where it stays, who has seen what, and what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tabletop.session.game import Undoing
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.say import chip, line, lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.text import clean

MOST_LINES = 4
LONGEST_NAME = 40
"""Characters that the name of a line of play may have."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a taking back is wanted."""

    anew: bool
    """Whether later cards and dice are drawn from a new seed."""
    name: str
    """What the line of play is called from now on; empty to leave it as it is."""


class UndoScreen(Dialog[Wanted]):
    """Asks before anything is taken back; a team reads only what its log tells."""

    TITLE_TEXT = "Undo"
    TONE = "warn"
    HINTS = ("undo.do", "undo.anew", "undo.name", "undo.keep")
    HELP_TITLE: ClassVar[str] = "Undo"
    HELP_TEXT: ClassVar[str] = (
        "Nothing is erased: the moves taken back stay as a line of play with a name, "
        "and can be taken up again. Who has seen a card or a throw can't forget it, "
        "so the same cards and throws need not come again: deal and roll anew."
    )
    BINDINGS = bindings("undo.do", "undo.anew", "undo.name", "undo.keep")

    name_line = getters.query_one("#branch-name", Input)

    def __init__(self, undoing: Undoing, *, to_title: str = "") -> None:
        """`to_title` is the move that is gone back to, in words."""
        super().__init__()
        self._undoing = undoing
        self._to_title = to_title
        self.anew = bool(undoing.seen)

    def compose_dialog(self) -> ComposeResult:
        """What goes back, what is kept under which name, who has seen what."""
        undoing = self._undoing
        yield Static(line("Undo back to ", (f"move {undoing.to}", "bold"), "?"))
        if self._to_title:
            yield Static(line(("  ", ""), (self._to_title, "$muted")))
        yield Static(self._kept())
        back = [clean(title) for title in last_ones(undoing.titles)]
        yield Static(
            lines(
                line((f"  {glyphs().undone} ", "$secondary"), title) for title in back
            ),
            classes="prose",
        )
        shown = last_ones(undoing.seen)
        if shown:
            yield Static(lines(line(("! ", "bold $warn"), words) for words in shown))
        yield Static(self._box(), id="anew", classes="prose")
        yield Input(
            placeholder=clean(f"{undoing.branch}, or a name that you type"),
            max_length=LONGEST_NAME, id="branch-name", select_on_focus=False,
            compact=True,
        )  # fmt: skip
        yield Static(
            say(chip("u"), " undo", ("     esc", "bold $accent"),
                (" keep everything", "$muted"))
        )  # fmt: skip

    def _kept(self) -> Content:
        undoing = self._undoing
        many = "1 move" if undoing.moves == 1 else f"{undoing.moves} moves"
        stay = "It stays" if undoing.moves == 1 else "They stay"
        return say(
            ("\nTakes back ", "$muted"),
            line((many, "bold")),
            (f". {stay} as a line of play, ", "$muted"),
            line((undoing.branch, "bold $secondary")),
            (".", "$muted"),
        )

    def _box(self) -> Content:
        """The question whether to deal and roll anew, with its answer."""
        on, words = ("x", "yes") if self.anew else (" ", "no, the same again")
        return line(
            ("  Deal and roll anew, from a new seed?   ", "$muted"),
            (f"[{on}] {words}", "bold $accent" if self.anew else "bold"),
        )

    @property
    def typing(self) -> bool:
        """Whether a name is being typed."""
        return self.name_line.has_focus

    def can_anew(self) -> bool:
        """While a name is typed, a blank belongs to it."""
        return not self.typing

    def action_anew(self) -> None:
        """Change whether later cards and dice come from a new seed."""
        self.anew = not self.anew
        self.query_one("#anew", Static).update(self._box())

    def action_name(self) -> None:
        """Into the line for the name, and out of it."""
        (self.query_one("#dialog") if self.typing else self.name_line).focus()

    @on(Input.Submitted)
    def action_confirm(self) -> None:
        """Take back."""
        self.dismiss(Wanted(self.anew, self.name_line.value.strip()))


def last_ones(rows: Sequence[str]) -> list[str]:
    """The last rows, and how many stand before them."""
    if len(rows) <= MOST_LINES:
        return list(rows)
    rest = len(rows) - MOST_LINES
    return [f"{rest} more, then", *rows[-MOST_LINES:]]
