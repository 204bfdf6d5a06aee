"""The run of an exercise from the console: its clock, its cue, and typed lines."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Input

from tabletop.session.game import ABSENT, BOT, PERSON
from tabletop.session.runview import ClockView, RunView
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move
from tabletop.tui.screens.aloud import AloudScreen
from tabletop.tui.screens.confirm import ConfirmScreen
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.moves import MovesScreen
from tabletop.tui.screens.note import Tags, tagged
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.time import MinutesScreen, TimeScreen
from tests.decks.shipped import TUTORIAL, deck
from tests.tui.fake_session import FakeGame, ended, inject_view, view_of
from tests.tui.table import NARROW, WIDE, at_table, seated, shown
from tests.waiting import leave, press, until, until_screen

BROAD = (160, 50)
RUNNING = RunView(
    "running", ClockView(running=True, allotted=1200, gone=433, idle=72),
    objectives=(("alliance", "Keep together"),),
)  # fmt: skip


def control_game(run: RunView = RUNNING) -> FakeGame:
    return FakeGame({CONTROL: "person"}, waits=[CONTROL], run=run)


def gone(seconds: int, idle: int = 0) -> RunView:
    return replace(RUNNING, clock=ClockView(True, 1200, seconds, idle))


@pytest.mark.parametrize("size", [NARROW, WIDE, BROAD])
async def test_the_clock_goes_on_and_what_is_typed_stays(
    size: tuple[int, int],
) -> None:
    game = control_game()
    async with seated(game, size) as (pilot, play):
        await press(pilot, "n", *"Euope", "left", "left", "left")
        table = play.control_table
        assert table is not None
        line = table.note.line
        before = (line.value, line.cursor_position)
        assert before == ("Euope", 2)
        game.run = gone(434)
        play.beat()
        game.views[CONTROL] = replace(
            view_of(CONTROL), move=8,
            injects=(inject_view("new", "fired"), *view_of(CONTROL).injects),
        )  # fmt: skip
        play.refresh_view()
        for other in ((160, 50), (80, 24), (120, 37), size):
            await pilot.resize_terminal(*other)
            await pilot.pause()
            assert line.has_focus
            assert (line.value, line.cursor_position) == before
        await press(pilot, "r", "escape", "n")
        assert line.value == "Europe"
        await press(pilot, "enter")
        assert game.notes == [(CONTROL, "Europe")]
        assert line.value == ""


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_an_intent_that_is_being_typed_stays(size: tuple[int, int]) -> None:
    game = FakeGame({"kyiv": "person", CONTROL: "auto"}, run=RUNNING)
    async with seated(game, size) as (pilot, play):
        await press(pilot, "enter", *"holdon", "left", "left")
        line = pilot.app.focused
        assert isinstance(line, Input)
        play.beat()
        game.views["kyiv"] = replace(view_of("kyiv"), move=9)
        play.refresh_view()
        for other in (BROAD, NARROW, size):
            await pilot.resize_terminal(*other)
            await pilot.pause()
        assert pilot.app.focused is line
        assert (line.value, line.cursor_position) == ("holdon", 4)
        await press(pilot, "space", "enter")
        assert [note for _, _, note in game.made] == ["hold on"]


async def test_a_reason_that_is_being_typed_stays() -> None:
    game = control_game()
    async with seated(game, BROAD) as (pilot, play):
        await press(pilot, "r", "enter", "5", "enter", *"hous", "left")
        line = pilot.app.focused
        assert isinstance(line, Input)
        before = (line.value, line.cursor_position)
        game.run = gone(500)
        play.beat()
        for other in (NARROW, WIDE, BROAD):
            await pilot.resize_terminal(*other)
            await pilot.pause()
        assert pilot.app.focused is line
        assert (line.value, line.cursor_position) == before == ("hous", 3)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (gone(433), "12:47 left"),
        (gone(1242), "OVER 0:42"),
        (replace(gone(433), state="paused"), "12:47 paused"),
        (replace(gone(0), state="open"), "before StartEx"),
        (replace(gone(9), state="ended"), "EndEx"),
    ],
)
async def test_a_narrow_header_has_the_clock(run: RunView, words: str) -> None:
    async with seated(control_game(run), NARROW) as (pilot, _):
        assert words in shown(pilot).splitlines()[0]


async def test_a_wide_header_says_what_the_clock_is_about() -> None:
    async with seated(control_game(), BROAD) as (pilot, _):
        text = shown(pilot)
    for words in ("left in Play", "running", "7:13 gone of 20:00", "move 7", "ends "):
        assert words in text


async def test_a_game_without_a_facilitator_has_no_clock() -> None:
    game = FakeGame({"kyiv": "person", CONTROL: "auto"}, run=RUNNING)
    async with seated(game, WIDE) as (pilot, _):
        assert "12:47" not in shown(pilot)


async def test_space_pauses_and_plus_gives_two_minutes() -> None:
    game = control_game()
    async with seated(game) as (pilot, play):
        await press(pilot, "space", "plus")
        game.run = replace(RUNNING, state="paused")
        play.beat()
        await press(pilot, "space")
    assert game.calls == [
        ("exercise", "pause"), ("set_clock", "extend", 120), ("exercise", "resume"),
    ]  # fmt: skip


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_space_starts_a_clock_that_only_stands(size: tuple[int, int]) -> None:
    game = control_game(replace(RUNNING, clock=replace(RUNNING.clock, running=False)))
    async with seated(game, size) as (pilot, _):
        text = shown(pilot)
        assert "STOPPED" in text
        assert "the clock stands; space starts it" in text
        assert "start the clock" in text.splitlines()[-1]
        await press(pilot, "space")
    assert game.calls == [("set_clock", "start", 0)]


async def test_v_shows_control_all_that_is_to_be_read_out() -> None:
    game = control_game(replace(RUNNING, say="Talk among yourselves. " * 12 + "Go."))
    async with seated(game, NARROW) as (pilot, _):
        assert "Go." not in shown(pilot)
        await press(pilot, "v")
        await until_screen(pilot, AloudScreen)
        assert "Go.”" in shown(pilot)
        await press(pilot, "end")
        assert "Chosen: " in shown(pilot)


async def test_the_notes_say_that_the_line_takes_what_is_typed_at_once() -> None:
    game = control_game(RUNNING)
    async with seated(game, NARROW) as (pilot, _):
        await press(pilot, "5")
        assert "The line below takes one." in shown(pilot)
        assert "n begins" not in shown(pilot)
        await press(pilot, *"quiet", "enter")
    assert game.notes == [(CONTROL, "quiet")]


async def test_startex_is_declared_from_the_list() -> None:
    game = control_game(replace(RUNNING, state="open"))
    async with seated(game, NARROW) as (pilot, _):
        await press(pilot, "t")
        await until_screen(pilot, TimeScreen)
        await press(pilot, "enter")
        await until(pilot, "StartEx", lambda: bool(game.calls))
    assert game.calls == [("exercise", "start")]


async def test_endex_asks_first() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await press(pilot, "t")
        screen = await until_screen(pilot, TimeScreen)
        end = next(i for i, wish in enumerate(screen.wishes) if wish.do == "end")
        screen.rows.put_cursor(f"wish-{end}")
        await press(pilot, "enter")
        await until_screen(pilot, ConfirmScreen)
        assert game.calls == []
        await press(pilot, "enter")
        await until(pilot, "EndEx", lambda: bool(game.calls))
    assert game.calls == [("exercise", "end")]


async def test_the_list_says_that_the_clock_stands() -> None:
    clock = replace(RUNNING.clock, running=False)
    async with seated(control_game(replace(RUNNING, clock=clock))) as (pilot, _):
        await press(pilot, "t")
        await until_screen(pilot, TimeScreen)
        assert "Now: running; its clock stands, 12:47 left." in shown(pilot)


async def test_after_the_end_the_cursor_begins_on_endex() -> None:
    game = control_game()
    game.views[CONTROL] = ended(view_of(CONTROL))
    async with at_table(game) as (pilot, _):
        await until_screen(pilot, EndScreen)
        await leave(pilot)
        await press(pilot, "t")
        screen = await until_screen(pilot, TimeScreen)
        chosen = int(screen.rows.chosen.removeprefix("wish-"))
        assert screen.wishes[chosen].title == "EndEx"


async def test_what_is_left_is_typed_in_minutes() -> None:
    game = control_game()
    async with seated(game) as (pilot, _):
        await press(pilot, "t")
        screen = await until_screen(pilot, TimeScreen)
        wish = next(i for i, wish in enumerate(screen.wishes) if wish.do == "set")
        screen.rows.put_cursor(f"wish-{wish}")
        await press(pilot, "enter")
        await until_screen(pilot, MinutesScreen)
        await press(pilot, *"soon", "enter")
        assert "That is no time" in shown(pilot)
        await press(pilot, *["backspace"] * 4, *"1", "colon", *"30", "enter")
        await until(pilot, "the clock", lambda: bool(game.calls))
    assert game.calls == [("set_clock", "set", 90)]


async def test_a_stall_suggests_the_inject_that_is_kept_for_it() -> None:
    game = control_game()
    view = view_of(CONTROL)
    spare = replace(inject_view("tape", "hand"), contingency=True, round=0)
    fire = replace(view.moves[1], move=Move("fire", item="tape"))
    game.views[CONTROL] = replace(
        view, injects=(*view.injects, spare), moves=(*view.moves, fire)
    )
    async with seated(game, BROAD) as (pilot, play):
        assert "stuck?" not in shown(pilot)
        game.run = gone(600, idle=180)
        play.beat()
        await pilot.pause()
        assert "stuck? F  Inject tape" in shown(pilot)
        assert game.made == []
        await press(pilot, "F", "f")
        assert game.made == [(CONTROL, Move("fire", item="tape"), "")]


def test_tags_say_what_a_note_is_about() -> None:
    tags = Tags.of(view_of(CONTROL), RUNNING)
    note = tagged("@kyiv kept a reserve @europe #alliance", tags)
    assert note.text == "Kyiv kept a reserve"
    assert note.teams == ("kyiv", "europe")
    assert note.objective == "alliance"
    assert "@kyiv" in tagged("@moscow left", tags).problem
    assert "#alliance" in tagged("late #clock", tags).problem
    assert tagged("mail me at a@b.org", tags).text == "mail me at a@b.org"
    assert tags.completed("seen by @eu") == "seen by @europe"
    assert tags.completed("seen by me") is None


async def test_an_unknown_tag_is_said_and_the_line_stays() -> None:
    game = control_game()
    async with seated(game, BROAD) as (pilot, play):
        await press(pilot, "n", *"late", "space", "at", *"moscow", "enter")
        assert "No team is called @moscow" in shown(pilot)
        assert play.control_table is not None
        assert play.control_table.note.line.value == "late @moscow"
        assert game.notes == []


async def test_an_exercise_is_run_by_the_keyboard_and_stands_in_its_save(
    tmp_path: Path,
) -> None:
    path = tmp_path / "run.jsonl"
    seats = {"town": ABSENT, "board": BOT, CONTROL: PERSON}
    session = Session.new(deck(TUTORIAL), seed=5, seats=seats, path=path)
    with closing(session):
        async with seated(session, BROAD) as (pilot, play):
            await press(pilot, "t", "enter")
            await until_screen(pilot, PlayScreen)
            await until(pilot, "StartEx", lambda: session.run_view().state == "running")
            await press(pilot, "right")
            await until_screen(pilot, ConfirmScreen)
            await press(pilot, "enter")
            await until(
                pilot, "play",
                lambda: play.view is not None and play.view.phase == "play",
            )  # fmt: skip
            await press(pilot, "space", "n", *"calm", "space", "at", *"town", "enter")
            await until(pilot, "PauseEx", lambda: session.run_view().state == "paused")
            await press(pilot, "c")
            screen = await until_screen(pilot, MovesScreen)
            screen.rows.put_cursor(f"move-{len(screen.moves) - 1}")
            await press(pilot, "enter", *"why", "enter")
            await until(
                pilot, "the move",
                lambda: any(e.note == "why" for e in session.view(CONTROL).log),
            )  # fmt: skip
        session.close()
        again = Session.open(path, read_only=True)
        with closing(again):
            notes = [e for e in again.view(CONTROL).log if e.kind == "note"]
            assert [(e.note, e.teams) for e in notes] == [("calm", ("town",))]
            assert again.run_view().state == "paused"
