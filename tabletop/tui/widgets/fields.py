"""Fields of forms that are not typed into: one of several words, some of the teams."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tabletop.session.view import SeatId, TeamView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import team_mark
from tabletop.tui.widgets.line import BLANK, Line, joined, line


class OneOf(Pane):
    """One of several choices, gone through with the left and the right key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Previous", show=False),
        Binding("right,space", "move(1)", "Next", show=False),
        Binding("home", "move(-999)", "First", show=False),
        Binding("end", "move(999)", "Last", show=False),
    ]

    @dataclass
    class Changed(Message):
        """Another choice was made."""

        field: "OneOf"

    def __init__(self, choices: Sequence[tuple[str, str]], *, id: str) -> None:  # noqa: A002
        """`choices` are ids and words."""
        super().__init__(id=id, classes="choice")
        self.choices = tuple(choices)
        self._at = 0

    @property
    def value(self) -> str:
        """The id of what is chosen."""
        return self.choices[self._at][0] if self.choices else ""

    @value.setter
    def value(self, wanted: str) -> None:
        ids = [id_ for id_, _ in self.choices]
        if wanted in ids:
            self._at = ids.index(wanted)
            self.redraw()

    def action_move(self, step: int) -> None:
        """To the next choice or the one before; at the ends it stays."""
        after = max(0, min(len(self.choices) - 1, self._at + step))
        if after != self._at:
            self._at = after
            self.redraw()
            self.post_message(self.Changed(self))

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The choice between the signs that lead to its neighbours."""
        if not self.choices:
            return [BLANK]
        words = self.choices[self._at][1]
        before = "<" if self._at else " "
        after = ">" if self._at + 1 < len(self.choices) else " "
        style = "bold $accent" if self.has_focus else "$muted"
        place = f"{self._at + 1} of {len(self.choices)}"
        left = line((f"{before} ", style), (words, "bold"), (f" {after}", style))
        return [left.spread(line((place, "$muted")), room)]

    def on_focus(self) -> None:
        """Show that keys go here, once they do."""
        self.call_later(self.redraw)

    def on_blur(self) -> None:
        """Show that they don't."""
        self.call_later(self.redraw)


class SomeTeams(Pane):
    """Some of the teams, each ticked with the space bar; none ticked means all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Previous", show=False),
        Binding("right", "move(1)", "Next", show=False),
        Binding("space,enter", "tick", "Tick", show=False),
    ]

    @dataclass
    class Changed(Message):
        """A team was ticked or unticked."""

        field: "SomeTeams"

    def __init__(self, teams: Sequence[TeamView], *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, classes="choice")
        self.teams = tuple(teams)
        self._ticked: set[SeatId] = set()
        self._at = 0

    @property
    def value(self) -> tuple[SeatId, ...]:
        """The ticked teams, in the deck's order."""
        return tuple(team.id for team in self.teams if team.id in self._ticked)

    @value.setter
    def value(self, ticked: Sequence[SeatId]) -> None:
        self._ticked = set(ticked)
        self.redraw()

    def action_move(self, step: int) -> None:
        """To the next team or the one before."""
        self._at = max(0, min(len(self.teams) - 1, self._at + step))
        self.redraw()

    def action_tick(self) -> None:
        """Tick the team under the cursor, or untick it."""
        if self.teams:
            self._ticked ^= {self.teams[self._at].id}
            self.redraw()
            self.post_message(self.Changed(self))

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The teams in one row, those that are ticked with a sign."""
        share = max(6, room // max(1, len(self.teams)) - 4)
        marks = [self._mark(index, share) for index in range(len(self.teams))]
        row = joined(marks, " ")
        rest = "all of them" if not self._ticked else ""
        right = line((rest, "$muted"))
        if row.width + right.width + 2 > room:
            return [row.cut(room)]
        return [row.spread(right, room)]

    def _mark(self, index: int, room: int) -> Line:
        team, here = self.teams[index], self.has_focus and index == self._at
        ticked = team.id in self._ticked
        sign = glyphs().check if ticked else glyphs().dot
        box = line((f"{sign} ", "bold $accent" if ticked else "$muted"))
        mark = line(box, team_mark(team, room))
        return mark.on("$raise") if here else mark

    def on_focus(self) -> None:
        """Show the cursor."""
        self.call_later(self.redraw)

    def on_blur(self) -> None:
        """Hide it."""
        self.call_later(self.redraw)
