"""Seats that think for long: the screen answers meanwhile, and nothing hangs."""

import os
import shlex
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from threading import Event
from threading import enumerate as threads

import pytest

from tabletop.bots.outside import OutsidePlayer, seat_players
from tabletop.session.game import PERSON
from tabletop.session.session import Session
from tabletop.session.thinking import Decided, Thought, nothing
from tabletop.session.view import CONTROL, PUBLIC, Move
from tabletop.tui.screens import flow
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import PlayerFailedScreen
from tests.bots.players import LONG, Slow, all_gone, nasty
from tests.decks.shipped import TUTORIAL, deck
from tests.tui.fake_session import FakeGame, view_of
from tests.tui.table import NARROW, WIDE, at_table, seated, shown, until_drawn
from tests.waiting import leave, press, until, until_screen

WAIT = ("kyiv", PUBLIC, CONTROL)
SIZES = [NARROW, WIDE, (160, 50)]


@pytest.fixture
def may() -> Iterator[Event]:
    """Lets a bot decide at last; set in any case when the test ends."""
    event = Event()
    yield event
    event.set()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who thinks is said at once."""
    monkeypatch.setattr(flow, "MOMENT", 0.01)


def slow_game(may: Event) -> FakeGame:
    """A person's game in which a bot thinks until it may move."""

    def decide() -> Decided:
        may.wait(LONG)
        return Decided(Move("pass", "europe"))

    seats = {"kyiv": PERSON, "europe": "bot:greedy"}
    waits = {seat: replace(view_of(seat), to_act=("europe",)) for seat in WAIT}
    return FakeGame(seats, waits=[], views=waits, bots=1, decides=decide)


@pytest.mark.parametrize("size", SIZES)
async def test_keys_work_while_a_bot_thinks_and_it_is_said(
    size: tuple[int, int], may: Event
) -> None:
    game = slow_game(may)
    async with seated(game, size) as (pilot, play):
        await until(pilot, "who thinks", lambda: play.thinks == "europe")
        await pilot.pause()
        assert "thinks" in shown(pilot)
        await press(pilot, "l")
        await until_screen(pilot, LogScreen)
        await leave(pilot)
        await pilot.resize_terminal(100, 30)
        await press(pilot, "right", "left")
        assert game.bots == 1
        may.set()
        await until(pilot, "the bot's move", lambda: game.bots == 0)
        await until(pilot, "nobody thinking", lambda: play.thinks is None)
        await pilot.pause()
        assert "thinks" not in shown(pilot)


async def test_a_table_at_which_nobody_sits_yet_tells_who_thinks(may: Event) -> None:
    game = slow_game(may)
    game.seats["control"] = PERSON
    async with at_table(game, (160, 50)) as (pilot, play):
        await until(pilot, "who thinks", lambda: play.thinks == "europe")
        await pilot.pause()
        assert play.seat is None
        assert "Europe thinks …" in shown(pilot)
        may.set()
        await until(pilot, "the bot's move", lambda: game.bots == 0)


async def test_leaving_does_not_wait_for_a_bot(may: Event) -> None:
    game = slow_game(may)
    begun = time.monotonic()
    async with seated(game) as (pilot, play):
        await until(pilot, "who thinks", lambda: play.thinks == "europe")
        await press(pilot, "q", "enter")
        await until(pilot, "the game's end", lambda: game.closed)
    assert time.monotonic() - begun < LONG
    assert ("stop",) in game.calls
    assert game.bots == 1


@pytest.mark.parametrize("keys", [("q", "enter"), ("q", "q"), ()])
async def test_a_table_is_left_while_bots_move_one_after_the_other(
    keys: tuple[str, ...],
) -> None:
    game = FakeGame({"kyiv": PERSON}, bots=100_000)
    async with seated(game, (160, 50)) as (pilot, _):
        await until(pilot, "some moves", lambda: game.bots < 99_990)
        await press(pilot, *keys)
        if keys:
            await until(pilot, "the game's end", lambda: game.closed)
    assert game.bots > 0


async def test_a_bot_that_would_think_for_hours_stops_when_its_table_is_left() -> None:
    def decide() -> Decided:
        while True:
            sum(range(100))

    game = FakeGame({"kyiv": PERSON}, bots=1, decides=decide)
    game.stopped = nothing  # type: ignore[method-assign]
    async with seated(game) as (pilot, play):
        await until(pilot, "who thinks", lambda: play.thinks == "europe")
        await press(pilot, "q", "enter")
        await until(pilot, "the game's end", lambda: game.closed)
        await_silence()


async def test_a_thought_is_thought_once_however_often_it_is_asked_for(
    may: Event,
) -> None:
    game = slow_game(may)
    async with seated(game) as (pilot, play):
        await until(pilot, "who thinks", lambda: play.thinks == "europe")
        for _ in range(3):
            play.follow()
            await pilot.pause()
        assert sum(t.name == "thought-europe" for t in threads()) == 1
        may.set()
        await until(pilot, "the bot's move", lambda: game.bots == 0)


# --- a real game


def game_with(who: str, control: str, save: Path | None = None) -> Session:
    seats = {"town": PERSON, "board": who, CONTROL: control}
    return Session.new(deck(TUTORIAL), seed=3, seats=seats, path=save)


async def test_control_rules_while_a_program_thinks_and_it_thinks_again() -> None:
    wire = Slow()
    player = OutsidePlayer("exec:slow", {"type": "hello"}, lambda: wire, LONG)
    seats = {"town": "bot:first", "board": player.who, CONTROL: PERSON}
    with closing(Session.new(deck(TUTORIAL), seed=3, seats=seats)) as session:
        session.attach("board", player)
        async with at_table(session) as (pilot, play):
            await until_drawn(pilot, play)
            while "board" not in session.owing():
                await until(pilot, "control's turn", lambda: play.offers("advance"))
                play.make(Move("advance"))
                await pilot.pause()
            await until(pilot, "a question", wire.asked.is_set)
            track = next(iter(session.deck.model.tracks))
            assert play.make(Move("add", item=track, value=1), "so it is ruled")
            await until(pilot, "another question", lambda: asked(wire) == [1, 2])
            head = session.head
            wire.may.set()
            await until(pilot, "the program's move", lambda: session.head > head)
            assert session.tree.now.by == "board"
            assert session.seats["board"] == player.who
        await_silence()


def asked(wire: Slow) -> list[int]:
    return [m["id"] for m in wire.sent if m["type"] == "view"]


def await_silence() -> None:
    """No thought goes on for long when its table is gone."""
    until_ = time.monotonic() + LONG
    while any(t.name.startswith("thought") for t in threads()):
        assert time.monotonic() < until_
        time.sleep(0.01)


@pytest.mark.parametrize("control", ["auto", PERSON])
async def test_a_program_that_is_killed_is_replaced_before_all_eyes(
    control: str, tmp_path: Path
) -> None:
    pids, save = tmp_path / "pids", tmp_path / "save.jsonl"
    who = nasty("is silent", pids)
    session = Session.new(
        deck(TUTORIAL), seed=3, path=save,
        seats={"town": "bot:first", "board": who, CONTROL: control},
    )  # fmt: skip
    with closing(session):
        seat_players(session, {"board": who}, patience=LONG)
        async with at_table(session) as (pilot, play):
            await until_drawn(pilot, play)
            while "board" not in session.owing():
                if play.offers("advance"):
                    play.make(Move("advance"))
                await pilot.pause()
            await until(pilot, "who thinks", lambda: play.thinks == "board")
            os.kill(int(pids.read_text("utf-8")), signal.SIGKILL)
            await until_screen(pilot, PlayerFailedScreen)
            assert "ended by SIGKILL" in " ".join(shown(pilot).split())
            await leave(pilot)
            stand_in = "absent" if control == PERSON else "bot:greedy"
            assert session.seats["board"] == stand_in
    assert all_gone(pids)
    with closing(Session.open(save, read_only=True)) as again:
        assert again.seats["board"] == stand_in


async def test_a_team_at_the_screen_is_told_in_passing(tmp_path: Path) -> None:
    who = nasty("crashes", tmp_path / "pids")
    with closing(game_with(who, "auto")) as session:
        seat_players(session, {"board": who}, patience=LONG)
        async with seated(session, (160, 50)) as (pilot, play):
            await press(pilot, "p")
            await until(pilot, "the stand-in",
                        lambda: session.seats["board"] == "bot:greedy")  # fmt: skip
            await until(pilot, "the news",
                        lambda: "player failed" in shown(pilot))  # fmt: skip
            assert "out of ideas" not in shown(pilot)
            assert isinstance(pilot.app.screen, PlayScreen)
            assert play.seat == "town"


async def test_control_is_told_when_it_looks_again(tmp_path: Path) -> None:
    who = nasty("crashes", tmp_path / "pids")
    with closing(game_with(who, PERSON)) as session:
        seat_players(session, {"board": who}, patience=LONG)
        while "board" not in session.owing():
            session.submit(CONTROL, session.view(CONTROL).moves[0].move)
        async with at_table(session) as (pilot, play):
            await until(pilot, "the stand-in",
                        lambda: session.seats["board"] == "absent")  # fmt: skip
            await until_screen(pilot, CurtainScreen)
            assert "out of ideas" not in shown(pilot)
            await press(pilot, "enter")
            await until_screen(pilot, PlayerFailedScreen)
            assert play.seat == CONTROL
            assert "ValueError: out of ideas" in shown(pilot)
            await leave(pilot)
            await until_screen(pilot, PlayScreen)


async def test_quitting_ends_a_program_that_thinks(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    who = nasty("ignores signals", pids)
    with closing(game_with(who, "auto")) as session:
        seat_players(session, {"board": who}, patience=LONG)
        async with seated(session) as (pilot, play):
            await press(pilot, "p")
            await until(pilot, "who thinks", lambda: play.thinks == "board")
            await press(pilot, "q", "q")
            await until(pilot, "the end", lambda: not pilot.app.is_running)
        await_silence()
    assert all_gone(pids)


def test_a_seat_is_taken_from_a_program_before_it_has_decided(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    who = nasty("is silent", pids)
    with closing(game_with(who, PERSON)) as session:
        seat_players(session, {"board": who}, patience=LONG)
        while "board" not in session.owing():
            session.submit(CONTROL, session.view(CONTROL).moves[0].move)
        thought = session.next_thought()
        assert isinstance(thought, Thought)
        session.set_seat("board", "bot:first")
        assert thought.decide() == Decided(None)
        assert not session.carry_out(thought, Decided(Move("pass", "board")))
        assert session.bot_moves()
        assert session.tree.now.by == "board"
        assert all_gone(pids)


def test_the_interpreter_ends_while_a_bot_thinks(tmp_path: Path) -> None:
    """A thought that goes on holds up no program that is done."""
    script = tmp_path / "ends.py"
    script.write_text(
        "import asyncio, time\n"
        "from tabletop.session.thinking import Thought\n"
        "from tabletop.tui.thinking import Mind\n"
        "thought = Thought('kyiv', 0, 'bot:greedy', lambda: time.sleep(600))\n"
        "async def main():\n"
        "    task = asyncio.ensure_future(Mind().think(thought))\n"
        "    await asyncio.sleep(0)\n"
        "asyncio.run(main())\n",
        "utf-8",
    )
    begun = time.monotonic()
    assert os.system(shlex.join([sys.executable, str(script)])) == 0
    assert time.monotonic() - begun < LONG
