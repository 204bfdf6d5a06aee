"""Control's table: injects, phases, rulings, moves for others."""

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.session.view import CONTROL, Move
from tabletop.tui.screens.base import TableScreen
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.moves import MovesScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.ruling import RulingScreen, Target, targets
from tabletop.tui.screens.undo import UndoScreen
from tests.tui.fake_session import FakeGame, inject_view, view_of
from tests.tui.table import NARROW, WIDE, at_table, seated, shown, until_drawn
from tests.waiting import leave, press, until, until_screen

BROAD = (160, 50)


def control_game() -> FakeGame:
    return FakeGame({CONTROL: "person"}, waits=[CONTROL])


async def choose_inject(pilot: Pilot[Any], play: Any, inject: str) -> None:
    table = play.control_table
    table.injects.selected = inject
    await pilot.pause()


@pytest.mark.parametrize("size", [NARROW, WIDE, BROAD])
async def test_f_fires_the_chosen_inject(size: tuple[int, int]) -> None:
    game = control_game()
    async with seated(game, size) as (pilot, play):
        await choose_inject(pilot, play, "congress")
        await press(pilot, "f")
        assert game.made == [(CONTROL, Move("fire", item="congress"), "")]


async def test_h_lets_a_held_inject_go_and_only_that() -> None:
    game = control_game()
    async with seated(game) as (pilot, play):
        await choose_inject(pilot, play, "congress")
        await press(pilot, "h")
        assert game.made == []
        await choose_inject(pilot, play, "winter")
        await press(pilot, "h")
        assert game.made == [(CONTROL, Move("release", item="winter"), "")]


@pytest.mark.parametrize(
    ("size", "key", "screen"),
    [(NARROW, "3", PlayScreen), (WIDE, "4", LogScreen), (BROAD, "4", PlayScreen)],
)
async def test_the_logs_number_leads_to_it_in_every_window(
    size: tuple[int, int], key: str, screen: type[TableScreen[Any]]
) -> None:
    async with seated(control_game(), size) as (pilot, _):
        await press(pilot, key)
        await until_screen(pilot, screen)
        assert "Kyiv plays card 7" in shown(pilot)


async def test_an_inject_that_has_fired_says_so() -> None:
    view = view_of(CONTROL)
    fired = inject_view("gone", "fired")
    game = control_game()
    game.views[CONTROL] = replace(view, injects=(fired, *view.injects))
    async with seated(game, BROAD) as (pilot, play):
        await choose_inject(pilot, play, "gone")
        assert "It has been fired." in shown(pilot)
        assert "Inject gone, if fired now" not in shown(pilot)


async def test_the_next_phase_is_asked_for() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await press(pilot, "right")
        await until_screen(pilot, ConfirmScreen)
        assert "Open Hot wash" in shown(pilot)
        await leave(pilot)
        assert game.made == []
        await press(pilot, "right")
        await until_screen(pilot, ConfirmScreen)
        await press(pilot, "enter")
        await until(pilot, "the phase", lambda: bool(game.made))
        assert game.made == [(CONTROL, Move("advance"), "")]


@pytest.mark.parametrize(
    ("size", "who"), [(NARROW, "absent"), (BROAD, "person"), (WIDE, "bot:greedy")]
)
async def test_control_keys_in_a_move_that_a_team_called_out(
    size: tuple[int, int], who: str
) -> None:
    game = FakeGame({CONTROL: "person", "europe": who}, waits=[CONTROL])
    game.views[CONTROL] = replace(view_of(CONTROL), to_act=("europe",))
    async with at_table(game, size) as (pilot, play):
        if who == "person":
            await until_screen(pilot, CurtainScreen)
            await press(pilot, "enter")
        await until_screen(pilot, PlayScreen)
        await until_drawn(pilot, play)
        await press(pilot, "c")
        screen = await until_screen(pilot, MovesScreen)
        text = shown(pilot)
        assert "Play Card dig_in" in text
        assert "Europe: " in text
        assert "Kyiv: " not in text
        assert "Open Hot wash" not in text
        assert "US aid 55 → 52" in " ".join(text.split())
        await press(pilot, "down", "down", "enter", "w", "h", "y")
        assert game.made == []
        await press(pilot, "escape")
        assert screen.intent.text == "why"
        await press(pilot, "enter", "enter")
        await until(pilot, "the move", lambda: bool(game.made))
        assert game.made == [(CONTROL, Move("pass", "europe"), "why")]


@pytest.mark.parametrize(
    ("kind", "item", "typed", "move"),
    [
        ("number", "us_aid", "50", Move("set", item="us_aid", value=50)),
        ("number", "us_aid", "+4", Move("add", item="us_aid", value=4)),
        ("number", "us_aid", "- 4", Move("add", item="us_aid", value=-4)),
        ("number", "us_aid", "−4", Move("add", item="us_aid", value=-4)),
        ("number", "us_aid", "many", None),
        ("number", "us_aid", "", None),
        ("number", "us_aid", "99999999", None),
        ("flag", "pushback", "no", Move("set", item="pushback", value=0)),
        ("flag", "pushback", "Yes", Move("set", item="pushback", value=1)),
        ("flag", "pushback", "2", None),
        ("die", "", "9", Move("die", value=9)),
        ("die", "", "-9", None),
        ("card", "dig_in", "5", None),
    ],
)
def test_what_a_typed_ruling_means(
    kind: str, item: str, typed: str, move: Move | None
) -> None:
    assert Target(kind, item, "", "", "").move(typed) == move


def test_control_may_rule_on_every_number_it_sees() -> None:
    view = view_of(CONTROL)
    items = [target.item for target in targets(view)]
    assert items[:5] == [
        "us_aid",
        "strikes",
        "pushback",
        "kyiv.points",
        "europe.points",
    ]


async def test_a_ruling_needs_a_value_and_a_reason() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await press(pilot, "r")
        screen = await until_screen(pilot, RulingScreen)
        await press(pilot, "enter", "x", "enter", "enter")
        assert "not a value" in shown(pilot)
        assert screen.value.has_focus
        await press(pilot, "backspace", "5", "0", "enter", "enter")
        assert "needs its reason" in shown(pilot)
        await press(pilot, "o", "k", "enter")
        await until(pilot, "the ruling", lambda: bool(game.made))
        assert game.made == [(CONTROL, Move("set", item="us_aid", value=50), "ok")]


async def test_tab_goes_from_the_value_of_a_ruling_to_its_reason() -> None:
    """The preview stands between them, where what is typed would be lost."""
    game = control_game()
    async with seated(game) as (pilot, _):
        await press(pilot, "r")
        screen = await until_screen(pilot, RulingScreen)
        await press(pilot, "enter", "backspace", "5", "0", "tab")
        assert screen.reason.has_focus
        await press(pilot, "o", "k", "enter")
        await until(pilot, "the ruling", lambda: bool(game.made))
        assert game.made[0][2] == "ok"


async def test_undo_tells_control_who_has_seen_what() -> None:
    async with seated(control_game()) as (pilot, _):
        await press(pilot, "u")
        await until_screen(pilot, UndoScreen)
        assert "Europe has seen 1 drawn card" in shown(pilot)


async def test_a_team_has_none_of_controls_keys() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, play):
        await press(pilot, "f", "h", "x", "r", "c")
        assert pilot.app.screen is play
        assert game.made == []
