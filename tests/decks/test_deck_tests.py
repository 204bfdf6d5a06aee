"""The shipped decks' own tests pass, and are tests of something."""

from functools import cache
from pathlib import Path

import pytest

from tabletop.testing.batch import Done, Options, coverage, gather, perform
from tabletop.testing.files import find
from tests.decks.shipped import BRIGHT_DAYS, DECKS, HOSPITAL, HOUR, TUTORIAL

GATHERED = gather(find(DECKS))
ALL = ("card", "option", "row", "outcome", "lasting", "rule", "inject", "ending")


@cache
def done(number: int) -> Done:
    """One of the tests, run once."""
    return perform(Options(coverage=True), GATHERED.tasks[number])


def test_each_deck_has_tests_without_errors() -> None:
    assert not GATHERED.broken
    decks = {task.deck.resolve() for task in GATHERED.tasks}
    assert decks == {TUTORIAL, BRIGHT_DAYS, HOUR, HOSPITAL}


@pytest.mark.parametrize(
    "number", range(len(GATHERED.tasks)), ids=lambda i: GATHERED.tasks[i].title
)
def test_it_passes(number: int) -> None:
    assert done(number).outcome.failure is None


@pytest.mark.parametrize(
    ("path", "least"),
    [
        (TUTORIAL, {"card": 0.9, "rule": 1.0}),
        (BRIGHT_DAYS, dict.fromkeys(ALL, 1.0)),
        (HOSPITAL, dict.fromkeys(("card", "option", "rule", "inject", "ending"), 1.0)),
    ],
    ids=["tutorial", "bright-days", "hospital"],
)
def test_they_reach_much_of_the_deck(path: Path, least: dict[str, float]) -> None:
    found = coverage([done(number) for number in range(len(GATHERED.tasks))])
    [own] = [each for each in found if Path(each.deck).resolve() == path]
    shares = {kind: own.share(kind) for kind in least}
    assert all(shares[kind] >= share for kind, share in least.items()), shares
