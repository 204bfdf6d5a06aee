"""What a team may not know changes no cell of any of its screens, in play."""

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

import pytest

from tabletop.deck.deck import Deck
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, SeatId
from tests.decks.shipped import BRIGHT_DAYS, HOSPITAL, TUTORIAL, deck
from tests.session.twins import Secrets, clock, moved, with_state
from tests.tui.table import at_table, shown, until_drawn
from tests.waiting import leave, press

if TYPE_CHECKING:
    from tabletop.session.game import Game

KEYS = ("", "k", "i", "l", "v", "w", "b", "u")
"""The table, what is known, the inbox, the log, a card, why, the briefing, undo: at
each place the table, and every second of the others."""
PLACES = 2
"""Positions looked at for each team of a deck, at most."""
APART = 14
"""Moves between two of them."""


class Looked:
    """A game that is only looked at, from one seat: no bot moves on."""

    def __init__(self, session: Session, seat: SeatId) -> None:
        self._session = session
        self.seats: Mapping[SeatId, str] = {seat: "person", CONTROL: "auto"}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def waiting(self) -> Sequence[SeatId]:
        return [s for s in self._session.owing() if self.seats.get(s) == "person"]

    def next_thought(self) -> None:
        return None


async def screens(session: Session, seat: SeatId, keys: Sequence[str]) -> list[str]:
    """What some of a team's keys lead to, as it is drawn."""
    found = []
    game = cast("Game", Looked(session, seat))
    async with at_table(game, (120, 37)) as (pilot, play):
        await until_drawn(pilot, play)
        if pilot.app.screen is not play:
            found.append(shown(pilot))
            await leave(pilot)
        for key in keys:
            if key:
                await press(pilot, key)
                await press(pilot, "end")
            found.append(shown(pilot))
            while pilot.app.screen is not play:
                await leave(pilot)
    return found


def places(loaded: Deck, seat: SeatId) -> Iterator[Session]:
    """Positions of a game of moves by chance, control's own among them."""
    chance = random.Random(seat)
    seats = dict.fromkeys(loaded.model.teams, "person")
    session = Session.new(loaded, seed=3, seats=seats, clock=clock)
    for number in range(PLACES * APART):
        moved(session, chance)
        if session.over:  # then the scores tell what was secret
            return
        if number % APART == APART - 1:
            yield session


DECKS = (TUTORIAL, BRIGHT_DAYS, HOSPITAL)
SEATS = [(path, team) for path in DECKS for team in deck(path).model.teams]


@pytest.mark.parametrize(("path", "seat"), SEATS)
async def test_secrets_of_others_are_drawn_nowhere(path: Any, seat: SeatId) -> None:
    chance = random.Random(5)
    for number, session in enumerate(places(deck(path), seat)):
        keys = ("", *KEYS[1 + number % 2 :: 2])
        state = Secrets(session.tree, seat).twin(session.tree.state(), chance)
        assert state != session.tree.state(), "there is something to hide"
        twin = with_state(session, state)
        assert await screens(session, seat, keys) == await screens(twin, seat, keys)
