"""A deck as a PettingZoo environment, for agents that learn; needs the extra `rl`.

    from tabletop.testing.environment import env

    game = env("tutorial")
    game.reset(seed=1)
    for agent in game.agent_iter():
        seen, reward, terminated, truncated, _ = game.last()
        action = None
        if not (terminated or truncated):
            action = game.action_space(agent).sample(seen["action_mask"])
        game.step(action)

Agents are the deck's teams, one after the other as the game asks them (AEC). Control
opens each phase by itself; its injects come by time and by condition. An agent observes
what its team's view holds, and nothing else: see `sight`.
"""

from typing import Any, Literal

import numpy as np
from gymnasium import spaces
from pettingzoo import AECEnv
from pettingzoo.utils import wrappers

from tabletop.errors import IllegalMoveError, UsageError
from tabletop.session.session import Session
from tabletop.session.tree import MachineError
from tabletop.session.view import CONTROL, PUBLIC, Move, View
from tabletop.testing.named import Named, opened
from tabletop.testing.sight import Sight
from tabletop.testing.tables import in_memory

Reward = Literal["score", "margin", "gain"]
REWARDS = ("score", "margin", "gain")


def env(
    deck: Named, *, seed: int = 0, reward: Reward = "score",
    illegal_reward: float = -1.0, render_mode: str | None = None,
) -> Any:  # fmt: skip
    """A deck's environment, with PettingZoo's usual wrappers around `TabletopEnv`.

    An action that is not legal ends the game, with `illegal_reward` for the agent.
    """
    made: Any = TabletopEnv(deck, seed=seed, reward=reward, render_mode=render_mode)
    made = wrappers.TerminateIllegalWrapper(made, illegal_reward=illegal_reward)
    made = wrappers.AssertOutOfBoundsWrapper(made)
    return wrappers.OrderEnforcingWrapper(made)


class TabletopEnv(AECEnv):  # type: ignore[misc]
    """Games of a deck.

    `reset(seed=S)` begins game 0 of that seed; each further `reset()` the next game of
    it, the same that `tabletop run DECK --seed S --only I` plays. Rewards, by `reward`:

    score   each team's score, when the game is over
    margin  the same, less the best score of the other teams
    gain    after each move, what each team's score has gained by it, as far as that
            team may know it; at the end, also what it did not know

    Raises DeckError for a deck with errors, UsageError for an unknown kind of reward.
    """

    def __init__(
        self, deck: Named, *, seed: int = 0, reward: Reward = "score",
        render_mode: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        if reward not in REWARDS:
            raise UsageError(
                f"there is no reward '{reward}'", f"There are: {', '.join(REWARDS)}."
            )
        if render_mode not in (None, "ansi"):
            raise UsageError(f"it can't be shown as '{render_mode}'", "Use 'ansi'.")
        self.deck = opened(deck)
        self.sight = Sight(self.deck)
        self.reward, self.render_mode = reward, render_mode
        self.metadata = {
            "name": f"tabletop_{self.deck.model.id}_v0", "render_modes": ["ansi"],
            "is_parallelizable": False, "render_fps": 1,
        }  # fmt: skip
        self.possible_agents = list(self.deck.model.teams)
        self.agents: list[str] = []
        self.seed, self.game = seed, -1
        self._session: Session | None = None
        self._views: dict[str, View] = {}
        self.observation_spaces = {team: self._seen() for team in self.possible_agents}
        self.action_spaces = {
            team: spaces.Discrete(len(self.sight.actions))
            for team in self.possible_agents
        }

    def _seen(self) -> spaces.Dict:
        fields, actions = self.sight.fields, len(self.sight.actions)
        low = np.array([field.low for field in fields], dtype=np.float32)
        high = np.array([field.high for field in fields], dtype=np.float32)
        return spaces.Dict(
            {
                "observation": spaces.Box(low, high, dtype=np.float32),
                "action_mask": spaces.Box(0, 1, (actions,), dtype=np.int8),
            }
        )

    def observation_space(self, agent: str) -> spaces.Dict:
        """Numbers and their bounds, in the order of `sight.fields`; and the mask."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> spaces.Discrete:
        """As many actions as `sight.actions` names."""
        return self.action_spaces[agent]

    @property
    def session(self) -> Session:
        """The game that is played. Raises UsageError before `reset`."""
        if self._session is None:
            raise UsageError("there is no game yet", "Call reset() first.")
        return self._session

    # --- playing

    def reset(
        self, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> None:
        """Begins a game: of a seed its first; else the next. `options` may hold the
        number of a `game`."""
        self.game = self.game + 1 if seed is None else 0
        self.seed = self.seed if seed is None else seed
        self.game = int((options or {}).get("game", self.game))
        self._session = in_memory(self.deck, self.seed, self.game)
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos: dict[str, dict[str, Any]] = {agent: {} for agent in self.agents}
        self._skip_agent_selection = None
        self.agent_selection = self.agents[0]
        self._go_on()
        self._known = self._scores() if self.reward == "gain" else {}

    def step(self, action: int | None) -> None:
        """Makes the selected agent's move, and carries the game on to the next one's.

        Raises IllegalMoveError for an action that its mask does not allow.
        """
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            self._was_dead_step(action)
            return
        move = self._moves(agent).get(-1 if action is None else int(action))
        if move is None:
            raise IllegalMoveError(
                f"{agent} may not choose action {action} now",
                "Choose one that the action mask allows.",
            )
        self._cumulative_rewards[agent] = 0.0
        self._clear_rewards()
        try:
            self.session.submit(agent, move)
            self._go_on()
        except MachineError:
            self.truncations = dict.fromkeys(self.agents, True)
        self._views = {}
        self._reward()
        self._accumulate_rewards()

    def _go_on(self) -> None:
        """Lets control open phases, until a team is to move or the game is over."""
        session, self._views = self.session, {}
        while session.owing() == (CONTROL,):
            session.submit(CONTROL, Move("advance"))
        if session.over:
            self.terminations = dict.fromkeys(self.agents, True)
        else:
            self.agent_selection = session.owing()[0]

    def _view(self, agent: str) -> View:
        if agent not in self._views:
            self._views[agent] = self.session.view(agent)
        return self._views[agent]

    def _moves(self, agent: str) -> dict[int, Move]:
        return self.sight.moves(self._view(agent))

    # --- what agents get

    def observe(self, agent: str) -> dict[str, Any]:
        """What a team may know now; its mask is all 0 while others are to move."""
        mask = np.zeros(len(self.sight.actions), dtype=np.int8)
        if agent == self.agent_selection:
            mask[list(self._moves(agent))] = 1
        values = self.sight.values(self._view(agent))
        return {"observation": np.array(values, dtype=np.float32), "action_mask": mask}

    def _reward(self) -> None:
        """Gives every agent what the last move has earned it."""
        over = self.session.over
        if self.reward != "gain" and not over:
            return
        scores = self._scores()
        if self.reward == "gain":
            gains = {team: scores[team] - self._known[team] for team in self.agents}
            self.rewards, self._known = gains, scores
        elif self.reward == "score":
            self.rewards = {team: scores[team] for team in self.agents}
        else:
            others = {
                team: max((s for t, s in scores.items() if t != team), default=0.0)
                for team in self.agents
            }
            self.rewards = {team: scores[team] - others[team] for team in self.agents}

    def _scores(self) -> dict[str, float]:
        """The teams' scores: final ones, or as each team may reckon its own now."""
        over = self.session.view(PUBLIC).over if self.session.over else None
        if over is not None:
            return {team: float(score) for team, score in over.scores}
        return {
            team: float(sum(o.score or 0 for o in self._view(team).objectives))
            for team in self.possible_agents
        }

    # --- looking on

    def render(self) -> str | None:
        """What everybody may know, a line each, when the mode is 'ansi'."""
        if self.render_mode is None:
            return None
        view = self.session.view(PUBLIC)
        lines = [f"round {view.round} of {view.rounds}, {view.phase}"]
        lines += [f"{track.id} {track.value}" for track in view.tracks]
        lines += [f"{flag.id} {flag.value}" for flag in view.flags]
        lines += [f"{t.id}: {t.points} points, {t.hand} in hand" for t in view.teams]
        return "\n".join(lines)

    def close(self) -> None:
        """Lets go of the game."""
        self._session = None
