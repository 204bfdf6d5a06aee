"""What it is worth to take a choice: every legal move, played on from the same place.

Some decisions of each game are drawn by lot. Each of their legal moves is made and the
game played on to its end a few times, with the same luck for all of them; what a move
is worth is the mean of the deciding team's own score. Decisions of one game depend on
each other, so intervals take a game as one observation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tabletop.engine import layout as at
from tabletop.engine.gear import Gear, GearName, Sample, gear
from tabletop.engine.machine import asked_question
from tabletop.engine.words import mix32
from tabletop.study.figures import Clusters
from tabletop.study.stakes import Stakes, settled
from tabletop.study.table import Table
from tabletop.study.walks import Place, Walker

PLAYOUTS = 16
"""From each place, after each of its moves."""
HALF = PLAYOUTS // 2
CARDS = 3
"""Decisions over cards that are drawn of a game, at most."""
ANSWERS = 2
"""Decisions over answers that are drawn of a game, at most."""
PART = 4
"""Games of one job. What comes of a study depends on it, in the last digits."""
LEARNING_PART = 16
"""The same for bots that learn: a job plays all the games before it in their batch."""
SLOTS = 8
"""More than all decisions that are drawn of one game."""


@dataclass(slots=True)
class Worth:
    """What taking one card or option was worth, over the places that were drawn."""

    gains: Clusters = field(default_factory=Clusters)
    """Points above the mean of the other moves."""
    best: int = 0
    """Places where no other move was worth more."""
    alike: int = 0
    """Places where every move was worth the same in each single playing on."""

    def add(self, other: "Worth") -> None:
        """Takes in other games; see `Clusters.add`."""
        self.gains.add(other.gains)
        self.best += other.best
        self.alike += other.alike


@dataclass(slots=True)
class Worths:
    """The same for every card and every option of a program."""

    cards: list[Worth]
    options: list[Worth]
    stakes: Stakes = field(default_factory=Stakes)
    """What the decisions settle of each team's score."""

    @classmethod
    def of(cls, table: Table) -> "Worths":
        """Of no game yet."""
        program = table.program
        return cls([Worth() for _ in program.cards], [Worth() for _ in program.options])

    def add(self, other: "Worths") -> None:
        """Takes in other games, which come after these."""
        for ours, theirs in zip(self.cards, other.cards, strict=True):
            ours.add(theirs)
        for ours, theirs in zip(self.options, other.options, strict=True):
            ours.add(theirs)
        self.stakes.add(other.stakes)


@dataclass(frozen=True)
class ChoiceJob:
    """Some games whose decisions are measured."""

    table: Table
    first: int
    games: int

    @property
    def weight(self) -> int:
        """Games."""
        return self.games

    def run(self, name: GearName) -> Worths:
        """Measures them."""
        machine = gear(name)
        found = Worths.of(self.table)
        ready = self.table.ready(machine)
        walker = Walker(machine, ready, self.first)
        for game in range(self.first, self.first + self.games):
            measure(machine, ready, drawn(walker, game), game, found)
        return found


def measure(
    machine: Gear, table: Table, places: Sequence[Place], game: int, into: Worths
) -> None:
    """Measures the decisions that were drawn of one game."""
    gains: dict[tuple[bool, int], list[float]] = {}
    stakes = [0.0] * len(table.program.teams)
    for slot, place in enumerate(places):
        number = (game * SLOTS + slot) * PLAYOUTS
        played = [
            played_on(machine, table, place, move, number) for move in place.moves
        ]
        if any(each.stopped for pair in played for each in pair):
            continue  # the machine stopped one of them: nothing to compare with
        _note_gains(table, place, played, gains, into)
        if table.policies[place.seat] == at.BOT_RANDOM:
            halves = ([_totals(pair[half]) for pair in played] for half in (0, 1))
            parts = settled(*halves)
            for team, part in enumerate(parts):
                stakes[team] += part * place.stands_for / (HALF * HALF)
    for key in sorted(gains):
        _worth(into, key).gains.note(gains[key])
    into.stakes.note(stakes)


Halves = tuple[Sample, Sample]
"""A place played on twice, with different luck."""


def _note_gains(
    table: Table, place: Place, played: Sequence[Halves],
    gains: dict[tuple[bool, int], list[float]], into: Worths,
) -> None:  # fmt: skip
    """Notes what each move of a place was worth to the team that decides."""
    scores = [[pair[half].scores[place.seat] for half in (0, 1)] for pair in played]
    totals = [sum(_total(each) for each in pair) for pair in scores]
    same = all(pair == scores[0] for pair in scores)
    for move, total in zip(place.moves, totals, strict=True):
        key = chosen_thing(table, place, move)
        if key is None:
            continue
        others = (sum(totals) - total) / (len(totals) - 1)
        gains.setdefault(key, []).append((total - others) / PLAYOUTS)
        worth = _worth(into, key)
        worth.best += total == max(totals)
        worth.alike += same


def _worth(into: Worths, key: tuple[bool, int]) -> Worth:
    is_card, index = key
    return into.cards[index] if is_card else into.options[index]


def _total(scores: dict[int, int]) -> int:
    return sum(score * games for score, games in scores.items())


def _totals(sample: Sample) -> list[int]:
    """Each team's scores, added up."""
    return [_total(scores) for scores in sample.scores]


def played_on(
    machine: Gear, table: Table, place: Place, move: int, number: int
) -> Halves:
    """A place played on after a move: the two halves of its games."""
    first, second = (
        machine.play_on(
            table.program, place.state, table.program.control, move, table.key[::-1],
            number + half * HALF, HALF, table.plain,
        )
        for half in (0, 1)
    )  # fmt: skip
    return first, second


def chosen_thing(table: Table, place: Place, move: int) -> tuple[bool, int] | None:
    """Whether a move takes a card, and which; or which option; None for passing."""
    kind, item = move % at.MOVE_TEAM, move // at.MOVE_ITEM % 65536
    if kind in (at.MV_PLAY, at.MV_LAY):
        return True, item
    if kind != at.MV_ANSWER:
        return None
    words = table.program.words
    question = asked_question(words, place.state, place.seat)
    row = words[at.H_QUESTION] + question * at.QUESTION_WORDS
    return False, int(words[row + at.Q_OPTION]) + item


def drawn(walker: Walker, game: int) -> list[Place]:
    """Some decisions of a game, each as likely: over cards first, then over answers.

    Only those with more than one legal move (J. Vitter's algorithm R, 1985).
    """
    kept: tuple[list[Place], list[Place]] = ([], [])
    seen = [0, 0]
    for place in walker.walk(game):
        if len(place.moves) < 2:
            continue
        kind = int(place.state[at.S_WAIT] == at.W_ANSWER)
        room, places = (CARDS, ANSWERS)[kind], kept[kind]
        seen[kind] += 1
        index = _lot(walker.table.key, game, int(place.state[at.S_MOVES]), seen[kind])
        if len(places) < room:
            places.append(walker.copy(place))
        elif index < room:
            places[index] = walker.copy(place)
    return [
        replace(place, stands_for=count / len(places))
        for places, count in zip(kept, seen, strict=True)
        for place in places
    ]


def _lot(key: list[int], game: int, move: int, of: int) -> int:
    """A number from 0 to `of - 1`, by a stream that nothing else draws from."""
    word = mix32(key[3] ^ mix32(game & at.MASK) ^ mix32(0x5A5A + move))
    return (mix32(word ^ key[2]) * of) >> 32
