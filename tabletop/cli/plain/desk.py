"""One seat at the keyboard: the game, and who looks at it."""

from collections.abc import Iterable

from tabletop.cli import output
from tabletop.session.view import SeatId, View
from tabletop.tui.game import Game


class Desk:
    """What a command works on."""

    def __init__(self, game: Game, seat: SeatId, *, stays: bool = False) -> None:
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
