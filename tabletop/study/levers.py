"""Which of a deck's numbers matter: each turned a little, in the same games.

One number is turned at a time; what two do together is not seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tabletop.deck.loader import load_text
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import GearName
from tabletop.errors import DeckError
from tabletop.study.figures import share_change
from tabletop.study.numbers import Turn, turned
from tabletop.study.pairs import Differences, PairJob
from tabletop.study.result import Lever
from tabletop.study.table import Table

GAMES = 1_000
"""Games for each number's turn, at most."""
PART = 6
"""Turns of one job, in high gear: they share the games as they were."""


@dataclass(frozen=True)
class LeverJob:
    """Some turns of numbers to try."""

    table: Table
    files: dict[str, str]
    turns: tuple[Turn, ...]
    games: int

    @property
    def weight(self) -> int:
        """Games."""
        return self.games * len(self.turns)

    def run(self, name: GearName) -> list[Differences | None]:
        """Tries each: what differs, or None where the deck does not allow the value."""
        tables = [self._table(turn) for turn in self.turns]
        allowed = tuple(table for table in tables if table is not None)
        found = iter(PairJob(self.table, allowed, 0, self.games).run(name))
        return [None if table is None else next(found) for table in tables]

    def _table(self, turn: Turn) -> Table | None:
        try:
            deck = load_text(turned(self.files, turn))
        except DeckError:
            return None
        return replace(self.table, program=compile_deck(deck))


def lever_jobs(
    table: Table, files: dict[str, str], turns: Sequence[Turn], games: int, size: int
) -> Iterator[LeverJob]:
    """The jobs that try some turns, in their order, `size` at a time."""
    for first in range(0, len(turns), size):
        yield LeverJob(table, files, tuple(turns[first : first + size]), games)


def lever(turn: Turn, found: Differences) -> Lever:
    """What a turn changes; endings and teams in the deck's order."""
    return Lever(
        turn.path, str(turn.before), str(turn.after), found.games,
        tuple(
            (id_, share_change(moved.gained, moved.lost, found.games))
            for id_, moved in found.endings.items()
        ),
        tuple(
            (name.partition(".")[2], shift.change.estimate())
            for name, shift in found.numbers.items()
            if name.startswith("score.")
        ),
    )  # fmt: skip
