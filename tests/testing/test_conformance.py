"""The suite finds nothing wrong with this engine, and each broken one by its check."""

from pathlib import Path

import pytest

from tabletop.deck.loader import load
from tabletop.errors import UsageError
from tabletop.testing.conformance import NAMES, Breach, ConformanceTests, check_deck
from tabletop.testing.making import large, numbered
from tabletop.testing.tables import BareEngine
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL
from tests.testing.broken import BROKEN, Broken
from tests.testing.broken_machines import MACHINES
from tests.testing.trial import TRIAL, trial

FEW = ("legal", "applies", "refuses", "bounds", "cards", "agrees")
LOW = [BareEngine("low")]


class TestTutorial(ConformanceTests):
    deck = TUTORIAL
    games = 2


class TestTrial(ConformanceTests):
    deck = trial()
    games = 1


@pytest.mark.parametrize("number", range(8))
def test_decks_made_by_chance_conform(number: int) -> None:
    assert check_deck(numbered(number), games=1, most=25) == []


def test_shipped_and_large_decks_conform() -> None:
    assert check_deck(load(BRIGHT_DAYS), games=1, most=10) == []
    assert check_deck(large(), games=1, most=6, against=LOW, only=FEW) == []


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_engine_is_caught_by_the_check_for_it(name: str) -> None:
    engine, check = BROKEN[name]
    found = check_deck(
        trial(), games=1, most=50, engine=engine, against=LOW, only=[check]
    )
    assert check in {each.check for each in found}


@pytest.mark.parametrize("what", MACHINES)
def test_a_broken_machine_is_caught_though_all_gears_share_it(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, broken, check = MACHINES[what]
    for place in places.split():
        monkeypatch.setattr(f"tabletop.{place}", broken)
    found = check_deck(trial(), games=3, against=LOW, only=[check])
    assert {each.check for each in found} == {check}


def test_every_check_catches_some_engine() -> None:
    assert {check for _, check in BROKEN.values()} == set(NAMES) - {"always"}


def test_a_breach_is_told_with_what_leads_to_it() -> None:
    found = check_deck(
        trial(), games=1, engine=BROKEN["diverges at the fifth move"][0], against=LOW
    )
    (breach,) = [each for each in found if each.check == "agrees"]
    assert len(breach.moves) == 5
    assert str(breach).startswith("agrees: sun is ")
    assert "(trial, game 0 of seed 1, after 5 moves)" in str(breach)
    game = Broken().set_up(trial(), breach.seed, breach.game)
    for seat, move in breach.moves:
        game.perform(seat, move)
    assert game.session.head == 5


def test_the_same_breaches_are_found_each_time() -> None:
    engine = BROKEN["lets a track pass its bound"][0]
    one, other = (
        check_deck(trial(), games=1, most=20, engine=engine, against=LOW)
        for _ in range(2)
    )
    assert one == other
    assert one


def test_only_the_named_checks_are_made() -> None:
    found = check_deck(trial(), games=1, engine=BROKEN["fails"][0], only=["bounds"])
    assert {each.check for each in found} <= {"bounds", "applies"}
    with pytest.raises(UsageError, match="bound"):
        check_deck(trial(), only=["bound"])


def test_comparing_with_nothing_is_no_comparison() -> None:
    found = check_deck(trial(), games=1, against=[])
    assert found == [Breach("agrees", "nothing was compared", "trial", 1)]


@pytest.mark.parametrize(("that", "holds"), [("sun <= 100", True), ("sun > 45", False)])
def test_what_the_decks_tests_say_must_always_hold_does(
    that: str, holds: bool, tmp_path: Path
) -> None:
    path = tmp_path / "trial.toml"
    path.write_text(TRIAL)
    tests = f'deck = "trial.toml"\nformat = 1\n[[always]]\nthat = "{that}"\n'
    path.with_suffix(".test.toml").write_text(tests)
    found = check_deck(path, games=1, most=5, only=["always"])
    assert [each.check for each in found] == ([] if holds else ["always"])
    assert holds or "sun > 45" in found[0].message


@pytest.mark.xdist_group("high gear")
def test_high_gear_agrees_and_one_that_diverges_is_caught() -> None:
    high = [BareEngine("high")]
    only = ["agrees"]
    assert check_deck(trial(), games=2, against=high, only=only) == []
    engine = BROKEN["never sets a flag"][0]
    found = check_deck(trial(), games=2, engine=engine, against=high, only=only)
    assert {each.check for each in found} == {"agrees"}
    assert "in high gear" in found[0].message
