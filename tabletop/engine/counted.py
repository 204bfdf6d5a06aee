"""Many games counted, in either gear: vectors in, a census out."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from tabletop.engine import counting
from tabletop.engine import layout as at
from tabletop.engine.census import Census
from tabletop.engine.ledger import (
    Countable,
    add_starts,
    fresh,
    plain_countable,
    read_ledger,
)
from tabletop.engine.program import Program
from tabletop.engine.search import NODE_WORDS, NOTE_WORDS

if TYPE_CHECKING:
    from tabletop.engine.gear import Gear, Row

SPECIAL = (counting.BOT_LEAST, counting.BOT_WEIGHTS, counting.BOT_SCRIPT)


def is_special(policies: Sequence[int], luck_key: object) -> bool:
    """Whether only counting plays such games: for bots with tables, or other luck."""
    return luck_key is not None or any(policy in SPECIAL for policy in policies)


class Noter:
    """Takes the machine's trace in low gear, and counts it."""

    def __init__(self, program: list[int], state: list[int], ledger: list[int]) -> None:
        """What the facts are about, and where they are counted."""
        self.vectors = program, state, ledger

    def append(self, fact: tuple[int, int, int, int, int, int]) -> None:
        """Counts a fact."""
        kind, a, b, c, _, _ = fact
        if kind != at.TR_SET:
            counting.note(*self.vectors, kind, a, b, c)


class Bench:
    """All the vectors that counting takes, in the form of one gear."""

    def __init__(
        self,
        gear: "Gear",
        ready: Countable,
        key: list[int],
        policies: list[int],
        luck_key: list[int] | None,
        tables: list[int] | None,
    ) -> None:
        """Makes room; no game is played yet."""
        program, words = ready.program, gear.words
        self.gear, self.ready, self.policy_words = gear, ready, policies
        self.program, self.state = words(ready.words), words(program.new_state())
        self.key, self.luck = words(key), words(luck_key or key)
        self.policies = words(policies)
        self.moves = words([0] * program.move_room())
        self.known, self.trial = words(program.new_state()), words(program.new_state())
        self.tables = words(tables or [0] * len(program.teams))
        self.ledger = words(ready.ledger)
        self.room = words([0] * program.move_room())
        self.tree, self.notes = (
            words([0] * tree_words(policies)),
            words([0] * NOTE_WORDS),
        )
        self.out = words([0])

    def play(self, first: int, last: int) -> Any:
        """Plays games `first` to `last - 1`: their figures, one after the other."""
        self.out = self.gear.words([0] * ((last - first) * self.ready.row_words))
        self.ledger[counting.C_GAME], self.ledger[counting.C_OUT] = first, 0
        while True:
            seat = self.gear.count_games(self, last)
            if seat < 0:
                return self.out
            self.ledger[counting.C_PLACE] = self.gear.place(self, seat)

    def catch_up(self, first: int) -> None:
        """Plays the games of a batch that come before, for bots that learn by them."""
        if counting.BOT_LEAST in self.policy_words:
            begin = first - first % counting.BATCH
            ledger = self.ledger
            self.ledger = self.gear.words(self.ready.ledger)
            self.play(begin, first)
            self.ledger = ledger

    def parts(self, first: int, count: int) -> Iterator[tuple[int, Any]]:
        """The figures of the games in parts: the first game's number, and all."""
        self.catch_up(first)
        end = first + count
        for begin in range(first, end, self.ready.part):
            yield begin, self.play(begin, min(begin + self.ready.part, end))


def tree_words(policies: Sequence[int]) -> int:
    """Words of the tree of the bot that plays on most in its mind."""
    budgets = [
        policy // at.BOT_BUDGET
        for policy in policies
        if policy % at.BOT_BUDGET == at.BOT_SEARCH
    ]
    return (max(budgets, default=0) + 1) * NODE_WORDS


def take_census(bench: Bench, first: int, count: int) -> Census:
    """Plays games and counts them."""
    ready, total = bench.ready, Census()
    fresh(ready, total)
    for begin, rows in bench.parts(first, count):
        bench.gear.add_rows(ready, total, begin, rows)
    ledger = [int(word) for word in bench.ledger]
    census = read_ledger(ready, ledger)
    add_starts(ready, total)
    total.add(census)
    return total


def count_rows(
    gear: "Gear",
    program: Program,
    key: list[int],
    first: int,
    count: int,
    policies: list[int],
    luck_key: list[int] | None,
    tables: list[int] | None,
) -> Iterator["Row"]:
    """The rows of games that only counting plays."""
    ready = plain_countable(program)
    bench = Bench(gear, ready, key, policies, luck_key, tables)
    width = ready.row_words
    size = ready.head_words
    for _, out in bench.parts(first, count):
        for start in range(0, len(out), width):
            yield [int(word) for word in out[start : start + size]]
