"""A team at its table: choosing, saying why, playing, being refused."""

from dataclasses import replace
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.errors import IllegalMoveError, StorageError
from tabletop.session.view import Cause, Change, Move, Term
from tabletop.tui.screens.card import CardScreen
from tabletop.tui.screens.dice import DiceScreen
from tabletop.tui.screens.leave import LeaveScreen
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.note import NoteScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import ErrorScreen, RefusalScreen
from tabletop.tui.screens.undo import UndoScreen
from tabletop.tui.screens.why import WhyScreen
from tests.tui.fake_session import FakeGame, view_of
from tests.tui.table import NARROW, WIDE, seated, shown
from tests.waiting import leave, press, until, until_screen

PLAY = Move("play", "kyiv", "dig_in")


async def type_in(pilot: Pilot[Any], text: str) -> None:
    await press(pilot, *("space" if letter == " " else letter for letter in text))


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_enter_chooses_a_line_says_why_and_enter_plays(
    size: tuple[int, int],
) -> None:
    game = FakeGame()
    async with seated(game, size) as (pilot, play):
        await press(pilot, "enter")
        assert game.made == []
        await type_in(pilot, "buy time")
        await press(pilot, "enter")
        await until(pilot, "the move", lambda: bool(game.made))
        assert game.made == [("kyiv", PLAY, "buy time")]
        assert play.team_table is not None
        assert play.team_table.intent.text == ""
        assert play.team_table.hand.has_focus


async def test_a_play_needs_no_reason() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, _):
        await press(pilot, "enter", "enter")
        assert game.made == [("kyiv", PLAY, "")]


async def test_letters_typed_into_the_line_are_no_keys() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, play):
        await press(pilot, "enter")
        await type_in(pilot, "pq1u")
        assert pilot.app.screen is play
        assert play.team_table is not None
        assert play.team_table.intent.text == "pq1u"
        assert game.made == []


async def test_escape_leaves_the_line_and_keeps_what_was_typed() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, play):
        await press(pilot, "enter")
        await type_in(pilot, "later")
        await press(pilot, "escape")
        assert play.team_table is not None
        assert play.team_table.hand.has_focus
        assert play.team_table.intent.text == "later"


async def test_typed_text_and_cursors_survive_a_new_view() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, play):
        await press(pilot, "3", "enter")
        await type_in(pilot, "half a li")
        play.refresh_view()
        await pilot.pause()
        table = play.team_table
        assert table is not None
        assert table.intent.text == "half a li"
        assert table.intent.typing
        assert table.hand.selected == "strike"


async def test_a_card_that_cannot_be_played_says_term_by_term_why() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, play):
        await press(pilot, "2", "enter")
        await until_screen(pilot, RefusalScreen)
        text = shown(pilot)
        assert "✓ costs 2, you have 2" in text
        assert "✗ needs Congress > 50, now 42" in text
        await leave(pilot)
        assert pilot.app.screen is play
        assert game.made == []


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_out_of_turn_the_preview_says_whom_the_game_waits_for(
    size: tuple[int, int],
) -> None:
    view = replace(view_of("kyiv"), moves=(), prompt="Waiting for Europe: to play.")
    game = FakeGame({"kyiv": "person"}, views={"kyiv": view}, waits=[])
    async with seated(game, size) as (pilot, _):
        text = shown(pilot)
        assert "Not now. Waiting for Europe" in " ".join(text.split())
        assert "Nothing would change" not in text


async def test_a_move_that_the_rules_refuse_shows_their_terms() -> None:
    refusal = IllegalMoveError(
        "Dig in can't be played now.", terms=[Term(met=False, text="rests 1 round")]
    )
    game = FakeGame(fails=[refusal])
    async with seated(game) as (pilot, _):
        await press(pilot, "enter", "enter")
        await until_screen(pilot, RefusalScreen)
        assert "✗ rests 1 round" in shown(pilot)
        assert game.made == []


async def test_a_full_disk_is_a_dialog_and_the_game_and_the_line_stay() -> None:
    game = FakeGame(fails=[StorageError("The disk is full.", "Make room.")])
    async with seated(game) as (pilot, play):
        await press(pilot, "enter")
        await type_in(pilot, "why")
        await press(pilot, "enter")
        await until_screen(pilot, ErrorScreen)
        assert "The disk is full." in shown(pilot)
        assert "Make room." in shown(pilot)
        await leave(pilot)
        assert pilot.app.screen is play
        assert play.team_table is not None
        assert play.team_table.intent.text == "why"
        await press(pilot, "enter")
        assert game.made == [("kyiv", PLAY, "why")]


async def test_p_passes() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, _):
        await press(pilot, "p")
        assert game.made == [("kyiv", Move("pass", "kyiv"), "")]


async def test_a_key_pressed_twice_makes_one_move() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, play):
        play.action_pass_turn()
        play.action_pass_turn()
        await pilot.pause()
        assert len(game.made) == 1


async def test_tab_opens_the_next_pane_when_narrow() -> None:
    async with seated(FakeGame(), NARROW) as (pilot, play):
        assert play.table is not None
        await press(pilot, "tab")
        assert play.table.open_pane == 2
        await press(pilot, "tab", "tab", "tab")
        assert play.table.open_pane == 1


async def test_digits_go_to_cards_when_wide_and_to_panes_when_narrow() -> None:
    async with seated(FakeGame(), WIDE) as (pilot, play):
        await press(pilot, "3")
        assert play.team_table is not None
        assert play.team_table.hand.selected == "strike"
    async with seated(FakeGame(), NARROW) as (pilot, play):
        await press(pilot, "2")
        assert play.table is not None
        assert play.table.open_pane == 2
        assert play.table.pane(2).display
        assert not play.table.pane(1).display


async def test_a_throw_is_shown_with_what_it_caused_and_any_key_goes_on() -> None:
    thrown = Change(
        "roll", "offensive", "2d6 ⇒ 4+5 = 9: Villages change hands.", 0, 9,
        cause=Cause("dice", "offensive", "Offensive"),
    )  # fmt: skip
    caused = Change("track", "front", "Front line", 14, 17, cause=thrown.cause)
    later = Change("points", "kyiv.points", "Kyiv: points", 2, 4)
    game = FakeGame(results=[(thrown, caused, later)])
    async with seated(game) as (pilot, play):
        await press(pilot, "enter", "enter")
        await until_screen(pilot, DiceScreen)
        assert "4+5 = 9" in shown(pilot)
        assert "Front line 14 → 17 ▲3" in " ".join(shown(pilot).split())
        assert "Kyiv: points 2 → 4" not in " ".join(shown(pilot).split())
        await press(pilot, "k")
        await until_screen(pilot, PlayScreen)
        assert pilot.app.screen is play


async def test_undo_says_what_goes_back_and_who_has_seen_what() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, _):
        await press(pilot, "u")
        await until_screen(pilot, UndoScreen)
        text = shown(pilot)
        assert "move 5" in text
        assert "2 moves" in text
        assert "b3" in text
        assert "Kyiv plays Dig in" in text
        assert "Europe has seen 1 drawn card" in text
        await leave(pilot)
        assert game.undone == []
        await press(pilot, "u")
        await until_screen(pilot, UndoScreen)
        await press(pilot, "u")
        await until(pilot, "the undo", lambda: game.undone == [5])


async def test_a_note_that_was_left_is_there_again() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, _):
        await press(pilot, "n")
        await until_screen(pilot, NoteScreen)
        await type_in(pilot, "half")
        await leave(pilot)
        await press(pilot, "n")
        await until_screen(pilot, NoteScreen)
        await type_in(pilot, " more")
        await press(pilot, "enter")
        await until(pilot, "the note", lambda: bool(game.notes))
        assert game.notes == [("kyiv", "half more")]
        await press(pilot, "n")
        assert (await until_screen(pilot, NoteScreen)).draft == ""


async def test_a_note_that_the_disk_refused_is_not_lost() -> None:
    game = FakeGame(fails=[StorageError("The disk is full.")])
    async with seated(game) as (pilot, _):
        await press(pilot, "n")
        await until_screen(pilot, NoteScreen)
        await type_in(pilot, "kept")
        await press(pilot, "enter")
        await until_screen(pilot, ErrorScreen)
        await leave(pilot)
        await press(pilot, "n")
        assert (await until_screen(pilot, NoteScreen)).draft == "kept"


@pytest.mark.parametrize(
    ("key", "screen", "words"),
    [
        ("v", CardScreen, "Card dig_in"),
        ("w", WhyScreen, "Track us_aid"),
        ("l", LogScreen, "Kyiv plays card 7"),
    ],
)
async def test_a_key_looks_closer(key: str, screen: Any, words: str) -> None:
    async with seated(FakeGame()) as (pilot, play):
        await press(pilot, key)
        await until_screen(pilot, screen)
        assert words in shown(pilot)
        await leave(pilot)
        assert pilot.app.screen is play


async def test_leaving_says_where_the_game_is_kept() -> None:
    game = FakeGame()
    async with seated(game) as (pilot, _):
        await press(pilot, "q")
        await until_screen(pilot, LeaveScreen)
        assert "saves/tuesday.jsonl" in shown(pilot)
        await press(pilot, "q")
        assert game.closed
    assert pilot.app.return_value == game.path


async def test_a_fault_of_ours_comes_down_loudly() -> None:
    game = FakeGame(fails=[RuntimeError("a bug")])
    with pytest.raises(RuntimeError, match="a bug"):
        async with seated(game) as (pilot, _):
            await press(pilot, "p")


async def test_a_game_that_is_only_read_offers_no_moves() -> None:
    game = FakeGame(read_only=True, bots=2)
    async with seated(game) as (pilot, _):
        await press(pilot, "p", "u", "n")
        assert isinstance(pilot.app.screen, PlayScreen)
        assert game.made == []
        assert game.bots == 2, "nor do bots move"
