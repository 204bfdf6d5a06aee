"""The saved games, to choose one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from tabletop.tui.ago import ago
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.library import SaveEntry
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows


@dataclass(frozen=True, slots=True)
class Picked:
    """A save, and what is to be done with it."""

    save: Path
    replay: bool = False
    """Whether it is to be stepped through, and not played."""


class SavesScreen(Dialog[Picked]):
    """Every save with its deck and how far it went."""

    TITLE_TEXT = "Saved games"
    AUTO_FOCUS = "#saves"
    HINTS = ("move", "home.open", "saves.replay", "leave")
    HELP_TITLE: ClassVar[str] = "Saved games"
    HELP_TEXT: ClassVar[str] = (
        "The latest stands first. Enter goes to the table; a finished game can be read "
        "there. v steps through a game, move by move."
    )
    BINDINGS = bindings("saves.replay")

    rows = getters.query_one("#saves", Rows)

    def __init__(self, saves: Sequence[SaveEntry]) -> None:
        super().__init__()
        self._saves = saves

    def compose_dialog(self) -> ComposeResult:
        """The list."""
        yield Rows(id="saves")

    def on_mount(self) -> None:
        """Show the latest first."""
        super().on_mount()
        now = datetime.now(UTC)
        self.rows.show([_row(save, now) for save in self._saves])

    @on(OptionList.OptionSelected)
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        if selected.option_id:
            self.dismiss(Picked(Path(selected.option_id)))

    def action_replay(self) -> None:
        """Step through the chosen game."""
        if self.rows.chosen:
            self.dismiss(Picked(Path(self.rows.chosen), replay=True))


def _row(save: SaveEntry, now: datetime) -> Row:
    sign = line((f"{glyphs().cross} ", "$bad")) if not save.ok else Content("  ")
    return Row(
        str(save.path),
        line(sign, save.name, (f"  {save.title}", "$muted")),
        line((f"{save.state} {glyphs().dot} {ago(save.changed, now)}", "$muted")),
        live=save.ok,
    )
