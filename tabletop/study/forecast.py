"""What a position leads to, by playing it on many times with bots."""

from collections.abc import Mapping
from dataclasses import dataclass

from tabletop.session.tree import Tree
from tabletop.session.view import CONTROL, SeatId

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


def forecast(  # noqa: PLR0913 -- each is a choice of the caller
    tree: Tree, number: int, *, seat: SeatId = CONTROL, playouts: int = PLAYOUTS,
    policies: Mapping[SeatId, str] | None = None, seed: int = 0, workers: int = 1,
) -> Forecast:  # fmt: skip
    """Plays the game on from a move, and tells what came of it.

    The same arguments give the same forecast, in either gear and with any number of
    workers. Raises UsageError for an unknown policy.
    """
    raise NotImplementedError
