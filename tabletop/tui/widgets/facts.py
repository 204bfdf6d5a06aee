"""The facts that a card or an inject is built on."""

from collections.abc import Sequence

from tabletop.session.cited import FactView
from tabletop.tui.widgets.line import BLANK, Line, hang, line, prose

WIDEST = 8
"""Cells of an id behind which its text hangs; below a longer one it begins anew."""


def fact_lines(
    facts: Sequence[FactView], source: Sequence[str], room: int
) -> list[Line]:
    """Each fact with its text; the sources in one line where no fact has a text."""
    if not any(fact.text for fact in facts):
        return prose(", ".join(source), room)
    return [row for fact in facts for row in _fact(fact, room)]


def _fact(fact: FactView, room: int) -> list[Line]:
    id_ = line((f"{fact.id} ", "$muted"))
    style = "italic" if fact.claim else ""
    if id_.width > WIDEST:
        return [*prose(fact.id, room, "$muted"), *prose(fact.said, room, style)]
    return hang(id_, prose(fact.said, room - id_.width, style) or [BLANK])
