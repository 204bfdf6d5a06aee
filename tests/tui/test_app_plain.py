"""Where only ASCII can be drawn, nothing else is; without colour, nothing is lost."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tabletop.session.view import CONTROL
from tabletop.tui.app import TabletopApp
from tabletop.tui.glyphs import ASCII, UNICODE, use
from tabletop.tui.screens.ask import AskScreen
from tabletop.tui.screens.help import HelpScreen
from tabletop.tui.screens.home import HomeScreen
from tabletop.tui.screens.undo import UndoScreen
from tests.tui.fake_session import FakeGame, ask_view, view_of
from tests.tui.table import SIZES, EmptyLibrary, at_table, seated, shown
from tests.waiting import leave, press, until_screen


@pytest.fixture(autouse=True)
def ascii_alone() -> Iterator[None]:
    use(ASCII)
    yield
    use(UNICODE)


def plain(text: str) -> str:
    return text.encode("ascii", "replace").decode()


def odd(text: str) -> set[str]:
    """What is no ASCII."""
    return {sign for sign in text if not sign.isascii()}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seat", ["kyiv", CONTROL])
async def test_the_table(size: tuple[int, int], seat: str) -> None:
    game = FakeGame({seat: "person"}, plain, [seat])
    async with seated(game, size) as (pilot, _):
        assert odd(shown(pilot)) == set()
        await press(pilot, "u")
        await until_screen(pilot, UndoScreen)
        assert odd(shown(pilot)) == set()
        await leave(pilot)
        await press(pilot, "question_mark")
        await until_screen(pilot, HelpScreen)
        assert odd(shown(pilot)) == set()


async def test_a_question() -> None:
    view = replace(view_of("kyiv", plain), asks=(ask_view("kyiv", plain),))
    async with at_table(FakeGame(text=plain, views={"kyiv": view})) as (pilot, _):
        await until_screen(pilot, AskScreen)
        assert odd(shown(pilot)) == set()


async def test_home() -> None:
    app = TabletopApp(EmptyLibrary(), pause=0)
    async with app.run_test(size=(80, 24)) as pilot:
        await until_screen(pilot, HomeScreen)
        assert odd(shown(pilot)) == set()
