"""The decks that come with the program, and how to walk through their parts."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load
from tabletop.deck.models import Card, DeckModel, Happening, Sourced

DECKS = Path(__file__).parents[2] / "decks"
TUTORIAL = DECKS / "tutorial.toml"
BRIGHT_DAYS = DECKS / "bright-days"
HOUR = BRIGHT_DAYS / "hour.toml"
HOSPITAL = DECKS / "hospital"
FACTS = BRIGHT_DAYS / "FACTS.md"
GUIDE = DECKS / "README.md"


@cache
def deck(path: Path) -> Deck:
    """One of the decks, read once."""
    return load(path)


def happenings(model: DeckModel) -> Iterator[tuple[str, Happening]]:
    """Every card and inject with its id."""
    yield from model.cards.items()
    yield from model.injects.items()


def cards_of(model: DeckModel, team: str) -> dict[str, Card]:
    """The cards of one team."""
    return {id_: card for id_, card in model.cards.items() if card.team == team}


def sourced(model: DeckModel) -> Iterator[tuple[str, Sourced]]:
    """Everything that may name its facts, with a name for messages."""
    for kind in ("teams", "tracks", "flags", "cards", "injects", "rules", "endings"):
        for id_, part in getattr(model, kind).items():
            yield f"{kind}.{id_}", part
    for id_, team in model.teams.items():
        for number, objective in enumerate(team.objectives):
            yield f"teams.{id_}.objectives.{number}", objective


def scheduled(deck: Deck) -> set[str]:
    """The injects that some effect schedules."""
    texts = [effect for _, part in happenings(deck.model) for effect in _effects(part)]
    return {id_ for id_ in deck.model.injects if f"schedule({id_}," in " ".join(texts)}


def _effects(part: Happening) -> list[str]:
    """The effects of a card or an inject and of the answers to its questions."""
    after = [effect for outcome in part.outcomes for effect in outcome.effects]
    options = [option for ask in part.ask for option in ask.options]
    return [*part.effects, *after, *(e for option in options for e in option.effects)]
