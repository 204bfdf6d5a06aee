"""A mark on a moment, as chess has them, and words with it."""

from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from tabletop.session.annotations import MARKS, Annotation
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.note import LONGEST
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.widgets.replay.lanes import MARK_TONES

MEANINGS = dict(zip(
    MARKS,
    ("very good", "good", "interesting", "doubtful", "a mistake", "a bad mistake"),
    strict=True,
))  # fmt: skip
NONE = "none"


class MarkScreen(Dialog[tuple[str, str]]):
    """Gives a mark, perhaps none, and words, perhaps none."""

    TITLE_TEXT = "Mark this moment"
    AUTO_FOCUS = "#mark-list"
    HELP_TITLE: ClassVar[str] = "A mark"
    HELP_TEXT: ClassVar[str] = (
        "Choose a mark, then write words if you like. Marks are kept in a file beside "
        "the save, never in it. No mark and no words take away what was there."
    )

    rows = getters.query_one("#mark-list", Rows)
    words = getters.query_one("#mark-words", Input)

    def __init__(self, what: Content, known: Annotation | None) -> None:
        super().__init__()
        self._what = what
        self._known = known

    def compose_dialog(self) -> ComposeResult:
        """What is marked, the marks, the words."""
        yield Static(self._what, classes="prose")
        yield Rows(id="mark-list")
        yield Static(line(("\nWords, if you like", "$muted")))
        yield Input(
            self._known.text if self._known else "", id="mark-words",
            max_length=LONGEST, compact=True, select_on_focus=False,
        )  # fmt: skip

    def on_mount(self) -> None:
        """Put the cursor on the mark that is there."""
        super().on_mount()
        rows = [
            Row(mark, line((f"{mark:<3} ", f"bold {MARK_TONES[mark]}"), meaning))
            for mark, meaning in MEANINGS.items()
        ]
        self.rows.show([*rows, Row(NONE, line("    no mark"))])
        known = self._known.mark if self._known else MARKS[0]
        self.rows.put_cursor(known or NONE)

    def hints(self) -> tuple[str, ...]:
        """Enter leads from the marks to the words, and then ends it."""
        if isinstance(self.focused, Input):
            return ("annotate.write", "leave")
        return ("move", "annotate.choose", "leave")

    @on(OptionList.OptionSelected)
    def _to_words(self) -> None:
        self.words.focus()

    @on(Input.Submitted)
    def _write(self, submitted: Input.Submitted) -> None:
        chosen = self.rows.chosen or NONE
        mark = chosen if chosen in MARKS else ""
        self.dismiss((mark, submitted.value.strip()))
