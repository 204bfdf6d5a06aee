"""Golden playthroughs: a game of each shipped deck, to be read and compared.

A deck or a rule that was changed on purpose changes them: look at the difference, then
write them anew with

    TABLETOP_BLESS=1 .venv/bin/python -m pytest tests/bots/test_golden.py
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop import RULES_VERSION
from tabletop.bots.bulk import play_one
from tabletop.cli import transcript
from tabletop.session.view import CONTROL
from tests.decks.shipped import DECKS, deck

GOLDEN = Path(__file__).parents[1] / "golden"
SHIPPED = sorted(
    [
        *(d for d in DECKS.glob("*.toml") if not d.name.endswith(".test.toml")),
        *(d.parent for d in DECKS.glob("*/deck.toml")),
    ]
)
BLESS = os.environ.get("TABLETOP_BLESS") == "1"


def playthrough(path: Path) -> Iterator[str]:
    """A greedy game as people read it, under a line that says what it was made of."""
    yield f"deck {deck(path).digest}, rules {RULES_VERSION}"
    yield ""
    policies = dict.fromkeys(deck(path).model.teams, "greedy")
    session = play_one(deck(path), seed=1, game=0, policies=policies)
    yield from transcript.game(session.view(CONTROL))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_deck_plays_as_it_did(path: Path) -> None:
    golden = GOLDEN / f"{path.stem}.txt"
    played = "\n".join(playthrough(path)) + "\n"
    if BLESS:
        golden.write_text(played, "utf-8")
    assert golden.is_file(), f"{path.stem} has no playthrough in {GOLDEN}"
    made_of, then = golden.read_text("utf-8").split("\n", 1)
    digest, now = played.split("\n", 1)
    changed = "the program" if made_of == digest else "the deck"
    assert now == then, f"{changed} has changed: see the top of this file"
    assert now.count("\n") > 100


def test_there_is_no_playthrough_of_a_deck_that_is_gone() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == {p.stem for p in SHIPPED}
