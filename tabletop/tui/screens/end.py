"""The end of a game: which ending, its epilogue, the scores and what they are for."""

from itertools import groupby
from pathlib import Path
from typing import ClassVar, Literal

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.session.successes import HEADING, success_words
from tabletop.session.view import EndView, ObjectiveView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import Key, bindings
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.brief import prose
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.teams import team_name
from tabletop.tui.text import spread, wrap
from tabletop.tui.widgets.grammar import number

FIGURE = 10
"""Cells beside a goal: its indent, and the points that it gave."""


class EndScreen(Dialog[Literal["home", "replay"]]):
    """How it ended and who reached what."""

    HINTS = ("scroll", "end.replay", "end.log", "end.home", "end.table")
    HELP_TITLE: ClassVar[str] = "The end"
    HELP_TEXT: ClassVar[str] = (
        "The game is over and kept. The table can still be looked at, and the last "
        "decision taken back."
    )
    BINDINGS = bindings("end.replay", "end.log", "end.home", "end.table")

    def __init__(
        self, view: View, over: EndView, *, path: Path | None = None,
        what_if: bool = False,
    ) -> None:  # fmt: skip
        """`path` is the save's; `what_if` is for a line played from a replay."""
        super().__init__()
        self._what_if = what_if
        self._view = view
        self._over = over
        self._path = path

    def title_text(self) -> str:
        """When it ended, and whether that is only a what-if."""
        view, dot = self._view, glyphs().dot
        what = "The end of this what-if" if self._what_if else "The end"
        return f"{what} {dot} {view.round_label} {view.round} of {view.rounds}"

    def compose_dialog(self) -> ComposeResult:
        """Ending, epilogue, scores, successes, objectives."""
        yield Static(say((f"{self._over.title}\n", "bold $accent")))
        if self._over.text:
            yield prose(self._over.text)
        yield Static(say(("\nScores", "bold")))
        yield Static(lines(self._score(*score) for score in self._scores()))
        if self._over.successes:
            yield Static(say((f"\n{HEADING}", "bold")))
            yield Static(lines(self._success(*each) for each in self._successes()))
        yield Static(say(("\nWhat they are for", "bold")))
        yield Static(lines(self._goals()))
        if self._path is not None and not self._what_if:
            told = (f"\nThe report: tabletop report {self._path}", "$muted")
            yield Static(say(told))

    def _scores(self) -> list[tuple[str, int]]:
        return sorted(self._over.scores, key=lambda score: -score[1])

    def _score(self, team: str, score: int) -> Content:
        return self._row(team_name(self._view, team), number(score))

    def _successes(self) -> list[tuple[str, bool]]:
        """In the order of the scores."""
        places = [team for team, _ in self._scores()]
        return sorted(self._over.successes, key=lambda each: places.index(each[0]))

    def _success(self, team: str, success: bool) -> Content:  # noqa: FBT001
        sign = glyphs().check if success else glyphs().cross
        words = f"{sign} {success_words(success=success)}"
        return self._row(team_name(self._view, team), words)

    def _goals(self) -> list[Content]:
        """Each team, and below it what it wanted with the points that it got."""
        found: list[Content] = []
        for team, goals in groupby(self._view.objectives, key=lambda goal: goal.team):
            found.append(line("  ", team_name(self._view, team)))
            found += [row for goal in goals for row in self._goal(goal)]
        return found

    def _goal(self, goal: ObjectiveView) -> list[Content]:
        figure = "?" if goal.score is None else number(goal.score)
        first, *rest = wrap(goal.text, self.DIALOG_ROOM - FIGURE) or [""]
        return [self._row(line("  ", first), figure), *(line("    ", r) for r in rest)]

    def _row(self, words: Content, figure: str) -> Content:
        """Words on the left, a figure that stands under the others on the right."""
        return spread(line("  ", words), line((figure, "bold")), self.DIALOG_ROOM)

    def can_replay(self) -> bool:
        """A game that is saved can be stepped through; a what-if leads there anyway."""
        return self._path is not None and not self._what_if

    def verb(self, key: Key) -> str:
        """A what-if leads back to its replay."""
        if self._what_if and key.id == "end.home":
            return "back to the replay"
        return super().verb(key)

    def action_replay(self) -> None:
        """Step through the game."""
        self.dismiss("replay")

    def action_log(self) -> None:
        """Read the log."""
        self.app.push_screen(LogScreen(self._view))

    def action_home(self) -> None:
        """Close the game."""
        self.dismiss("home")
