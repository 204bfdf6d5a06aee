"""The end of a game on the screen: who has what it wanted, in signs and words."""

from dataclasses import replace

import pytest

from tabletop.session.view import CONTROL
from tabletop.tui.screens.end import EndScreen
from tests.tui.fake_session import FakeGame, ended, view_of
from tests.tui.table import NARROW, WIDE, at_table, shown
from tests.waiting import until_screen


def game_of(seat: str, *successes: tuple[str, bool]) -> FakeGame:
    view = ended(view_of(seat))
    assert view.over is not None
    view = replace(view, over=replace(view.over, successes=successes))
    return FakeGame({seat: "person"}, views={seat: view}, waits=[])


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("seat", ["kyiv", CONTROL])
async def test_who_has_what_it_wanted_stands_below_the_scores(
    seat: str, size: tuple[int, int]
) -> None:
    """In the scores' order, and as the scores do for everybody."""
    game = game_of(seat, ("europe", True), ("kyiv", False))
    async with at_table(game, size) as (pilot, _):
        await until_screen(pilot, EndScreen)
        words = " ".join(shown(pilot).split())
    _, _, below = words.partition("By their own measure")
    assert words.index("Scores") < words.index("By their own measure")
    kyiv, europe = (
        below.index("✗ not what it wanted"),
        below.index("✓ a success by its"),
    )
    assert below.index("Kyiv") < kyiv < below.index("Europe") < europe


async def test_a_deck_that_does_not_ask_has_nothing_of_it() -> None:
    async with at_table(game_of("kyiv")) as (pilot, _):
        await until_screen(pilot, EndScreen)
        assert "measure" not in shown(pilot)
