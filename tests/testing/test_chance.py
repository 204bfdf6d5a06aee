"""How often games come to something is counted rightly, and weighed honestly."""

from pathlib import Path

import pytest

from tabletop.bots.bulk import play_games
from tabletop.engine.statistics import wilson
from tabletop.testing.chance import runs_needed
from tabletop.testing.results import Failure, Outcome
from tabletop.testing.runner import run_case
from tests.testing.files import file_of

RUNS = 150


def outcome(folder: Path, text: str, *, seed: int | None = None) -> Outcome:
    file = file_of(folder, f"[[chance]]\n{text}\n")
    return run_case(file, file.cases[0], seed=seed)


def failed(folder: Path, text: str) -> Failure:
    failure = outcome(folder, text).failure
    assert failure is not None
    return failure


def counted(done: Outcome) -> int:
    return int(done.found[0].split(" ")[0].replace(",", ""))


def test_counts_are_those_of_the_same_games_whichever_way(tmp_path: Path) -> None:
    """By endings alone, by looking at every move, and by `tabletop run`."""
    text = f'between = [0, 1]\nruns = {RUNS}\nseed = 3\npolicy = {{ board = "first" }}'
    deck = file_of(tmp_path, '[[always]]\nthat = "true"\n').deck
    seen = play_games(
        deck, games=RUNS, seed=3, policies={"board": "first"}, gear="low"
    ).endings
    for demand in (
        'ending = "dry_feet"', 'reach = "ending:dry_feet"',
        'where = ["ending.dry_feet"]', 'ending = "dry_feet"\nwhere = ["water >= 0"]',
    ):  # fmt: skip
        done = outcome(tmp_path, f"{text}\n{demand}")
        assert done.passed
        assert counted(done) == seen["dry_feet"] > 0


@pytest.mark.parametrize(
    "reach",
    [
        "card:pumps", "option:ask_for_room.decline", "outcome:ask_for_room.outcome1",
        "row:night_shift.row2", "lasting:call_for_hands", "rule:siren",
        "inject:wet_cellars", "ending:washed_over",
    ],
)  # fmt: skip
def test_what_is_counted_in_bulk_is_what_is_seen(reach: str, tmp_path: Path) -> None:
    """A condition that always holds keeps games from being counted in bulk."""
    text = f'reach = "{reach}"\nbetween = [0, 1]\nruns = 40\n'
    counts = [
        counted(outcome(tmp_path, text + more)) for more in ("", 'where = ["true"]')
    ]
    assert counts[0] == counts[1]
    assert counts[0] > 0


def test_passes_where_the_interval_touches_the_range(tmp_path: Path) -> None:
    text = f'ending = "dry_feet"\nruns = {RUNS}\nbetween = '
    share = counted(outcome(tmp_path, text + "[0, 1]")) / RUNS
    low, high = wilson(round(share * RUNS), RUNS)
    assert outcome(tmp_path, text + f"[{high - 0.001}, 1]").passed
    assert outcome(tmp_path, text + f"[0, {low + 0.001}]").passed
    above = failed(tmp_path, text + f"[0, {low - 0.001}]")
    below = failed(tmp_path, text + f"[{high + 0.001}, 1]")
    assert ": above 0 to" in above.message
    assert ": below " in below.message
    assert "95 % interval" in above.message


def test_a_range_too_narrow_says_how_many_runs_it_needs(tmp_path: Path) -> None:
    text = 'ending = "dry_feet"\nbetween = [0.1, 0.3]\nruns = '
    failure = failed(tmp_path, text + "40")
    assert "40 runs can't tell a range so narrow" in failure.message
    needed = failure.hint.split("runs = ")[1].split(",")[0]
    assert 40 < int(needed) < 200
    assert outcome(tmp_path, text + needed).failure is None


def test_seeds_of_the_test_come_before_those_that_are_asked_for(tmp_path: Path) -> None:
    text = 'reach = "card:pumps"\nbetween = [0, 1]\nruns = 40'
    own = {counted(outcome(tmp_path, f"{text}\nseed = 5", seed=s)) for s in (1, 2, 3)}
    asked = {counted(outcome(tmp_path, text, seed=s)) for s in (1, 2, 3)}
    assert len(own) == 1
    assert len(asked) > 1


def test_games_may_begin_elsewhere(tmp_path: Path) -> None:
    text = f'where = ["uphill"]\nbetween = [0, 1]\nruns = {RUNS}\nstart = '
    done = outcome(tmp_path, text + "{ uphill = true }")
    assert counted(done) == RUNS
    assert "tabletop test" in done.reproduce


@pytest.mark.parametrize("share", [0.0, 0.05, 0.5, 0.97, 1.0])
def test_so_many_runs_are_enough(share: float) -> None:
    """With so many the interval is no wider than asked for, and not with far fewer."""
    for width in (0.3, 0.1, 0.02):
        runs = runs_needed(share, width)
        low, high = wilson(round(share * runs), runs)
        assert high - low <= width * 1.02
        fewer = runs * 2 // 3
        low, high = wilson(round(share * fewer), fewer)
        assert high - low > width * 0.98
