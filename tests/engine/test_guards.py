"""No index of the machine leaves its table: on guarded lists, and on checked arrays."""

import json
import os
import subprocess
import sys
from itertools import accumulate
from pathlib import Path

import pytest

from tabletop.engine.counting import BOT_LEAST, BOT_SCRIPT, BOT_WEIGHTS
from tabletop.engine.gear import SlowGear, gear, has_fast
from tabletop.engine.layout import BOT_BUDGET, BOT_SEARCH
from tabletop.engine.ledger import countable
from tabletop.engine.program import Program, seed_key
from tests.engine.games import (
    POLICIES,
    Guarded,
    guarded_game,
    some_decks,
    some_programs,
)

GENERATED = 60
CHECKED_DECKS = 12
GAMES = 3
SEARCH = BOT_SEARCH + 2 * BOT_BUDGET
"""The policy of a search bot with two playouts a decision."""


@pytest.mark.parametrize("policy", POLICIES, ids=["random", "first", "greedy"])
def test_no_index_leaves_its_list(policy: int) -> None:
    games = moves = 0
    for program in some_programs(GENERATED).values():
        words = Guarded(program.words)
        for game in range(1 + (policy == POLICIES[0])):
            moves += guarded_game(program, words, game, policy, 5_000)
            games += 1
    assert games > 60
    assert moves > 800


def test_guarded_lists_guard() -> None:
    words = Guarded([1, 2, 3])
    assert (words[2], len(words)) == (3, 3)
    for place in (-1, 3):
        with pytest.raises(IndexError):
            words[place]
        with pytest.raises(IndexError):
            words[place] = 0


class GuardedGear(SlowGear):
    """Low gear on guarded lists."""

    def words(self, values: list[int]) -> list[int]:
        """A list of its own, guarded."""
        return Guarded(values)


def test_no_index_of_counting_leaves_its_list() -> None:
    """Nor do bots that go by a table, whatever choices their tables are about."""
    kinds = [BOT_LEAST, BOT_WEIGHTS, BOT_SCRIPT, SEARCH, *POLICIES]
    moves = 0
    decks = [each for each in some_decks(30).values() if len(each.model.cards) < 40]
    for number, each in enumerate(decks):
        ready = countable(each)
        teams, size = len(ready.program.teams), ready.choices * ready.program.rounds
        codes = [kinds[(number + team) % len(kinds)] for team in range(teams)]
        script = [4, 0, 0, ready.choices - 1, 0, 1, 0, ready.choices - 2, 0]
        parts = [script if code == BOT_SCRIPT else [code] * size for code in codes]
        starts = accumulate((len(part) for part in parts[:-1]), initial=teams)
        tables = [*starts, *(word for part in parts for word in part)]
        census = GuardedGear().count(ready, seed_key(2), 64, 1, codes, tables=tables)
        other = gear("low").count(ready, seed_key(2), 64, 1, codes, tables=tables)
        assert census == other
        moves += census.moves
    assert moves > 300


# --- the third mode


def rows(program: Program, high: bool) -> list[list[int]]:
    """Some games of a deck, each with its figures and the fingerprint of its end."""
    machine = gear("high" if high else "low")
    return [
        row
        for policy in (*POLICIES, SEARCH)
        for row in machine.play_games(
            program, seed_key(2), 0, GAMES, [policy] * len(program.teams)
        )
    ]


def play_checked() -> None:
    """What the other process does: it prints the rows of every deck, and a trespass."""
    from tabletop.engine.fast import CHECKED

    programs = some_programs(CHECKED_DECKS)
    played = {name: rows(program, high=True) for name, program in programs.items()}
    short = programs["tutorial"]
    short.words[:] = short.words[:200]
    try:
        rows(short, high=True)
    except IndexError as error:
        trespass = str(error)
    sys.stdout.write(json.dumps([CHECKED, played, trespass]))


@pytest.mark.slow
@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
def test_checked_arrays_agree_with_low_gear(root: Path) -> None:
    """Compiled anew with bounds checks: takes a minute where it was not done before."""
    code = "from tests.engine.test_guards import play_checked; play_checked()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env={**os.environ, "TABLETOP_BOUNDSCHECK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    checked, played, trespass = json.loads(done.stdout)
    assert checked
    assert trespass, "a program that is cut off was not noticed"
    programs = some_programs(CHECKED_DECKS)
    assert played == {name: rows(each, high=False) for name, each in programs.items()}
    assert sum(row[0] for games in played.values() for row in games) > 1_500
