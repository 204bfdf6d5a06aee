"""What has to be measured to find where a game turned, in parts for any worker."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tabletop.engine.gear import GearName, Sample
from tabletop.errors import MoveError
from tabletop.session.log import LogReader
from tabletop.session.moves import TEAM_KINDS, legal_codes
from tabletop.session.tree import Node, Tree
from tabletop.session.view import CONTROL, LogEntry, SeatId
from tabletop.study.playouts import (
    Policies,
    Position,
    best_gear,
    crew,
    sampled,
    seat_of,
)

Progress = Callable[[int, int], bool]
"""Told how many jobs are done, of how many; goes on while it returns True."""


@dataclass(frozen=True)
class Place:
    """A place of a line of which the seat knows that something led there."""

    node: Node
    """The move that led there."""
    entry: LogEntry
    """That move as the seat may know it."""
    last: int
    """The last place before the seat sees anything new; mostly the same."""

    @property
    def team(self) -> SeatId:
        """The team that decided; empty when it was no decision that the seat knows."""
        move = self.node.move
        known = move is not None and self.entry.kind in TEAM_KINDS
        return move.team if move is not None and known else ""


@dataclass(frozen=True)
class Measured:
    """What came of a job."""

    place: int
    now: Sample
    options: tuple[Sample, ...]
    """One for each move of the job, in order."""


@dataclass(frozen=True)
class Job:
    """One place of a line to play on from, as it is and after each option."""

    place: int
    """Which place of its line it is, from 0."""
    position: Position
    options: tuple[int, ...]
    """The moves of the team that decides there; empty when nothing is to be chosen."""
    playouts: int

    @property
    def total(self) -> int:
        """How many playouts it takes."""
        return self.playouts * (1 + len(self.options))

    def run(self, gear: GearName | None = None, workers: int = 1) -> Measured:
        """Makes the playouts; the same in either gear."""
        name = gear or best_gear(self.total)
        found = [
            sampled(self.position, move, self.playouts, workers, name)
            for move in (-1, *self.options)
        ]
        return Measured(self.place, found[0], tuple(found[1:]))


def known_moves(tree: Tree, number: int, seat: SeatId) -> int:
    """How many of the moves that led to a place a seat knows of."""
    path = list(tree.back(number))[:-1]
    if seat == CONTROL:
        return len(path)
    log = LogReader(tree, seat)
    return sum(log.entry(node) is not None for node in path)


def places(tree: Tree, tip: int, seat: SeatId) -> tuple[Place, ...]:
    """The places of the line that ends with a move, as far as a seat knows of them.

    A move that the seat may know nothing of belongs to the place before it. Raises
    MoveError when there is no such move, UsageError for a seat that is none.
    """
    seat_of(tree.program, seat)
    if tip not in tree.nodes:
        raise MoveError(f"there is no move {tip} in this save")
    log = LogReader(tree, seat)
    found: list[Place] = []
    for node in reversed(list(tree.back(tip))):
        entry = log.entry(node)
        if entry is not None:
            found.append(Place(node, entry, node.number))
        elif found:
            found[-1] = Place(found[-1].node, found[-1].entry, node.number)
    return tuple(found)


def jobs(
    tree: Tree, tip: int, seat: SeatId, playouts: int, policies: Policies, seed: int
) -> list[Job]:
    """The jobs of a line, one for each of its places, in order.

    Raises MoveError for a tip that is none, UsageError for an unknown seat or policy.
    """
    line = places(tree, tip, seat)
    found = []
    for i, place in enumerate(line):
        position = Position.of(tree, place.last, seat, policies, seed, i)
        chosen = line[i + 1] if i + 1 < len(line) else None
        options = options_at(tree, place, chosen, seat)
        found.append(Job(i, position, options if len(options) > 1 else (), playouts))
    return found


def options_at(
    tree: Tree, place: Place, chosen: Place | None, seat: SeatId
) -> tuple[int, ...]:
    """The moves that the team had which decides next; empty when it is not known."""
    if chosen is None or not chosen.team or seat not in (CONTROL, chosen.team):
        return ()
    team = tree.program.teams.index(chosen.team)
    return tuple(legal_codes(tree.program, tree.state(place.last), team))


def run_jobs(
    work: list[Job], workers: int, progress: Progress, gear: GearName | None = None
) -> Iterator[Measured]:
    """What came of jobs, in order, until progress says to stop."""
    name = gear or best_gear(sum(job.total for job in work))
    if workers <= 1:
        for done, job in enumerate(work):
            yield job.run(name)
            if not progress(done + 1, len(work)):
                return
        return
    with crew(name, workers) as executor:
        waiting = [executor.submit(job.run, name) for job in work]
        try:
            for done, future in enumerate(waiting):
                yield future.result()
                if not progress(done + 1, len(work)):
                    return
        finally:
            for future in waiting:
                future.cancel()
