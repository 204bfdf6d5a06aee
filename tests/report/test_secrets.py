"""What a team may not know changes nothing on the pages that it is handed."""

import random
from collections.abc import Mapping
from copy import copy
from typing import TypeVar

import pytest

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.deck.models import Sourced
from tabletop.report.document import document
from tabletop.report.pages import Source
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC
from tests.decks import shipped
from tests.report.pages import at_this_moment, of, texts_of, words_of
from tests.session.test_secrets import PLOTS
from tests.session.twins import Secrets, clock, moved, with_state

DECKS = {
    "tutorial": shipped.deck(shipped.TUTORIAL),
    "bright-days": shipped.deck(shipped.BRIGHT_DAYS),
    "plots": load_text({"deck.toml": PLOTS}),
}
Part = TypeVar("Part", bound=Sourced)


def twin(deck: Deck, team: str) -> Deck:
    """The same deck to one team: whatever only others read says something else."""
    model = deck.model
    teams = {
        id_: own if id_ == team else own.model_copy(
            update={"brief": "another brief", "objectives": [], "hand": "all"})
        for id_, own in model.teams.items()
    }  # fmt: skip
    injects = changed(model.injects, {
        "read": "other", "cue": "other", "expects": "other", "text": "other",
        "headline": "other", "at": None, "contingency": True, "sender": "other",
    })  # fmt: skip
    hidden = {
        id_: track
        for id_, track in model.tracks.items()
        if track.visible_to is not None and team not in track.visible_to
    }
    tracks = changed(hidden, {"start": 1, "text": "other", "bands": []})
    theirs = {id_: card for id_, card in model.cards.items() if card.team != team}
    cards = changed(theirs, {
        "text": "other", "cost": 9, "copies": 7, "source": ["other"], "limit": 2,
    })  # fmt: skip
    endings = changed(model.endings, {"text": "other", "priority": 3})
    new = copy(deck)
    new.model = model.model_copy(update={
        "teams": teams, "injects": injects, "tracks": {**model.tracks, **tracks},
        "cards": {**model.cards, **cards}, "endings": endings, "rules": {},
    })  # fmt: skip
    return new


def changed(parts: Mapping[str, Part], update: Mapping[str, object]) -> dict[str, Part]:
    """Parts of a deck that say something else."""
    return {id_: part.model_copy(update=update) for id_, part in parts.items()}


@pytest.mark.parametrize("name", DECKS)
def test_a_decks_pages_for_a_team_hold_nothing_that_it_may_not_know(name: str) -> None:
    deck = DECKS[name]
    for team in deck.model.teams:
        other = twin(deck, team)
        assert document(Source(deck), seat=team) == document(Source(other), seat=team)
        control = [of(Source(each), CONTROL) for each in (deck, other)]
        assert control[0] != control[1]


@pytest.mark.parametrize("name", DECKS)
def test_a_games_pages_for_a_team_hold_nothing_that_it_may_not_know(name: str) -> None:
    deck, chance = DECKS[name], random.Random(name)
    bots = dict.fromkeys(deck.model.teams, "bot:greedy")
    compared = 0
    for seed in range(3):
        session = Session.new(deck, seed=seed, seats=bots, clock=clock)
        for move in range(40):
            if session.over:
                break
            if move % 5 == 0:
                compared += compare(session, chance)
            moved(session, chance)
    assert compared > 15


def compare(session: Session, chance: random.Random) -> int:
    """Prints twin states for each seat; how many were compared."""
    sheets = ("now", "tracks", "orders")
    seats = (*session.deck.model.teams, PUBLIC)
    for seat in seats:
        state = Secrets(session.tree, seat).twin(session.tree.state(), chance)
        other = with_state(session, state)
        pages = [of(at_this_moment(each), seat, *sheets) for each in (session, other)]
        assert pages[0] == pages[1]
    return len(seats)


@pytest.mark.parametrize("name", DECKS)
def test_what_only_control_reads_stands_on_its_pages_alone(name: str) -> None:
    deck = DECKS[name]
    for seat in (*deck.model.teams, PUBLIC):
        told = words_of(of(Source(deck), seat))
        for what, text in texts_of(deck).items():
            if what.endswith(("cue", "expects")):
                assert text not in told, (seat, what)


def test_the_dice_and_the_answers_of_others_keep_their_secrets() -> None:
    """A modifier or an answer's effect may read what the holder of a card can't see."""
    deck = DECKS["plots"]
    told = words_of(of(Source(deck), "bob", "cards"))
    assert "Throw 1d6 + (a number that control knows)" in told
    assert "Moon ÷ 9" in words_of(of(Source(deck), CONTROL, "guide"))
