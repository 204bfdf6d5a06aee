"""The tutorial: small enough for ten minutes, and with each kind of thing in it."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from tabletop.deck.expressions import EFFECT_WORDS, QUERIES
from tabletop.deck.models import DeckModel, Rule
from tests.decks.shipped import TUTORIAL, cards_of, deck

NOT_NEEDED = {
    ("DeckModel", "include"),  # the tutorial is one file
    ("Sourced", "source"),
    ("Team", "letter"),
    ("Track", "min"),
    ("Track", "max"),
    ("Flag", "start"),
    ("Flag", "visible_to"),
    ("DeckModel", "lint"),
    ("Lint", "allow"),
}
"""Fields a first deck does without: they say nothing new, or need a larger deck."""


def test_it_is_as_small_as_it_says() -> None:
    model = deck(TUTORIAL).model
    assert len(model.teams) == 2
    assert model.rounds.count == 4
    assert model.rounds.play == "turns"
    assert 10 <= len(model.cards) <= 14
    assert model.rounds.count * sum(model.rounds.minutes.values()) <= 10
    for id_ in model.teams:
        assert len(cards_of(model, id_)) >= 5


def test_it_shows_every_field_of_the_language() -> None:
    used = set(_used_fields(deck(TUTORIAL).model))
    known = {_declared(kind, field) for kind in _kinds() for field in kind.model_fields}
    assert known - used - NOT_NEEDED == set()


def _kinds() -> list[type[BaseModel]]:
    """The kinds of table that an author writes."""
    found: list[type[BaseModel]] = []
    _collect(DeckModel, found)
    return found


def _collect(kind: Any, found: list[type[BaseModel]]) -> None:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind not in found:
            found.append(kind)
            for field in kind.model_fields.values():
                _collect(field.annotation, found)
        return
    for argument in get_args(kind):
        _collect(argument, found)


def _declared(kind: type[BaseModel], field: str) -> tuple[str, str]:
    """A field with the table that brings it in: cards and injects share some."""
    first = next(base for base in reversed(kind.__mro__) if field in _own_fields(base))
    return first.__name__, field


def _own_fields(kind: type) -> list[str]:
    return list(vars(kind).get("__annotations__", {}))


def _used_fields(value: Any) -> Iterator[tuple[str, str]]:
    """Each field that is written down somewhere in a deck."""
    if isinstance(value, BaseModel):
        for field in value.model_fields_set:
            yield _declared(type(value), field)
            yield from _used_fields(getattr(value, field))
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _used_fields(part)


@pytest.mark.parametrize("moment", get_args(Rule.model_fields["at"].annotation))
def test_it_has_a_rule_at_every_moment(moment: str) -> None:
    assert moment in [rule.at for rule in deck(TUTORIAL).model.rules.values()]


@pytest.mark.parametrize("word", [*EFFECT_WORDS, "discard(shut_gate)"])
def test_it_uses_every_effect(word: str) -> None:
    assert word in TUTORIAL.read_text(encoding="utf-8")


@pytest.mark.parametrize("word", [*QUERIES, "hand", "plays", "points", "band"])
def test_it_uses_every_kind_of_name(word: str) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    assert f"{word}." in text or f".{word} " in text


def test_it_tells_a_newcomer_what_to_do_first() -> None:
    model = deck(TUTORIAL).model
    assert "`?`" in model.brief
    assert "3 points" in model.teams["town"].brief
    assert "Fill sandbags" in model.teams["town"].brief
    assert model.teams["town"].points == 3
    assert model.cards["sandbags"].cost == 1
