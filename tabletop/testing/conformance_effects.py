"""Whether cards do what they say, reckoned from the deck alone.

Only for tracks and flags of which that is plain: nothing changes them but cards, as
soon as they are played, by written numbers.
"""

from collections.abc import Iterator
from functools import lru_cache

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import Effect
from tabletop.testing.conformance_walks import Place

CHANGES = ("add", "set")


def effects(place: Place) -> Iterator[str]:
    """A card changes plain tracks and flags as it says, and nothing else does."""
    step, numbers = place.last, place.game.numbers()
    if step is None or place.deck.model.rounds.play == "orders":
        return  # orders are played later, one after the other
    played = step.made and step.move.kind in ("play", "force")
    cause = step.move.item if played else ""
    ruled = step.move.item if step.move.kind in CHANGES else ""
    for name in plain(place.deck):
        before = place.before[name]
        due = after(place.deck, cause, name, before) if cause else before
        if numbers[name] != due and name != ruled:
            by = f"'{step}' changed" if due == before else f"after '{step}'"
            yield f"{by} {name} from {before} to {numbers[name]}; {due} is due"


def pays(place: Place) -> Iterator[str]:
    """A card that is played takes its cost, where nothing else changes those points."""
    step, numbers = place.last, place.game.numbers()
    if step is None or not step.made or step.move.kind != "play":
        return
    deck, team = place.deck, step.move.team
    same_round = numbers["round"] == place.before["round"]
    if deck.model.rounds.play == "orders" or not same_round or team in earning(deck):
        return  # orders that fail are paid back
    points = f"{team}.points"
    due = place.before[points] - deck.model.cards[step.move.item].cost
    if numbers[points] != due:
        yield f"after '{step}' {team} has {numbers[points]} points; {due} are due"


@lru_cache(maxsize=4)
def earning(deck: Deck) -> frozenset[str]:
    """The teams whose points some effect changes."""
    every = [*deck.all_effects()]
    every += [each.effect for each in every if each.effect is not None]
    targets = [each.target for each in every if each.target is not None]
    return frozenset(each.ids[0] for each in targets if each.kind == "points")


def after(deck: Deck, card: str, name: str, value: int) -> int:
    """What a card makes of a track or flag: each effect stops at the bounds."""
    low, high = 0, 1
    if name in deck.model.tracks:
        low, high = deck.model.tracks[name].min, deck.model.tracks[name].max
    for effect in deck.effects("cards", card, "effects"):
        if _name(effect) == name and effect.value is not None:
            value = effect.value.value + (value if effect.op == "add" else 0)
            value = max(low, min(high, value))
    return value


@lru_cache(maxsize=4)
def plain(deck: Deck) -> tuple[str, ...]:
    """The tracks and flags that only cards change, at once, by written numbers."""
    every = [*deck.all_effects()]
    every += [each.effect for each in every if each.effect is not None]
    later = {each.card for each in every if each.op == "schedule"}
    direct: list[Effect] = []
    for id_, card in deck.model.cards.items():
        own = deck.effects("cards", id_, "effects")
        ends = any(each.op in ("end", "cancel") for each in own)
        if id_ not in later and not card.invites_response and not ends:
            direct += [each for each in own if _is_written(each)]
    known = {id(each) for each in direct}
    other = {_name(each) for each in every if id(each) not in known}
    names = dict.fromkeys(_name(each) for each in direct)
    return tuple(name for name in names if name and name not in other)


def _is_written(effect: Effect) -> bool:
    return effect.value is not None and effect.value.op == "const"


def _name(effect: Effect) -> str:
    """The track or flag that an effect changes, if it does."""
    target = effect.target
    return target.ids[0] if target and target.kind in ("track", "flag") else ""
