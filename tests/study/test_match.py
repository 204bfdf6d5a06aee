"""Matches: exact, the same however they are played, and what they say of the bots."""

import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from tabletop.bots.bulk import play_games, play_one
from tabletop.deck.deck import Deck
from tabletop.engine.gear import GearName, has_fast
from tabletop.errors import UsageError
from tabletop.session.view import CONTROL
from tabletop.study.match import (
    Contest,
    PlayerFailedError,
    SeatScore,
    Standing,
    play,
)
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

EXAMPLE = Path(__file__).parents[1] / "bots" / "example_player.py"
OUTSIDE = f"exec:{sys.executable} {EXAMPLE}"


def played(contest: Contest, workers: int = 1) -> Standing:
    """The whole match."""
    return list(play(contest, workers, lambda _: None))[-1]


def test_the_figures_are_those_of_the_pairs() -> None:
    score = SeatScore.of("kyiv", Counter({5: 6, 0: 2, -3: 2}))
    assert (score.games, score.wins, score.ties, score.losses) == (10, 6, 2, 2)
    assert score.share == 0.7
    assert score.low < 0.7 < score.high
    assert score.gain == 2.4
    assert score.gain_low < 2.4 < score.gain_high
    assert score.gain_high - score.gain == pytest.approx(score.gain - score.gain_low)


def test_no_games_tell_nothing() -> None:
    score = SeatScore.of("kyiv", Counter())
    assert (score.games, score.share, score.low, score.high) == (0, 0.0, 0.0, 1.0)


def test_a_match_is_made_of_games_that_can_be_seen() -> None:
    each, games = deck(TUTORIAL), 6
    standing = played(Contest.of(each, "greedy", "random", games=games, seed=3))
    for place, seat in enumerate(each.model.teams):
        gains: Counter[int] = Counter()
        for number in range(games):
            ends = [
                play_one(each, 3, number, policies).view(CONTROL).over
                for policies in ({seat: "greedy"}, {})
            ]
            ours, theirs = (end.scores[place][1] for end in ends if end)
            gains[ours - theirs] += 1
        assert standing.gains[seat] == gains


def ways() -> list[tuple[GearName, int]]:
    """Each gear that is here, with one worker and with two."""
    gears: list[GearName] = ["low", "high"] if has_fast() else ["low"]
    return [(gear, workers) for gear in gears for workers in (1, 2)]


@pytest.mark.xdist_group("high gear")
def test_gear_and_workers_make_no_difference() -> None:
    found = [
        played(
            Contest.of(deck(TUTORIAL), "search:4", "greedy", games=5, gear=gear),
            workers,
        ).gains
        for gear, workers in ways()
    ]
    assert found[1:] == found[:1] * (len(found) - 1)
    assert found[0]["town"].total() == 5


def test_a_bot_is_no_better_than_itself() -> None:
    standing = played(Contest.of(deck(BRIGHT_DAYS), "greedy", "greedy", games=4))
    assert [score.share for score in standing.scores()] == [0.5] * 4
    assert {score.gain for score in standing.scores()} == {0.0}


def test_one_seat_may_be_measured_alone() -> None:
    contest = Contest.of(
        deck(BRIGHT_DAYS), "greedy", "random", seats=("kyiv",), games=6
    )
    alone = played(contest)
    whole = played(Contest.of(deck(BRIGHT_DAYS), "greedy", "random", games=6))
    assert list(alone.gains) == ["kyiv"]
    assert alone.gains["kyiv"] == whole.gains["kyiv"]


def test_what_was_played_counts_when_one_stops_early() -> None:
    contest = Contest.of(deck(TUTORIAL), "greedy", "random", games=50, gear="low")
    whole = played(contest)
    early = list(islice(play(contest, 1, lambda _: None), 2))[-1]
    assert 0 < early.games < whole.games == 50
    assert early.gains["town"].total() == early.games


@pytest.mark.parametrize(
    ("first", "second", "seats"),
    [("clever", "random", ()), ("greedy", "search:0", ()), ("greedy", "random", ("x",)),
     ("exec:no-such-program", "random", ()), ("exec:", "random", ())],
)  # fmt: skip
def test_what_does_not_exist_is_refused(
    first: str, second: str, seats: tuple[str, ...]
) -> None:
    with pytest.raises(UsageError):
        Contest.of(deck(TUTORIAL), first, second, seats=seats)


def test_a_program_from_outside_may_play() -> None:
    contest = Contest.of(deck(TUTORIAL), OUTSIDE, "random", games=2)
    standing = played(contest, workers=2)
    assert standing.gains["town"].total() == 2
    assert standing.gains == played(contest).gains


def test_a_program_that_fails_ends_the_match() -> None:
    contest = Contest.of(deck(TUTORIAL), "exec:cat", "random", games=2)
    with pytest.raises(PlayerFailedError):
        played(contest)


# --- how strong the bots are; the README has the figures of longer matches


def scores(each: Deck, first: str, second: str, games: int) -> list[SeatScore]:
    """The figures of a match, in every seat."""
    return played(Contest.of(each, first, second, games=games), workers=2).scores()


@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
@pytest.mark.xdist_group("high gear")
def test_greedy_beats_random_in_every_seat_of_bright_days() -> None:
    for score in scores(deck(BRIGHT_DAYS), "greedy", "random", 2_000):
        assert score.low > 0.5, score
        assert score.gain_low > 0, score


@pytest.mark.skipif(not has_fast(), reason="high gear is not installed")
@pytest.mark.xdist_group("high gear")
def test_search_beats_greedy_at_bright_days_and_loses_in_no_seat() -> None:
    found = scores(deck(BRIGHT_DAYS), "search:100", "greedy", 60)
    assert sum(score.share for score in found) / len(found) > 0.5, found
    assert sum(score.gain for score in found) > 0, found
    for score in found:
        assert score.high > 0.5, score
        assert score.gain_high > 0, score


def test_search_beats_greedy_in_low_gear_too() -> None:
    contest = Contest.of(
        deck(TUTORIAL), "search:20", "greedy", seats=("board",), games=20, gear="low"
    )
    assert played(contest).scores()[0].share > 0.5


def test_a_series_by_search_bots_is_told_by_its_seed() -> None:
    summaries = [
        play_games(
            deck(TUTORIAL), games=4, seed=seed, policies={"town": "search:5"},
            workers=workers, gear="low",
        )
        for seed, workers in ((1, 1), (1, 2), (2, 1))
    ]  # fmt: skip
    digests = [summary.digest for summary in summaries]
    assert digests[0] == digests[1] != digests[2]
