"""An argument and its judgement, in the manner of a matrix game.

Who argues says what happens and why; the table gives reasons for and against; the odds
follow from them; a throw decides. The rules stand in the session: this is a form.
"""

from collections.abc import Iterator
from typing import ClassVar

from textual.widgets import Input

from tabletop.session.drafts import Adjudication
from tabletop.session.game import Game
from tabletop.session.view import CONTROL, Change, Move, Preview, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import Key
from tabletop.tui.screens.form import (
    Field,
    FieldError,
    Form,
    rows_of,
)
from tabletop.tui.screens.intent import Values

BASES = {"even": 7, "likely": 5, "unlikely": 9}
"""The least total of two dice, before the reasons count."""
DICE = "2d6"
LOWEST, HIGHEST = 2, 12
"""No reasons make a thing certain, nor impossible."""
TYPED, SURE = "typed", "sure"
ODDS = [
    ("even", f"even: {DICE}, 7 or more; reasons count"),
    ("likely", f"likely: {DICE}, 5 or more; reasons count"),
    ("unlikely", f"unlikely: {DICE}, 9 or more; reasons count"),
    (TYPED, "as typed below"),
    (SURE, "no throw: it happens"),
]


def target_of(odds: str, pros: int, cons: int) -> int:
    """The least total that succeeds: one less for each reason more for it.

    >>> target_of("even", 2, 1)
    6
    """
    return max(LOWEST, min(HIGHEST, BASES[odds] - pros + cons))


class JudgeForm(Form[tuple[Change, ...]]):
    """The argument, the reasons, the odds, what follows, and why it is judged so."""

    FIRST = "argument"
    HELP_TITLE: ClassVar[str] = "Judging an argument"
    HELP_TEXT: ClassVar[str] = (
        "A team says what happens and why; the others say why not. Give the reasons, "
        "one a line: each for it takes 1 off the least total that succeeds, each "
        "against adds 1. Or type dice and total. Effects are in the deck's language, "
        "one a line. A throw on the table goes into 'thrown by hand'; else the program "
        "throws. The reason is needed: it goes into the log and the report."
    )

    def __init__(self, game: Game, view: View, values: Values) -> None:
        super().__init__(view, values)
        self._game = game

    def title_text(self) -> str:
        """The sign of a ruling, and the words."""
        return f"{glyphs().control} Judge an argument"

    def fields(self) -> Iterator[Field]:
        """In the order in which it is talked through."""
        teams = [(team.id, team.name) for team in self._view.teams]
        yield Field("who argues", self.one_of("team", [*teams, (CONTROL, "Control")]))
        text = self.text_line
        yield Field("argument", text("argument", says="needed; what happens, and why"))
        yield Field("for it", self.text_lines("pros", says="reasons, one a line"))
        yield Field("against", self.text_lines("cons", says="reasons, one a line"))
        yield Field("odds", self.one_of("odds", ODDS))
        yield Field("dice", text("dice", 12, says=DICE),
                    succeeds_from=text("target", 3, says="7"),
                    thrown_by_hand=text("thrown", 3, says="no"))  # fmt: skip
        yield Field("if so", text("success", says="in words; else the argument"))
        yield self.effects("effects", "")
        yield Field("if not", text("failure", says="in words"))
        yield self.effects("otherwise", "")
        yield Field("reason", text("reason", says="needed; for log and report"))

    def judged(self) -> Adjudication:
        """What stands in the fields. Raises FieldError for what is no number."""
        pros, cons = rows_of(self.text("pros")), rows_of(self.text("cons"))
        odds = self.text("odds") or ODDS[0][0]
        dice, target = self._throw(odds, len(pros), len(cons))
        team = self.text("team") or self._view.teams[0].id
        return Adjudication(
            argument=self.text("argument"), team="" if team == CONTROL else team,
            pros=pros, cons=cons, dice=dice, target=target,
            success=self.text("success"), failure=self.text("failure"),
            effects=rows_of(self.text("effects")),
            otherwise=rows_of(self.text("otherwise")),
        )  # fmt: skip

    def _throw(self, odds: str, pros: int, cons: int) -> tuple[str, int]:
        if odds == SURE:
            return "", 0
        if odds in BASES:
            return DICE, target_of(odds, pros, cons)
        target = self.text("target")
        if not target.isdecimal():
            raise FieldError("target", "The least total that succeeds is a number.")
        return self.text("dice") or DICE, int(target)

    def thrown(self) -> int:
        """What the dice on the table show; 0 when the program is to throw."""
        text = self.text("thrown")
        if text and not (text.isdecimal() and int(text)):
            raise FieldError("thrown", "What was thrown is a number, or nothing.")
        return int(text or 0)

    def verb(self, key: Key) -> str:
        """The key judges."""
        return "judge it" if key.id == "form.write" else super().verb(key)

    def check(self) -> None:
        """Say also from which total it succeeds, as the reasons stand."""
        super().check()
        odds = self.text("odds") or ODDS[0][0]
        if odds in BASES:
            judged = self.judged()
            self.query_one("#target", Input).placeholder = str(judged.target)

    def look_ahead(self) -> Preview | None:
        """What it may do, with the chances."""
        judged = self.judged()
        self.thrown()
        if not judged.argument:
            return None
        return self._game.draft_adjudication(judged)

    def write(self) -> tuple[Change, ...]:
        """Judge; nothing is thrown while something is missing."""
        judged, thrown, reason = self.judged(), self.thrown(), self.text("reason")
        if not judged.argument:
            raise FieldError("argument", "What is argued must be said.")
        if not reason:
            raise FieldError("reason", "A judgement needs its reason.")
        self._game.draft_adjudication(judged)
        if thrown and judged.dice:
            self._game.submit(CONTROL, Move("die", value=thrown), note=reason)
        return tuple(self._game.adjudicate(judged, note=reason))
