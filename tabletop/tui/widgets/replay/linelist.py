"""The lines of play of a save, with what came of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from tabletop.session.replaying import LineView
from tabletop.session.view import SeatId, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.grammar import arrow, number, team_of
from tabletop.tui.widgets.line import BLANK, Line, flow, line

AS_PLAYED = "as played"


def line_name(found: LineView, lines: Sequence[LineView]) -> str:
    """What a line is called; the main one is what was played."""
    return AS_PLAYED if lines and found is lines[0] else found.branch.name


class LinesPane(ChoicePane):
    """Lines of play; an id is the number of the last move."""

    @dataclass
    class LineChosen(Message):
        """A line is to be shown."""

        tip: int

    _courses: Sequence[LineView] = ()
    _view: View | None = None
    _team: SeatId = ""
    _tip = 0
    _other: int | None = None
    _moves: Mapping[int, int] = {}

    def show(
        self, lines: Sequence[LineView], view: View, team: SeatId, tip: int,
        other: int | None, moves: Mapping[int, int],
    ) -> None:  # fmt: skip
        """Show lines with a team's scores; `tip` is shown, `other` compared.

        `moves` is how many the seat knows of each.
        """
        self._moves = moves
        before = self.ids()
        elsewhere = self._tip != tip
        self._courses, self._view, self._team = lines, view, team
        self._tip, self._other = tip, other
        self.keep_cursor(before, str(tip))
        if elsewhere:
            self._selected = str(tip)
        seat = team_of(view.teams, team)
        name = f"ending {glyphs().dot} {seat.short}'s score" if seat else "ending"
        self.legend(name, "ending")
        self.redraw(layout=len(before) != len(lines))

    def ids(self) -> Sequence[str]:
        """The numbers of the last moves."""
        return [str(found.branch.tip) for found in self._courses]

    def chosen(self, item: str) -> None:
        """Tell that a line was chosen."""
        self.post_message(self.LineChosen(int(item)))

    @property
    def endings(self) -> list[str]:
        """The titles of all endings, each once."""
        return list(
            dict.fromkeys(found.ending for found in self._courses if found.ending)
        )

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """A row for each line, then what the endings are called."""
        drawn = [
            Block([self._row(found, place, room)], str(found.branch.tip))
            for place, found in enumerate(self._courses)
        ]
        titles = [
            line((f"E{i} ", "bold $muted"), (title, "$muted"))
            for i, title in enumerate(self.endings, 1)
        ]
        return [*drawn, Block([BLANK, *flow(titles, room, "   ")])] if titles else drawn

    def _row(self, found: LineView, place: int, room: int) -> Line:
        tip = found.branch.tip
        cursor = str(tip) == self.selected and self.has_focus
        shown = tip == self._tip
        sign = (glyphs().cursor, "$accent") if cursor or shown else (" ", "")
        name = line_name(found, self._courses)
        style = "bold" if shown else "$secondary" if place else ""
        if tip == self._other:
            style = "bold $secondary"
        left = line(
            sign, self._branching(found, place), (name, style),
            self._where(found, place),
        )  # fmt: skip
        row = left.spread(self._result(found), room)
        return row.on("$raise") if cursor else row.on("$panel") if shown else row

    def _branching(self, found: LineView, place: int) -> Line:
        """What sort of line it is, with the chart's dots where it is compared."""
        signs = glyphs()
        if place == 0:
            return line((f"{signs.pip} ", "bold $accent"))
        sign = signs.condition if found.what_if else signs.undone
        dots = signs.trail[1] if found.branch.tip == self._other else " "
        return line((dots, "bold $secondary"), (f"{sign} ", "$secondary"))

    def _where(self, found: LineView, place: int) -> tuple[str, str]:
        branch = found.branch
        count = self._moves.get(branch.tip, branch.moves)
        many = "1 move" if count == 1 else f"{count} moves"
        leaves = f"at {branch.leaves}, " if branch.leaves and place else ""
        words = f"  {leaves}{many}"
        return (f"{words}, practice" if branch.practice else words, "$muted")

    def _result(self, found: LineView) -> Line:
        """The ending, the team's score, and how far that is from what was played."""
        if not found.ending:
            return line((glyphs().ellipsis, "$muted"))
        place = self.endings.index(found.ending) + 1
        result = line((f"E{place}", "$muted"))
        score = dict(found.scores).get(self._team)
        if score is None:
            return result
        played = dict(self._courses[0].scores).get(self._team)
        result = line(result, (f" {number(score)}", "bold"))
        if played is None or found is self._courses[0]:
            return result
        step = score - played
        style = "bold $good" if step > 0 else "bold $bad" if step < 0 else "$muted"
        return line(result, (f" {arrow(step)}{abs(step) or ''}", style))
