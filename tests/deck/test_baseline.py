"""Problems that are known already."""

import json
from pathlib import Path

import pytest

from tabletop.deck.baseline import Baseline, read_baseline
from tabletop.deck.loader import check
from tabletop.deck.result import CheckResult
from tabletop.deck.sift import Wanted
from tabletop.errors import UsageError
from tests.deck.clean import DECK, card

ALWAYS = card('requires = "front >= 0"\neffects = ["front += 1"]')

NEXT = """[cards.next]
team = "red"
title = "Next"
text = "Another."
requires = "front <= 20"
effects = ["supply -= 1"]
"""


def checked(path: Path, baseline: Baseline | None = None) -> CheckResult:
    known = baseline.known(path) if baseline else None
    return check(path, Wanted(known=known))


def learnt(folder: Path, text: str) -> tuple[Path, Baseline]:
    """A deck, and a file in which its problems are known."""
    deck, file = folder / "deck" / "small.toml", folder / "known.json"
    deck.parent.mkdir()
    deck.write_text(text, encoding="utf-8")
    baseline = Baseline(file)
    baseline.learn(deck, checked(deck).diagnostics)
    file.write_text(baseline.written(), encoding="utf-8")
    return deck, read_baseline(file)


def test_known_problems_are_not_shown_in_whatever_line(tmp_path: Path) -> None:
    deck, baseline = learnt(tmp_path, ALWAYS)
    assert checked(deck).diagnostics
    result = checked(deck, baseline)
    assert (result.diagnostics, result.known) == ((), 1)
    deck.write_text(f"# one\n# two\n{ALWAYS}", encoding="utf-8")
    assert checked(deck, baseline).diagnostics == ()


def test_new_ones_are_shown(tmp_path: Path) -> None:
    deck, baseline = learnt(tmp_path, ALWAYS)
    deck.write_text(f"{ALWAYS}\n{NEXT}", encoding="utf-8")
    (new,) = checked(deck, baseline).diagnostics
    assert new.path == "cards.next.requires"


def test_an_entry_that_is_gone_is_shown_at_its_line(tmp_path: Path) -> None:
    deck, baseline = learnt(tmp_path, ALWAYS)
    deck.write_text(
        card('requires = "front >= 6"\neffects = ["front += 1"]'), encoding="utf-8"
    )
    (spare,) = checked(deck, baseline).diagnostics
    place = spare.place
    assert (spare.code, place.file) == ("W900", str(tmp_path / "known.json"))
    marked = json.loads(place.source[place.column - 1 : place.end_column - 1])
    assert marked == "W402 cards.test.requires: front >= 0"
    # While the deck has errors nobody knows what is gone.
    deck.write_text(card("cots = 1"), encoding="utf-8")
    assert [d.code for d in checked(deck, baseline).diagnostics] == ["E010"]


def test_errors_are_never_known(tmp_path: Path) -> None:
    deck, baseline = learnt(tmp_path, card("cots = 1"))
    assert baseline.decks == {"deck/small.toml": []}
    assert [d.code for d in checked(deck, baseline).diagnostics] == ["E010"]


def test_the_same_problems_give_the_same_file(tmp_path: Path) -> None:
    baseline = Baseline(tmp_path / "known.json")
    for name in ("b.toml", "a.toml"):
        baseline.decks[name] = ["W402 x", "W401 y"]
    assert list(json.loads(baseline.written())["decks"]) == ["a.toml", "b.toml"]


def test_two_problems_of_the_same_thing_are_two(tmp_path: Path) -> None:
    effects = '["front += 500", "front += 500"]'
    deck, baseline = learnt(tmp_path, card(f"effects = {effects}"))
    keys = [key for key in baseline.known(deck).keys if key.startswith("W302")]
    assert keys == [
        "W302 cards.test.effects[]: front += 500",
        "W302 cards.test.effects[]: front += 500 #2",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "3",
        "{",
        "[" * 100_000,
        '{"format": 1}',
        '{"format": 2, "decks": {}}',
        '{"format": 1, "decks": {"a": 3}}',
        '{"format": 1, "decks": {"a": [3]}}',
    ],
)
def test_a_file_that_is_none(text: str, tmp_path: Path) -> None:
    file = tmp_path / "known.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"known\.json") as error:
        read_baseline(file)
    assert error.value.hint


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        read_baseline(tmp_path / "known.json")


def test_a_clean_deck_has_nothing_to_know(tmp_path: Path) -> None:
    deck, baseline = learnt(tmp_path, DECK)
    assert baseline.decks == {"deck/small.toml": []}
    assert checked(deck, baseline).diagnostics == ()
