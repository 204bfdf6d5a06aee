"""The shipped decks: clean, complete, and readable where space is short."""

from pathlib import Path
from textwrap import wrap

import pytest

from tabletop.deck.loader import check
from tabletop.deck.models import DeckModel
from tests.decks.shipped import BRIGHT_DAYS, HOSPITAL, TUTORIAL, deck, happenings

EACH = pytest.mark.parametrize(
    "path",
    [TUTORIAL, BRIGHT_DAYS, HOSPITAL],
    ids=["tutorial", "bright-days", "hospital"],
)


@EACH
def test_the_deck_has_no_diagnostic_at_all(path: Path) -> None:
    assert list(check(path).diagnostics) == []


@EACH
def test_every_name_has_a_form_for_narrow_places(path: Path) -> None:
    model = deck(path).model
    assert [name for name in _narrow_names(model) if len(name) > 12] == []


def _narrow_names(model: DeckModel) -> list[str]:
    """What narrow screens call each thing."""
    things = [thing for _, thing in happenings(model)]
    return [
        *(team.short or team.name for team in model.teams.values()),
        *(track.short or track.label for track in model.tracks.values()),
        *(thing.short or thing.title for thing in things),
        *(ending.short or ending.title for ending in model.endings.values()),
    ]


@EACH
def test_flags_fit_the_line_of_an_effect(path: Path) -> None:
    labels = [flag.label for flag in deck(path).model.flags.values()]
    assert [label for label in labels if len(label) > 18] == []


@EACH
def test_narrow_names_tell_a_teams_cards_apart(path: Path) -> None:
    cards = deck(path).model.cards.values()
    names = [(card.team, card.short or card.title) for card in cards]
    assert len(set(names)) == len(names)


@EACH
def test_every_track_has_bands_that_fit_and_cover_it(path: Path) -> None:
    for id_, track in deck(path).model.tracks.items():
        assert track.bands, id_
        assert track.bands[-1].to == track.max, id_
        assert all(len(band.short or band.label) <= 10 for band in track.bands), id_


@EACH
def test_headlines_fit_the_display(path: Path) -> None:
    headlines = [part.headline or "" for _, part in happenings(deck(path).model)]
    assert [line for line in headlines if len(line) > 22] == []


@EACH
def test_cards_can_be_read_in_the_width_of_a_card(path: Path) -> None:
    for id_, card in deck(path).model.cards.items():
        assert len(wrap(card.title, 18)) <= 2, id_
        assert 0 < len(wrap(card.text, 18)) <= 4, id_


@EACH
def test_every_inject_tells_the_facilitator_what_to_say_and_do(path: Path) -> None:
    for id_, inject in deck(path).model.injects.items():
        assert inject.read, id_
        assert inject.cue, id_
        assert inject.expects, id_
        assert len(inject.read.split()) <= 45, f"{id_} is too long to be read aloud"


@EACH
def test_every_team_is_briefed_and_scores(path: Path) -> None:
    for id_, team in deck(path).model.teams.items():
        assert team.brief, id_
        assert team.objectives, id_
    assert deck(path).model.brief
    assert all(ending.text for ending in deck(path).model.endings.values())
