"""Bright days for Moscow?: every fact in play, no side taken, room to refuse."""

import re

import pytest

from tabletop.deck.expressions import Expr, names
from tabletop.deck.models import DeckModel
from tests.decks.shipped import BRIGHT_DAYS, FACTS, cards_of, deck, sourced

FALSE_CLAIMS = ("echo_claim", "slide_deck", "no_mandate")


def model() -> DeckModel:
    return deck(BRIGHT_DAYS).model


def test_it_is_a_whole_exercise() -> None:
    assert list(model().teams) == ["kremlin", "white_house", "kyiv", "europe"]
    assert list(model().rounds.minutes) == ["brief", "plan", "play", "hotwash"]
    assert (model().rounds.count, model().rounds.label) == (8, "Month")
    assert len(model().tracks) >= 12
    assert len(model().cards) >= 44
    assert len(model().injects) >= 14


@pytest.mark.parametrize("team", ["kremlin", "white_house", "kyiv", "europe"])
def test_each_team_has_cards_a_hand_a_response_and_a_secret(team: str) -> None:
    cards = cards_of(model(), team)
    held = model().teams[team].hand
    assert isinstance(held, int)
    assert 5 <= held <= len(cards) / 2
    assert any(card.response for card in cards.values())
    assert [t for t in model().tracks.values() if t.visible_to == [team]]


@pytest.mark.parametrize(
    "card", ["sanctions_relief", "partial_mobilization", "push_back", "the_deal"]
)
def test_the_named_cards_are_there(card: str) -> None:
    assert card in model().cards


def test_everybody_asked_can_refuse_the_deal_in_secret() -> None:
    deal = model().cards["the_deal"]
    assert deal.answers == "secret"
    assert [ask.team for ask in deal.ask] == ["kremlin", "kyiv", "europe"]
    for ask in deal.ask:
        free = {option.id for option in ask.options if option.requires is None}
        assert free == {"sign", "stall" if ask.team == "kremlin" else "refuse"}
    assert any("deal_refused = true" in outcome.effects for outcome in deal.outcomes)


def listed_facts() -> set[str]:
    """The numbers in the list of facts."""
    text = FACTS.read_text(encoding="utf-8")
    return set(re.findall(r"^\| ([FE]\d+) \|", text, re.MULTILINE))


def test_the_list_of_facts_is_whole() -> None:
    facts = {f"F{number}" for number in range(1, 33)}
    assert listed_facts() == facts | {f"E{number}" for number in range(1, 10)}


def test_sources_name_facts_that_are_listed() -> None:
    wrong = {
        name: unknown
        for name, part in sourced(model())
        if (unknown := set(part.source) - listed_facts())
    }
    assert wrong == {}


def test_every_fact_is_in_play() -> None:
    used = {fact for _, part in sourced(model()) for fact in part.source}
    assert listed_facts() - used == set()


def test_every_card_stands_for_a_fact() -> None:
    assert [id_ for id_, card in model().cards.items() if not card.source] == []


def test_all_nine_endings_are_there() -> None:
    endings = {f for ending in model().endings.values() for f in ending.source}
    assert {f"E{number}" for number in range(1, 10)} <= endings


@pytest.mark.parametrize("card", FALSE_CLAIMS)
def test_false_claims_are_shown_as_claims(card: str) -> None:
    text = model().cards[card].text
    assert "false" in text
    assert "'" in text + model().cards[card].title or "claim" in text.lower()


def test_nearly_all_cards_show_what_they_do_in_three_lines() -> None:
    lines = [len(card.effects) for card in model().cards.values()]
    assert sum(number > 3 for number in lines) <= len(lines) / 10
    assert max(lines) <= 5


def scores(team: str) -> list[Expr]:
    """What a team scores for."""
    objectives = model().teams[team].objectives
    return [
        deck(BRIGHT_DAYS).expr("teams", team, "objectives", number, "score")
        for number in range(len(objectives))
    ]


@pytest.mark.parametrize("team", ["kremlin", "white_house", "kyiv", "europe"])
def test_a_teams_scores_tell_endings_apart(team: str) -> None:
    asked = {name.ids[0] for score in scores(team) for name, _ in names(score)
             if name.kind == "ending"}  # fmt: skip
    assert len(asked) >= 4
