"""Effects that never change anything."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, Spot
from tabletop.deck.expressions import Effect
from tabletop.deck.suggest import quoted


def effects(analysis: Analysis) -> Iterator[Finding]:
    """Amounts of nothing, and cards moved where none can move."""
    for path, effect in analysis.each_effect():
        if hint := _stays_so(effect) or _stays_there(analysis, effect):
            message = f"{quoted(effect.text)} never changes anything"
            yield Finding("W410", message, Spot(path, effect.span), hint=hint)


def _stays_so(effect: Effect) -> str:
    """Why a number or flag is left as it is, or nothing."""
    value, target = effect.value, effect.target
    if target is None or value is None:
        return ""
    if effect.op == "add" and value.low == 0 == value.high:
        return "the amount is always 0"
    if effect.op == "set" and value.name == target:
        return f"{quoted(target.ids[0])} is set to what it is"
    return ""


def _stays_there(analysis: Analysis, effect: Effect) -> str:
    """Why no card moves, or nothing."""
    team = effect.team
    if effect.op in ("draw", "discard") and _keeps(analysis, team):
        return f"team `{team}` holds every card, always: it neither draws nor discards"
    if effect.op not in ("give", "discard_card"):
        return ""
    owner = analysis.model.cards[effect.card].team
    if not _keeps(analysis, owner) or (effect.op == "give" and team != owner):
        return ""
    if any(
        each.op == "give" and each.card == effect.card and each.team != owner
        for _, each in analysis.each_effect()
    ):
        return ""
    return f"team `{owner}` holds every card of its own, always, and so this one"


def _keeps(analysis: Analysis, team: str) -> bool:
    return analysis.model.teams[team].hand == "all"
