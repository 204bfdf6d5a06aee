"""The deck author's guide says what is so."""

import re
from pathlib import Path

from tabletop.deck.checks.limits import MAX_ASKS, MAX_TRACKS
from tabletop.deck.expressions import (
    EFFECT_WORDS,
    FUNCTIONS,
    MAX_CARDS,
    QUERIES,
    TEAM_FIELDS,
)
from tabletop.deck.loader import check
from tabletop.deck.models import MAX_ROUNDS, MAX_TEAMS
from tabletop.deck.reference import renewed
from tabletop.deck.shelves import MAX_BYTES
from tabletop.deck.sources import MAX_FILES
from tabletop.deck.syntax import MAX_LENGTH
from tests.decks.shipped import GUIDE

EXAMPLE = re.compile(r"```toml\n(.*?)```", re.DOTALL)


def guide() -> str:
    return GUIDE.read_text(encoding="utf-8")


def test_the_example_is_a_clean_deck(tmp_path: Path) -> None:
    deck, exercise = EXAMPLE.findall(guide())
    path = tmp_path / "ferry.toml"
    for text in (deck, f"{deck}\n{exercise}"):
        path.write_text(text, encoding="utf-8")
        assert list(check(path).diagnostics) == []


def test_the_field_reference_is_up_to_date() -> None:
    assert renewed(guide()) == guide()


def test_every_word_of_the_language_is_explained() -> None:
    words = [*EFFECT_WORDS, *FUNCTIONS, *QUERIES, *TEAM_FIELDS, "asked", "roll"]
    assert [
        word for word in words if not re.search(rf"`[^`]*\b{word}\b", guide())
    ] == []


def test_the_limits_are_the_ones_that_hold() -> None:
    limits = (
        f"{MAX_ROUNDS} rounds, {MAX_TEAMS} teams",
        f"{MAX_CARDS:,} cards with their copies, {MAX_TRACKS} tracks and flags",
        f"{MAX_LENGTH:,} characters in an expression",
        f"{MAX_ASKS} questions in a card",
        f"{MAX_FILES} files of {MAX_BYTES >> 20} MB",
    )
    said = " ".join(guide().split())
    assert [limit for limit in limits if limit not in said] == []
