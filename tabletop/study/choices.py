"""What each move of a decision promised the team that had it, from what it knew."""

from tabletop.session.tree import Tree
from tabletop.session.view import SeatId
from tabletop.study.jobs import Job, Measured, jobs, places
from tabletop.study.turning import Option, Writer


class Choices:
    """The decisions of a team on the line that ends with a move, to be measured."""

    def __init__(self, tree: Tree, tip: int, team: SeatId, playouts: int) -> None:
        """Raises UsageError for an unknown team, MoveError for a tip that is none."""
        self._tree, self._team = tree, team
        self._work = jobs(tree, tip, team, playouts, {}, 0)
        self._line = places(tree, tip, team)
        self._at = {place.node.number: i for i, place in enumerate(self._line)}

    def job(self, number: int) -> Job | None:
        """What measures the options of a move; None when it had no choice."""
        place = self._at.get(number, 0)
        job = self._work[place - 1] if place else None
        return job if job is not None and job.options else None

    def options(self, number: int, measured: Measured) -> tuple[Option, ...]:
        """What a job's figures say of each move, the best first."""
        place = self._at[number]
        writer = Writer(self._tree, self._team, "", self._work, {place - 1: measured})
        return writer.options(place, self._line[place])
