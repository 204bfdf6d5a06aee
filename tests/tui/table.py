"""An app with a game at the table, ready for keys."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tabletop.session.game import Game
from tabletop.session.view import SeatId
from tabletop.tui.app import TabletopApp
from tabletop.tui.library import DeckEntry, SaveEntry
from tabletop.tui.screens.play import PlayScreen
from tests.waiting import until, until_screen

WIDE, NARROW = (120, 37), (80, 24)
SIZES = [WIDE, NARROW, (160, 50)]


class EmptyLibrary:
    """Neither decks nor saves."""

    def decks(self) -> Sequence[DeckEntry]:
        return ()

    def saves(self) -> Sequence[SaveEntry]:
        return ()

    def explain(self, deck: Path) -> str:
        raise NotImplementedError

    def begin(self, deck: Path, seats: Mapping[SeatId, str], seed: int) -> Game:
        raise NotImplementedError

    def resume(self, save: Path) -> Game:
        raise NotImplementedError


@asynccontextmanager
async def at_table(
    game: Game, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[Pilot[Any], PlayScreen]]:
    """A pilot and the play screen of a game, with nobody's pauses."""
    app = TabletopApp(EmptyLibrary(), game=game, pause=0)
    async with app.run_test(size=size, notifications=True) as pilot:
        screens = app.screen_stack
        await pilot.pause()
        play = next(s for s in (*screens, app.screen) if isinstance(s, PlayScreen))
        yield pilot, play


@asynccontextmanager
async def seated(
    game: Game, size: tuple[int, int] = WIDE
) -> AsyncIterator[tuple[Pilot[Any], PlayScreen]]:
    """As `at_table`, once a seat's panes are drawn and no dialog is open."""
    async with at_table(game, size) as (pilot, play):
        await until_screen(pilot, PlayScreen)
        await until_drawn(pilot, play)
        yield pilot, play


async def until_drawn(pilot: Pilot[Any], play: PlayScreen) -> None:
    """Wait until somebody sits at the table."""
    await until(pilot, "a seat at the table", lambda: play.view is not None)
    await pilot.pause()


def shown(pilot: Pilot[Any]) -> str:
    """Every line of the screen as it is drawn now, without colours."""
    screen = pilot.app.screen
    strips = screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)
