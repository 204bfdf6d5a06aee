"""Why a number is what it is: a sum that adds up on the screen."""

from collections.abc import Sequence

from tabletop.session.view import View, Why, WhyLine
from tabletop.tui.text import width
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import (
    empty,
    number,
    seat_mark,
    signed,
    team_of,
    team_sign,
)
from tabletop.tui.widgets.line import BLANK, Line, line, prose


class WhyPane(Pane):
    """Where a number started, every move that changed it, and what that makes."""

    _why: Why | None = None
    _view: View | None = None

    def show(self, why: Why, view: View | None = None) -> None:
        """Show the sum; with a view, the teams by their signs."""
        if self._why is None or self._why.subject != why.subject:
            self.scroll_to(y=0, animate=False)
        if why == self._why and view is self._view:
            return
        self._why, self._view = why, view
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The steps from the start to the present value, then the sum in one line."""
        why = self._why
        if why is None:
            return empty(room, rows, "No number is asked about.")
        value = line(
            (why.label, "bold"), (" is ", "$muted"), (number(why.value), "bold")
        )
        start = line(("start ", "$muted"), (number(why.start), "bold"))
        if not why.lines:
            return [
                value.spread(start, room),
                line(("Nothing has changed it.", "$muted")),
            ]
        head = line(value, (" because", "$muted"))
        steps = max(width(signed(step.after - step.before)) for step in why.lines)
        rounds = max(width(str(step.round)) for step in why.lines)
        rows_ = [self._step(step, steps, rounds, room) for step in why.lines]
        return [head.spread(start, room), *rows_, BLANK, *self._sum(why, room)]

    def _step(self, step: WhyLine, steps: int, rounds: int, room: int) -> Line:
        change = step.after - step.before
        label = (self._view.round_label[:1] if self._view else "") or "R"
        left = line(
            (f"  {signed(change):>{steps}}", "bold"),
            (f" {label}{step.round:<{rounds}} ", "$muted"),
            self._sign(step),
            step.title,
        )
        return left.spread(line((f"move {step.number}", "$muted")), room)

    def _sign(self, step: WhyLine) -> Line:
        if self._view is None:
            return BLANK
        team = team_of(self._view.teams, step.seat)
        mark = team_sign(team) if team else seat_mark(self._view, step.seat)
        return line(
            Line(mark.spans[:1]) if team else line((mark.plain[:1], "bold")), " "
        )

    def _sum(self, why: Why, room: int) -> list[Line]:
        """`60 −5 −5 −12 = 38`."""
        steps = " ".join(signed(step.after - step.before) for step in why.lines)
        return prose(
            f"{number(why.start)} {steps} = {number(why.value)}", room, "$muted"
        )
