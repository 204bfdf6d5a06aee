"""The axis of moves that chart, lanes and timeline share, and what marks it."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.message import Message

from tabletop.session.replaying import Moment
from tabletop.tui.widgets.base import Pane

LEFT, RIGHT = 15, 7
"""Cells before the axis and after it, so that all that share it stand in line."""


@dataclass(frozen=True, slots=True)
class Axis:
    """Places of a line of play as columns; of a long one several share a column."""

    count: int
    """How many places there are."""
    cells: int

    def column(self, place: int) -> int:
        """The column of a place.

        >>> [Axis(4, 8).column(place) for place in range(4)]
        [0, 2, 4, 6]
        """
        if place >= self.count:
            return self.cells - 1
        return place * self.cells // max(1, self.count)

    def last(self, column: int) -> int:
        """The last place in a column, or the last one before it."""
        return -(-(column + 1) * self.count // max(1, self.cells)) - 1

    @property
    def crowd(self) -> str:
        """How many places share a column, in words; empty when each has its own."""
        if self.count <= self.cells:
            return ""
        least = self.count // max(1, self.cells)
        exact = least * self.cells == self.count
        return f"{least}" if exact else f"{least} or {least + 1}"


def rounds_of(moments: Sequence[Moment]) -> list[tuple[int, int]]:
    """Where each round begins: its first place and its number."""
    found: list[tuple[int, int]] = []
    for moment in moments:
        if moment.round and (not found or moment.round > found[-1][1]):
            found.append((moment.place, moment.round))
    return found


@dataclass
class Sought(Message):
    """A place on the axis was clicked."""

    place: int


class AxisPane(Pane):
    """A pane over the axis: a click goes to the moment that it points at."""

    before, after = LEFT, RIGHT
    """Cells beside the axis."""

    def places(self) -> int:
        """How many places there are."""
        raise NotImplementedError

    def on_click(self, event: events.Click) -> None:
        """Tell which place was pointed at."""
        point = event.get_content_offset(self)
        cells = self.room.width - self.before - self.after
        if point is None or cells < 2 or not 0 <= point.x - self.before < cells:
            return
        place = Axis(self.places(), cells).last(point.x - self.before)
        self.post_message(Sought(max(0, min(place, self.places() - 1))))
