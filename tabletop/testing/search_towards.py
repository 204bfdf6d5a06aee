"""A player that has only the goal of a search in mind, whatever team it plays for."""

from collections.abc import Callable, Sequence

from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.program import Program
from tabletop.engine.words import mix32
from tabletop.testing.games import Choose

STRAYS = 8
"""One decision in so many is made at random, so that no two games are alike."""
Distance = Callable[[list[int]], int]


def towards(program: Program, distance: Distance, seen: Callable[[], None]) -> Choose:
    """Chooses the move after which a state is nearest; it sees dice before they fall.

    `seen` is called for each position that it looks at.
    """

    def choose(state: list[int], seat: int, moves: Sequence[int]) -> int:
        del seat
        luck = mix32(state[at.S_DICE] ^ mix32(state[at.S_CARDS] + state[at.S_MOVES]))
        if len(moves) == 1 or luck % STRAYS == 0:
            return moves[(luck >> 8) % len(moves)]
        best: list[int] = []
        least = at.BIG
        for move in moves:
            after = list(state)
            machine.perform(program.words, after, move, None)
            seen()
            far = at.BIG if after[at.S_ERROR] else distance(after)
            if far < least:
                least, best = far, []
            if far == least:
                best.append(move)
        return best[(luck >> 8) % len(best)]

    return choose
