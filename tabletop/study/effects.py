"""What it is worth to take a choice: every legal move, played on from the same place.

Some decisions of each game are drawn by lot. Each of their legal moves is made and the
game played on to its end a few times, with the same luck for all of them; what a move
is worth is the mean of the deciding team's own score. Decisions of one game depend on
each other, so intervals take a game as one observation.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tabletop.engine import layout as at
from tabletop.engine.gear import Gear, GearName, gear
from tabletop.engine.machine import asked_question
from tabletop.engine.words import mix32
from tabletop.study.figures import Clusters
from tabletop.study.table import Table
from tabletop.study.walks import Place, Walker

PLAYOUTS = 16
"""From each place, after each of its moves."""
CARDS = 3
"""Decisions over cards that are drawn of a game, at most."""
ANSWERS = 2
"""Decisions over answers that are drawn of a game, at most."""
PART = 16
"""Games of one job: a batch of bots that learn is made of whole ones."""
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
    for slot, place in enumerate(places):
        number = (game * SLOTS + slot) * PLAYOUTS
        values = [_value(machine, table, place, move, number) for move in place.moves]
        totals = [sum(each) for each in values if each is not None]
        if len(totals) < len(values):
            continue  # the machine stopped one of them: nothing to compare with
        same = all(each == values[0] for each in values)
        for move, total in zip(place.moves, totals, strict=True):
            key = chosen_thing(table, place, move)
            if key is None:
                continue
            others = (sum(totals) - total) / (len(totals) - 1)
            gains.setdefault(key, []).append((total - others) / PLAYOUTS)
            worth = _worth(into, key)
            worth.best += total == max(totals)
            worth.alike += same
    for key in sorted(gains):
        _worth(into, key).gains.note(gains[key])


def _worth(into: Worths, key: tuple[bool, int]) -> Worth:
    is_card, index = key
    return into.cards[index] if is_card else into.options[index]


def _value(
    machine: Gear, table: Table, place: Place, move: int, number: int
) -> list[int] | None:
    """The own scores after a move, in order; None when the machine stopped a game."""
    sample = machine.play_on(
        table.program, place.state, table.program.control, move, table.key[::-1],
        number, PLAYOUTS, table.plain,
    )  # fmt: skip
    if sample.stopped:
        return None
    scores = sorted(sample.scores[place.seat].items())
    return [score for score, games in scores for _ in range(games)]


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
    return [*kept[0], *kept[1]]


def _lot(key: list[int], game: int, move: int, of: int) -> int:
    """A number from 0 to `of - 1`, by a stream that nothing else draws from."""
    word = mix32(key[3] ^ mix32(game & at.MASK) ^ mix32(0x5A5A + move))
    return (mix32(word ^ key[2]) * of) >> 32
