"""The replay: a save to step through, forwards and backwards, and to learn from."""

from typing import ClassVar

from tabletop.tui.keys import Key, bindings
from tabletop.tui.messages import ReplayLeft
from tabletop.tui.palette import KeyCommands
from tabletop.tui.screens.replay.commands import ReplayCommands
from tabletop.tui.screens.replay.keeping import ReplayKeeping
from tabletop.tui.screens.replay.study import ReplayStudy


class ReplayScreen(ReplayStudy, ReplayKeeping):
    """One save on one screen; nothing here changes it."""

    COMMANDS = {KeyCommands, ReplayCommands}  # noqa: RUF012 - as Textual declares it
    HINTS = (
        "replay.found", "study.stop", "replay.step", "study.next", "study.analyse",
        "study.try", "replay.options", "replay.jump", "replay.lines", "replay.compare",
        "replay.why", "replay.play", "study.guess", "study.before", "study.forecast",
        "replay.round", "replay.end",
        "replay.next", "replay.before", "replay.pace", "replay.seat", "replay.curve",
        "replay.hands", "replay.log", "replay.find", "replay.unfind", "replay.mark",
        "replay.export", "play.panes", "play.next", "replay.leave",
    )  # fmt: skip
    HELP_TITLE: ClassVar[str] = "The replay"
    HELP_TEXT: ClassVar[str] = (
        "A game as it was played, move by move. Everything shown is as it stood at the "
        "moment under the cursor, seen from the eyes named in the upper right corner. "
        "Nothing here changes the save; marks are kept in a file beside it."
    )
    BINDINGS = bindings(
        "replay.step", "replay.round", "replay.end", "replay.jump", "replay.next",
        "replay.before", "replay.play", "replay.pace", "replay.lines", "replay.compare",
        "replay.seat", "replay.curve", "replay.why", "replay.options", "replay.hands",
        "replay.log", "replay.find", "study.stop", "replay.unfind",
        "replay.mark", "replay.export",
        "replay.leave", "play.panes", "play.next",
    )  # fmt: skip

    def hints(self) -> tuple[str, ...]:
        """While words are typed, enter leads to what they have found."""
        if self.typing:
            return ("replay.found", "replay.unfind")
        return tuple(key for key in self.HINTS if key != "replay.found")

    def verb(self, key: Key) -> str:
        """What a key is called now."""
        if key.id == "replay.play" and self.running:
            return "stop"
        if key.id == "replay.curve":
            return "other track" if self.analysis is None else "other team"
        return super().verb(key)

    def look_closely(self) -> None:
        """It does not go on by itself under a dialog."""
        self.stop()

    def action_options(self) -> None:
        """Whoever looks at the options may read which was the best."""
        super().action_options()
        self.reveal(self.number)

    def action_leave_replay(self) -> None:
        """Close it."""
        self.stop()
        self.post_message(ReplayLeft())
