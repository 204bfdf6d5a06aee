"""The line in which a team says why, at the moment of its decision."""

from typing import ClassVar

from textual import getters
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Input, Static

from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line

LONGEST = 500
"""Characters that an intent, a note or a reason may have."""
Values = dict[str, str]
"""What stands in a form's fields, by their names."""


class IntentLine(Container):
    """'Why (one line, optional)', and the line. What was typed stays typed."""

    DEFAULT_CLASSES: ClassVar[str] = "intent"
    line = getters.query_one("#intent", Input)

    def __init__(
        self, label: str = "Why", remark: str = "(one line, optional)"
    ) -> None:
        super().__init__()
        self._label = label
        self._remark = remark

    def compose(self) -> ComposeResult:
        """The label and the line."""
        yield Static(line(f"{self._label} ", (f"{self._remark} ", "$muted")))
        yield Static(
            line((">" if glyphs().plain else "›", "bold $accent")), classes="prompt"
        )
        yield Input(
            max_length=LONGEST, id="intent", select_on_focus=False, compact=True
        )

    @property
    def text(self) -> str:
        """What is typed, without blanks around it."""
        return self.line.value.strip()

    @property
    def typing(self) -> bool:
        """Whether keys go into the line now."""
        return self.line.has_focus

    def start(self) -> None:
        """Take the keys."""
        self.line.focus()

    def fill(self, text: str) -> None:
        """Put a draft into the line, the cursor behind it."""
        self.line.value = text
        self.line.cursor_position = len(text)

    def clear_line(self) -> None:
        """Empty the line: what was typed has been used."""
        self.line.value = ""
