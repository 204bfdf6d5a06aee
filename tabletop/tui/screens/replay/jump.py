"""What to go to the next of: a decision, a die, a ruling, a change of a track ..."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from tabletop.session.replaying import Moment, Replay
from tabletop.session.view import View
from tabletop.tui.keys import bindings
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows


@dataclass(frozen=True, slots=True)
class Jump:
    """Something to go to the next of."""

    what: str
    """As `Replay.seek` names it."""
    name: str
    """In words, as it stands behind 'the next'."""
    step: int = 1
    """1 for the next, -1 for the one before."""


KINDS = (
    Jump("decision", "decision of any team"),
    Jump("die", "throw of dice"),
    Jump("ruling", "ruling"),
    Jump("inject", "inject"),
    Jump("round", "round"),
    Jump("phase", "phase"),
    Jump("note", "note"),
    Jump("bookmark", "bookmark"),
    Jump("checkpoint", "checkpoint"),
    Jump("mark", "mark of yours"),
)


class JumpRows(Rows):
    """Right for the next, left for the one before."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "screen.next", show=False),
        Binding("left", "screen.before", show=False),
    ]


class JumpScreen(Dialog[Jump]):
    """Gives what to go to, and on which side."""

    TITLE_TEXT = "Go to the next ..."
    AUTO_FOCUS = "#jumps"
    HINTS = ("move", "jump.next", "jump.before", "leave")
    HELP_TITLE: ClassVar[str] = "Where to?"
    HELP_TEXT: ClassVar[str] = (
        "Choose what to go to. Beside it stands how many there are before this moment "
        "and after it. In the replay n goes to the next one of the same kind, "
        "N to the one before."
    )
    BINDINGS = bindings("jump.next", "jump.before")

    rows = getters.query_one("#jumps", Rows)

    def __init__(
        self, replay: Replay, moments: Sequence[Moment], place: int, view: View
    ) -> None:
        super().__init__()
        self._replay = replay
        self._moments = moments
        self._place = place
        self._view = view
        self._jumps = {jump.what: jump for jump in self._all()}

    def compose_dialog(self) -> ComposeResult:
        """The list."""
        yield JumpRows(id="jumps")

    def on_mount(self) -> None:
        """Show what there is, with how many of it."""
        super().on_mount()
        self.rows.show([self._row(jump) for jump in self._jumps.values()])

    def _all(self) -> Iterator[Jump]:
        yield KINDS[0]
        for team in self._view.teams:
            yield Jump(f"decision:{team.id}", f"decision of {team.name}")
        yield from KINDS[1:]
        for track in self._view.tracks:
            yield Jump(f"track:{track.id}", f"change of {track.label}")

    def _row(self, jump: Jump) -> Row:
        before, after = (self._count(jump, step) for step in (-1, 1))
        remark = f"{before} before, {after} after" if before or after else "none"
        return Row(
            jump.what, jump.name, line((remark, "$muted")), live=bool(before or after)
        )

    def _count(self, jump: Jump, step: int) -> int:
        """How many there are on one side."""
        place, count = self._place, 0
        while True:
            found = self._replay.seek(self._moments, place, jump.what, step)
            if found is None:
                return count
            place, count = found, count + 1

    def _chosen(self, step: int) -> None:
        jump = self._jumps.get(self.rows.chosen or "")
        if jump is not None:
            self.dismiss(Jump(jump.what, jump.name, step))

    @on(OptionList.OptionSelected)
    def action_next(self) -> None:
        """The next one."""
        self._chosen(1)

    def action_before(self) -> None:
        """The one before."""
        self._chosen(-1)
