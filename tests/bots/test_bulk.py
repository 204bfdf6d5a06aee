"""Many games: the same in every process, however they are cut into parts."""

import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tabletop.bots.bulk import Job, play_games, play_one, policy_codes
from tabletop.cli.summary import lines
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import GearName, Tally, gear, has_fast
from tabletop.engine.ledger import countable
from tabletop.engine.program import seed_key
from tabletop.errors import UsageError
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.engine.games import some_decks
from tests.study.studied import silent, wager

GENERATED = 12


def fingerprints() -> dict[str, list[object]]:
    """For each deck: its program, its figures, and how a game of it ended."""
    found = {}
    for name, each in some_decks(GENERATED).items():
        policies = dict.fromkeys(list(each.model.teams)[:1], "greedy")
        summary = play_games(each, games=5, seed=3, policies=policies, gear="low")
        session = play_one(each, 3, 2, policies)
        found[name] = [
            sum(compile_deck(each).words), summary.digest, summary.moves,
            session.tree.digest(session.head),
            str(session.view("control").log[-1]).replace(session.tree.now.at, ""),
        ]  # fmt: skip
    return found


def test_hash_seeds_do_not_matter(root: Path) -> None:
    code = (
        "import json, tests.bots.test_bulk as bulk;"
        "print(json.dumps(bulk.fingerprints()))"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed in ("1", "2")
    ]
    first, second = (json.loads(process.communicate()[0]) for process in processes)
    assert first == second == json.loads(json.dumps(fingerprints()))
    assert sum(row[2] for row in first.values()) > 1_000


def test_a_series_does_not_depend_on_how_it_is_cut() -> None:
    each = deck(TUTORIAL)
    codes = policy_codes(each, {"town": "greedy"})
    job = Job(compile_deck(each), "low", seed_key(7), codes, 0, 30)
    whole = job.play()
    parts = [part.play() for part in job.split(7)]
    assert [part[0].games for part in parts] == [7, 7, 7, 7, 2]
    total: Tally = parts[0][0]
    for tally, _ in parts[1:]:
        total.add(tally)
    assert (total, b"".join(prints for _, prints in parts)) == whole


def test_each_game_of_a_series_can_be_played_alone() -> None:
    each = deck(BRIGHT_DAYS)
    program, policies = compile_deck(each), {"kyiv": "greedy", "europe": "first"}
    codes = policy_codes(each, policies)
    series = gear("low").play_games(program, seed_key(5), 0, 6, codes)
    for game in (0, 2, 5):
        alone = gear("low").play_games(program, seed_key(5), game, 1, codes)
        end = play_one(each, 5, game, policies).view("control").over
        assert alone == [series[game]]
        assert end is not None
        assert end.ending == program.endings[series[game][1]]
        assert [score for _, score in end.scores] == series[game][5:9]


def test_games_by_searching_bots_can_be_played_alone() -> None:
    """Where the series knows the whole state and the session only what a seat does."""
    for path, games in ((TUTORIAL, 3), (BRIGHT_DAYS, 1)):
        each = deck(path)
        program, teams = compile_deck(each), list(each.model.teams)
        policies = {teams[0]: "search:6", teams[1]: "search:2", teams[-1]: "search:3"}
        codes = policy_codes(each, policies)
        series = gear("low").play_games(program, seed_key(5), 0, games, codes)
        for game, row in enumerate(series):
            session = play_one(each, 5, game, policies)
            end = session.view("control").over
            assert end is not None
            assert [score for _, score in end.scores] == row[5 : 5 + len(teams)]
            assert session.head == row[0]


def test_the_sums_are_those_of_the_games() -> None:
    each = deck(TUTORIAL)
    summary = play_games(each, games=40, seed=1, policies={}, gear="low")
    rows = gear("low").play_games(compile_deck(each), seed_key(1), 0, 40, [0, 0])
    assert summary.moves == sum(row[0] for row in rows)
    assert sum(summary.endings.values()) == sum(summary.rounds.values()) == 40
    assert summary.scores["town"].mean == sum(row[5] for row in rows) / 40
    assert summary.tracks["water"].greatest == max(row[7] for row in rows)
    assert summary.stopped == 0


@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
@pytest.mark.xdist_group("high gear")
def test_memory_does_not_grow_with_the_number_of_games() -> None:
    """Neither of games that are summed up nor of those that are counted."""
    each = deck(TUTORIAL)
    ready, machine = replace(countable(each), kept=1_000), gear("high")

    def counted(games: int) -> None:
        machine.count(ready, seed_key(2), 0, games, [0, 0])

    def summed(games: int) -> None:
        play_games(each, games=games, seed=2, policies={}, gear="high")

    for play in (counted, summed):
        play(1)
        few, many = (peak(partial(play, games)) for games in (10_000, 40_000))
        assert few > 50_000
        assert many < 1.3 * few


def peak(action: Callable[[], object]) -> int:
    """The most bytes that something takes."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("policies", [{"river": "first"}, {"town": "clever"}])
def test_unknown_teams_and_policies_are_refused(policies: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        play_games(deck(TUTORIAL), games=1, seed=1, policies=policies)


def test_a_greedy_bot_does_better_than_a_careless_one() -> None:
    each = deck(TUTORIAL)
    means = [
        play_games(each, games=60, seed=2, policies={"board": policy}, gear="low")
        .scores["board"]
        .mean
        for policy in ("random", "greedy")
    ]
    assert means[1] > means[0] + 3


@pytest.mark.xdist_group("high gear")
@pytest.mark.parametrize("name", ["low", "high"])
def test_a_series_counts_the_games_that_teams_call_a_success(name: GearName) -> None:
    if name == "high" and not has_fast():
        pytest.skip("high gear is not installed")
    found = play_games(wager(), games=80, seed=3, policies={}, gear=name)
    assert found.success == {"ada": found.endings["good"]}
    assert 5 < found.success["ada"] < 40
    told = "\n".join(lines(wager(), found))
    assert "Successes, by each team's own measure" in told
    quiet = play_games(silent(), games=2, seed=3, policies={}, gear=name)
    assert quiet.success == {}
    assert "Successes" not in "\n".join(lines(silent(), quiet))
