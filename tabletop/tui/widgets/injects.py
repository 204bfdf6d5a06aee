"""Control's injects, round by round: state, moment, title, audience."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.message import Message

from tabletop.session.view import InjectView, TeamView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.grammar import empty, heading, seats_signs
from tabletop.tui.widgets.line import BLANK, Line, first_fit, line

MOMENT = 6
"""Cells for the word that says when."""
LEAST_STATE = 9
"""Cells for the longest of the plain states."""


def state_sign(inject: InjectView) -> tuple[str, str]:
    """An inject's state as a sign and its style."""
    signs = glyphs()
    return {
        "scheduled": (signs.timed, "$accent"),
        "condition": (signs.condition, "$secondary"),
        "hand": (signs.by_hand, "$muted"),
        "held": (signs.held, "bold $warn"),
        "fired": (signs.check, "$good"),
        "skipped": (signs.cross, "$muted"),
    }[inject.state]


def moment(inject: InjectView) -> str:
    """When it comes, in one short word."""
    if inject.state == "condition":
        return "when"
    if inject.state == "hand" or inject.when == "by hand":
        return "hand"
    return inject.when.split(" ")[0][: MOMENT - 1]


def state_forms(inject: InjectView) -> list[Line]:
    """An inject's state in words, from the longest form to the shortest."""
    if inject.state == "condition":
        now = f", {inject.now}" if inject.now else ""
        short = inject.short and inject.short + now
        forms = (inject.when + now, short, inject.now, "condition")
        return [*(line(form) for form in forms if form), BLANK]
    if inject.state == "hand":
        words = (inject.when, "if stuck") if inject.contingency else ("ready",)
        return [*(line((form, "$muted")) for form in words), BLANK]
    style = {"held": "bold $warn", "fired": "$muted", "skipped": "$muted"}.get(
        inject.state, ""
    )
    return [line((inject.state, style)), BLANK]


def in_order(view: View) -> tuple[InjectView, ...]:
    """The injects as they come: by round, phase and moment; the bank is last."""
    phases = [phase.id for phase in view.phases]

    def moment_of(inject: InjectView) -> tuple[int, int, bool]:
        known = inject.phase in phases
        phase = phases.index(inject.phase) if known else 0
        late = not known and inject.moment == "end"
        return (
            inject.round or view.rounds + 1,
            len(phases) if late else phase,
            inject.moment == "end",
        )

    return tuple(sorted(view.injects, key=moment_of))


def legend() -> str:
    """What the signs mean."""
    signs = glyphs()
    return (
        f"{signs.check} fired  {signs.timed} timed  {signs.condition} on condition  "
        f"{signs.held} held  {signs.cross} skipped"
    )


class InjectsPane(ChoicePane):
    """The schedule, to look at and to choose from."""

    @dataclass
    class InjectHighlighted(Message):
        """The cursor is on another inject."""

        inject_id: str

    @dataclass
    class InjectChosen(Message):
        """An inject is wanted."""

        inject_id: str

    _view: View | None = None
    _injects: tuple[InjectView, ...] = ()
    _longest = 0
    """Cells of the longest state in words."""
    _soon = ("", "")
    """The inject that the clock brings next, and when."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._rows: dict[str, tuple[InjectView, object, Line]] = {}

    def show(self, view: View) -> None:
        """Show a view's injects; the cursor stays on its inject."""
        before = self.ids()
        self._view = view
        self._injects = in_order(view)
        self._longest = max((state_forms(i)[0].width for i in self._injects), default=0)
        due = (
            i.id
            for i in self._injects
            if i.state == "scheduled" and i.round >= view.round
        )
        self.keep_cursor(before, next(due, None))
        self.legend(legend() if self._injects else "")
        self.redraw()

    def count_down(self, inject: str, words: str) -> None:
        """Say of the inject that the clock brings when it comes: 'in 12:47'."""
        if (inject, words) != self._soon:
            self._soon = (inject, words)
            self.redraw()

    def ids(self) -> Sequence[str]:
        """The injects' ids, as they are drawn."""
        return [inject.id for inject in self._injects]

    def highlighted(self, item: str) -> None:
        """Tell that the cursor is on another inject."""
        self.post_message(self.InjectHighlighted(item))

    def chosen(self, item: str) -> None:
        """Tell that an inject is wanted."""
        self.post_message(self.InjectChosen(item))

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """Rounds with their injects; then those that have no round."""
        view = self._view
        if view is None or not self._injects:
            return [Block(empty(room, rows, "This deck has no injects."))]
        found: list[Block] = []
        last = -1
        for inject in self._injects:
            if inject.round != last:
                last = inject.round
                found.append(Block([self._heading(last, view, room)]))
            found.append(Block([self._drawn_row(inject, view, room)], inject.id))
        return found

    def _drawn_row(self, inject: InjectView, view: View, room: int) -> Line:
        """A row; one that looks as it did is not drawn again."""
        here = inject.id == self.selected
        soon = self._soon[1] if inject.id == self._soon[0] else ""
        looks = (room, self._longest, here, here and self.has_focus, soon)
        known = self._rows.get(inject.id)
        if known is None or known[0] != inject or known[1] != looks:
            known = (inject, looks, self._row(inject, view.teams, room))
            self._rows[inject.id] = known
        return known[2]

    def _heading(self, number: int, view: View, room: int) -> Line:
        if not number:
            return heading("In the bank", room)
        now = number == view.round
        words = f"{view.round_label} {number}{'  now' if now else ''}"
        return heading(words, room, "bold $accent" if now else "bold $muted")

    def _state_room(self, rest: int) -> int:
        """Cells for the state in words, the same in every row."""
        return max(LEAST_STATE, min(self._longest, rest // 4))

    def _row(self, inject: InjectView, teams: Sequence[TeamView], room: int) -> Line:
        """Sign, moment, title; at the right the audience and the state."""
        here = inject.id == self.selected
        past = inject.state in ("fired", "skipped")
        style = "bold" if here else "$muted" if past else ""
        start = line(
            (glyphs().cursor if here else " ", "$accent" if self.has_focus else "$dim"),
            state_sign(inject),
            (f" {moment(inject):<{MOMENT}}", "$muted"),
        )
        signs = seats_signs(teams, inject.audience)
        title = line((inject.title, style))
        rest = room - start.width
        forms = state_forms(inject)
        if inject.id == self._soon[0]:
            forms = [line((self._soon[1], "bold $accent")), *forms]
        state = first_fit(self._state_room(rest), forms)
        right = line(signs, "  ", " " * (self._state_room(rest) - state.width), state)
        row = start + title.spread(right, rest)
        return row.on("$raise") if here else row
