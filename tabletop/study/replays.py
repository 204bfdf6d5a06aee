"""The first games of a study once more: with other luck, other choices, other order.

Each is compared with the game as it was, whose row also tells its pace.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from tabletop.engine import layout as at
from tabletop.engine.gear import ROW_HEAD, GearName, Row, gear
from tabletop.engine.words import mix32
from tabletop.study.causes import Pairs
from tabletop.study.figures import Sums
from tabletop.study.pairs import decisions, pauses
from tabletop.study.table import Table


@dataclass(slots=True)
class Replays:
    """What came of it, counted, for each team; it adds up in any order."""

    paces: Counter[tuple[int, int]] = field(default_factory=Counter)
    """Games by their rounds and decisions."""
    examples: dict[str, int] = field(default_factory=dict)
    """The first game that ended with a track at a bound ('low.ID', 'high.ID'), or in
    which one team scored most ('best.ID')."""
    longest: tuple[int, int] = (0, 0)
    """The most decisions of a game, and less than nought by its number."""
    choice: list[Pairs] = field(default_factory=list)
    """Scores with the same choices and other luck."""
    luck: list[Pairs] = field(default_factory=list)
    """Scores with the same luck and other choices."""
    order: list[Sums] = field(default_factory=list)
    """What the reverse order adds to the score."""

    @classmethod
    def of(cls, teams: int) -> "Replays":
        """Of no game, with all causes."""
        return cls(
            choice=[Pairs() for _ in range(teams)],
            luck=[Pairs() for _ in range(teams)],
        )

    def add(self, other: "Replays") -> None:
        """Takes in other games."""
        self.paces.update(other.paces)
        self.longest = max(self.longest, other.longest)
        for name, game in other.examples.items():
            self.examples[name] = min(game, self.examples.get(name, game))
        self.choice = self.choice or [Pairs() for _ in other.choice]
        self.luck = self.luck or [Pairs() for _ in other.luck]
        self.order = self.order or [Sums() for _ in other.order]
        for ours, theirs in zip(self.choice, other.choice, strict=True):
            ours.add(theirs)
        for ours, theirs in zip(self.luck, other.luck, strict=True):
            ours.add(theirs)
        for mine, others in zip(self.order, other.order, strict=True):
            mine.add(others)


@dataclass(frozen=True)
class ReplayJob:
    """Some games, and which of them are played again."""

    table: Table
    first: int
    games: int
    causes: bool
    order: bool

    @property
    def weight(self) -> int:
        """Games, those that are played again included."""
        return self.games * (1 + 2 * self.causes + self.order)

    def run(self, name: GearName) -> Replays:
        """Plays them."""
        machine, table = gear(name), self.table

        def rows(table: Table) -> list[Row]:
            return table.rows(machine, self.first, self.games)

        base = rows(table)
        found = Replays(_paces(table, base), _examples(table, base, self.first))
        breaks = pauses(table.program)
        found.longest = max(
            (decisions(row, breaks), -game) for game, row in enumerate(base, self.first)
        )
        if self.causes:
            other = other_key(table.key)
            found.choice = _pairs(table, base, rows(replace(table, luck=other)))
            found.luck = _pairs(
                table, base, rows(replace(table, key=other, luck=table.key))
            )
        if self.order:
            found.order = _gains(table, base, rows(table.reversed()))
        return found


def other_key(key: list[int]) -> list[int]:
    """The key of the luck, or of the choices, that are put in the place of a game's."""
    return [mix32(word ^ 0x0D0D0D0D) for word in key]


def _paces(table: Table, rows: list[Row]) -> Counter[tuple[int, int]]:
    breaks = pauses(table.program)
    return Counter((row[2], decisions(row, breaks)) for row in rows)


def _examples(table: Table, rows: list[Row], first: int) -> dict[str, int]:
    """The first game of each kind that somebody may want to see."""
    words, program = table.program.words, table.program
    found: dict[str, int] = {}
    begin = ROW_HEAD + len(program.teams)
    for game, row in enumerate(rows, first):
        scores = row[ROW_HEAD:begin]
        if scores.count(max(scores)) == 1:
            best = program.teams[scores.index(max(scores))]
            found.setdefault(f"best.{best}", game)
        for index, track in enumerate(program.tracks):
            target = words[at.H_TARGET] + index * at.TARGET_WORDS
            if row[begin + index] == words[target + at.G_LOW]:
                found.setdefault(f"low.{track}", game)
            elif row[begin + index] == words[target + at.G_HIGH]:
                found.setdefault(f"high.{track}", game)
    return found


def _columns(table: Table) -> range:
    return range(ROW_HEAD, ROW_HEAD + len(table.program.teams))


def _pairs(table: Table, rows: list[Row], others: list[Row]) -> list[Pairs]:
    found = [Pairs() for _ in table.program.teams]
    for row, other in zip(rows, others, strict=True):
        for pairs, column in zip(found, _columns(table), strict=True):
            pairs.note(row[column], other[column])
    return found


def _gains(table: Table, rows: list[Row], others: list[Row]) -> list[Sums]:
    found = [Sums() for _ in table.program.teams]
    for row, other in zip(rows, others, strict=True):
        for sums, column in zip(found, _columns(table), strict=True):
            sums.note(other[column] - row[column])
    return found
