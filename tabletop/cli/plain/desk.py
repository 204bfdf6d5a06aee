"""One seat at the keyboard: the game, who looks at it, and what a command is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeVar

from tabletop.cli import output
from tabletop.cli.text import one_line
from tabletop.errors import UsageError
from tabletop.session.game import Play
from tabletop.session.view import SeatId, View

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
        """What the seat sees now."""
        return self.game.view(self.seat)

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
    """The item with that number; raises UsageError when there is none."""
    number = int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else 0
    if not 1 <= number <= len(items):
        there = f"1 to {len(items)}" if items else "none now"
        raise UsageError(
            f"there is no {kind} '{one_line(text)}'", f"There are {there}."
        )
    return items[number - 1]


def whole(text: str) -> int:
    """A whole number as typed; raises UsageError for anything else."""
    digits = text.removeprefix("-")
    if not digits.isdecimal() or len(digits) > MOST_DIGITS:
        raise UsageError(f"'{one_line(text)}' is not a whole number")
    return int(text)
