"""What if: who sits where, in which save, with which dice, before it is played on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from tabletop.session.game import ABSENT, AUTO, BOT, PERSON
from tabletop.session.view import CONTROL, SeatId, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import Key, bindings
from tabletop.tui.say import Part, line, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row
from tabletop.tui.screens.setup import WHO, WHO_CONTROL, SeatRows
from tabletop.tui.screens.teams import team_name

FROM, INTO, DICE, THEN = "@from", "@into", "@dice", "@then"
"""Rows that are no seats; no id of a deck begins so."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    FROM: {
        "before": "before this move, to make another",
        "after": "after this move",
    },
    INTO: {"copy": "a copy beside the save", "save": "the save itself"},
    DICE: {"anew": "drawn anew", "same": "the same as then"},
    THEN: {"play": "I play on", "bots": "bots play it out"},
}
LABELS = {FROM: "From", INTO: "Kept in", DICE: "Dice and cards", THEN: "Then"}
MEANS = {
    "before": "The move that was made is not made; whoever owed it decides again.",
    "after": "The game goes on from the moment that is shown.",
    "copy": "The save stays as it is, byte by byte.",
    "save": "The new line is written into the save, beside what was played.",
    "anew": "Later throws, draws and bots differ from those of then.",
    "same": "The same moves bring the same dice and cards as then.",
    "play": "The table opens; leave it with q to come back here.",
    "bots": "Every seat is a bot's; the line is there when it has ended.",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What was chosen."""

    seats: Mapping[SeatId, str]
    number: int
    """The move from which it goes on."""
    into_save: bool
    anew: bool
    by_bots: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """Where it may go on from."""

    view: View
    """As the seat that looks was shown it."""
    before: int
    """The number of the move before the one that led here; -1 at the start."""
    mover: SeatId
    """The team that decided here; empty when none did."""
    seats: tuple[SeatId, ...]
    """The teams that whoever looks may play."""

    @property
    def starts(self) -> list[str]:
        """From where it can go on: nothing follows an end, nothing is before a start.

        The first is the one that is meant when nothing is said.
        """
        found = ["before"] if self.before >= 0 else []
        if self.view.over is None:
            found.append("after")
        return found if self.mover else found[::-1]


def first_seats(moment: Moment) -> dict[SeatId, str]:
    """A person in one seat: the mover's, else the first; bots in the others."""
    seats: dict[SeatId, str] = {team.id: BOT for team in moment.view.teams}
    mine = moment.mover if moment.mover in moment.seats else moment.seats[0]
    return {**seats, mine: PERSON, CONTROL: AUTO}


class TrialScreen(Dialog[Trial]):
    """One row for each seat and each choice; left and right change it."""

    TITLE_TEXT = "What if?"
    AUTO_FOCUS = "#seats"
    HINTS = ("move", "try.change", "try.start", "leave")
    HELP_TITLE: ClassVar[str] = "What if?"
    HELP_TEXT: ClassVar[str] = (
        "The game is played on from this moment, as a line of its own. Choose who sits "
        "where: persons at this keyboard, or bots. Afterwards the new line stands "
        "beside the old one: tracks, scores, ending."
    )
    BINDINGS = bindings("try.start")

    rows = getters.query_one("#seats", SeatRows)

    def __init__(self, moment: Moment) -> None:
        super().__init__()
        self._moment = moment
        self._seats = first_seats(moment)
        here = moment.view.move
        start = moment.starts[0]
        self._chosen = {FROM: start, INTO: "copy", DICE: "anew", THEN: "play"}
        self._here = here

    def compose_dialog(self) -> ComposeResult:
        """The moment, the rows, and what the chosen one means."""
        view = self._moment.view
        where = f"{view.round_label} {view.round} {glyphs().dot} move {self._here}\n"
        yield Static(say((where, "bold")))
        yield SeatRows(id="seats")
        yield Static(id="means")

    def on_mount(self) -> None:
        """Begin at the seat of whoever decided."""
        super().on_mount()
        self._show()
        self.rows.put_cursor(next(s for s, w in self._seats.items() if w == PERSON))

    def _show(self) -> None:
        view = self._moment.view
        rows = [Row("", "Who sits where")]
        for team in view.teams:
            remark = self._who(WHO, self._seats[team.id])
            rows.append(Row(team.id, team_name(view, team.id), remark))
        control = line(f"{glyphs().control} Control", ("  the facilitator", "$muted"))
        rows.append(Row(CONTROL, control, self._who(WHO_CONTROL, self._seats[CONTROL])))
        rows.append(Row("", "How"))
        rows += [
            Row(id_, LABELS[id_], self._who(CHOICES[id_], self._chosen[id_]))
            for id_ in self._choices()
        ]
        self.rows.show(rows)
        self._tell()
        self.refresh_bindings()

    def _choices(self) -> list[str]:
        """The rows that are a choice here."""
        fixed = len(self._moment.starts) < 2
        return [id_ for id_ in CHOICES if not (id_ == FROM and fixed)]

    @staticmethod
    def _who(words: Mapping[str, str], now: str) -> Part:
        before, after = "<>" if glyphs().plain else "‹›"
        said = words.get(now, now)
        return line((f"{before} ", "$accent"), said, (f" {after}", "$accent"))

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        """What the chosen row means; that a person is missing."""
        row = self.rows.chosen or ""
        words = MEANS.get(self._chosen.get(row, ""), "")
        if not words and not self.by_bots:
            words = "Left and right change who sits there."
        self.query_one("#means", Static).update(say((f"\n{words}", "$muted")))

    @property
    def by_bots(self) -> bool:
        """Whether no person plays."""
        return self._chosen[THEN] == "bots"

    def action_turn(self, step: int) -> None:
        """The next choice in the row under the cursor."""
        row = self.rows.chosen
        if row is None:
            return
        if row in CHOICES:
            self._chosen[row] = turned(list(CHOICES[row]), self._chosen[row], step)
            if row == THEN:
                self._seat_for_play()
        else:
            self._seats[row] = turned(self._may_sit(row), self._seats[row], step)
            people = PERSON in self._seats.values()
            self._chosen[THEN] = "play" if people else "bots"
        if ABSENT in self._seats.values():  # somebody must act for that team
            self._seats[CONTROL] = PERSON
        self._show()

    def _may_sit(self, seat: SeatId) -> list[str]:
        """Who may sit there: a person only where whoever looks may see that seat."""
        if seat == CONTROL:
            whole = set(self._moment.seats) == {t.id for t in self._moment.view.teams}
            return [who for who in WHO_CONTROL if who == AUTO or whole]
        found = list(WHO)
        if seat not in self._moment.seats:
            found = [who for who in found if who not in (PERSON, ABSENT)]
        return found

    def _seat_for_play(self) -> None:
        """Nobody in a seat when bots play it out; somebody when a person does."""
        if self.by_bots:
            self._seats = {
                seat: BOT if who in (PERSON, ABSENT) else who
                for seat, who in self._seats.items()
            } | {CONTROL: AUTO}
        elif PERSON not in self._seats.values():
            self._seats = first_seats(self._moment)

    def verb(self, key: Key) -> str:
        """The key says who plays on."""
        if key.id == "try.start" and self.by_bots:
            return "let bots play it out"
        return super().verb(key)

    @on(OptionList.OptionSelected)
    def action_start(self) -> None:
        """Play on as chosen."""
        before = self._chosen[FROM] == "before"
        self.dismiss(
            Trial(
                dict(self._seats),
                self._moment.before if before else self._here,
                into_save=self._chosen[INTO] == "save",
                anew=self._chosen[DICE] == "anew",
                by_bots=self.by_bots,
            )
        )


def turned(choices: list[str], now: str, step: int) -> str:
    """The next of some choices, and after the last the first."""
    place = choices.index(now) if now in choices else 0
    return choices[(place + step) % len(choices)]
