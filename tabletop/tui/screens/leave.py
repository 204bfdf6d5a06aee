"""Leaving a game: says where it is kept."""

from pathlib import Path
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.widgets import Static

from tabletop.tui.keys import Key, bindings
from tabletop.tui.say import say
from tabletop.tui.screens.base import Dialog

Where = Literal["home", "quit"]


class LeaveScreen(Dialog[Where]):
    """Home, out, or on with the game."""

    TITLE_TEXT = "Leave the game"
    HINTS = ("go.home", "go.quit", "leave")
    HELP_TITLE: ClassVar[str] = "Leaving"
    HELP_TEXT: ClassVar[str] = "Every move is on disk already; leaving loses nothing."
    BINDINGS = bindings("go.home", "go.quit")

    def __init__(self, path: Path | None, *, replayed: bool = False) -> None:
        """`replayed` is whether it is played from a replay, which one comes back to."""
        super().__init__()
        self._path = path
        self._replayed = replayed

    def compose_dialog(self) -> ComposeResult:
        """Where the game is."""
        if self._path is None:
            yield Static(say(("This game is not saved.", "bold $warn")))
            return
        yield Static(say(("Every move is saved.", "bold"), " The game is in\n"))
        yield Static(say((str(self._path), "$secondary")))
        if self._replayed:
            told = "\nThe replay shows this line beside the one that was played.\n"
            yield Static(say((told, "$muted")))
            return
        yield Static(
            say(("\nGo on with it from the first screen, or with\n", "$muted"))
        )
        yield Static(say(f"tabletop resume {self._path}"))

    def verb(self, key: Key) -> str:
        """Where enter leads."""
        if key.id == "go.home" and self._replayed:
            return "back to the replay"
        return super().verb(key)

    def action_home(self) -> None:
        """To the first screen, or to the replay."""
        self.dismiss("home")
