"""One seat at the keyboard: the game, who looks at it, and what a command is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TypeVar

from tabletop.cli import output
from tabletop.cli.text import one_line
from tabletop.errors import UsageError
from tabletop.session.game import ABSENT, Play
from tabletop.session.view import (
    CONTROL,
    NOTHING_ASKED,
    Asking,
    Move,
    MoveView,
    SeatId,
    View,
)

Item = TypeVar("Item")
MOST_DIGITS = 7


class Desk:
    """What a command works on."""

    def __init__(self, game: Play, seat: SeatId, *, stays: bool = False) -> None:
        self.game = game
        self.seat = seat
        self.stays = stays
        """Whether the seat keeps the keyboard, whoever must act."""
        self.wanted: SeatId | None = None
        """The seat that is to have the keyboard next."""

    @property
    def view(self) -> View:
        """What the seat sees now; for control with the moves of absent teams."""
        view = self.game.view(self.seat)
        return replace(view, moves=(*view.moves, *self._for_others()))

    def _for_others(self) -> Iterator[MoveView]:
        """What control may do for teams that are absent."""
        if self.seat == CONTROL:
            for team, who in self.game.seats.items():
                if who == ABSENT:
                    yield from self.game.view(team).moves

    def asked(self) -> Asking:
        """What is asked now, and what all answers together lead to."""
        for ask in self.view.asks:
            for option in ask.options:
                if option.open:
                    answer = Move("answer", team=ask.team, item=option.id)
                    return self.game.preview(self.seat, answer).asking
        return NOTHING_ASKED

    def say(self, lines: Iterable[str], otherwise: str = "") -> None:
        """Lines to the person; if there are none, what to say instead."""
        said = False
        for line in lines:
            output.say(line)
            said = True
        if otherwise and not said:
            output.say(otherwise)


class After(Enum):
    """What follows a command."""

    ASK_AGAIN = auto()
    """Nothing has changed: the same prompt again."""
    LOOK_AGAIN = auto()
    """Something has changed: see who is next."""
    LEAVE = auto()


@dataclass(frozen=True)
class Command:
    """Something that can be typed."""

    words: tuple[str, ...]
    usage: str
    meaning: str
    run: Callable[[Desk, str], After]


def numbered(items: Sequence[Item], text: str, kind: str) -> Item:
    """The item with that place, from 1; raises UsageError when there is none."""
    return picked(dict(enumerate(items, start=1)), text, kind)


def picked(items: Mapping[int, Item], text: str, kind: str) -> Item:
    """The item with that number; raises UsageError when there is none."""
    number = int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else -1
    if number not in items:
        raise UsageError(
            f"there is no {kind} '{one_line(text)}'", f"There are {_all(items)}."
        )
    return items[number]


def _all(numbers: Iterable[int]) -> str:
    """Numbers as they are told: '1 to 4', or each where there are gaps.

    >>> _all([2, 1, 3]), _all([1, 4]), _all([])
    ('1 to 3', '1, 4', 'none now')
    """
    found = sorted(numbers)
    if len(found) > 1 and found[-1] - found[0] == len(found) - 1:
        return f"{found[0]} to {found[-1]}"
    return ", ".join(map(str, found)) or "none now"


def whole(text: str) -> int:
    """A whole number as typed; raises UsageError for anything else."""
    digits = text.removeprefix("-")
    if not digits.isdecimal() or len(digits) > MOST_DIGITS:
        raise UsageError(f"'{one_line(text)}' is not a whole number")
    return int(text)
