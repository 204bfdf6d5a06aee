"""A deck as an environment: PettingZoo's own tests, secrets, rewards, and its games."""

import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pettingzoo.test import api_test, seed_test

from tabletop.bots.bulk import play_one
from tabletop.errors import IllegalMoveError, UsageError
from tabletop.session.view import CONTROL, PUBLIC
from tabletop.testing import environment
from tabletop.testing.environment import TabletopEnv, env
from tabletop.testing.making import numbered
from tabletop.testing.tables import TableGame
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.testing.trial import trial

DECKS = {
    "tutorial": deck(TUTORIAL),
    "bright-days": deck(BRIGHT_DAYS),
    "trial": trial(),
    **{f"made {number}": numbered(number) for number in range(12)},
}
# Agents are called as the deck calls its teams, and a mask needs a dictionary.
PREFERENCES = (
    "ignore:We recommend agents to be named",
    "ignore:Observation space for each agent probably should be",
    "ignore:Observation is not a NumPy array",
)
pettingzoo_likes = [pytest.mark.filterwarnings(each) for each in PREFERENCES]


def play(game: TabletopEnv, chance: random.Random, most: int = 60) -> Iterator[str]:
    """Moves by chance: each agent before it moves."""
    for agent in game.agent_iter(most):
        yield agent
        over = game.terminations[agent] or game.truncations[agent]
        mask = game.observe(agent)["action_mask"]
        game.step(None if over else chance.choice(np.flatnonzero(mask).tolist()))


class TestAsPettingZooTests:
    pytestmark = pettingzoo_likes

    @pytest.mark.parametrize("reward", ["score", "margin", "gain"])
    @pytest.mark.parametrize("name", ["tutorial", "trial"])
    def test_it_passes_the_api_test(self, name: str, reward: str) -> None:
        api_test(env(DECKS[name], reward=reward), num_cycles=40)  # type: ignore[arg-type]

    def test_a_large_deck_passes_it_too(self) -> None:
        api_test(env("bright-days"), num_cycles=8)

    @pytest.mark.parametrize("name", ["tutorial", "trial"])
    def test_it_passes_the_seed_test(self, name: str) -> None:
        seed_test(lambda: env(DECKS[name]), num_cycles=40)


@pytest.mark.parametrize("name", DECKS)
def test_observations_and_masks_are_in_their_spaces(name: str) -> None:
    game, chance = TabletopEnv(DECKS[name]), random.Random(name)
    kinds: Counter[str] = Counter()
    for _ in range(2):
        game.reset()
        for agent in play(game, chance):
            for other in game.agents:
                assert game.observation_space(other).contains(game.observe(other))
            moves = [each.move for each in game.session.view(agent).moves]
            mask = game.observe(agent)["action_mask"]
            assert mask.sum() == len(moves), "two moves have one action"
            kinds.update(move.kind for move in moves)
    assert kinds["pass"] + kinds["answer"] > 0 or game.session.over


@pytest.mark.parametrize("name", DECKS)
def test_an_agent_observes_nothing_that_its_team_may_not_know(name: str) -> None:
    chance, compared = random.Random(name), 0
    game, other = TabletopEnv(DECKS[name]), TabletopEnv(DECKS[name])
    other.reset()
    for seed in range(2):
        game.reset(seed=seed)
        for agent in play(game, chance, most=25):
            if game.session.over:
                break
            twin = TableGame(game.session).twin(agent, chance)
            assert twin.session.tree.state() != game.session.tree.state()
            other._session, other._views = twin.session, {}
            other.agent_selection = agent
            one, two = game.observe(agent), other.observe(agent)
            assert one["observation"].tolist() == two["observation"].tolist()
            assert one["action_mask"].tolist() == two["action_mask"].tolist()
            compared += 1
    assert compared > 0 or game.session.over


def test_an_agent_that_sees_the_whole_state_would_be_caught() -> None:
    """The twins do differ in what observations are made of."""
    game = TabletopEnv(DECKS["trial"])
    game.reset()
    sight, chance = game.sight, random.Random(1)
    twin = TableGame(game.session).twin("bob", chance).session
    one, two = (sight.values(each.view(CONTROL)) for each in (game.session, twin))
    names = [field.name for field in sight.fields]
    assert "moon" in [n for n, a, b in zip(names, one, two, strict=True) if a != b]


def test_it_plays_the_games_that_bots_play() -> None:
    """Game 2 of a seed is game 2 of `tabletop run` with that seed."""
    each, policies = DECKS["tutorial"], {"town": "first", "board": "first"}
    game = TabletopEnv(each, seed=9)
    for _ in range(3):
        game.reset()
        while not game.session.over:
            view = game.session.view(game.agent_selection)
            game.step(game.sight.action(view.moves[0].move, view))
    alone = play_one(each, 9, 2, policies)
    assert game.session.tree.state() == alone.tree.state()


def test_teams_are_given_their_scores_at_the_end() -> None:
    for seed in range(3):
        final = final_rewards("score", seed)
        assert final == scores("score", seed)
        margin = final_rewards("margin", seed)
        assert margin == {
            team: score - max(s for t, s in final.items() if t != team)
            for team, score in final.items()
        }


def test_gains_add_up_to_the_score() -> None:
    for seed in range(3):
        game = played("gain", seed)
        gained = {team: sum(each[team] for each in game[1]) for team in game[1][0]}
        final = scores("score", seed)
        assert gained == {team: final[team] - game[0][team] for team in final}
        assert sum(any(each.values()) for each in game[1]) > 3


def played(
    reward: str, seed: int
) -> tuple[dict[str, float], list[dict[str, float]], TabletopEnv]:
    """A game: the scores at its start, what each move earned, and how it stands."""
    game = TabletopEnv(DECKS["tutorial"], reward=reward)  # type: ignore[arg-type]
    game.reset(seed=seed)
    start, chance = game._scores(), random.Random(seed)
    earned = []
    while not game.session.over:
        mask = game.observe(game.agent_selection)["action_mask"]
        game.step(chance.choice(np.flatnonzero(mask).tolist()))
        earned.append(dict(game.rewards))
    return start, earned, game


def final_rewards(reward: str, seed: int) -> dict[str, float]:
    """What the last move earned; the ones before must have earned nothing."""
    _, earned, _ = played(reward, seed)
    assert not any(any(each.values()) for each in earned[:-1])
    return earned[-1]


def scores(reward: str, seed: int) -> dict[str, float]:
    """The final scores, as everybody sees them."""
    over = played(reward, seed)[2].session.view(PUBLIC).over
    assert over is not None
    return {team: float(score) for team, score in over.scores}


def test_an_action_that_is_not_legal_is_refused_or_ends_the_game() -> None:
    game = TabletopEnv("tutorial")
    game.reset(seed=1)
    agent, before = game.agent_selection, game.session.tree.state()
    closed = int(np.flatnonzero(game.observe(agent)["action_mask"] == 0)[0])
    with pytest.raises(IllegalMoveError, match=f"action {closed}"):
        game.step(closed)
    assert game.session.tree.state() == before
    wrapped = env("tutorial", illegal_reward=-5)
    wrapped.reset(seed=1)
    wrapped.step(closed)
    assert wrapped.rewards[agent] == -5
    assert all(wrapped.terminations.values())


def test_games_of_a_seed_follow_each_other() -> None:
    game = TabletopEnv("tutorial")
    states = []
    for seed in (4, None, None, 4, None):
        game.reset(seed=seed)
        states.append((game.seed, game.game, str(game.session.tree.state())))
    assert states[3:] == states[:2]
    assert [number for _, number, _ in states] == [0, 1, 2, 0, 1]
    game.reset(options={"game": 2})
    assert str(game.session.tree.state()) == states[2][2]


def test_it_can_be_looked_at() -> None:
    game = TabletopEnv("tutorial", render_mode="ansi")
    game.reset(seed=1)
    shown = game.render()
    assert shown is not None
    assert shown.startswith("round 1 of ")
    assert TabletopEnv("tutorial").render() is None


def test_mistakes_are_told() -> None:
    with pytest.raises(UsageError, match="no deck"):
        TabletopEnv("nowhere")
    with pytest.raises(UsageError, match="no reward"):
        TabletopEnv("tutorial", reward="fame")  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="no game yet"):
        TabletopEnv("tutorial").session  # noqa: B018
    with pytest.raises(UsageError, match="shown"):
        TabletopEnv("tutorial", render_mode="human")


def test_the_example_runs() -> None:
    lines = str(environment.__doc__).splitlines()
    program = "\n".join(line[4:] for line in lines if line.startswith("    "))
    found: dict[str, Any] = {}
    exec(program, found)
    assert found["game"].unwrapped.session.over
