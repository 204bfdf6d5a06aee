"""Playouts from a position, by one or several workers, and the gear for them.

The same playouts come to the same in either gear and with any number of workers.
"""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

from tabletop.bots.bulk import policy_codes
from tabletop.bots.workers import processes
from tabletop.engine import dealing, machine
from tabletop.engine import layout as at
from tabletop.engine.gear import GearName, Sample, gear, has_fast, is_warm_to_play_on
from tabletop.engine.program import Program, seed_key
from tabletop.errors import UsageError
from tabletop.session.tree import Tree
from tabletop.session.view import CONTROL, SeatId
from tabletop.study.schedule import expect_injects

FEW = 300
"""So many playouts are over sooner than high gear is ready."""
FEW_COLD = 3_000
"""The same while it has never been compiled on this computer."""
CHUNK = {"low": 50, "high": 5_000}
"""Playouts that a worker makes at a time."""
FEW_AFFORDED = 100
"""Playouts of each position where only low gear is installed: it is far slower."""
Policies = Mapping[SeatId, str]
"""For each team the name of its bot, without 'bot:'; random where none is named."""
RANDOM = "random"


@dataclass(frozen=True)
class Position:
    """A place to play on from, as one seat knows it. Can go to another process."""

    program: Program
    state: list[int]
    seat: int
    """A team's index, or control's."""
    key: list[int]
    policies: list[int]
    own: int = 0
    """How many injects are the deck's own: a team reckons with these alone."""

    @classmethod
    def of(
        cls, tree: Tree, number: int, seat: SeatId, policies: Policies, seed: int,
        place: int,
    ) -> "Position":  # fmt: skip
        """The place after a move, to which `place` moves led that the seat knows of.

        Bots have the same luck in the same move of all playouts of a line. Raises
        UsageError for an unknown seat or policy.
        """
        codes = codes_of(tree, policies)
        index = seat_of(tree.program, seat)
        state = tree.state(number)
        state[at.S_MOVES] = place
        own = len(tree.program.injects) - len(tree.written)
        return cls(tree.program, state, index, seed_key(seed), codes, own)

    @property
    def over(self) -> bool:
        """Whether the game has ended there: then there is nothing to play."""
        return self.state[at.S_OVER] != 0

    def sample(self, move: int, first: int, count: int, name: GearName) -> Sample:
        """Some playouts after a move; a negative one is none.

        What a finished game came to is known to everybody.
        """
        if self.over:
            return self._ended(count)
        return gear(name).play_on(
            self.program, self.known, self.seat, move, self.key, first, count,
            self.policies,
        )  # fmt: skip

    @cached_property
    def known(self) -> list[int]:
        """What the seat knows, and what it has to reckon with."""
        known = self.program.new_state()
        dealing.take_known(self.program.words, self.state, self.seat, known)
        if self.seat != self.program.control:
            expect_injects(self.program, known, self.seat, self.own)
        return known

    def _ended(self, count: int) -> Sample:
        endings = [0] * len(self.program.endings)
        endings[self.state[at.S_ENDING] - 1] = count
        state = list(self.state)
        scores = [
            {machine.team_score(self.program.words, state, team): count}
            for team in range(len(self.program.teams))
        ]
        return Sample(count, 0, endings, scores)


def seat_of(program: Program, seat: SeatId) -> int:
    """The machine's number of a seat. Raises UsageError for one that is none."""
    if seat == CONTROL:
        return program.control
    if seat not in program.teams:
        known = ", ".join((*program.teams, CONTROL))
        raise UsageError(f"there is no seat '{seat}'", f"The seats are: {known}.")
    return program.teams.index(seat)


def codes_of(tree: Tree, policies: Policies) -> list[int]:
    """The machine's number of each team's bot. Raises UsageError for one that can't."""
    codes = policy_codes(tree.deck, policies)
    if any(code >= at.BOT_BUDGET for code in codes):
        raise UsageError(
            "the search bot is too slow to play thousands of games on",
            "Possible are: random, first, greedy.",
        )
    return codes


def best_gear(playouts: int) -> GearName:
    """The gear that has so many playouts done first."""
    if not has_fast() or playouts <= FEW:
        return "low"
    return "high" if playouts > FEW_COLD or is_warm_to_play_on() else "low"


def afforded(playouts: int) -> int:
    """As many playouts as can be waited for on this installation."""
    return playouts if has_fast() else min(playouts, FEW_AFFORDED)


def must_compile(playouts: int) -> bool:
    """Whether so many playouts have to wait until high gear has been compiled."""
    return best_gear(playouts) == "high" and not is_warm_to_play_on()


def sampled(
    position: Position, move: int, playouts: int, workers: int, name: GearName,
    tell: Callable[[int], None] = lambda _done: None,
) -> Sample:  # fmt: skip
    """Playouts 0 to `playouts - 1` after a move, by several workers.

    `tell` is told how many are done.
    """
    total: Sample | None = None
    for part in parts(position, move, playouts, workers, name):
        if total is None:
            total = part
        else:
            total.add(part)
        tell(total.games)
    if total is None:
        raise UsageError("there are no playouts to make", "Ask for at least one.")
    return total


def parts(
    position: Position, move: int, playouts: int, workers: int, name: GearName
) -> Iterator[Sample]:
    """The same in parts, in order."""
    size = min(CHUNK[name], max(1, -(-playouts // max(workers, 1))))
    spans = [(first, min(size, playouts - first)) for first in range(0, playouts, size)]
    if workers <= 1 or len(spans) <= 1 or position.over:
        for first, count in spans:
            yield position.sample(move, first, count, name)
        return
    with crew(name, workers) as executor:
        waiting = [
            executor.submit(position.sample, move, first, count, name)
            for first, count in spans
        ]
        for future in waiting:
            yield future.result()


def crew(name: GearName, workers: int) -> Executor:
    """Threads for high gear, which runs without Python's lock; else processes.

    An interrupt at the keyboard reaches these too: only the one that asked heeds it.
    """
    if name == "high":
        return ThreadPoolExecutor(workers)
    return processes(workers)


def policy_words(tree: Tree, policies: Policies) -> str:
    """Who plays in the playouts: 'random', or 'kyiv greedy, others random'.

    Raises UsageError for an unknown policy or team.
    """
    codes_of(tree, policies)
    names = {team: policies.get(team, RANDOM) for team in tree.program.teams}
    if len(set(names.values())) == 1:
        return next(iter(names.values()))
    named = [f"{team} {name}" for team, name in names.items() if name != RANDOM]
    rest = len(named) < len(names)
    return ", ".join([*named, *([f"others {RANDOM}"] if rest else [])])
