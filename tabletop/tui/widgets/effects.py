"""Effects and dice as a card or a question promises them."""

from tabletop.session.view import EffectView, RowView
from tabletop.tui.text import clean, width
from tabletop.tui.widgets.grammar import arrow
from tabletop.tui.widgets.line import BLANK, Line, hang, line, prose

VARIES = "varies"
"""In place of an amount that has no room."""


def effect_line(effect: EffectView, room: int, style: str = "") -> Line:
    """An effect of a card: what, which way, how much."""
    amount = effect.amount if fits_beside(effect, room) else VARIES
    size = (f"{amount:>2}", f"bold {style}".strip())
    sign = (f"{arrow(effect.sign)} ", "$muted") if effect.sign else ""
    return line((effect.label, style)).spread(line(sign, size if amount else ""), room)


def fits_beside(effect: EffectView, room: int) -> bool:
    """Whether the amount leaves room for the name; an expression may be long."""
    return width(clean(effect.amount)) <= room // 2


def whole_effect(effect: EffectView, room: int) -> list[Line]:
    """An effect with an amount that is never left out, however long it is."""
    first = effect_line(effect, room)
    if fits_beside(effect, room):
        return [first]
    return [
        first,
        *(line("  ", row) for row in prose(effect.amount, room - 2, "$muted")),
    ]


def row_lines(row: RowView, room: int) -> list[Line]:
    """A row of a dice table: total, chance, what happens."""
    first = line((f"{row.span:>6} ", "bold"), (f"{row.chance:>5}  ", "$muted"))
    words = prose(row.text, room - first.width)
    found = hang(first, words or [BLANK])
    indent = " " * first.width
    effects = [line(indent, brief_effect(effect)) for effect in row.effects]
    return [*found, *effects]


def brief_effect(effect: EffectView) -> Line:
    """An effect in a text: `Economy ▼6`."""
    size = (
        f" {arrow(effect.sign)}{effect.amount}" if effect.sign else f" {effect.amount}"
    )
    return line(
        (effect.label, "$muted"), (size if effect.amount or effect.sign else "", "bold")
    )
