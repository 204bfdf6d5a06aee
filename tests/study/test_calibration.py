"""What a forecast says comes true as often as it says, and intervals cover as they say.

Positions and playouts come from written seeds. Each position's own game is played to
its end once: that is what came true.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from math import sqrt

import pytest

from tabletop.engine import layout as at
from tabletop.engine import machine, playout
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import Sample, has_fast
from tabletop.engine.program import Program, seed_key
from tabletop.engine.statistics import mean_room, wilson
from tabletop.study.playouts import Position, sampled
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

pytestmark = [
    pytest.mark.skipif(not has_fast(), reason="high gear is not installed"),
    pytest.mark.xdist_group("high gear"),
]
POSITIONS = 400
PLAYOUTS = 1_000
BINS = (0.0, 0.02, 0.1, 0.25, 0.5, 0.75, 1.0)
"""Forecasts are put together by their share, between these."""


@cache
def program(name: str) -> Program:
    return compile_deck(deck({"tutorial": TUTORIAL}.get(name, BRIGHT_DAYS)))


def played(name: str, game: int, most: int) -> list[int]:
    """A game by random bots after at most so many moves."""
    made = program(name)
    state, room = made.new_state(), [0] * made.move_room()
    machine.set_up(made.words, state, seed_key(77), game, None)
    random_bots = [at.BOT_RANDOM] * len(made.teams)
    spare, trial = made.new_state(), made.new_state()
    playout.play_out(made.words, state, random_bots, room, spare, trial, most)
    return state


def positions(name: str, count: int) -> Iterator[tuple[Position, list[int]]]:
    """Places spread over games by random bots, and the ends that those games had."""
    made = program(name)
    for game in range(count):
        end = played(name, game, 10_000)
        state = played(name, game, end[at.S_MOVES] * (game % 19 + 1) // 20)
        assert not state[at.S_OVER]
        policies = [at.BOT_RANDOM] * len(made.teams)
        own = len(made.injects)
        yield Position(made, state, made.control, seed_key(game), policies, own), end


@pytest.mark.parametrize("name", ["tutorial", "bright-days"])
def test_of_the_endings_given_p_percent_about_p_percent_came_true(name: str) -> None:
    """Within each bin the count is that of independent draws, within 3.5 deviations.

    A position's endings exclude each other, which makes the count vary less than that.
    """
    bins = [[0.0, 0.0, 0.0, 0.0] for _ in BINS]
    for position, end in positions(name, POSITIONS):
        sample = sampled(position, -1, PLAYOUTS, 1, "high")
        assert sample.stopped == 0
        for ending, games in enumerate(sample.endings):
            share = games / PLAYOUTS
            into = bins[max(i for i, least in enumerate(BINS) if share >= least)]
            into[0] += 1
            into[1] += share
            into[2] += ending == end[at.S_ENDING] - 1
            into[3] += share * (1 - share) + 1 / PLAYOUTS
    for given, expected, came, variance in bins:
        assert abs(came - expected) <= 3.5 * sqrt(variance) + 1e-9, bins
        assert given > 0 or not came
    assert sum(each[2] for each in bins) == POSITIONS
    assert min(each[0] for each in bins[:-1]) > 20


@pytest.mark.parametrize("team", ["town", "board"])
def test_a_teams_own_forecast_is_out_by_little_although_much_is_hidden(
    team: str,
) -> None:
    """In each bin within 10 points of what came true; it assumes what it can't know."""
    seat = program("tutorial").teams.index(team)
    bins = [[0.0, 0.0, 0.0] for _ in BINS]
    for position, end in positions("tutorial", POSITIONS):
        sample = sampled(replace(position, seat=seat), -1, 300, 1, "high")
        for ending, games in enumerate(sample.endings):
            share = games / sample.whole
            into = bins[max(i for i, least in enumerate(BINS) if share >= least)]
            into[0] += 1
            into[1] += share
            into[2] += ending == end[at.S_ENDING] - 1
    many = [each for each in bins if each[0] > 50]
    assert len(many) > 4
    for given, expected, came in many:
        assert abs(expected - came) / given < 0.1, bins


@pytest.mark.parametrize("name", ["tutorial", "bright-days"])
def test_what_a_team_can_expect_is_what_it_gets_on_average(name: str) -> None:
    """The sum of the errors over all games is 0, within 3.5 of its deviations."""
    teams = range(len(program(name).teams))
    errors: list[list[float]] = [[] for _ in teams]
    for position, end in positions(name, POSITIONS):
        sample = sampled(position, -1, 300, 1, "high")
        for team in teams:
            score = machine.team_score(position.program.words, end, team)
            errors[team].append(score - mean_room(sample.scores[team])[0])
    for found in errors:
        spread = sqrt(sum(error * error for error in found))
        assert abs(sum(found)) <= 3.5 * spread


def covered(position: Position, sample: Sample, reference: Sample) -> list[bool]:
    """Whether the intervals of the likeliest ending and of each mean hold the truth."""
    ending = max(range(len(reference.endings)), key=lambda i: reference.endings[i])
    low, high = wilson(sample.endings[ending], sample.whole)
    found = [low <= reference.endings[ending] / reference.whole <= high]
    for ours, theirs in zip(sample.scores, reference.scores, strict=True):
        mean, room = mean_room(ours)
        found.append(abs(mean - mean_room(theirs)[0]) <= room)
    return found


def test_intervals_cover_as_they_say() -> None:
    """95 of 100 of them, within 3.5 deviations of so many independent draws.

    The truth is taken from 100,000 playouts, whose own error is a tenth as large.
    """
    repeats, hits = 50, [0, 0]
    tried = 0
    for name, number in (("tutorial", 5), ("bright-days", 3)):
        for position, _ in list(positions(name, 30))[10 : 10 + number]:
            truth = replace(position, key=seed_key(10**6))
            reference = sampled(truth, -1, 100_000, 2, "high")
            for seed in range(repeats):
                ours = replace(position, key=seed_key(seed))
                found = covered(ours, sampled(ours, -1, 1_000, 1, "high"), reference)
                tried += 1
                hits[0] += found[0]
                hits[1] += found[1 + seed % (len(found) - 1)]
    room = 3.5 * sqrt(tried * 0.95 * 0.05)
    for count in hits:
        assert abs(count - 0.95 * tried) <= room, (hits, tried)
