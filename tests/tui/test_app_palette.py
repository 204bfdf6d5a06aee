"""The palette has every legal move and every key, whatever their names hold."""

from typing import Any

import pytest
from textual.command import CommandPalette
from textual.content import Content
from textual.pilot import Pilot

from tabletop.session.view import CONTROL, Move
from tabletop.tui.palette import Commands
from tabletop.tui.screens.ask import AskScreen
from tests.tui.fake_session import FakeGame, hostile
from tests.tui.table import at_table, seated
from tests.tui.test_play_ask import GIVE_WAY, asked_game
from tests.waiting import press, until, until_screen


async def labels(screen: Any) -> list[str]:
    """What the palette lists on a screen before a letter is typed."""
    found: list[str] = []
    for provider in screen.COMMANDS:
        commands = provider(screen)
        assert isinstance(commands, Commands)
        async for hit in commands.discover():
            assert isinstance(hit.prompt, Content), "text, never markup"
            found.append(hit.text or "")
    return found


@pytest.mark.parametrize("seat", ["kyiv", CONTROL])
async def test_every_legal_move_and_every_key_is_a_command(seat: str) -> None:
    async with seated(FakeGame({seat: "person"}, waits=[seat])) as (_, play):
        listed = await labels(play)
        assert play.view is not None
        for offer in play.view.moves:
            assert offer.label in listed
        for key in play.working_keys():
            if key.action and "{key}" not in key.action:
                assert any(key.tip and key.verb.capitalize() in x for x in listed)
        assert "Go to Log" in listed
        assert "Why is Track us_aid 55?" in listed


async def choose(pilot: Pilot[Any], typed: str) -> None:
    """Open the palette, type, wait for the hit, take it."""
    await press(pilot, "ctrl+p")
    palette = await until_screen(pilot, CommandPalette)
    await press(pilot, *("space" if letter == " " else letter for letter in typed))
    await until(pilot, "a hit", lambda: bool(palette.query("CommandList").first()))
    commands: Any = palette.query_one("CommandList")
    await until(pilot, "a hit", lambda: commands.option_count > 0)
    await press(pilot, "down", "enter")


async def test_a_move_is_made_by_its_name() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, _):
        await choose(pilot, "Play Card strike")
        await until(pilot, "the move", lambda: bool(game.made))
        assert game.made == [("kyiv", Move("play", "kyiv", "strike"), "")]


async def test_hostile_names_are_shown_and_chosen() -> None:
    game = FakeGame(text=hostile)
    async with seated(game) as (pilot, _):
        await choose(pilot, "Card strike")
        await until(pilot, "the move", lambda: bool(game.made))
        assert game.made == [("kyiv", Move("play", "kyiv", "strike"), "")]


async def test_an_answer_is_given_by_its_name() -> None:
    game = asked_game()
    async with at_table(game) as (pilot, _):
        screen = await until_screen(pilot, AskScreen)
        assert "Answer: Give way" in await labels(screen)
        assert "Answer: Push back" not in await labels(screen)
        await choose(pilot, "Give way")
        await until(pilot, "the answer", lambda: bool(game.made))
        assert game.made == [("kyiv", GIVE_WAY, "")]


async def test_the_curtain_offers_nothing_of_the_table() -> None:
    game = FakeGame({"kyiv": "person", "europe": "person"})
    async with at_table(game) as (pilot, _):
        listed = await labels(pilot.app.screen)
        assert not any("Card" in label or "Pass" in label for label in listed)
