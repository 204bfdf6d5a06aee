"""The same games in low and high gear: every word of every state is equal.

Compiling the machine for the first time takes some 25 seconds; it happens once.
"""

import random
from itertools import product
from typing import Any

import pytest

from tabletop.bots.bulk import Summary, play_games, play_one
from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import Gear, GearName, gear, has_fast
from tabletop.engine.program import Program, seed_key
from tabletop.testing.making import large, numbered
from tests.decks.shipped import TUTORIAL, deck
from tests.engine.games import POLICIES, some_decks, some_programs, walk

pytestmark = [
    pytest.mark.skipif(not has_fast(), reason="high gear is not installed"),
    pytest.mark.xdist_group("high gear"),
]
GENERATED = 60
PROGRAMS = some_programs(GENERATED)
WAYS: list[tuple[GearName, int]] = [("low", 1), ("low", 4), ("high", 1), ("high", 4)]


class Table:
    """One game in one gear."""

    def __init__(self, gear_: Gear, program: Program, seed: int, game: int) -> None:
        self.gear = gear_
        self.control = program.control
        self.program = gear_.words(program.words)
        self.state = gear_.words(program.new_state())
        self.room = gear_.words([0] * program.move_room())
        gear_.set_up(self.program, self.state, seed_key(seed), game)

    def step(self, policy: int) -> tuple[int, list[int], int]:
        """One move by bots: the seat, its legal moves, the one that was made."""
        seat = self.gear.next_seat(self.program, self.state)
        if seat < 0:
            return seat, [], -1
        moves = self.gear.legal_moves(self.program, self.state, seat, self.room)
        move = at.MV_ADVANCE
        if seat != self.control:
            move = self.gear.choose(self.program, self.state, seat, policy, moves)
        self.gear.perform(self.program, self.state, move)
        return seat, moves, move

    def words(self) -> list[int]:
        """The whole state, scratch words included."""
        return [int(word) for word in self.state]


def compare(program: Program, policy: int, game: int) -> int:
    """Plays a game in both gears at once: how many states were compared."""
    low, high = (Table(gear(name), program, 11, game) for name in ("low", "high"))
    for number in range(1, 5_000):
        assert low.words() == high.words(), f"game {game}, before move {number}"
        moved = low.step(policy)
        assert moved == high.step(policy), f"game {game}, move {number}"
        if moved[0] < 0:
            return number
    raise AssertionError(f"game {game} does not end")


@pytest.mark.parametrize("policy", POLICIES, ids=["random", "first", "greedy"])
def test_every_state_is_the_same_in_both_gears(policy: int) -> None:
    compared = {
        name: sum(compare(program, policy, game) for game in range(3))
        for name, program in PROGRAMS.items()
    }
    assert compared["tutorial"] > 80
    assert compared["bright-days"] > 200
    assert compared["large"] > 100
    assert sum(compared.values()) > 2_500


def test_rulings_give_the_same_states_in_both_gears() -> None:
    machine, rulings = gear("high"), set()
    for (name, program), seed in product(PROGRAMS.items(), range(4)):
        words, chance = machine.words(program.words), random.Random(f"{name} {seed}")
        for state, move, new in walk(program, seed, chance, most=60):
            array = machine.words(state)
            machine.perform(words, array, move)
            assert [int(word) for word in array] == new, f"{name}: {move}"
            rulings.add(move % at.MOVE_TEAM)
    assert rulings == set(range(at.MV_RESEED + 1))


def test_a_large_deck_has_more_cards_than_a_byte_can_count() -> None:
    assert len(PROGRAMS["large"].cards) > 300


def test_finished_games_have_the_same_figures_in_both_gears() -> None:
    games = 0
    for program in PROGRAMS.values():
        for policy in POLICIES:
            policies = [policy] * len(program.teams)
            rows = [
                gear(name).play_games(program, seed_key(3), 7, 5, policies)
                for name in ("low", "high")
            ]
            assert rows[0] == rows[1]
            games += len(rows[0])
    assert games > 900


def figures(summary: Summary) -> dict[str, Any]:
    """What must not depend on how the games were played."""
    ways = ("gear", "seconds", "warm_seconds")
    return {k: v for k, v in vars(summary).items() if k not in ways}


@pytest.mark.parametrize("each", [deck(TUTORIAL), large()], ids=["tutorial", "large"])
def test_bulk_results_do_not_depend_on_gear_or_workers(each: Deck) -> None:
    greedy = dict.fromkeys(list(each.model.teams)[:1], "greedy")
    results = [
        figures(
            play_games(
                each, games=24, seed=4, policies=greedy, gear=name, workers=workers
            )
        )
        for name, workers in WAYS
    ]
    assert results[0]["games"] == 24
    assert results[0]["moves"] > 200
    assert results[1:] == results[:1] * 3


def test_a_game_alone_is_the_game_of_the_series() -> None:
    compared = 0
    for name, each in some_decks(12).items():
        program = PROGRAMS[name]
        policies = [POLICIES[i % 3] for i in range(len(program.teams))]
        names = {
            team: ("random", "first", "greedy")[i % 3]
            for i, team in enumerate(program.teams)
        }
        series = gear("high").play_games(program, seed_key(9), 0, 4, policies)
        for game in (0, 3):
            alone = gear("low").play_games(program, seed_key(9), game, 1, policies)
            session = play_one(each, 9, game, names)
            row, end = series[game], session.view("control").over
            assert alone == [row]
            assert end is not None
            scores = row[5 : 5 + len(program.teams)]
            assert [score for _, score in end.scores] == scores
            assert session.tree.now.state[at.S_MOVES] == row[0]
            compared += 1
    assert compared == 30


def test_each_game_has_its_own_luck() -> None:
    """Else the comparisons above would compare one game many times."""
    program = PROGRAMS["bright-days"]
    policies = [at.BOT_RANDOM] * len(program.teams)
    rows = gear("high").play_games(program, seed_key(1), 0, 200, policies)
    other = gear("high").play_games(program, seed_key(2), 0, 200, policies)
    assert len({row[4] for row in rows + other}) == 400


def test_negative_scores_are_compared_alike() -> None:
    """The best of bad moves is chosen, in both gears."""
    found = 0
    for number in range(GENERATED):
        program = compile_deck(numbered(number))
        policies = [at.BOT_GREEDY] * len(program.teams)
        rows = gear("high").play_games(program, seed_key(1), 0, 1, policies)
        assert rows == gear("low").play_games(program, seed_key(1), 0, 1, policies)
        found += min(rows[0][5 : 5 + len(program.teams)]) < 0
    assert found > 5
