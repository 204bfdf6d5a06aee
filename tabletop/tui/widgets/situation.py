"""What a team wants, what it knows, and what has just happened."""

from collections.abc import Sequence

from tabletop.session.standing import what_does_not, what_stands
from tabletop.session.view import CONTROL, ObjectiveView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import number, seat_mark
from tabletop.tui.widgets.line import BLANK, Line, hang, line, prose
from tabletop.tui.widgets.logtext import dice_of, title_line
from tabletop.tui.widgets.standing import paragraph, some_rows

INDENT = 2
HEARD = 2
"""How many of the round's injects are told."""
RECENT = 4
"""How many of the last entries of the log are shown."""


def news(view: View) -> list[str]:
    """What the injects of this round have told, with their dice, the latest last."""
    found: list[str] = []
    for entry in reversed(view.log):
        texts = [
            f"{change.text} {dice_of(change, entry)}".strip()
            for change in entry.changes
            if change.kind == "inject"
        ]
        found = texts + found
        if any(change.kind == "round" for change in entry.changes):
            break
    return found


class SituationPane(Pane):
    """Objectives with their score now, what stands, orders that lie, the last moves."""

    _view: View | None = None

    def show(self, view: View) -> None:
        """Show what a view's seat wants and knows."""
        self._view = view
        self.redraw(layout=True)

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The parts that have something to say, with air between them."""
        view = self._view
        if view is None:
            return ()
        parts = (
            self._wants(view, room),
            self._part("What stands", self._stands(view, room)),
            self._part("You hear", self._news(view, room)),
            self._part(
                "Face down", [line(f"  {title}").cut(room) for title in view.laid]
            ),
            self._part("Just now", self._recent(view, room)),
        )
        lines: list[Line] = []
        for part in filter(None, parts):
            lines += [*([BLANK] if lines else []), *part]
        lines += self._unset(view, room, rows - len(lines))
        return lines or [line(("Nothing to report.", "$muted"))]

    def _part(self, title: str, lines: list[Line]) -> list[Line]:
        return [line((title, "bold $muted")), *lines] if lines else []

    def _wants(self, view: View, room: int) -> list[Line]:
        """What is scored: for a team its own, for control every team's."""
        lines: list[Line] = []
        last = ""
        for objective in view.objectives:
            if view.seat != CONTROL and objective.team != view.seat:
                continue
            if objective.team != last:
                last = objective.team
                own = line(("You want", "bold $muted"))
                lines.append(
                    own if last == view.seat else seat_mark(view, last).cut(room)
                )
            lines += self._objective(objective, room)
        return lines

    def _objective(self, objective: ObjectiveView, room: int) -> list[Line]:
        if objective.score is None:
            score = line((f"{glyphs().condition} open", "$muted"))
        else:
            score = line((number(objective.score), "bold"), (" now", "$muted"))
        words = prose(objective.text, room - score.width - INDENT - 2, "", 3) or [BLANK]
        indent = " " * INDENT
        first = line(indent, words[0]).spread(score, room)
        return [first, *(line(indent, text) for text in words[1:])]

    def _stands(self, view: View, room: int) -> list[Line]:
        """The flags that are set."""
        rows = paragraph(what_stands(view), room - INDENT)
        return [line(" " * INDENT, row) for row in rows]

    def _unset(self, view: View, room: int, left: int) -> list[Line]:
        """The other flags, in the rows that are left over."""
        most = left - 2
        rows = some_rows(what_does_not(view), room - INDENT, most, unset=True)
        unset = [line(" " * INDENT, row) for row in rows]
        return [BLANK, *self._part("Not so", unset)] if unset else []

    def _news(self, view: View, room: int) -> list[Line]:
        """What was told to this seat in this round, the latest last."""
        if view.seat == CONTROL:
            return []
        told = [text for text in news(view) if text]
        return [
            row
            for text in told[-HEARD:]
            for row in hang(line(f"  {glyphs().dot} "), prose(text, room - 4, "", 8))
        ]

    def _recent(self, view: View, room: int) -> list[Line]:
        found = [title_line(entry, view) for entry in view.log[-RECENT:]]
        return [line("  ", words).cut(room) for words in found]
