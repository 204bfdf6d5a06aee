"""What the conformance suite asks of an engine, and this program's own as two of them.

To test another engine, or a broken one, give the suite an object that has the methods
of `Engine`. `TableEngine` and `TableGame` may be inherited from.
"""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, Self

from tabletop.deck.deck import Deck
from tabletop.session.view import Move, SeatId

State = Mapping[str, tuple[int, ...]]
"""A whole state, in parts that have names: 'round', 'points', 'hand of town' ..."""


class Rules(Protocol):
    """A game at one place, as the bare rules have it."""

    @property
    def over(self) -> bool:
        """Whether the game has ended."""

    def owing(self) -> tuple[SeatId, ...]:
        """The seats that owe a move, in order: teams, or control for the next phase."""

    def legal_moves(self, seat: SeatId) -> tuple[Move, ...]:
        """The legal moves of a team or of control, in order; rulings are not listed."""

    def perform(self, seat: SeatId, move: Move) -> None:
        """Makes a move, or a ruling of control's. Raises MoveError when it may not."""

    def state(self) -> State:
        """The whole state: equal for games in which the same will happen."""


class Game(Rules, Protocol):
    """A game at one place, with all that people do with one."""

    def copied(self) -> Self:
        """The same game at the same place, to be played on apart."""

    def offered(self, seat: SeatId) -> tuple[Move, ...]:
        """The moves that a seat is shown as its own, in order."""

    def shown(self, seat: SeatId) -> Mapping[str, object]:
        """All that a team, control or the display ('public') is shown, under names;
        without final scores, which are for all to see, whatever they are made of."""

    def numbers(self) -> Mapping[str, int]:
        """Every track, flag (0 or 1) and team's points ('town.points') by its name; and
        the 'round'."""

    def cards(self) -> Mapping[str, tuple[str, ...]]:
        """Where cards lie: 'hand TEAM', 'pile TEAM' and the like, with the cards' ids.
        One in two lists is there twice; one that is used up may be nowhere."""

    def played(self) -> Mapping[str, int]:
        """How often each card was played so far, as the rules count it."""

    def dice(self) -> tuple[tuple[int, int], ...]:
        """The dice that the last move threw: how many sides, and what each showed."""

    @property
    def place(self) -> int:
        """Where the game stands: a number for `go`."""

    def go(self, place: int) -> None:
        """Goes back to an earlier place, or forward again to one that was played."""

    def twin(self, seat: SeatId, chance: random.Random) -> Self:
        """The same game with everything made different that a seat may not know."""

    def alike(self, other: Self, seat: SeatId) -> bool:
        """Whether a seat may not tell this game's last move, and where it has led, from
        another's; worked out from the rules, not from what the seat is shown."""

    def close(self) -> None:
        """Lets go of the save, if there is one."""


class RulesEngine(Protocol):
    """Something that plays by the rules of a deck."""

    name: str

    def set_up(self, deck: Deck, seed: int, game: int = 0) -> Rules:
        """A game's start, carried on to its first stop."""


class Engine(Protocol):
    """Something that plays games of a deck, and saves them."""

    name: str

    def set_up(
        self, deck: Deck, seed: int, game: int = 0, path: Path | None = None
    ) -> Game:
        """A game's start, carried on to its first stop; saved at `path` from now on."""

    def open(self, path: Path) -> Game:
        """A saved game, at its last move."""


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The names under which two mappings differ, in order."""
    names = dict.fromkeys((*one, *other))
    return [name for name in names if one.get(name) != other.get(name)]
