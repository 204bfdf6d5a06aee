"""Who sits where, in the middle of a game: persons, bots, nobody."""

from collections.abc import Mapping
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from tabletop.session.game import ABSENT, AUTO, BOT, PERSON
from tabletop.session.view import CONTROL, SeatId, TeamView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import Part, line, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row
from tabletop.tui.screens.setup import WHO, WHO_CONTROL, SeatRows
from tabletop.tui.screens.teams import team_mark

MEANS = {
    PERSON: "A curtain calls them to this keyboard when they must act.",
    BOT: "It moves by itself, at once, from what its team knows.",
    "bot:search": "It plays the game on in its mind 1,000 times, then moves.",
    "bot:random": "It moves by itself, at once, without a plan.",
    "bot:first": "It moves by itself, at once, in the deck's order.",
    ABSENT: "Control answers and plays for the team.",
}
"""What it means who sits on a team's seat."""
PROGRAM = "exec:"
"""Before the command of a program that plays a seat."""
MEANS_PROGRAM = (
    "It decides from what its team knows. When it fails, the game says so and goes on. "
    "Once its seat is given away, only the command line brings it back."
)
MEANS_CONTROL = {
    PERSON: "Nothing opens or closes unless the facilitator says so.",
    AUTO: "Phases open as soon as nobody owes a move; injects come as planned.",
}
"""What it means who sits on control's seat."""


class SeatsScreen(Dialog[dict[SeatId, str]]):
    """Gives the seats that change hands, with who sits there then."""

    TITLE_TEXT = "Who sits where"
    AUTO_FOCUS = "#seats"
    HINTS = ("setup.who", "seats.do", "move", "leave")
    HELP_TITLE: ClassVar[str] = "Who sits where"
    HELP_TEXT: ClassVar[str] = (
        "A seat may change hands at any moment. A person who comes finds the team's "
        "briefing and its log; a bot that comes moves at once; for a team that is "
        "absent control acts. The change goes into the save."
    )

    rows = getters.query_one("#seats", SeatRows)

    def __init__(self, seats: Mapping[SeatId, str], view: View) -> None:
        super().__init__()
        self._before = dict(seats)
        self._seats = dict(seats)
        self._view = view

    def compose_dialog(self) -> ComposeResult:
        """Seats, and what the chosen one's means."""
        yield SeatRows(id="seats")
        yield Static(id="means")

    def on_mount(self) -> None:
        """Begin at the first seat."""
        super().on_mount()
        self._show()

    def _show(self) -> None:
        rows = [Row(team.id, _mark(team), self._who(team.id))
                for team in self._view.teams if team.id in self._seats]  # fmt: skip
        if CONTROL in self._seats:
            control = line(
                f"{glyphs().control} Control", ("  the facilitator", "$muted")
            )
            rows.append(Row(CONTROL, control, self._who(CONTROL)))
        self.rows.show(rows)
        self._tell()

    def _who(self, seat: SeatId) -> Part:
        """Who sits there; a change stands out."""
        who = self._seats[seat]
        known = WHO_CONTROL if seat == CONTROL else WHO
        changed = who != self._before[seat]
        words = known.get(who) or who.replace(PROGRAM, "a program: ", 1)
        return (f"{glyphs().mark} {words}", "bold $accent") if changed else (words, "")

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """What it means who sits on the chosen seat."""
        seat = self.rows.chosen
        if seat is None:
            return
        known = MEANS_CONTROL if seat == CONTROL else MEANS
        who = self._seats[seat]
        means = MEANS_PROGRAM if who.startswith(PROGRAM) else known.get(who, "")
        many = len(self._changes)
        seats = "1 seat changes" if many == 1 else f"{many} seats change"
        changes = f"\n{seats} hands." if many else "\nNothing is changed yet."
        self.query_one("#means", Static).update(
            say(("\n", ""), (means, "$muted"), (changes, "bold" if many else "$muted"))
        )

    @property
    def _changes(self) -> dict[SeatId, str]:
        return {s: who for s, who in self._seats.items() if who != self._before[s]}

    def action_turn(self, step: int) -> None:
        """Put the next one, or the one before, on the chosen seat."""
        seat = self.rows.chosen
        if seat is None:
            return
        choices = list(WHO_CONTROL if seat == CONTROL else WHO)
        if self._seats[seat] not in choices:
            choices.append(self._seats[seat])
        now = choices.index(self._seats[seat])
        self._seats[seat] = choices[(now + step) % len(choices)]
        if ABSENT in self._seats.values() and CONTROL in self._seats:
            self._seats[CONTROL] = PERSON  # somebody must act for that team
        self._show()

    @on(OptionList.OptionSelected)
    def _change(self) -> None:
        """Let the seats change hands."""
        self.dismiss(self._changes or None)


def _mark(team: TeamView) -> Content:
    return team_mark(team.name, team.color, team.letter)
