"""Cards and options as choices: how often offered and taken, and what that is worth."""

from collections.abc import Sequence
from math import sqrt

from tabletop.deck.models import DeckModel
from tabletop.engine.census import Census, Thing
from tabletop.study.describe import of_kind
from tabletop.study.effects import Worth, Worths
from tabletop.study.figures import Sums, share
from tabletop.study.result import ChoiceStat

ENOUGH = 30
"""Places in which a choice was measured before it is judged."""
SAME = 0.01
ALWAYS = 0.9
NEVER = 0.1
"""Bounds of the verdicts: see `verdict`."""


def choices(
    model: DeckModel, things: Sequence[Thing], census: Census, worths: Worths | None
) -> tuple[ChoiceStat, ...]:
    """Every card and every option as a choice; `worths` is None when not measured."""
    spreads = {
        team: sqrt(Sums.of(counts).variance)
        for team, counts in zip(model.teams, census.scores, strict=True)
    }
    found = []
    for kind in ("card", "option"):
        measured = _measured(worths, kind)
        for index, thing in enumerate(of_kind(things, kind)):
            team = chooser(model, thing)
            offered = census.offered[kind][index]
            worth = measured[index] if measured else None
            found.append(
                ChoiceStat(
                    kind, thing.name, thing.text, team, offered,
                    share(census.chosen[kind][index], offered),
                    worth.gains.estimate() if worth and worth.gains.count else None,
                    share(worth.best, worth.gains.count)
                    if worth and worth.gains.count else None,
                    verdict(kind, worth, spreads[team]) if worth else "",
                    census.seen[kind][index].first_game,
                    _waits(model, thing, census, index),
                )
            )  # fmt: skip
    return tuple(found)


def _waits(model: DeckModel, thing: Thing, census: Census, index: int) -> float | None:
    """Rounds that a card waits in a hand that is drawn, each time it is played."""
    if thing.kind != "card" or model.teams[chooser(model, thing)].hand == "all":
        return None
    played = census.chosen["card"][index]
    return census.waited[index] / played if played else None


def _measured(worths: Worths | None, kind: str) -> list[Worth]:
    if worths is None:
        return []
    return worths.cards if kind == "card" else worths.options


def chooser(model: DeckModel, thing: Thing) -> str:
    """The team whose choice it is: a card's own, or the first that is asked."""
    where, id_ = thing.path[:2]
    if thing.kind == "card":
        return model.cards[str(id_)].team
    asker = model.cards[str(id_)] if where == "cards" else model.injects[str(id_)]
    ask = asker.ask[int(thing.path[3])]
    return ask.team or ask.teams[0]


def verdict(kind: str, worth: Worth, deviation: float) -> str:
    """What an author should hear of a choice, where enough places were measured.

    'no effect' when all moves were worth the same wherever it was measured, or, for an
    option, when the gain's interval lies within SAME of the score's deviation;
    'always worth taking' when it gains for sure and ALWAYS of the places had nothing
    better; 'never worth taking' when it loses for sure and for sure NEVER of the
    places, at most, had nothing better.
    """
    places = worth.gains.count
    if places < ENOUGH:
        return ""
    gain, best = worth.gains.estimate(), share(worth.best, places)
    near = SAME * deviation if kind == "option" else 0.0
    if worth.alike == places or (gain.low >= -near and gain.high <= near):
        return "no effect"
    if gain.low > 0 and best.share >= ALWAYS:
        return "always worth taking"
    if gain.high < 0 and best.high <= NEVER:
        return "never worth taking"
    return ""
