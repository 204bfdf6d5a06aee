"""Decks, positions and games for Hypothesis: sound, the same twice, and shrunk well."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.testing import strategies
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

FEW = settings(max_examples=15, phases=[Phase.generate])
SHRINKING = settings(
    max_examples=120, suppress_health_check=list(HealthCheck), derandomize=True
)


@given(strategies.decks())
@FEW
def test_decks_can_be_played(made: Deck) -> None:
    game = strategies.Game(made, 1, (), to_the_end=True)
    assert game.session.over


@given(strategies.positions(deck(TUTORIAL)))
@FEW
def test_a_game_is_the_same_whenever_it_is_made(game: strategies.Game) -> None:
    again = strategies.Game(game.deck, game.seed, game.choices)
    assert again.session.tree.state() == game.session.tree.state()
    assert again.moves == game.moves
    assert len(game.moves) == len(game.choices) or game.session.over


@given(strategies.games(deck(BRIGHT_DAYS), most=30))
@FEW
def test_games_come_to_their_end(game: strategies.Game) -> None:
    assert game.session.over
    assert game.session.view("public").over is not None


def test_a_game_says_how_it_was_played() -> None:
    game = strategies.Game(deck(TUTORIAL), 3, (0, 0))
    assert repr(game).startswith("<tutorial, seed 3: advance, ")
    assert game.moves[0][0] == "control"


def test_what_fails_is_shrunk_to_a_short_game() -> None:
    """Nothing is simpler than opening phases and passing, the least that it takes."""

    def in_round_two(game: strategies.Game) -> bool:
        return game.session.tree.now.state[at.S_ROUND] >= 2

    found = find(strategies.positions(deck(TUTORIAL)), in_round_two, settings=SHRINKING)
    assert found.choices == (0,) * 3
    assert repr(found) == "<tutorial, seed 0: advance, town pass, board pass>"


def test_control_may_take_a_hand() -> None:
    seen: Counter[str] = Counter()

    @given(strategies.positions(deck(BRIGHT_DAYS), control=True))
    @FEW
    def collect(game: strategies.Game) -> None:
        seen.update(move.kind for _, move in game.moves)

    collect()
    assert {"fire", "skip", "advance", "play", "pass"} <= set(seen)


@pytest.mark.parametrize("to_the_end", [False, True])
def test_positions_of_any_deck(to_the_end: bool) -> None:
    strategy = strategies.games() if to_the_end else strategies.positions()
    seen = []

    @given(strategy)
    @FEW
    def collect(game: strategies.Game) -> None:
        seen.append((game.deck.digest, game.session.over))

    collect()
    assert len({digest for digest, _ in seen}) > 10
    assert all(over for _, over in seen) or not to_the_end


def test_the_example_runs() -> None:
    lines = str(strategies.__doc__).splitlines()
    code = "\n".join(line[4:] for line in lines if line.startswith("    ") or not line)
    found: dict[str, Any] = {}
    exec(code, found)
    found["test_nobody_has_more_than_nine_points"]()
