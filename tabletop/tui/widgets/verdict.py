"""A choice beside the group's: what the rules made of both, and what each promised."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.report.guesses import Guess, Guesses, score
from tabletop.session.guessing import Verdict
from tabletop.session.view import Change, View
from tabletop.study.forecast import Expect
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, width
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import chip, quoted
from tabletop.tui.widgets.line import BLANK, Line, line, prose
from tabletop.tui.widgets.preview import change_lines
from tabletop.tui.widgets.turning import plus_minus

SIDE_BY_SIDE = 56
"""Cells from which the two choices stand beside each other."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and what the playouts say of both moves."""

    verdict: Verdict
    ours: Expect | None = None
    theirs: Expect | None = None
    measuring: bool = False
    """Whether the two may still come."""
    playouts: int = 0
    trouble: str = ""
    """Why nothing is measured; empty while it is."""


class VerdictPane(Pane):
    """What was chosen, what the group chose, and what came of either."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._judged: Judged | None = None

    def show(self, judged: Judged) -> None:
        """Show a verdict."""
        fresh = self._judged is None or self._judged.verdict is not judged.verdict
        self._judged = judged
        if fresh:
            self.scroll_to(y=0, animate=False)
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The two choices, their changes, what was meant, what they promised."""
        judged = self._judged
        if judged is None:
            return ()
        verdict = judged.verdict
        lines = [*self._sides(judged, room), BLANK]
        if verdict.intent:
            meant = f"They meant: {quoted(verdict.intent)}"
            lines += [*prose(meant, room, "italic"), BLANK]
        keys = line(chip(glyphs().enter), (" on", "$muted"))
        return [*lines, *self._remark(judged, room), BLANK, keys.cut(room)]

    def _sides(self, judged: Judged, room: int) -> list[Line]:
        verdict, view = judged.verdict, judged.verdict.decision.view
        if verdict.same:
            check = line((f"{glyphs().check} ", "$good"))
            said = line(check, ("You chose as they did: ", "bold"), verdict.ours.label)
            made = changes_of(verdict.their_changes, view, room)
            return [said.cut(room), expected(judged.theirs, judged.measuring), *made]
        cells = (room - 3) // 2 if room >= SIDE_BY_SIDE else room
        ours = [
            line(("You chose", "bold $muted")),
            line((verdict.ours.label, "bold $accent")).cut(cells),
            expected(judged.ours, judged.measuring).cut(cells),
            *changes_of(verdict.our_changes, view, cells),
        ]
        theirs = [
            line(("They chose", "bold $muted")),
            line((verdict.theirs.label, "bold")).cut(cells),
            expected(judged.theirs, judged.measuring).cut(cells),
            *changes_of(verdict.their_changes, view, cells),
        ]
        if cells == room:
            return [*ours, BLANK, *theirs]
        return beside(ours, theirs, cells)

    def _remark(self, judged: Judged, room: int) -> list[Line]:
        """What the figures say, and from what they are."""
        if judged.trouble:
            return prose(judged.trouble, room, "$warn")
        ours, theirs = judged.ours, judged.theirs
        if ours is None or theirs is None:
            same = "With the same dice; what others can't show you is not here."
            return prose(same, room, "$muted")
        count = f"{judged.playouts:,} playouts of each, from what the team knew."
        if judged.verdict.same:
            return prose(count, room, "$muted")
        if ours.low <= theirs.high and theirs.low <= ours.high:
            said = "Too close to call: the intervals overlap."
        else:
            better = "Yours" if ours.mean > theirs.mean else "Theirs"
            said = f"{better} promised {abs(ours.mean - theirs.mean):.1f} points more."
        return [line((said, "bold")).cut(room), *prose(count, room, "$muted")]


def changes_of(changes: Sequence[Change], view: View, room: int) -> list[Line]:
    """What the rules made of a move, as the team sees it."""
    found = change_lines(changes, view, room)
    return found or [line(("nothing changed at once", "$muted"))]


def expected(expect: Expect | None, measuring: bool) -> Line:  # noqa: FBT001
    """The score that a move promised."""
    if expect is None:
        return line(("measuring ..." if measuring else "", "$muted"))
    off = (expect.high - expect.low) / 2
    return line(
        ("could expect ", "$muted"),
        (f"{expect.mean:.1f}", "bold"),
        (f" {plus_minus()}{off:.1f}", "$muted"),
    )


def beside(left: Sequence[Line], right: Sequence[Line], cells: int) -> list[Line]:
    """Two columns of lines with a rule between them."""
    rule = line((f" {glyphs().band_edge} ", "$line"))
    rows = max(len(left), len(right))
    padded = [[*side, *[BLANK] * (rows - len(side))] for side in (left, right)]
    return [a.pad(cells) + rule + b.cut(cells) for a, b in zip(*padded, strict=True)]


class SummaryPane(Pane):
    """Every decision in a row, and the totals."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._guesses: Guesses | None = None

    def show(self, guesses: Guesses) -> None:
        """Show the answers of one sitting."""
        self._guesses = guesses
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The totals in words, then the table, then how the scores were measured."""
        guesses = self._guesses
        if guesses is None:
            return ()
        said = [row for words in guesses.sentences() for row in prose(words, room)]
        if not guesses.made:
            return [*said, BLANK, line(("Nothing was answered.", "$muted"))]
        name = self._label_room(guesses.made, room)
        lines = [*said, BLANK, self._heading(name, room)]
        lines += [self._row(guess, name).cut(room) for guess in guesses.made]
        if guesses.measured:
            text = f"Each score is from {guesses.playouts:,} playouts. {guesses.method}"
            lines += [BLANK, *prose(text.replace("\n", " "), room, "$muted")]
        return lines

    @staticmethod
    def _label_room(made: Sequence[Guess], room: int) -> int:
        longest = max(width(clean(t)) for g in made for t in (g.ours, g.theirs))
        return max(8, min(longest, (room - 33) // 2))

    def _heading(self, name: int, room: int) -> Line:
        words = (
            f"move  {'yours':<{name}}  {'theirs':<{name}}  same  you exp.  they exp."
        )
        return line((words, "$muted")).cut(room)

    def _row(self, guess: Guess, name: int) -> Line:
        signs = glyphs()
        mark = (signs.check, "$good") if guess.same else (signs.cross, "$muted")
        return line(
            (f"{guess.move:>4}  ", "$muted"),
            line((guess.ours, "bold")).pad(name),
            "  ",
            line(guess.theirs).pad(name),
            "   ",
            mark,
            f"  {score(guess.our_score):>8}  {score(guess.their_score):>9}",
        )
