"""Where a CSV file is, typed by a person; and what it holds, before it is taken in."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tabletop.errors import UsageError
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import Dialog

LONGEST = 1000
"""Characters in a path."""
MOST_ROWS = 12
"""Lines that are shown of what a file would add."""
MOST_BYTES = 4 << 20
"""What a schedule takes at the very most."""


class PathScreen(Dialog[Path]):
    """A path; one that can't be used is said so, and can be typed again."""

    AUTO_FOCUS = "#path"
    HINTS = ("file.go", "leave")
    HELP_TITLE: ClassVar[str] = "A file"
    HELP_TEXT: ClassVar[str] = (
        "Type where the file is; ~ is your home folder. A file that exists already is "
        "overwritten only after asking."
    )

    def __init__(self, title: str, default: str, *, must_exist: bool) -> None:
        super().__init__()
        self._title = title
        self._default = default
        self._must_exist = must_exist
        self._sure: Path | None = None

    def title_text(self) -> str:
        """What the file is for."""
        return self._title

    def compose_dialog(self) -> ComposeResult:
        """The path, and what is wrong with it."""
        yield Static(say(("Where is it?" if self._must_exist else "Where to?", "")))
        yield Input(self._default, id="path", max_length=LONGEST, compact=True,
                    select_on_focus=False)  # fmt: skip
        yield Static(id="path-trouble")

    @on(Input.Changed)
    def _again(self) -> None:
        self._sure = None

    @on(Input.Submitted)
    def _go(self, submitted: Input.Submitted) -> None:
        """On with it, unless the path can't be used."""
        text = submitted.value.strip()
        path = Path(text).expanduser() if text else None
        trouble = self._trouble(path)
        if path is not None and not trouble:
            self.dismiss(path)
            return
        words = Content.styled(f"{glyphs().cross} ", "$bad") + line(trouble)
        self.query_one("#path-trouble", Static).update(words)

    def _trouble(self, path: Path | None) -> str:
        if path is None:
            return "Type a path."
        try:
            if self._must_exist:
                return "" if path.is_file() else "There is no such file."
            if path.is_dir():
                return "That is a folder."
            if path.exists() and path != self._sure:
                self._sure = path
                return "That file exists. Press enter again to overwrite it."
        except (OSError, ValueError) as error:
            return str(error)
        return ""


class PlanScreen(Dialog[bool]):
    """What a file would add, for control to say yes to."""

    HINTS = ("confirm", "leave")
    BINDINGS = bindings("confirm")
    HELP_TITLE: ClassVar[str] = "Adding injects"
    HELP_TEXT: ClassVar[str] = (
        "The injects that the file holds. They are added to this game alone; nothing "
        "that is there is changed."
    )

    def __init__(self, path: Path, rows: Sequence[str]) -> None:
        super().__init__()
        self._path = path
        self._rows = rows

    def title_text(self) -> str:
        """What is asked."""
        return "Add these injects?"

    def compose_dialog(self) -> ComposeResult:
        """The file, then its injects, the first of them."""
        yield Static(line((str(self._path), "$secondary")), classes="prose")
        yield Static(lines(line(row) for row in self._rows[:MOST_ROWS]))
        more = len(self._rows) - MOST_ROWS
        if more > 0:
            yield Static(line((f"and {more} more", "$muted")))

    def action_confirm(self) -> None:
        """Yes."""
        self.dismiss(True)


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises UsageError when it can't be read, or is no schedule."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from error
    if len(data) > MOST_BYTES:
        raise UsageError(f"{path} is too large for a schedule of injects")
    return data


def write_text(path: Path, text: str) -> None:
    """Write a file anew. Raises UsageError when that can't be done."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
    except OSError as error:
        hint = "Choose another folder."
        raise UsageError(f"{path} can't be written: {error.strerror}", hint) from error
