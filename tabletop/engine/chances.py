"""Every way that chance can fall: the machine with its luck asked for, not drawn.

The machine's functions are the same code, in a namespace of their own where the one
that draws a number below `n` asks here instead. A step is run again for each way in
which its dice and draws can fall; each number below `n` is as likely as any other. A
hand is filled by one such number, which stands for the set of cards that is drawn.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, islice
from math import comb
from types import FunctionType, ModuleType, SimpleNamespace
from typing import Any

from tabletop.engine import cards, effects, flow, frames, layout, machine, words
from tabletop.engine import layout as at
from tabletop.engine.layout import Trace, Words
from tabletop.errors import TabletopError

MODULES: tuple[ModuleType, ...] = (layout, words, cards, effects, frames, flow, machine)
State = tuple[int, ...]
Step = Callable[[Any, list[int]], object]
"""What is done to a state; it is given the machine's functions as attributes."""


class TooManyWaysError(TabletopError):
    """There are more ways than were allowed for."""

    def __init__(self, most: int) -> None:
        """`most` is the number that was allowed."""
        super().__init__(
            f"there are more than {most:,} ways in which it can go",
            "Counting them all is for small decks, and for the first moves of others.",
        )


class Chances:
    """The machine, one step at a time."""

    def __init__(self, most: int) -> None:
        """Makes the machine's functions anew, in a namespace of their own.

        A step may go in `most` ways.
        """
        self.most = most
        self.told: tuple[int, ...] = ()
        self.fallen: list[tuple[int, int]] = []
        """Each number that fell, and below which it had to be."""
        space: dict[str, Any] = {}
        for module in MODULES:
            space |= vars(module)
        for name, value in list(space.items()):
            if isinstance(value, FunctionType):
                space[name] = FunctionType(value.__code__, space, name)
        space["below"], space["fill_hand"] = self._below, self._fill_hand
        self.machine = SimpleNamespace(**space)

    def ways(self, state: Words, step: Step) -> Iterator[tuple[list[int], Fraction]]:
        """Each way in which a step can go from a state, and its probability.

        The step changes a copy of the state. Ways that come to the same state are not
        put together. Raises TooManyWaysError.
        """
        waiting: list[tuple[int, ...]] = [()]
        left = self.most
        while waiting:
            left -= 1
            if left < 0 or len(waiting) > self.most:
                raise TooManyWaysError(self.most)
            self.told = waiting.pop()
            self.fallen = []
            copy = list(state)
            step(self.machine, copy)
            chance = Fraction(1)
            for _, n in self.fallen:
                chance /= n
            numbers = tuple(number for number, _ in self.fallen)
            for place in range(len(self.told), len(numbers)):
                for other in range(1, self.fallen[place][1]):
                    waiting.append((*numbers[:place], other))
            yield copy, chance

    def _below(self, _state: Words, _at: int, n: int) -> int:
        """Stands in for the machine's `below`."""
        place = len(self.fallen)
        number = self.told[place] if place < len(self.told) else 0
        self.fallen.append((number, n))
        return number

    def _fill_hand(self, P: Words, S: Words, team: int, trace: Trace) -> None:
        """Stands in for the machine's `fill_hand`: draws a set of cards at once."""
        row = self.machine.team_row(P, team)
        pile, count = P[row + at.T_S_PILE], P[at.H_S_PILE] + team
        while (wanted := P[row + at.T_HAND] - S[P[at.H_S_HAND] + team]) > 0:
            if S[count] == 0 and S[P[at.H_S_DISCARD] + team] > 0:
                self.machine.refill_pile(P, S, team, trace)
            wanted = min(wanted, S[count])
            if wanted == 0:
                return
            number = self._below(S, 0, comb(S[count], wanted))
            sets = combinations(range(S[count]), wanted)
            for place in reversed(next(islice(sets, number, None))):
                card = S[pile + place]
                self.machine.remove_at(S, pile, S[count], place)
                S[count] -= 1
                self.machine.add_to_hand(P, S, team, card)
                if trace is not None:
                    trace.append(
                        (at.TR_DRAW, team, card, 0, S[at.S_ORIGIN], S[at.S_PART])
                    )


def settled(P: Words, S: list[int]) -> State:
    """A state in a form that is equal for states from which all goes on alike.

    Piles and discards are sets, from which each card is drawn with the same chance.
    """
    for team in range(P[at.H_TEAMS]):
        row = P[at.H_TEAM] + team * at.TEAM_WORDS
        lists = (at.T_S_PILE, at.H_S_PILE), (at.T_S_DISCARD, at.H_S_DISCARD)
        for begin, count in lists:
            first = P[row + begin]
            last = first + S[P[count] + team]
            S[first:last] = sorted(S[first:last])
    return wiped(P, S)


def wiped(P: Words, S: list[int]) -> State:
    """A state without what is left over from working things out."""
    first = P[at.H_DIGEST] + at.SCRATCH_HEAD
    S[first:] = [0] * (len(S) - first)
    return tuple(S)


def legal_moves(P: Words, S: Words, room: Words) -> list[int]:
    """The moves of whoever is to move next; control only opens the next phase."""
    seat = machine.next_seat(P, S)
    if seat < 0:
        return []
    if seat == P[at.H_TEAMS]:
        return [at.MV_ADVANCE]
    return list(room[: machine.legal_moves(P, S, seat, room)])
