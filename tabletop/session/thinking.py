"""What is decided for seats that no person plays, while the game goes on."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Protocol

from tabletop.session.view import Move, SeatId, View


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of a thought."""

    move: Move | None
    """None when there is none: it was stopped, or the player failed."""
    note: str = ""
    """The intent, when the player gave one."""
    trouble: str = ""
    """What was wrong with the player, in words that everybody may read."""
    detail: str = ""
    """What it sent and what it said last: it may know what others may not."""


def nothing() -> None:
    """Stops what needs no stopping."""


@dataclass(frozen=True, slots=True)
class Thought:
    """A decision that a seat owes and no person makes."""

    seat: SeatId
    after: int
    """The move after which it is made."""
    who: str
    """Who sits at the seat: 'bot:greedy', 'exec:...', 'auto'."""
    decide: Callable[[], Decided]
    """Makes the decision: touches nothing of the game, and may run in any thread."""
    stop: Callable[[], None] = nothing
    """Tells `decide` that nobody waits for it any more; may be called at any time."""

    @property
    def key(self) -> tuple[SeatId, int, str]:
        """Equal for thoughts about the same decision."""
        return self.seat, self.after, self.who


class Player(Protocol):
    """A program from outside that decides for a seat."""

    @property
    def who(self) -> str:
        """What stands for it among the seats and in the save."""

    def decide(self, view: View, stopped: Event) -> Decided:
        """Its move for a view, or what is wrong with it; never raises.

        Soon after `stopped` is set it ends without either.
        """

    def close(self, view: View | None = None) -> None:
        """Ends it; tells it of the result when `view` is of a game that is over."""


def seat_words(who: str) -> str:
    """Who sits at a team's seat, as the log says it.

    >>> seat_words("absent"), seat_words("bot:search:500")
    ('control acts for the team', 'the bot search:500 plays')
    """
    said = {
        "absent": "control acts for the team",
        "person": "a person plays",
        "exec": "a program from outside plays",
    }
    kind, _, name = who.partition(":")
    return said.get(kind, f"the bot {name} plays")


def shown_seat(who: str) -> str:
    """Who sits at a seat as every view tells it: of a program, not its command.

    >>> shown_seat("exec:python3 player.py"), shown_seat("person")
    ('program', 'person')
    """
    return "program" if who.startswith("exec:") else who


def replaced(team: str, decided: Decided, who: str) -> str:
    """That a player failed, and who plays the team now."""
    return f"{team}'s player failed: {decided.trouble}. Now {seat_words(who)}."
