"""A window too small says what it needs, keeps the game, and lets no key through."""

import pytest

from tabletop.tui.screens.base import LEAST, TooSmall
from tabletop.tui.screens.note import NoteScreen
from tests.tui.fake_session import FakeGame
from tests.tui.table import seated, shown
from tests.waiting import leave, press, until, until_screen


@pytest.mark.parametrize("size", [(79, 24), (80, 23), (20, 5)])
async def test_it_says_what_it_needs_and_takes_the_keys(size: tuple[int, int]) -> None:
    game = FakeGame()
    async with seated(game) as (pilot, play):
        await pilot.resize_terminal(*size)
        await until(pilot, "the cover", lambda: play.cramped)
        text = " ".join(shown(pilot).split())
        assert f"{LEAST.width} x {LEAST.height}" in text
        assert "Card" not in text
        await press(pilot, "p", "enter", "enter", "u")
        assert pilot.app.screen is play
        assert game.made == []
        await pilot.resize_terminal(80, 24)
        await until(pilot, "the table again", lambda: not play.cramped)
        assert "Card dig_in" in shown(pilot)
        await press(pilot, "p")
        assert len(game.made) == 1


async def test_typed_text_and_focus_survive_it() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, play):
        await press(pilot, "enter", "h", "i")
        await pilot.resize_terminal(40, 10)
        await until(pilot, "the cover", lambda: play.cramped)
        await press(pilot, "x", "enter")
        assert game.made == []
        await pilot.resize_terminal(120, 37)
        await until(pilot, "the table again", lambda: not play.cramped)
        assert play.team_table is not None
        assert play.team_table.intent.typing
        await press(pilot, "enter")
        assert [note for _, _, note in game.made] == ["hi"]


async def test_a_dialog_and_the_screen_under_it_follow_the_window() -> None:
    async with seated(FakeGame()) as (pilot, play):
        await press(pilot, "n")
        dialog = await until_screen(pilot, NoteScreen)
        await pilot.resize_terminal(60, 20)
        await until(pilot, "the cover", lambda: dialog.cramped)
        await pilot.resize_terminal(80, 24)
        await until(pilot, "the dialog again", lambda: not dialog.cramped)
        await leave(pilot)
        await until(pilot, "a narrow table", lambda: play.has_class("-narrow"))
        assert not play.cramped
        assert not play.query_one(TooSmall).display


async def test_one_can_still_leave() -> None:
    game = FakeGame()
    async with seated(game, (40, 10)) as (pilot, _):
        await press(pilot, "ctrl+q")
        assert game.closed
    assert pilot.app.return_value == game.path
