"""Conditions of the deck that must hold on the way to a goal."""

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import Expr
from tabletop.testing.models import Goal

_WHEN = {"inject": "injects", "rule": "rules", "ending": "endings"}


def guide_of(deck: Deck, goal: Goal) -> list[Expr]:
    """What must hold before a goal is reached, as far as the deck says so."""
    found = _ending(deck, goal.ending) if goal.ending else []
    kind, _, name = (goal.reach or "").partition(":")
    if kind == "ending":
        return found + _ending(deck, name)
    if kind in _WHEN:
        model = getattr(deck.model, _WHEN[kind])[name]
        return found + ([deck.expr(_WHEN[kind], name, "when")] if model.when else [])
    card = name.split(".")[0]
    if kind and card in deck.model.cards and deck.model.cards[card].requires:
        found.append(deck.expr("cards", card, "requires"))
    return found


def _ending(deck: Deck, ending: str) -> list[Expr]:
    if not deck.model.endings[ending].when:
        return []
    return [deck.expr("endings", ending, "when")]
