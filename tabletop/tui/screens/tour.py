"""A short tour, the first time that a console or a team's table opens.

Steps of a few words each. It shows nothing of the game, and can be left at once.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import getters
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import KEYS, bindings
from tabletop.tui.say import chip, line, lines, say
from tabletop.tui.screens.base import WIDE, Dialog
from tabletop.tui.text import wrap

Kind = Literal["team", "control"]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to know."""

    title: str
    text: str
    keys: tuple[str, ...] = ()
    """Ids of the keys that go with it."""


TEAM = (
    Step(
        "Your table",
        "Your hand, what the chosen card would do, what you want, and the "
        "numbers that you may see. Nobody else sees this screen: a curtain "
        "closes before another team looks.",
        (
            "play.cards",
            "play.number",
        ),
    ),
    Step(
        "Playing a card",
        "Move to a card and read what it would do. Press enter, say in a line "
        "why if you like, and press enter again. A card that can't be played "
        "says what is missing.",
        (
            "play.do",
            "play.view",
            "play.pass",
        ),
    ),
    Step(
        "Why is this number so?",
        "Every number can be asked: it answers with the sum that made it.",
        ("play.why",),
    ),
    Step(
        "What you have been told",
        "The inbox holds injects, questions and rulings, the newest first. What "
        "you know so far is for those who come late.",
        (
            "play.inbox",
            "play.known",
            "play.brief",
        ),
    ),
    Step(
        "Nothing is lost",
        "Every move is saved at once. Undo takes one back, after showing what "
        "that means; what is taken back is kept.",
        (
            "play.undo",
            "play.log",
            "play.go",
        ),
    ),
)
CONTROL = (
    Step(
        "Your console",
        "The band at the top says what to do now: what to read out, who still "
        "owes a move, what comes next. Everything else is to look things up.",
        (
            "play.panes",
            "play.next",
        ),
    ),
    Step(
        "The run of the exercise",
        "StartEx begins it, and the clock of each phase starts by itself. It "
        "warns and never acts: you open the next phase.",
        (
            "control.time",
            "control.pause",
            "control.advance",
        ),
    ),
    Step(
        "Injects",
        "Choose one: its preview shows what it would change. Fire it, hold it "
        "back, move it, or write a new one.",
        (
            "control.fire",
            "control.hold",
            "control.msel",
            "control.write",
        ),
    ),
    Step(
        "Rulings",
        "You may override anything, with a reason: it is shown before it is "
        "made, and marked in every log.",
        (
            "control.rule",
            "control.argue",
            "control.act",
        ),
    ),
    Step(
        "Notes, and the way back",
        "Write down what you see. Undo goes back to any line of the log; what "
        "is taken back is kept as a line of play of its own.",
        (
            "play.note",
            "play.undo",
            "play.log",
            "play.branches",
        ),
    ),
    Step(
        "The room's display",
        "Show the public display over this screen, or run `tabletop display` in "
        "a second terminal. `tabletop print` puts everything on paper.",
        ("control.display",),
    ),
)
NARROW = {"play.number": "play.panes"}
"""Keys that lead elsewhere where one pane is shown at a time: digits open panes."""
TOURS: Mapping[Kind, tuple[Step, ...]] = {"team": TEAM, "control": CONTROL}


def wanted(*, headless: bool) -> bool:
    """Whether tours may open by themselves: for people, unless they said no."""
    said = os.environ.get("TABLETOP_TOUR", "")
    return said != "0" and (said == "1" or not headless)


class TourScreen(Dialog[None]):
    """One step at a time: enter for the next, escape skips all that are left."""

    HINTS = ("tour.next", "tour.before", "tour.skip")
    HELP_TITLE: ClassVar[str] = "The tour"
    HELP_TEXT: ClassVar[str] = "A few steps on what this screen is for."
    BINDINGS = bindings("tour.next", "tour.before", "tour.skip")

    step = getters.query_one("#step", Static)

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self._steps = TOURS[kind]
        self._now = 0

    def compose_dialog(self) -> ComposeResult:
        """The words of the step."""
        yield Static(id="step")

    def on_mount(self) -> None:
        """Begin with the first step."""
        super().on_mount()
        self._show()

    def _show(self) -> None:
        step, place = self._steps[self._now], f"{self._now + 1} of {len(self._steps)}"
        dialog = self.query_one("#dialog")
        dialog.border_title = line(step.title)
        dialog.border_subtitle = line(f"{place} {glyphs().dot} esc skips the tour")
        rows = [line(row) for row in wrap(step.text, self.DIALOG_ROOM)]
        narrow = self.app.size.width < WIDE
        ids = [NARROW.get(k, k) if narrow else k for k in step.keys]
        keys = [_key(key_id) for key_id in ids]
        self.step.update(lines([*rows, *([line()] if keys else []), *keys]))
        self.refresh_bindings()

    def action_next(self) -> None:
        """On to the next step; after the last one, to the table."""
        if self._now + 1 < len(self._steps):
            self._now += 1
            self._show()
        else:
            self.dismiss(None)

    def can_before(self) -> bool:
        """Before the first step there is nothing."""
        return self._now > 0

    def action_before(self) -> None:
        """Back to the step before."""
        self._now -= 1
        self._show()


def _key(key_id: str) -> Content:
    """A key and what it does."""
    key = KEYS[key_id]
    return say(chip(f"{key.drawn:^3}"), ("  ", ""), (key.tip, "$muted"))
