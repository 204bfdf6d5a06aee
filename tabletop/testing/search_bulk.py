"""Many games at once, where a test asks for nothing but an ending or one happening.

They are counted as studies count them, in high gear where that was compiled before.
"""

from dataclasses import dataclass

from tabletop.bots.policies import policy_codes
from tabletop.engine.census import Count
from tabletop.engine.gear import Gear, gear, has_fast, is_warm
from tabletop.engine.program import seed_key
from tabletop.testing.games import Setting
from tabletop.testing.goals import SEEN, Target, countable_of

KIND_OF = {row: kind for kind, (row, _) in SEEN.items()}
"""The kind of thing that a row of the trace tells of."""


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
        return has_fast() and is_warm(counting=not self.target.plain_ending)

    def _gear(self) -> Gear:
        return gear("high" if self.fast else "low")

    def _codes(self) -> list[int]:
        return policy_codes(self.setting.file.deck, self.setting.named)

    def times(self, first: int, count: int) -> int:
        """How many of some games come to the goal."""
        key, codes = seed_key(self.setting.seed), self._codes()
        if self.target.row is None:
            program = self.setting.program
            tally, _ = self._gear().tally(program, key, first, count, codes)
            return tally.endings[self.target.ending]
        return self._count(self.target.row, first, count).games

    def first(self, first: int, count: int) -> int:
        """The first of some games that comes to the goal, or -1."""
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
