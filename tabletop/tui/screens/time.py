"""The run of the exercise and its clock: everything that can be declared, in one list.

It decides nothing: the game says what was done.
"""

import re
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.widgets import Input, OptionList, Static

from tabletop.session.runview import RunView
from tabletop.tui.say import say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.widgets.clock import STATES, reading, stands

MOST_MINUTES = 600
"""Minutes that a clock can be set to."""


class Ask(Enum):
    """What is to be asked before a wish is granted."""

    NOTHING = "nothing"
    SURE = "sure"
    MINUTES = "minutes"


@dataclass(frozen=True, slots=True)
class Wish:
    """Something that can be declared, and when that makes sense."""

    title: str
    remark: str
    what: str
    """Whose affair it is: exercise, clock or display."""
    do: str
    states: tuple[str, ...]
    """The states of the exercise in which it is live."""
    seconds: int = 0
    ask: Ask = Ask.NOTHING
    runs: bool | None = None
    """Whether the clock must be running or must not."""

    def live(self, run: RunView) -> bool:
        """Whether it makes sense now."""
        if run.state not in self.states:
            return False
        if self.what == "clock" and not run.clock.allotted and self.do != "set":
            return False
        if self.what == "display":
            return run.display != self.do
        return self.runs is None or self.runs == run.clock.running


GOING, TIMED = ("running",), ("running", "paused", "practice")
ANY = ("open", "practice", "running", "paused", "ended")

WISHES: dict[str, tuple[Wish, ...]] = {
    "The exercise": (
        Wish("StartEx", "The record and the clocks begin.", "exercise", "start",
             ("open",)),
        Wish("StartEx", "Back to the beginning; practice stays a branch.", "exercise",
             "start", ("practice",), ask=Ask.SURE),
        Wish("Practice round", "Play off the record; StartEx goes back.", "exercise",
             "practice", ("open",)),
        Wish("PauseEx", "All clocks stand; the display says so.", "exercise", "pause",
             GOING),
        Wish("Go on", "The exercise and its clock run again.", "exercise", "resume",
             ("paused",)),
        Wish("EndEx", "The exercise is over; the game stays as it is.", "exercise",
             "end", ("running", "paused"), ask=Ask.SURE),
        Wish("Open it again", "Go on after EndEx.", "exercise", "reopen", ("ended",)),
    ),
    "The clock of this phase": (
        Wish("Stop the clock", "It stands; play goes on.", "clock", "stop",
             ("running", "practice"), runs=True),
        Wish("Start the clock", "It runs from where it stands.", "clock", "start",
             ("running", "practice"), runs=False),
        Wish("1 more minute", "", "clock", "extend", TIMED, 60),
        Wish("2 more minutes", "The key + does it too.", "clock", "extend", TIMED, 120),
        Wish("5 more minutes", "", "clock", "extend", TIMED, 300),
        Wish("1 minute less", "", "clock", "extend", TIMED, -60),
        Wish("2 minutes less", "", "clock", "extend", TIMED, -120),
        Wish("5 minutes less", "", "clock", "extend", TIMED, -300),
        Wish("Set what is left ...", "To minutes that you type.", "clock", "set", TIMED,
             ask=Ask.MINUTES),
    ),
    "The public display": (
        Wish("Blank it", "It shows nothing but its blank face.", "display", "blank",
             ANY),
        Wish("Show the game", "What every team may know.", "display", "game", ANY),
    ),
}  # fmt: skip
"""Everything there is, under its headings."""


def offered(run: RunView) -> list[Wish]:
    """Every wish by its title once: of two with the same, the one that is live."""
    found: dict[str, Wish] = {}
    for wish in (wish for wishes in WISHES.values() for wish in wishes):
        if wish.title not in found or wish.live(run):
            found[wish.title] = wish
    return list(found.values())


class TimeScreen(Dialog[Wish]):
    """The list; what makes no sense now is muted and can't be chosen."""

    TITLE_TEXT = "The exercise and its clock"
    AUTO_FOCUS = "#wishes"
    HINTS = ("move", "time.do", "leave")
    HELP_TITLE: ClassVar[str] = "The exercise and its clock"
    HELP_TEXT: ClassVar[str] = (
        "StartEx puts what is played on the record and starts the clocks. A clock "
        "warns and never ends anything: the next phase is yours to open. Undo leaves "
        "the clock alone."
    )

    rows = getters.query_one("#wishes", Rows)

    def __init__(self, run: RunView, *, over: bool = False) -> None:
        """`over` says that the game has ended, and EndEx is what comes next."""
        super().__init__()
        self._exercise = run
        self._over = over
        self.wishes = offered(run)

    def compose_dialog(self) -> ComposeResult:
        """How it stands, then the list."""
        run = self._exercise
        clock = f", {reading(run.clock)} left" if run.clock.left >= 0 else ""
        timed = clock or f", {reading(run.clock)}"
        state = STATES[run.state] + ("; its clock stands" if stands(run) else "")
        words = f"Now: {state}{timed if run.clock.allotted else ''}."
        yield Static(say((words, "$muted")))
        yield Rows(id="wishes")

    def on_mount(self) -> None:
        """Show the list, the cursor on what makes sense: at the end of a game EndEx."""
        super().on_mount()
        found: list[Row] = []
        for heading, wishes in WISHES.items():
            found.append(Row("", heading))
            found += [self._row(i) for i, w in enumerate(self.wishes) if w in wishes]
        self.rows.show(found)
        if self._over:
            ends = (i for i, wish in enumerate(self.wishes) if wish.do == "end")
            self.rows.put_cursor(f"wish-{next(ends)}")

    def _row(self, index: int) -> Row:
        wish = self.wishes[index]
        live = wish.live(self._exercise)
        return Row(f"wish-{index}", wish.title, (wish.remark, "$muted"), live=live)

    @on(OptionList.OptionSelected)
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        row = selected.option_id or ""
        self.dismiss(self.wishes[int(row.removeprefix("wish-"))])


def seconds_of(text: str) -> int | None:
    """Minutes, or minutes and seconds, as seconds; None for anything else.

    >>> seconds_of("12"), seconds_of("1:30"), seconds_of("soon")
    (720, 90, None)
    """
    found = re.fullmatch(r"(\d{1,3})(?::([0-5]\d))?", text.strip(), re.ASCII)
    if found is None or int(found[1]) > MOST_MINUTES:
        return None
    return int(found[1]) * 60 + int(found[2] or 0)


class MinutesScreen(Dialog[int]):
    """What is left of the phase, typed."""

    TITLE_TEXT = "Set what is left of this phase"
    AUTO_FOCUS = "#minutes"
    HINTS = ("time.set", "leave")
    HELP_TITLE: ClassVar[str] = "The clock"
    HELP_TEXT: ClassVar[str] = "Minutes, like 12, or minutes and seconds, like 12:30."

    def compose_dialog(self) -> ComposeResult:
        """The line, and what is wrong with it."""
        yield Static(say(("Minutes, like 12 or 12:30.", "$muted")))
        yield Input(max_length=8, id="minutes")
        yield Static(id="minutes-problem")

    @on(Input.Submitted)
    def _set(self, submitted: Input.Submitted) -> None:
        seconds = seconds_of(submitted.value)
        if seconds is not None:
            self.dismiss(seconds)
            return
        problem = f"That is no time: type minutes, 0 to {MOST_MINUTES}."
        self.query_one("#minutes-problem", Static).update(say((problem, "$bad")))
