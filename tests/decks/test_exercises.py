"""What the shipped decks bring for their facilitator fits deck, day and screen."""

import re
from pathlib import Path

import pytest

from tabletop.deck.mains import entries
from tabletop.deck.models import DeckModel
from tests.decks.shipped import BRIGHT_DAYS, DECKS, deck

NARROW_ROW = 73
"""Cells for a question in the cue of a window of 80."""
ALL = list(entries(DECKS).values())
VARIANTS = [path for path in ALL if BRIGHT_DAYS in (path, path.parent)]


def titles(model: DeckModel) -> set[str]:
    """Everything that a guide may name."""
    parts = [*model.cards.values(), *model.injects.values()]
    return {t for part in parts for t in (part.title, part.short) if t}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_what_a_guide_names_is_in_the_deck(path: Path) -> None:
    model = deck(path).model
    named = re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", model.exercise.guide)
    words = {" ".join(name.split()) for name in named}
    assert words <= titles(model) | {"Draft", deck(BRIGHT_DAYS).model.title}


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_each_objective_of_the_exercise_can_be_seen(path: Path) -> None:
    model = deck(path).model
    shown = {point.objective for point in model.checkpoints.values()}
    assert shown == set(model.exercise.objectives)


@pytest.mark.parametrize("path", VARIANTS, ids=lambda path: path.stem)
def test_each_month_has_questions_that_fit_beside_the_cue(path: Path) -> None:
    model = deck(path).model
    asked = dict(model.exercise.hot_washes())
    assert list(asked) == list(range(1, model.rounds.count + 1))
    for questions in asked.values():
        assert 1 <= len(questions) <= 2
        assert max(map(len, questions)) <= NARROW_ROW


def test_each_agenda_takes_the_time_that_it_says() -> None:
    for name, items in deck(BRIGHT_DAYS).model.exercise.agendas():
        hours = re.search(r"(\d+) h (\d+)", name)
        said = int(hours[1]) * 60 + int(hours[2]) if hours else 120
        assert bool(hours) != name.startswith("Two hours")
        assert sum(int(item.split(" min")[0]) for item in items) == said
