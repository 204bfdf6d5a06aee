"""Before a new game: who sits where, and the seed."""

from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.validation import Integer
from textual.widgets import Input, OptionList, Static

from tabletop.session.game import ABSENT, AUTO, BOT, PERSON
from tabletop.session.view import CONTROL, SeatId
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.library import DeckEntry, solo_seats
from tabletop.tui.say import line, say
from tabletop.tui.screens.about import color_of
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.screens.teams import team_mark

WHO = {
    PERSON: "a person",
    BOT: "a bot that looks ahead",
    "bot:search": "a bot that plays on in its mind",
    "bot:random": "a bot that plays anything",
    "bot:first": "a bot that plays its first card",
    ABSENT: "nobody; control acts for it",
}
"""Who may sit on a team's seat, in words."""

WHO_CONTROL = {
    PERSON: "a person opens and closes phases",
    AUTO: "the program opens and closes phases",
}
"""Who may sit on control's seat, in words."""


@dataclass(frozen=True, slots=True)
class Setup:
    """What was chosen."""

    seats: dict[SeatId, str]
    seed: int


class SeatRows(Rows):
    """Seats; left and right change who sits on the chosen one."""

    BINDINGS = [  # noqa: RUF012 - as Textual declares it
        Binding("left", "screen.turn(-1)", show=False),
        Binding("right,space", "screen.turn(1)", show=False),
    ]


class SetupScreen(Dialog[Setup]):
    """One row for each seat, and the seed that decides every shuffle and throw."""

    AUTO_FOCUS = "#seats"
    HINTS = ("move", "setup.who", "setup.start", "leave")
    HELP_TITLE: ClassVar[str] = "A new game"
    HELP_TEXT: ClassVar[str] = (
        "Choose who sits where. Several persons may share this keyboard: a curtain "
        "covers the screen between them. The same seed and the same moves give the "
        "same game again."
    )
    BINDINGS = bindings("setup.start")

    rows = getters.query_one("#seats", SeatRows)
    seed = getters.query_one("#seed", Input)

    def __init__(self, entry: DeckEntry, *, seed: int, alone: bool) -> None:
        super().__init__()
        assert entry.deck is not None, "only a deck without mistakes is set up"
        self._deck = entry.deck
        self._first_seed = seed
        self._seats = (
            solo_seats(entry)
            if alone
            else dict.fromkeys([*entry.deck.teams, CONTROL], PERSON)
        )

    def title_text(self) -> str:
        """The deck's title."""
        return f"New game {glyphs().dot} {self._deck.title}"

    def compose_dialog(self) -> ComposeResult:
        """Seats, seed, start."""
        yield Static(say(("Who sits where", "bold")))
        yield SeatRows(id="seats")
        yield Static(say(("\nSeed", "bold"), ("  every shuffle and throw", "$muted")))
        yield Input(
            str(self._first_seed), id="seed", type="integer", max_length=9,
            validators=[Integer(minimum=0)], compact=True,
        )  # fmt: skip

    def on_mount(self) -> None:
        """Begin at the first seat."""
        super().on_mount()
        self._show()

    def _show(self) -> None:
        rows = [
            Row(team_id, team_mark(team.name, color_of(team, index), team.letter),
                _who(WHO[self._seats[team_id]]))
            for index, (team_id, team) in enumerate(self._deck.teams.items())
        ]  # fmt: skip
        control = line("Control", ("  the facilitator", "$muted"))
        rows += [Row(CONTROL, control, _who(WHO_CONTROL[self._seats[CONTROL]]))]
        self.rows.show(rows)

    def action_turn(self, step: int) -> None:
        """Put the next one, or the one before, on the chosen seat."""
        seat = self.rows.chosen
        if seat is None:
            return
        choices = list(WHO_CONTROL if seat == CONTROL else WHO)
        now = choices.index(self._seats[seat])
        self._seats[seat] = choices[(now + step) % len(choices)]
        if ABSENT in self._seats.values():  # somebody must act for that team
            self._seats[CONTROL] = PERSON
        self._show()

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def action_start(self) -> None:
        """Start, unless the seed is no number."""
        if not self.seed.value.isdecimal():
            self.seed.focus()
            return
        self.dismiss(Setup(dict(self._seats), int(self.seed.value)))


def _who(words: str) -> Content:
    before, after = "<>" if glyphs().plain else "‹›"
    return line((f"{before} ", "$accent"), words, (f" {after}", "$accent"))
