"""A log entry's changes, in the words that people read."""

import doctest

import pytest

from tabletop.cli import transcript
from tabletop.session.view import Cause, Change

CARD = Cause("card", "push", "Push")


def test_the_documented_examples_hold() -> None:
    assert doctest.testmod(transcript).failed == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change("track", "a", "Calm", 5, 2), "Calm 5 → 2"),
        (Change("track", "a", "Calm", 5, 2, band_after="thin"), "Calm 5 → 2, now thin"),
        (Change("points", "a", "Red's points", 1, 0), "Red's points 1 → 0"),
        (Change("flag", "a", "Curfew", 0, 1), "Curfew: yes"),
        (Change("draw", "a", "Red draws a card", 3, 9), "Red draws a card"),
        (Change("track", "a", "Calm", 5, 2, cause=CARD), "Calm 5 → 2 (Push)"),
        (Change("track", "a", "Ca\nlm\x1b", 5, 2), "Ca lm 5 → 2"),
    ],
)
def test_a_change_in_words(change: Change, words: str) -> None:
    assert transcript.change_text(change) == words


def test_a_cause_is_not_told_twice() -> None:
    change = Change("track", "a", "Calm", 5, 2, cause=CARD)
    assert transcript.change_text(change, known="Red plays Push") == "Calm 5 → 2"
