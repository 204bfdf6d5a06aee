"""Games of a study walked through, decision by decision."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tabletop.engine import counting
from tabletop.engine import layout as at
from tabletop.engine.counted import Bench, is_special
from tabletop.engine.gear import Gear, gear
from tabletop.engine.ledger import plain_countable
from tabletop.study.table import Table


@dataclass(frozen=True, slots=True)
class Place:
    """A decision of a team."""

    state: Any
    seat: int
    moves: list[int]
    stands_for: float = 1.0
    """Decisions of the same game that it was drawn from, for each one drawn."""


class Walker:
    """Plays games one after the other, as the bots of a table do."""

    def __init__(self, machine: Gear, table: Table, first: int) -> None:
        """`first` is the first game that will be walked; the others follow in order."""
        self.machine, self.table = machine, table
        self.picker: Picker | None = None
        if is_special(table.policies, None):
            self.machine = gear("low")
            self.table = table.ready(self.machine)
            self.picker = Picker(self.table, first)
        program = self.table.program
        self.state = self.machine.words(self.table.nothing)
        self.room = self.machine.words([0] * program.move_room())

    def copy(self, place: Place) -> Place:
        """A place to keep."""
        return Place(self.machine.words(place.state), place.seat, place.moves)

    def walk(self, game: int) -> Iterator[Place]:
        """The teams' decisions in a game, in order.

        A place's state is the game's own, and changes when the next one is asked for.
        """
        machine, state = self.machine, self.state
        program = self.table.program
        machine.set_up(program.words, state, self.table.key, game)
        if self.picker is not None:
            self.picker.begin(game)
        while (seat := machine.next_seat(program.words, state)) >= 0:
            if state[at.S_ERROR]:
                return
            move = at.MV_ADVANCE
            if seat != program.control:
                moves = machine.legal_moves(program.words, state, seat, self.room)
                yield Place(state, seat, moves)
                move = self._choose(seat, moves)
            machine.perform(program.words, state, move)

    def _choose(self, seat: int, moves: list[int]) -> int:
        policy = self.table.policies[seat]
        if self.picker is not None and policy % at.BOT_BUDGET != at.BOT_SEARCH:
            return self.picker.choose(self.state, seat, moves)
        words = self.table.program.words
        return self.machine.choose(words, self.state, seat, policy, moves)


class Picker:
    """Decides for bots that have tables, in low gear."""

    def __init__(self, table: Table, first: int) -> None:
        """Plays the games before the first one, where bots learn from them."""
        self.table = table
        ready = plain_countable(table.program)
        self.bench = Bench(
            gear("low"), ready, table.key, table.policies, None, table.tables
        )
        self.bench.catch_up(first)

    def begin(self, game: int) -> None:
        """Gets the tables ready for a game."""
        bench = self.bench
        bench.ledger[counting.C_GAME] = game
        counting.begin_tables(
            bench.program, bench.ledger, self.table.policies, bench.tables, game
        )

    def choose(self, state: list[int], seat: int, moves: list[int]) -> int:
        """The move that a bot makes among its legal moves."""
        bench = self.bench
        place = counting.pick(
            bench.program, state, bench.ledger, seat, self.table.policies[seat], moves,
            len(moves), bench.known, bench.trial, bench.tables,
        )  # fmt: skip
        return moves[place]
