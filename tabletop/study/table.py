"""What the games of a study are played with: program, luck and bots."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tabletop.bots.policies import plan
from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine.gear import Gear, Row
from tabletop.engine.order import reversed_order
from tabletop.engine.program import Program


@dataclass(frozen=True)
class Table:
    """A program, the key of all games' luck, and who plays. Can go anywhere."""

    program: Program
    key: list[int]
    policies: list[int]
    luck: list[int] | None = None
    """The key of dice and draws, when it is another than that of the bots."""
    tables: list[int] | None = None
    """What bots with tables go by."""

    @property
    def plain(self) -> list[int]:
        """Who plays on from a place: the same bots, but random ones for those that are
        too slow to play thousands of games on, or need to know the game so far."""
        easy = (at.BOT_RANDOM, at.BOT_FIRST, at.BOT_GREEDY)
        return [code if code in easy else at.BOT_RANDOM for code in self.policies]

    @property
    def nothing(self) -> list[int]:
        """Room for a state."""
        return [0] * int(self.program.words[at.H_STATE])

    def ready(self, gear: Gear) -> "Table":
        """The same with a program that a gear takes as it is, again and again."""
        words = gear.words(self.program.words)
        return replace(self, program=replace(self.program, words=words))

    def rows(self, gear: Gear, first: int, count: int) -> list[Row]:
        """Games `first` to `first + count - 1`, a row each."""
        return gear.play_games(
            self.program, self.key, first, count, self.policies, luck_key=self.luck,
            tables=self.tables,
        )  # fmt: skip

    def reversed(self) -> "Table":
        """The same, but that the teams act in the reverse order."""
        return replace(self, program=reversed_order(self.program))


def seated(
    deck: Deck, program: Program, key: list[int], policies: Mapping[str, str]
) -> Table:
    """A table with bots in every seat.

    Raises UsageError for a policy that does not exist, or whose file does not fit.
    """
    who = plan(deck, policies, program)
    return Table(program, key, who.codes, tables=who.tables or None)
