"""The search bot: finds what pays later, knows what its seat knows, same in both gears.

In what it must agree with other bots, whole series by it are compared in `test_bulk`.
"""

import math
import random
from collections.abc import Iterator

import pytest

from tabletop.deck.loader import load_text
from tabletop.engine import layout as at
from tabletop.engine import machine, search
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import gear, has_fast, search_sizes
from tabletop.engine.program import Program, seed_key
from tabletop.session.seats import MOST_PLAYOUTS
from tests.engine.games import Guarded, legal, some_programs, walk
from tests.engine.small import HEAD, card

PROGRAMS = some_programs(24)
needs_high = pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
together = pytest.mark.xdist_group("high gear")


def searching(playouts: int) -> int:
    """The policy of a search bot."""
    return at.BOT_SEARCH + at.BOT_BUDGET * playouts


def decisions(
    name: str, games: int, step: int
) -> Iterator[tuple[list[int], int, list[int]]]:
    """Places in games of moves by chance where a team has a choice: its moves."""
    program = PROGRAMS[name]
    for seed in range(games):
        chance = random.Random(f"{name} {seed}")
        for number, (state, _, _) in enumerate(walk(program, seed, chance, most=120)):
            seat = machine.next_seat(program.words, state)
            if number % step == seed % step and 0 <= seat < program.control:
                moves = legal(program, state, seat)
                if len(moves) > 1:
                    yield state, seat, moves


def chosen(
    program: Program, state: list[int], seat: int, playouts: int, name: str = "low"
) -> int:
    """The move that a search bot makes."""
    mind = gear(name)  # type: ignore[arg-type]
    words, copy = mind.words(program.words), mind.words(state)
    moves = legal(program, list(state), seat)
    return mind.choose(words, copy, seat, searching(playouts), moves)


# --- what it is good for

PATIENT = """
[teams.ada]
name = "Ada"
points = 1
objectives = [{ text = "X", score = "x" }]
[teams.bob]
name = "Bob"
points = 1
"""


def patience_pays() -> Program:
    """Seed costs now and pays in the next round; bread pays a little now."""
    cards = (
        card("seed", 'effects = ["x -= 5", \'schedule("x += 30", 1)\']'),
        card("bread", 'effects = ["x += 1"]'),
        card("stone", team="bob"),
    )
    text = HEAD.format(count=2, rounds="", deck=PATIENT + "".join(cards))
    return compile_deck(load_text({"deck.toml": text}))


def test_it_gives_up_something_now_for_more_later() -> None:
    program = patience_pays()
    scores = {}
    for policy in (at.BOT_GREEDY, searching(60)):
        rows = gear("low").play_games(program, seed_key(1), 0, 5, [policy, 0])
        scores[policy] = {row[5] for row in rows}
    assert scores == {at.BOT_GREEDY: {52}, searching(60): {76}}


DUEL = """
[teams.ada]
name = "Ada"
points = 1
objectives = [{ text = "X", score = "x" }]
[teams.bob]
name = "Bob"
points = 1
objectives = [{ text = "Against X", score = "100 - x" }]
"""


def test_it_expects_others_to_see_to_themselves() -> None:
    """The bold card pays most, if Bob were to let it."""
    cards = (
        card("bold", 'effects = ["x += 20", "flag = true"]'),
        card("sober", 'effects = ["x += 10"]'),
        card("punish", 'requires = "flag"', 'effects = ["x -= 40"]', team="bob"),
    )
    deck = DUEL + '[flags.flag]\nlabel = "Flag"\n' + "".join(cards)
    text = HEAD.format(count=1, rounds="", deck=deck)
    program = compile_deck(load_text({"deck.toml": text}))
    state = program.new_state()
    machine.set_up(program.words, state, seed_key(1), 0, None)
    while machine.next_seat(program.words, state) == program.control:
        machine.perform(program.words, state, at.MV_ADVANCE, None)
    cards_in = {m: program.cards[m // at.MOVE_ITEM] for m in legal(program, state, 0)}
    assert cards_in[chosen(program, state, 0, 200)] == "sober"


# --- that it is a bot like others


@pytest.mark.parametrize("name", ["tutorial", "bright-days", "large", "made 0"])
def test_it_makes_legal_moves_and_always_the_same(name: str) -> None:
    program, found = PROGRAMS[name], 0
    for state, seat, moves in decisions(name, games=1, step=12):
        before = list(state)
        move = chosen(program, state, seat, 12)
        assert move in moves
        assert chosen(program, state, seat, 12) == move
        assert state == before
        found += 1
    assert found > 0


def test_one_legal_move_is_made_without_a_thought() -> None:
    program = PROGRAMS["tutorial"]
    state = program.new_state()
    machine.set_up(program.words, state, seed_key(1), 0, None)
    move = at.MV_PASS
    playouts = 1_000_000
    assert gear("low").choose(program.words, state, 0, searching(playouts), [move]) == (
        move
    )


def test_no_index_leaves_its_list() -> None:
    searches = 0
    for name, program in PROGRAMS.items():
        words = Guarded(program.words)
        for state, seat, moves in decisions(name, games=1, step=9):
            room = [Guarded([0] * size) for size in search_sizes([searching(9)])]
            place = search.choose_search(
                words, Guarded(state), seat, 9, Guarded(moves), len(moves),
                Guarded(program.new_state()), Guarded(program.new_state()),
                Guarded([0] * program.move_room()), room[0], room[1],
            )  # fmt: skip
            assert 0 <= place < len(moves)
            searches += 1
    assert searches > 30


def test_to_stop_when_the_choice_is_made_changes_no_choice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    places = [
        (name, list(state), seat)
        for name in ("tutorial", "bright-days")
        for state, seat, _ in decisions(name, games=1, step=4)
    ]
    playouts = 2 * search.PATIENCE
    soon = [chosen(PROGRAMS[name], s, seat, playouts) for name, s, seat in places]
    monkeypatch.setattr(search, "is_settled", lambda *_: 0)
    late = [chosen(PROGRAMS[name], s, seat, playouts) for name, s, seat in places]
    assert soon == late
    assert len(places) > 3


def test_numbers_are_whole_and_right() -> None:
    for n in (*range(3_000), 2**36, 2**40 - 1, 2**40 + 12345):
        assert search.root_of(n) == math.isqrt(n)
    for n in (1, 2, 3, 7, 1_000, 1_000_000):
        assert abs(search.log_of(n) / search.ONE - math.log(n)) < 0.06
    logs = [search.log_of(n) for n in range(1, 2_000)]
    assert logs == sorted(logs)


def test_scores_however_large_stay_within_a_word() -> None:
    """The sums of as many playouts as can be asked for fit in 63 bits."""
    tree, notes = [0] * 14, [0] * search.NOTE_WORDS
    search.clear(tree, notes)
    notes[search.A_LEAST], notes[search.A_MOST] = (
        -search.MOST_SCORE,
        search.MOST_SCORE,
    )
    visits = MOST_PLAYOUTS
    for mean in (-search.MOST_SCORE, 0, search.MOST_SCORE):
        at_ = search.NODE_WORDS
        tree[at_ + search.N_VISITS] = tree[at_ + search.N_OFFERED] = visits
        tree[at_ + search.N_TOTAL] = mean * visits
        assert abs(mean * visits - notes[search.A_LEAST] * visits) < 2**62
        worth = search.worth(tree, notes, 1) / search.ONE
        share = (mean + search.MOST_SCORE) / (2 * search.MOST_SCORE)
        assert abs(worth - share) < 0.01


# --- both gears


@needs_high
@together
def test_both_gears_make_the_same_move() -> None:
    compared = differ = 0
    for name, program in PROGRAMS.items():
        for state, seat, moves in decisions(name, games=2, step=13):
            for playouts in (1, 12):
                low = chosen(program, state, seat, playouts)
                assert chosen(program, state, seat, playouts, "high") == low
                compared += 1
                differ += low != moves[0]
    assert compared > 40
    assert differ > 12


@needs_high
@together
def test_games_by_search_bots_end_the_same_in_both_gears() -> None:
    for name in ("tutorial", "bright-days", "made 0", "made 3", "made 8"):
        program = PROGRAMS[name]
        teams = len(program.teams)
        policies = [searching(8), at.BOT_GREEDY, searching(3), at.BOT_RANDOM] * 2
        rows = [
            gear(each).play_games(program, seed_key(3), 7, 2, policies[:teams])
            for each in ("low", "high")
        ]
        assert rows[0] == rows[1]
