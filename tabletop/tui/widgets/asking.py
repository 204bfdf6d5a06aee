"""What a card or inject asks, each answer, and what all answers together lead to."""

from collections.abc import Sequence

from tabletop.session.view import Asking, EffectView, SeatId, TeamView
from tabletop.tui.widgets.effects import brief_effect
from tabletop.tui.widgets.grammar import quoted, team_mark, team_of
from tabletop.tui.widgets.line import BLANK, Line, flow, hang, joined, line, prose

INDENT = 2
NOTHING = "nothing by itself"
"""Of an answer that has no effect of its own."""


def asking_lines(asking: Asking, teams: Sequence[TeamView], room: int) -> list[Line]:
    """The questions with their answers, and what all answers together lead to."""
    lines: list[Line] = []
    for question in asking.questions:
        lines += [BLANK] if lines else []
        lines += _asked(question.teams, teams, room)
        lines += prose(question.prompt, room, "italic $muted")
        for choice in question.choices:
            label = prose(_said(choice.label), room - INDENT)
            lines += _below(label, effect_flow(choice.effects, room), NOTHING)
    outcomes = outcome_lines(asking, room)
    return [*lines, *([BLANK] if lines and outcomes else []), *outcomes]


def outcome_lines(asking: Asking, room: int) -> list[Line]:
    """What follows from all answers: when, in the deck's words, with what effects."""
    lines: list[Line] = []
    for outcome in asking.outcomes:
        head = prose(f"If {outcome.when}:", room - INDENT)
        said = prose(outcome.text, room - 2 * INDENT, "italic $muted")
        lines += _below(head, [*said, *effect_flow(outcome.effects, room)])
    return lines


def together_lines(asking: Asking, teams: Sequence[TeamView], room: int) -> list[Line]:
    """What all answers together lead to, under the teams that give them."""
    asked = dict.fromkeys(seat for q in asking.questions for seat in q.teams)
    marks = joined([_mark(seat, teams) for seat in asked], ", ")
    head = line(("Once all have answered: ", "bold $muted"), marks).cut(room)
    rows = outcome_lines(asking, room)
    return [head, *rows] if rows else []


def effect_flow(effects: Sequence[EffectView], room: int) -> list[Line]:
    """Effects one after the other, in as many rows as they need."""
    return flow([brief_effect(effect) for effect in effects], room - 2 * INDENT)


def _asked(asks: Sequence[SeatId], teams: Sequence[TeamView], room: int) -> list[Line]:
    """Whom it asks: in a row, or where their names need it in one each."""
    head = line(("asks ", "$muted"))
    marks = [_mark(seat, teams) for seat in asks]
    row = joined(marks, ", ")
    each = [mark.cut(room - head.width) for mark in marks]
    return hang(head, [row] if head.width + row.width <= room else each)


def _said(label: str) -> str:
    """An answer in quotation marks; one that is a quotation has its own."""
    return label if label.startswith(("'", '"')) else quoted(label)


def _mark(seat: SeatId, teams: Sequence[TeamView]) -> Line:
    team = team_of(teams, seat)
    return team_mark(team) if team else line(seat)


def _below(head: Sequence[Line], rows: Sequence[Line], nothing: str = "") -> list[Line]:
    """Words, and what belongs to them below, a little to the right."""
    empty = [line((nothing, "$muted"))] if nothing else []
    return [
        *(line(" " * INDENT, row) for row in head),
        *(line(" " * 2 * INDENT, row) for row in rows or empty),
    ]
