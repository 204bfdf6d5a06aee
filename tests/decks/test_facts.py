"""The facts behind Bright days for Moscow?: all there, in play, listed as they are."""

from functools import cache

import pytest

from tabletop.deck.facts import Citation, citations
from tabletop.report.facts import as_markdown, rows
from tests.decks.shipped import BRIGHT_DAYS, FACTS, deck

NUMBERS = [*(f"F{n}" for n in range(1, 33)), *(f"E{n}" for n in range(1, 10))]
IN_PLAY = {"cards", "injects", "tracks", "rules", "teams", "endings"}
CLAIMS = ("F3", "F8", "F14", "F18", "F19")
FALSE = ("F3", "F8", "F18")


@cache
def named() -> dict[str, tuple[Citation, ...]]:
    return citations(deck(BRIGHT_DAYS).model)


def test_every_fact_is_there_in_its_order() -> None:
    assert list(deck(BRIGHT_DAYS).model.facts) == NUMBERS


@pytest.mark.parametrize("fact", NUMBERS)
def test_every_fact_is_in_play(fact: str) -> None:
    kinds = {each.kind for each in named()[fact]}
    assert kinds & IN_PLAY, f"no card, inject, track, rule, team or ending names {fact}"


@pytest.mark.parametrize("fact", CLAIMS)
def test_what_an_actor_says_is_a_claim_with_its_speaker(fact: str) -> None:
    found = deck(BRIGHT_DAYS).model.facts[fact]
    assert found.claim
    assert found.by
    assert ("false" in found.text) == (fact in FALSE)


def test_nothing_else_is_a_claim() -> None:
    facts = deck(BRIGHT_DAYS).model.facts
    assert [id_ for id_, fact in facts.items() if fact.claim] == list(CLAIMS)


def test_the_list_for_people_is_what_the_command_makes() -> None:
    made = as_markdown(deck(BRIGHT_DAYS), rows(deck(BRIGHT_DAYS)))
    command = "tabletop facts bright-days --markdown -f -o decks/bright-days/FACTS.md"
    assert FACTS.read_text(encoding="utf-8") == made, f"run `{command}`"
