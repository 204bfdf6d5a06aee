"""The games of a study, counted in parts for any worker."""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.engine.census import Census
from tabletop.engine.gear import GearName, gear
from tabletop.engine.ledger import Countable
from tabletop.study.table import Table

BATCH = 64
"""Bots that learn begin anew after so many games: parts are whole batches."""
PART = 2_048
"""Games of one job, at most; a job is over in a blink, so that who stops a study does
not wait for it ..."""
SLOW_PART = 64
"""... and in low gear."""
PARTS = 4
"""Jobs for each worker, at least, where there are games enough."""


@dataclass(frozen=True)
class CountJob:
    """Some games to count."""

    table: Table
    ready: Countable
    first: int
    games: int

    @property
    def weight(self) -> int:
        """Games."""
        return self.games

    def run(self, name: GearName) -> Census:
        """Plays and counts them."""
        table = self.table
        return gear(name).count(
            self.ready, table.key, self.first, self.games, table.policies,
            tables=table.tables,
        )  # fmt: skip


def spans(games: int, size: int) -> Iterator[tuple[int, int]]:
    """Games 0 to `games - 1` in parts: the first of each, and how many.

    >>> list(spans(5, 2))
    [(0, 2), (2, 2), (4, 1)]
    """
    for first in range(0, games, size):
        yield first, min(size, games - first)


def most_of(name: GearName | None, usual: int = PART) -> int:
    """Games of one job, at most, for workers in some gear."""
    return SLOW_PART if name == "low" else usual


def part_size(games: int, workers: int, most: int) -> int:
    """Games of one job: whole batches, some jobs for every worker.

    >>> part_size(1_000, 2, PART), part_size(1_000_000, 2, PART)
    (128, 2048)
    """
    wanted = -(-games // (PARTS * max(1, workers)))
    return max(BATCH, min(most, -(-wanted // BATCH) * BATCH))
