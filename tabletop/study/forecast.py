"""What a position leads to, by playing it on many times with bots."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tabletop.engine.gear import GearName, Sample
from tabletop.engine.statistics import mean_room, tenth, wilson
from tabletop.errors import UsageError
from tabletop.session.tree import Tree
from tabletop.session.view import CONTROL, SeatId
from tabletop.study.jobs import known_moves
from tabletop.study.playouts import (
    Policies,
    Position,
    best_gear,
    policy_words,
    sampled,
    seat_of,
)

PLAYOUTS = 1_000
"""Playouts of a forecast where nobody says another number."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many playouts came to an ending."""

    ending: str
    """Its id; empty for playouts that came to none."""
    games: int
    share: float
    """From 0 to 1; so are the next two."""
    low: float
    """Least of the 95 % interval (Wilson's score interval)."""
    high: float


@dataclass(frozen=True, slots=True)
class Expect:
    """The score that a team can expect."""

    team: SeatId
    mean: float
    low: float
    """Least of the 95 % interval of the mean."""
    high: float
    worse: int
    """One playout in ten scored this or less."""
    better: int
    """One playout in ten scored this or more."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """What playing on from a position came to."""

    move: int
    """The number of the move after which the game was played on."""
    seat: SeatId
    """From whose knowledge: what this seat can't see was dealt anew each time."""
    playouts: int
    policy: str
    """The bot that played every seat."""
    endings: tuple[Share, ...]
    """Every ending of the deck, in its order, then none where that came about."""
    teams: tuple[Expect, ...]
    """In the deck's order."""
    stopped: int = 0
    """Playouts that the machine stopped itself; they count in nothing else."""

    def of(self, team: SeatId) -> Expect:
        """The score that one team can expect. Raises KeyError for one that is none."""
        for expected in self.teams:
            if expected.team == team:
                return expected
        raise KeyError(team)


@dataclass(frozen=True)
class ForecastJob:
    """A forecast to be made, here or in another process."""

    number: int
    seat: SeatId
    policy: str
    endings: tuple[str, ...]
    """In the deck's order."""
    position: Position
    playouts: int

    @property
    def total(self) -> int:
        """How many playouts it takes."""
        return self.playouts

    def run(
        self, gear: GearName | None = None, workers: int = 0,
        progress: Callable[[int], None] = lambda _done: None,
    ) -> Forecast:  # fmt: skip
        """Makes the playouts; without workers two threads where they are of use.

        `progress` is told how many are done.
        """
        name = gear or best_gear(self.playouts)
        workers = workers or (2 if name == "high" else 1)
        found = sampled(self.position, -1, self.playouts, workers, name, progress)
        return self.told(found)

    def told(self, sample: Sample) -> Forecast:
        """What playouts of this place tell; of a finished game, for sure."""
        games, program = sample.whole, self.position.program
        counts = dict(zip(program.endings, sample.endings, strict=True))
        shares = [self._share(id_, counts[id_], games) for id_ in self.endings]
        none = games - sum(sample.endings)
        if none:
            shares.append(self._share("", none, games))
        return Forecast(
            self.number, self.seat, sample.games, self.policy, tuple(shares),
            tuple(
                expect(team, scores)
                for team, scores in zip(program.teams, sample.scores, strict=True)
            ),
            sample.stopped,
        )  # fmt: skip

    def _share(self, ending: str, count: int, games: int) -> Share:
        exact = count / games if games else 0.0
        sure = self.position.over
        low, high = (exact, exact) if sure else wilson(count, games)
        return Share(ending, count, exact, low, high)


def forecast_job(
    tree: Tree, number: int, *, seat: SeatId = CONTROL, playouts: int = PLAYOUTS,
    policies: Policies | None = None, seed: int = 0,
) -> ForecastJob:  # fmt: skip
    """A forecast from a move, for any worker.

    Raises UsageError for an unknown move, seat or policy.
    """
    if number not in tree.nodes:
        raise UsageError(
            f"there is no move {number} in this save",
            "The log shows the moves with their numbers.",
        )
    seat_of(tree.program, seat)
    place = known_moves(tree, number, seat)
    position = Position.of(tree, number, seat, policies or {}, seed, place)
    policy = policy_words(tree, policies or {})
    endings = tuple(tree.deck.model.endings)
    return ForecastJob(number, seat, policy, endings, position, playouts)


def forecast(  # noqa: PLR0913 -- each is a choice of the caller
    tree: Tree, number: int, *, seat: SeatId = CONTROL, playouts: int = PLAYOUTS,
    policies: Policies | None = None, seed: int = 0, workers: int = 1,
    gear: GearName | None = None,
) -> Forecast:  # fmt: skip
    """Plays the game on from a move, and tells what came of it.

    The same arguments give the same forecast, in either gear and with any number of
    workers. Raises UsageError for an unknown move, seat or policy, fewer playouts than
    one, or a gear that is not installed.
    """
    job = forecast_job(
        tree, number, seat=seat, playouts=playouts, policies=policies, seed=seed
    )
    return job.run(gear, workers)


def expect(team: SeatId, scores: Mapping[int, int]) -> Expect:
    """The score that a team can expect, from playouts by their score."""
    mean, room = mean_room(scores)
    worse, better = tenth(scores), tenth(scores, best=True)
    return Expect(team, mean, mean - room, mean + room, worse, better)
