"""How many ways a game can go in its first decisions, by going through all of them.

Chess programs count the nodes of their move trees so: one wrong rule, and the numbers
differ. The name is theirs, for performance test. A ply is a decision of a team; control
opens each phase at once, which counts as no ply. Equal states after as many plies are
looked at once, and their ways counted as often as they are reached.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.chances import (
    Chances,
    State,
    TooManyWaysError,
    legal_moves,
    settled,
    wiped,
)
from tabletop.engine.program import Program, seed_key

MOST_STATES = 300_000


@dataclass(frozen=True)
class Ply:
    """The game after so many decisions."""

    number: int
    ways: int
    """In which it can get there, games that have ended meanwhile left out."""
    ended: int
    """Of the ways of this many decisions, those with which the game ends."""
    states: int
    """Different states among those in which it goes on."""


def perft(
    program: Program, depth: int, *, seed: int = 0, game: int = 0,
    most: int = MOST_STATES,
) -> list[Ply]:  # fmt: skip
    """The first plies of one game, whose dice and draws fall as they do in it.

    Raises TooManyWaysError when there are more than `most` states.
    """
    return Counter(program, None).plies(depth, seed, game, most)


def perft_with_chance(
    program: Program, depth: int, *, most: int = MOST_STATES
) -> list[Ply]:
    """The first plies of every game: each way in which dice and draws fall counts.

    A hand that is filled counts once for each set of cards that may be drawn. Raises
    TooManyWaysError when there are more than `most` states.
    """
    return Counter(program, Chances(most)).plies(depth, 0, 0, most)


class Counter:
    """Counts the ways of one program."""

    def __init__(self, program: Program, chances: Chances | None) -> None:
        """Without `chances` all falls as it does."""
        self.program, self.words = program, program.words
        self.chances = chances
        self.room = [0] * program.move_room()

    def plies(self, depth: int, seed: int, game: int, most: int) -> list[Ply]:
        """The plies from 0 to `depth`, or to the last one in which anything happens."""
        key = seed_key(seed)
        start = self.step(
            self.program.new_state(),
            lambda new, S: new.set_up(self.words, S, key, game, None),
        )
        layer, ended = self.decisions((state, 1) for state in start)
        found = [Ply(0, sum(layer.values()), ended, len(layer))]
        while layer and len(found) <= depth:
            if len(layer) > most:
                raise TooManyWaysError(most)
            layer, ended = self.decisions(self.after(layer))
            found.append(Ply(len(found), sum(layer.values()), ended, len(layer)))
        return found

    def after(self, layer: dict[State, int]) -> Iterator[tuple[State, int]]:
        """The states after each legal move of each state, and in how many ways."""
        for state, ways in layer.items():
            for move in legal_moves(self.words, list(state), self.room):
                for new in self.moved(state, move):
                    yield new, ways

    def decisions(
        self, states: Iterator[tuple[State, int]]
    ) -> tuple[dict[State, int], int]:
        """The states in which a team is to decide, and in how many ways games ended."""
        layer: dict[State, int] = defaultdict(int)
        ended = 0
        for state, ways in states:
            waiting = [state]
            while waiting:
                now = waiting.pop()
                seat = machine.next_seat(self.words, list(now))
                if seat < 0 or now[at.S_ERROR]:
                    ended += ways
                elif seat == self.program.control:
                    waiting += self.moved(now, at.MV_ADVANCE)
                else:
                    layer[now] += ways
        return layer, ended

    def moved(self, state: State, move: int) -> Iterator[State]:
        """The states after a move."""
        return self.step(state, lambda new, S: new.perform(self.words, S, move, None))

    def step(self, state: Any, do: Any) -> Iterator[State]:
        """The states after a step: one, or one for each way that chance can fall."""
        if self.chances is None:
            new = list(state)
            do(machine, new)
            yield wiped(self.words, new)
            return
        for way, _ in self.chances.ways(state, do):
            yield settled(self.words, way)
