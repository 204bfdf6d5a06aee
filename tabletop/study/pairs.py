"""The same games of two programs, and by how much they differ, counted.

Games are paired by seed and number: what both programs share falls out of the
differences. Endings, teams and tracks are matched by their ids.
"""

from dataclasses import dataclass, field

from tabletop.engine.gear import ROW_HEAD, GearName, Row, gear
from tabletop.engine.program import Program
from tabletop.study.figures import Sums
from tabletop.study.table import Table


@dataclass(slots=True)
class Moved:
    """How often something came about before and after, and how many pairs changed."""

    before: int = 0
    after: int = 0
    gained: int = 0
    lost: int = 0

    def note(self, *, before: bool, after: bool) -> None:
        """Takes in a pair of games."""
        self.before += before
        self.after += after
        self.gained += after and not before
        self.lost += before and not after

    def add(self, other: "Moved") -> None:
        """Takes in other pairs."""
        self.before += other.before
        self.after += other.after
        self.gained += other.gained
        self.lost += other.lost


@dataclass(slots=True)
class Shift:
    """Totals of a number before and after, and its differences."""

    before: int = 0
    after: int = 0
    change: Sums = field(default_factory=Sums)

    def note(self, before: int, after: int) -> None:
        """Takes in a pair of games."""
        self.before += before
        self.after += after
        self.change.note(after - before)

    def add(self, other: "Shift") -> None:
        """Takes in other pairs."""
        self.before += other.before
        self.after += other.after
        self.change.add(other.change)


def pauses(program: Program) -> int:
    """How often control opens a phase in a round: play closes by itself."""
    return len(program.phases) - 1


def decisions(row: Row, pauses: int) -> int:
    """The teams' decisions in a game, from its row.

    Where an ending comes in the midst of a round it may be a few short.
    """
    return max(0, row[0] - row[2] * pauses)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where two programs' rows hold the same things."""

    endings: tuple[tuple[str, int, int], ...]
    """Each ending of either, and its number in both; -2 where it does not exist."""
    numbers: tuple[tuple[str, int, int], ...]
    """Each score and track of both, as 'score.ID' and 'track.ID', and its columns."""
    successes: tuple[tuple[str, int, int], ...]
    """Each team that says in both what it would call a success, and its columns."""
    pauses: tuple[int, int]
    """How often control opens a phase in a round of each."""

    @classmethod
    def of(cls, before: Program, after: Program) -> "Columns":
        """The columns of two programs, in the order of the second one."""
        ids = dict.fromkeys((*after.endings, *before.endings))
        ours, theirs = _numbers(before), _numbers(after)
        won, wins = _successes(before), _successes(after)
        return cls(
            tuple((id_, _at(before, id_), _at(after, id_)) for id_ in ids),
            tuple((id_, ours[id_], at) for id_, at in theirs.items() if id_ in ours),
            tuple((team, won[team], at) for team, at in wins.items() if team in won),
            (pauses(before), pauses(after)),
        )


def _at(program: Program, ending: str) -> int:
    return program.endings.index(ending) if ending in program.endings else -2


def _numbers(program: Program) -> dict[str, int]:
    names = [f"score.{team}" for team in program.teams]
    names += [f"track.{track}" for track in program.tracks]
    return {name: ROW_HEAD + i for i, name in enumerate(names)}


def _successes(program: Program) -> dict[str, int]:
    first = ROW_HEAD + len(program.teams) + len(program.tracks)
    return {program.teams[team]: first + team for team in program.judging}


@dataclass(slots=True)
class Differences:
    """What differs between the same games of two programs."""

    games: int = 0
    endings: dict[str, Moved] = field(default_factory=dict)
    numbers: dict[str, Shift] = field(default_factory=dict)
    """By 'score.TEAM', 'track.ID', 'rounds' and 'decisions'."""
    successes: dict[str, Moved] = field(default_factory=dict)
    """By team."""

    def note(self, columns: "Columns", before: Row, after: Row) -> None:
        """Takes in a pair of games."""
        self.games += 1
        for id_, ours, theirs in columns.endings:
            moved = self.endings.setdefault(id_, Moved())
            moved.note(before=before[1] == ours, after=after[1] == theirs)
        for id_, ours, theirs in columns.numbers:
            self.numbers.setdefault(id_, Shift()).note(before[ours], after[theirs])
        for team, ours, theirs in columns.successes:
            moved = self.successes.setdefault(team, Moved())
            moved.note(before=before[ours] > 0, after=after[theirs] > 0)
        self.numbers.setdefault("rounds", Shift()).note(before[2], after[2])
        ours, theirs = columns.pauses
        self.numbers.setdefault("decisions", Shift()).note(
            decisions(before, ours), decisions(after, theirs)
        )

    def add(self, other: "Differences") -> None:
        """Takes in other pairs."""
        self.games += other.games
        for id_, moved in other.endings.items():
            self.endings.setdefault(id_, Moved()).add(moved)
        for team, moved in other.successes.items():
            self.successes.setdefault(team, Moved()).add(moved)
        for id_, shift in other.numbers.items():
            self.numbers.setdefault(id_, Shift()).add(shift)


@dataclass(frozen=True)
class PairJob:
    """Some games of one table, and the same games of others."""

    before: Table
    afters: tuple[Table, ...]
    first: int
    games: int

    @property
    def weight(self) -> int:
        """Games."""
        return self.games

    def run(self, name: GearName) -> list[Differences]:
        """Plays them: what each of the others differs in."""
        machine = gear(name)
        ours = self.before.rows(machine, self.first, self.games)
        return [
            compare(
                self.before, after, ours, after.rows(machine, self.first, self.games)
            )
            for after in self.afters
        ]


def compare(
    before: Table, after: Table, ours: list[Row], theirs: list[Row]
) -> Differences:
    """What differs between games, pair by pair."""
    found, columns = Differences(), Columns.of(before.program, after.program)
    for row, other in zip(ours, theirs, strict=True):
        found.note(columns, row, other)
    return found
