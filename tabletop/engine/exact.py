"""A whole game, exactly: every move and every way that chance can fall.

For small decks. Teams choose each legal move with the same probability, or always the
first one; control opens each phase at once. Equal states after as many moves are put
together, so the work grows with the number of different states, not with that of games.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tabletop.engine import counting, machine
from tabletop.engine import layout as at
from tabletop.engine.census_things import KINDS
from tabletop.engine.chances import (
    Chances,
    State,
    TooManyWaysError,
    legal_moves,
    settled,
)
from tabletop.engine.counted import Noter
from tabletop.engine.ledger import Countable, sizes
from tabletop.engine.program import seed_key

MOST_STATES = 200_000
Shares = dict[int, Fraction]
"""Probabilities by a number."""


@dataclass
class Law:
    """What games of a deck come to, each with its probability."""

    outcomes: dict[tuple[int, ...], Fraction] = field(default_factory=dict)
    """By the ending's index (-1 when the machine stopped), the last round, then each
    team's score."""
    by_last_round: Fraction = Fraction(0)
    """Of a game that ends only because its last round is over."""
    moves: Fraction = Fraction(0)
    """Expected number of moves, control's openings of phases among them."""
    hits: dict[str, list[Fraction]] = field(default_factory=dict)
    """By kind, for each thing: how often it happens in a game, on average."""
    happens: dict[str, list[Fraction]] = field(default_factory=dict)
    """The same: that it happens in a game at all. Empty unless that was asked for."""
    offered: list[Fraction] = field(default_factory=list)
    """For cards, then options: decisions of a game at which it is legal, on average."""
    chosen: list[Fraction] = field(default_factory=list)
    terms: list[tuple[Fraction, Fraction]] = field(default_factory=list)
    """For each term: how often it holds when it is looked at, and does not."""
    tracks: list[list[Shares]] = field(default_factory=list)
    """For each round (0 is empty) and track: probabilities of its values as the round
    closes, in a game that comes so far."""
    states: int = 0
    """Different states that were looked at."""

    def endings(self) -> Shares:
        """Probabilities of the endings, by their index."""
        return self._by(lambda outcome: outcome[0])

    def rounds(self) -> Shares:
        """Probabilities of the last round."""
        return self._by(lambda outcome: outcome[1])

    def scores(self, team: int) -> Shares:
        """Probabilities of a team's score."""
        return self._by(lambda outcome: outcome[2 + team])

    def _by(self, number: Any) -> Shares:
        shares: Shares = defaultdict(Fraction)
        for outcome, chance in self.outcomes.items():
            shares[number(outcome)] += chance
        return dict(shares)


def law(
    ready: Countable, policies: list[int], *, remember: bool = False,
    most: int = MOST_STATES,
) -> Law:  # fmt: skip
    """The exact law of a deck's games, by bots that are random or take the first move.

    `remember` also finds what happens in a game at all; states then differ by what has
    happened so far. Raises TooManyWaysError beyond `most` states, or ways that one move
    can go.
    """
    solver = Solver(ready, policies, most, remember=remember)
    solver.solve()
    return solver.law


class Solver:
    """Goes through the games of one deck, a move at a time."""

    def __init__(
        self, ready: Countable, policies: list[int], most: int, *, remember: bool
    ) -> None:
        """Nothing is known yet."""
        self.most = most
        self.ready, self.policies, self.remember = ready, policies, remember
        self.words = ready.words
        self.chances = Chances(most)
        self.room = [0] * ready.program.move_room()
        size = sizes(ready.program)
        choices = size["card"] + size["option"]
        zero = Fraction(0)
        self.law = Law(
            hits={kind: [zero] * size[kind] for kind in KINDS},
            offered=[zero] * choices, chosen=[zero] * choices,
            terms=[(zero, zero)] * ready.terms,
            tracks=[[{} for _ in ready.program.tracks]
                    for _ in range(ready.program.rounds + 1)],
        )  # fmt: skip
        if remember:
            self.law.happens = {kind: [zero] * size[kind] for kind in KINDS}

    def solve(self) -> None:
        """Goes through all moves, from the start to every end."""
        key = seed_key(0)
        layer: dict[tuple[State, int], Fraction] = defaultdict(Fraction)
        start = [0] * self.ready.program.state_words
        for state, seen, chance in self.steps(
            start, 0, Fraction(1),
            lambda new, S, trace: new.set_up(self.words, S, key, 0, trace),
        ):  # fmt: skip
            layer[state, seen] += chance
        while layer:
            self.law.states += len(layer)
            if self.law.states > self.most:
                raise TooManyWaysError(self.most)
            after: dict[tuple[State, int], Fraction] = defaultdict(Fraction)
            for (state, seen), chance in layer.items():
                for new, now, share in self.moves(list(state), seen, chance):
                    after[new, now] += share
            layer = after

    def moves(
        self, state: list[int], seen: int, chance: Fraction
    ) -> Iterator[tuple[State, int, Fraction]]:
        """What comes of a state that is not the last one."""
        moves = legal_moves(self.words, state, self.room)
        if not moves or state[at.S_ERROR]:
            return
        seat = machine.next_seat(self.words, state)
        first_only = seat < len(self.policies) and self.policies[seat] == at.BOT_FIRST
        chosen = moves[:1] if first_only else moves
        self.law.moves += chance
        for place, move in enumerate(chosen):
            share = chance / len(chosen)
            if seat < len(self.policies):
                self.count_choice(state, seat, moves, place, share)
            yield from self.steps(
                state, seen, share,
                lambda new, S, trace, move=move: new.perform(
                    self.words, S, move, trace
                ),
            )  # fmt: skip

    def steps(
        self, state: list[int], seen: int, chance: Fraction, do: Any
    ) -> Iterator[tuple[State, int, Fraction]]:
        """The states that a step leads to; what happens on the way is counted."""
        ledger = self.ready.ledger

        def step(new: Any, S: list[int]) -> None:
            nonlocal ledger
            ledger = list(self.ready.ledger)
            do(new, S, Noter(self.words, S, ledger))

        begun = state[at.S_ROUND]
        for after, share in self.chances.ways(state, step):
            whole = chance * share
            now = seen | self.count(ledger, whole)
            for round_ in range(max(begun, 1), after[at.S_ROUND]):
                self.close(ledger, round_, whole)
            if after[at.S_OVER] or after[at.S_ERROR]:
                self.finish(after, ledger, now, whole)
            else:
                yield settled(self.words, after), now, whole

    # --- counting

    def count(self, ledger: list[int], chance: Fraction) -> int:
        """Adds what happened in a step; a bit for each thing that did."""
        seen = bit = 0
        for number, kind in enumerate(KINDS):
            start, expected = ledger[counting.C_CARD + number], self.law.hits[kind]
            for place in range(len(expected)):
                hits = ledger[start + place * counting.THING_WORDS]
                if hits:
                    expected[place] += hits * chance
                    seen |= 1 << bit
                bit += 1
        start = ledger[counting.C_TERM]
        for place, (held, failed) in enumerate(self.law.terms):
            more = ledger[start + 2 * place : start + 2 * place + 2]
            self.law.terms[place] = held + more[0] * chance, failed + more[1] * chance
        return seen if self.remember else 0

    def count_choice(
        self, state: list[int], seat: int, moves: list[int], place: int, share: Fraction
    ) -> None:
        """Adds a choice, what could be chosen, and the conditions behind it."""
        ledger = list(self.ready.ledger)
        counting.count_decision(
            self.words, state, ledger, seat, moves, len(moves), place
        )
        for name, head in (
            ("offered", counting.C_OFFERED),
            ("chosen", counting.C_CHOSEN),
        ):
            expected = getattr(self.law, name)
            for item in range(len(expected)):
                expected[item] += ledger[ledger[head] + item] * share
        self.count(ledger, share)

    def close(self, ledger: list[int], round_: int, chance: Fraction) -> None:
        """Adds the tracks as a round closed."""
        start = ledger[counting.C_TRACK] + (round_ - 1) * len(self.ready.program.tracks)
        for track, shares in enumerate(self.law.tracks[round_]):
            value = ledger[start + track]
            shares[value] = shares.get(value, Fraction(0)) + chance

    def finish(
        self, state: list[int], ledger: list[int], seen: int, chance: Fraction
    ) -> None:
        """Adds a finished game."""
        late = ledger[counting.C_LATE]
        counting.close_round(self.words, state, ledger, state[at.S_ROUND])
        self.close(ledger, state[at.S_ROUND], chance)
        scores = [
            machine.team_score(self.words, state, team)
            for team in range(len(self.ready.program.teams))
        ]
        ending = state[at.S_ENDING] - 1
        outcome = (ending, state[at.S_ROUND], *scores)
        known = self.law.outcomes.get(outcome, Fraction(0))
        self.law.outcomes[outcome] = known + chance
        self.law.by_last_round += late * chance
        if ending >= 0:
            self.law.hits["ending"][ending] += chance
            seen |= 1 << (self.first_bit("ending") + ending)
        if self.remember:
            self.happened(seen, chance)

    def first_bit(self, kind: str) -> int:
        """The bit of a kind's first thing."""
        size = sizes(self.ready.program)
        return sum(size[each] for each in KINDS[: KINDS.index(kind)])

    def happened(self, seen: int, chance: Fraction) -> None:
        """Adds what has happened in a finished game."""
        for kind in KINDS:
            first, found = self.first_bit(kind), self.law.happens[kind]
            for place in range(len(found)):
                if seen >> (first + place) & 1:
                    found[place] += chance
