"""Every screen opens on a table whose every string would harm it, and stays itself."""

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.errors import DeckError, IllegalMoveError, StorageError, TabletopError
from tabletop.session.view import CONTROL, Cause, Change, Term
from tabletop.tui.attempt import attempt
from tabletop.tui.screens.ask import AskScreen
from tabletop.tui.screens.brief import BriefScreen
from tabletop.tui.screens.card import CardScreen
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.dice import DiceScreen
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.help import HelpScreen
from tabletop.tui.screens.leave import LeaveScreen
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.moves import MovesScreen
from tabletop.tui.screens.note import NoteScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import ErrorScreen, RefusalScreen
from tabletop.tui.screens.ruling import RulingScreen
from tabletop.tui.screens.undo import UndoScreen
from tabletop.tui.screens.why import WhyScreen
from tests.tui import views
from tests.tui.fake_session import (
    FakeGame,
    FakeUndoing,
    ask_view,
    ended,
    hostile,
    view_of,
)
from tests.tui.table import NARROW, SIZES, WIDE, at_table, seated, shown
from tests.waiting import leave, press, until_screen

KEYS_OF_A_TEAM = {
    "v": CardScreen, "w": WhyScreen, "l": LogScreen, "n": NoteScreen, "u": UndoScreen,
    "b": BriefScreen, "q": LeaveScreen, "question_mark": HelpScreen,
}  # fmt: skip
KEYS_OF_CONTROL = {"right": ConfirmScreen, "r": RulingScreen, "c": MovesScreen}


class HostileGame(FakeGame):
    """Also what is said of an undo is hostile."""

    def undo_preview(self, seat: str, to: int | None = None) -> FakeUndoing:
        return FakeUndoing(
            titles=[hostile("played")], branch=hostile("b"), seen=[hostile("seen")]
        )


def team_game(**options: Any) -> FakeGame:
    return HostileGame(text=hostile, **options)


def control_game() -> FakeGame:
    seats = {CONTROL: "person", "europe": "absent"}
    view = replace(view_of(CONTROL, hostile), to_act=("europe",))
    return HostileGame(
        seats, waits=[CONTROL], text=hostile, views={CONTROL: view}
    )  # fmt: skip


def rich_game(seat: str) -> FakeGame:
    """A table of the usual size, every one of its strings hostile."""
    view = views.hostile(views.friendly(seat))
    return HostileGame({seat: "person"}, hostile, [seat], {seat: view})


async def opens(pilot: Pilot[Any], key: str, screen: Any) -> None:
    """A key opens a screen; that screen can be read, scrolled and left."""
    await press(pilot, key)
    await until_screen(pilot, screen)
    text = shown(pilot)
    assert "\x1b" not in text
    if screen not in (NoteScreen, HelpScreen, LeaveScreen):
        assert "[/" in text or "[b +" in text, "hostile text is shown as it is"
    await press(pilot, "down", "pagedown", "end", "escape")
    await until_screen(pilot, PlayScreen)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_screen_of_a_team(size: tuple[int, int]) -> None:
    async with seated(team_game(), size) as (pilot, _):
        for key, screen in KEYS_OF_A_TEAM.items():
            await opens(pilot, key, screen)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_screen_of_control(size: tuple[int, int]) -> None:
    async with seated(control_game(), size) as (pilot, _):
        for key, screen in KEYS_OF_CONTROL.items():
            await opens(pilot, key, screen)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seat", ["kyiv", CONTROL])
async def test_every_pane(size: tuple[int, int], seat: str) -> None:
    async with seated(rich_game(seat), size) as (pilot, play):
        assert play.table is not None
        for number in range(1, len(play.table.PANES) + 1):
            play.action_pane(number)
            await press(pilot, "down", "up")
            assert "\x1b" not in shown(pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_a_question(size: tuple[int, int]) -> None:
    view = replace(view_of("kyiv", hostile), asks=(ask_view("kyiv", hostile),))
    async with at_table(team_game(views={"kyiv": view}), size) as (pilot, _):
        await until_screen(pilot, AskScreen)
        assert "[/" in shown(pilot)
        await press(pilot, "right", "left")


@pytest.mark.parametrize("size", SIZES)
async def test_the_end(size: tuple[int, int]) -> None:
    view = ended(view_of("kyiv", hostile), hostile)
    async with at_table(team_game(views={"kyiv": view}, waits=[]), size) as (pilot, _):
        await until_screen(pilot, EndScreen)
        assert "[/" in shown(pilot)
        await press(pilot, "l")
        await until_screen(pilot, LogScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_a_refusal_and_dice(size: tuple[int, int]) -> None:
    cause = Cause("dice", "x", hostile("Offensive"))
    thrown = Change("roll", "x", hostile("2d6 ⇒ 9"), 0, 9, cause=cause)
    game = team_game(results=[(thrown, Change("track", "x", hostile("front")))])
    async with seated(game, size) as (pilot, play):
        assert play.team_table is not None
        play.team_table.hand.selected = "lobby"
        await press(pilot, "enter")
        await until_screen(pilot, RefusalScreen)
        assert "[/" in shown(pilot)
        await leave(pilot)
        play.team_table.hand.selected = "dig_in"
        await press(pilot, "enter", "enter")
        await until_screen(pilot, DiceScreen)
        assert "[/" in shown(pilot)


ERRORS: list[tuple[TabletopError, Any]] = [
    (StorageError(hostile("disk"), hostile("hint")), ErrorScreen),
    (DeckError(hostile("deck"), diagnostics=[hostile("place")]), ErrorScreen),
    (TabletopError(hostile("usage")), ErrorScreen),
    (
        IllegalMoveError(
            hostile("move"), terms=[Term(met=False, text=hostile("term"))]
        ),
        RefusalScreen,
    ),
]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_error(size: tuple[int, int]) -> None:
    async with seated(team_game(), size) as (pilot, play):
        for error, screen in ERRORS:

            def fail(error: TabletopError = error) -> None:
                raise error

            assert attempt(pilot.app, fail) is None
            await until_screen(pilot, screen)
            assert "[/" in shown(pilot)
            assert "\x1b" not in shown(pilot)
            await leave(pilot)
            assert pilot.app.screen is play


async def test_a_warning_of_the_save_is_told() -> None:
    game = team_game(warnings=[hostile("torn tail set aside")])
    async with seated(game) as (pilot, _):
        assert any("torn tail" in n.message for n in pilot.app._notifications)
        await pilot.pause()
