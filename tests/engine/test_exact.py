"""Games counted out: first plies by enumeration, and the exact law of small decks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import comb, sqrt
from typing import Any

import pytest

from tabletop.deck.loader import load_text
from tabletop.engine import layout as at
from tabletop.engine.census import Census
from tabletop.engine.chances import Chances, TooManyWaysError, settled
from tabletop.engine.compile import compile_deck
from tabletop.engine.exact import Law, law
from tabletop.engine.gear import gear, has_fast
from tabletop.engine.ledger import Countable, countable
from tabletop.engine.perft import perft, perft_with_chance
from tabletop.engine.program import Program, seed_key
from tabletop.session.session import Session
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.engine.games import some_decks, start

KEY = seed_key(4)
SAMPLES = 1_000

# --- plies


def test_the_first_plies_of_the_tutorial_are_golden() -> None:
    """Another number means that a rule, the deck or the order of draws has changed."""
    plies = perft(compile_deck(deck(TUTORIAL)), 7)
    assert [ply.ways for ply in plies] == [1, 3, 9, 30, 93, 264, 800, 2627]
    assert [ply.ended for ply in plies] == [0, 0, 0, 0, 0, 0, 4, 46]
    assert [ply.states for ply in plies] == [1, 3, 9, 30, 91, 249, 721, 2299]


def test_the_first_plies_of_bright_days_are_golden() -> None:
    plies = perft(compile_deck(deck(BRIGHT_DAYS)), 5, seed=1, game=3)
    assert [ply.ways for ply in plies] == BRIGHT


BRIGHT = [1, 5, 19, 90, 385, 1686]


def at_the_table(session: Session, depth: int) -> int:
    """The ways of a game in so many more decisions, by people who take moves back."""
    owing_now = session.owing()
    if session.over:
        return int(depth == 0)
    if owing_now[0] == "control":
        number = session.head
        session.bot_moves()
        found = at_the_table(session, depth)
        session.undo("control", number)
        return found
    if depth == 0:
        return 1
    found, number = 0, session.head
    for shown in session.view(owing_now[0]).moves:
        session.submit(owing_now[0], shown.move)
        found += at_the_table(session, depth - 1)
        session.undo("control", number)
    return found


@pytest.mark.parametrize("depth", [0, 1, 2, 3, 4])
def test_people_at_a_table_have_as_many_ways(depth: int) -> None:
    """The same numbers, through views, moves and undo."""
    each = deck(TUTORIAL)
    session = Session.new(each, seed=0, seats={"control": "auto"})
    assert at_the_table(session, depth) == perft(compile_deck(each), depth)[depth].ways


def test_the_tutorials_first_ply_with_chance_is_counted_by_hand() -> None:
    """The town draws 4 of 8 cards, two of them alike; the board 4 of 7.

    Of the town's cards a market day draws one of the 4 left, a night shift throws two
    dice; to move uphill needs higher water, and the gate is only shut in response.
    """
    plies = perft_with_chance(compile_deck(deck(TUTORIAL)), 1)
    hands, board = comb(8, 4), comb(7, 4)
    passing, sandbags, other = hands, hands - comb(6, 4), comb(7, 3)
    market, night, call, ask = 4 * other, 36 * other, other, other
    town = passing + sandbags + market + night + call + ask
    assert [ply.ways for ply in plies] == [hands * board, town * board]
    assert [ply.ended for ply in plies] == [0, 0]


def test_more_ways_than_are_allowed_are_refused() -> None:
    program = compile_deck(deck(BRIGHT_DAYS))
    with pytest.raises(TooManyWaysError, match="more than 50 "):
        perft(program, 6, most=50)
    with pytest.raises(TooManyWaysError):
        law(countable(deck(TUTORIAL)), [0, 0], most=500)


# --- every way that chance can fall


def first_states(program: Program) -> Counter[tuple[int, ...]]:
    """The states at the start of many games."""
    games = range(SAMPLES)
    return Counter(stilled(program, start(program, 3, game)) for game in games)


def stilled(program: Program, state: list[int]) -> tuple[int, ...]:
    """A state without the streams that the luck to come is drawn from."""
    state = list(state)
    state[at.S_DICE : at.S_CARDS + 4] = [0] * 8
    bots = program.digest_words + at.Z_BOT
    state[bots : bots + 2] = [0, 0]
    return settled(program.words, state)


def all_starts(program: Program) -> dict[tuple[int, ...], Fraction]:
    """The same with the probability of each, by going through all ways."""
    found: dict[tuple[int, ...], Fraction] = {}

    def step(new: Any, state: list[int]) -> None:
        new.set_up(program.words, state, KEY, 0, None)

    for state, chance in Chances(60).ways(program.new_state(), step):
        key = stilled(program, state)
        found[key] = found.get(key, Fraction(0)) + chance
    return found


def test_what_chance_can_make_of_a_start_is_what_it_makes() -> None:
    """In decks that deal hands or throw dice as they begin."""
    compared = 0
    for each in some_decks(30).values():
        program = compile_deck(each)
        try:
            exact = all_starts(program)
        except TooManyWaysError:
            continue
        assert sum(exact.values()) == 1
        if len(exact) > 1:
            sampled = first_states(program)
            assert set(sampled) == set(exact)
            for state, share in exact.items():
                assert near(sampled[state] / SAMPLES, share, SAMPLES)
            compared += 1
    assert compared >= 3


def near(share: float, exact: Fraction, games: int) -> bool:
    """Whether a share may come from so many games, five deviations allowed for."""
    spread = sqrt(float(exact * (1 - exact)) / games)
    return abs(share - float(exact)) <= 5 * spread + 1e-9


# --- the law of a whole game


DUEL = """
format = 1
id = "duel"
title = "Duel"
[rounds]
count = 2
ending = "draw"
[endings.win]
title = "Win"
when = "x >= 3"
[endings.draw]
title = "Draw"
[tracks.x]
label = "X"
start = 0
[teams.a]
name = "A"
points = 1
hand = 1
[[teams.a.objectives]]
text = "More"
score = "x"
[cards.throw]
team = "a"
title = "Throw"
[cards.throw.roll]
dice = "1d6"
table = [
  { to = 4, text = "low", effects = ["x += 1"] },
  { to = 6, text = "high", effects = ["x += 3"] } ]
[cards.wait]
team = "a"
title = "Wait"
effects = ["x += 1"]
"""


def test_the_law_of_a_deck_is_that_of_a_hand_calculation() -> None:
    """In each of two rounds the team holds one of two cards and plays it or not.

    Played at first, either card is in the discards when the second hand is drawn, so
    the other one comes; a card that is kept stays.
    """
    ready = countable(load_text({"duel.toml": DUEL}))
    found = law(ready, [at.BOT_RANDOM], remember=True)
    half, third = Fraction(1, 2), Fraction(1, 3)
    threw, waited, kept = half * half, half * half, half
    won_at_once = threw * third
    win_later = waited * half * third + kept * half * half * third
    won = won_at_once + win_later
    assert found.endings() == {0: won, 1: 1 - won}
    assert found.rounds() == {1: won_at_once, 2: 1 - won_at_once}
    assert found.by_last_round == 1 - won
    assert found.moves == (1 + half) * (2 - won_at_once)
    assert found.scores(0)[0] == Fraction(1, 4)
    assert found.hits["row"] == [half * 2 * third, half * third]
    assert found.hits["row"] == found.happens["row"]
    assert sum(found.outcomes.values()) == 1
    assert found.tracks[1][0] == {
        0: half, 1: 1 - half - won_at_once, 3: won_at_once
    }  # fmt: skip


def small_laws() -> Iterator[Countable]:
    """Decks whose games may be gone through in a moment."""
    yield countable(load_text({"duel.toml": DUEL}))
    for name, each in some_decks(30).items():
        if name.startswith("made") and each.model.rounds.count <= 3:
            yield countable(each)


@pytest.mark.xdist_group("high gear")
def test_many_games_come_to_what_the_law_says() -> None:
    """Endings, last rounds and scores, and all that is counted on the way."""
    games = 20_000 if has_fast() else 600
    compared = 0
    for ready in small_laws():
        policies = [at.BOT_RANDOM] * len(ready.program.teams)
        try:
            found = law(ready, policies, remember=True, most=250)
        except TooManyWaysError:
            continue
        gear_ = gear("high" if has_fast() else "low")
        census = gear_.count(ready, KEY, 0, games, policies)
        check_results(census, found, games)
        check_counts(census, found, games)
        for counted, shares in zip(census.tracks[1:], found.tracks[1:], strict=True):
            for values, exact in zip(counted, shares, strict=True):
                same(values, exact, games)
        compared += 1
    assert compared >= 4


def check_results(census: Census, found: Law, games: int) -> None:
    """Requires that the ends of games fit."""
    same(census.rounds, found.rounds(), games)
    for team, scores in enumerate(census.scores):
        same(scores, found.scores(team), games)
    late = sum(census.by_last_round.values())
    assert near(late / games, found.by_last_round, games)
    assert close(census.moves, found.moves, games)


def check_counts(census: Census, found: Law, games: int) -> None:
    """Requires that what happened on the way fits."""
    for kind, counts in census.seen.items():
        happened = dict(enumerate(found.happens[kind]))
        same({i: each.games for i, each in enumerate(counts)}, happened, games)
        for each, expected in zip(counts, found.hits[kind], strict=True):
            assert close(each.hits, expected, games)
    counted = [count for pair in census.terms for count in pair]
    counted += census.chosen["card"] + census.chosen["option"]
    counted += census.offered["card"] + census.offered["option"]
    wanted = [share for pair in found.terms for share in pair]
    for count, expected in zip(
        counted, wanted + found.chosen + found.offered, strict=True
    ):
        assert close(count, expected, games)


def same(counts: Mapping[int, int], exact: Mapping[int, Fraction], games: int) -> None:
    """Requires that counts fit probabilities, and that nothing else happened."""
    assert {value for value, count in counts.items() if count} <= {
        value for value, share in exact.items() if share
    }
    for value, share in exact.items():
        assert near(counts.get(value, 0) / games, share, games)


def close(count: int, expected: Fraction, games: int) -> bool:
    """Whether a mean fits; what is counted is taken to differ by its own size."""
    exact = float(expected)
    return (
        abs(count / games - exact) <= 8 * sqrt((exact + exact * exact) / games) + 1e-9
    )


def test_a_bot_that_takes_the_first_move_is_gone_through_too() -> None:
    ready = countable(load_text({"duel.toml": DUEL}))
    found = law(ready, [at.BOT_FIRST])
    census = gear("low").count(ready, KEY, 0, 2_000, [at.BOT_FIRST])
    assert found.hits["card"][0] + found.hits["card"][1] == 2 - Fraction(1, 6)
    same(census.rounds, found.rounds(), 2_000)
    same(census.scores[0], found.scores(0), 2_000)
