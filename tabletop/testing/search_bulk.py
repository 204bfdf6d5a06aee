"""Many games at once, where a test asks for nothing but an ending or one happening.

They are counted as studies count them, in high gear where that was compiled before.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.bots.policies import policy_codes
from tabletop.engine.census import Count
from tabletop.engine.gear import Gear, budget_of, gear, has_fast, is_warm
from tabletop.engine.program import seed_key
from tabletop.testing.games import Setting
from tabletop.testing.goals import SEEN, Target, countable_of

KIND_OF = {row: kind for kind, (row, _) in SEEN.items()}
"""The kind of thing that a row of the trace tells of."""
PART = 5_000
"""Games between two moments at which a run can be stopped; fewer by so many times as a
bot plays games on in its mind for one decision."""


@dataclass(frozen=True)
class Bulk:
    """Counts the games of a test's bots that come to its goal."""

    setting: Setting
    target: Target

    @property
    def possible(self) -> bool:
        """Whether the goal is one that is counted in bulk."""
        single = self.target.plain_ending or (
            self.target.row is not None
            and self.target.ending < 0
            and not self.target.exprs
        )
        return single and self.setting.start is None

    @property
    def fast(self) -> bool:
        """Whether high gear is ready."""
        searching = budget_of(self._codes()) > 0
        counting = not self.target.plain_ending
        return has_fast() and is_warm(searching=searching, counting=counting)

    def parts(self, games: range) -> Iterator[range]:
        """The games in parts, so that a run can be stopped between them."""
        size = max(1, PART // max(1, budget_of(self._codes())))
        for first in range(games.start, games.stop, size):
            yield range(first, min(first + size, games.stop))

    def _gear(self) -> Gear:
        return gear("high" if self.fast else "low")

    def _codes(self) -> list[int]:
        return policy_codes(self.setting.file.deck, self.setting.named)

    def times(self, games: range) -> int:
        """How many of some games come to the goal."""
        first, count = games.start, len(games)
        key, codes = seed_key(self.setting.seed), self._codes()
        if self.target.row is None:
            program = self.setting.program
            tally, _ = self._gear().tally(program, key, first, count, codes)
            return tally.endings[self.target.ending]
        return self._count(self.target.row, first, count).games

    def first(self, games: range) -> int:
        """The first of some games that comes to the goal, or -1."""
        first, count = games.start, len(games)
        key, codes = seed_key(self.setting.seed), self._codes()
        if self.target.row is None:
            program = self.setting.program
            rows = self._gear().play_games(program, key, first, count, codes)
            found = (i for i, row in enumerate(rows) if row[1] == self.target.ending)
            return first + next(found, -1 - first)
        return self._count(self.target.row, first, count).first_game

    def _count(self, row: tuple[int, int, int], first: int, count: int) -> Count:
        """How often what a row of the trace tells of comes in some games."""
        kind, _, number = row
        ready, key = countable_of(self.setting.file.deck), seed_key(self.setting.seed)
        census = self._gear().count(ready, key, first, count, self._codes())
        return census.seen[KIND_OF[kind]][number]
