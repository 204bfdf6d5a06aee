"""Several seats at one keyboard: whose turn to look, and the curtain between them."""

from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.errors import StorageError
from tabletop.session.game import ABSENT, BOT, PERSON
from tabletop.session.hotseat import first_seat, needs_curtain, next_seat, other_side
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.screens.end import EndScreen
from tabletop.tui.screens.play import PlayScreen
from tabletop.tui.screens.problem import ErrorScreen
from tests.decks.shipped import HOSPITAL, deck
from tests.session.twins import moved
from tests.tui.fake_session import FakeGame, hostile
from tests.tui.table import NARROW, WIDE, at_table, seated, shown, until_drawn
from tests.waiting import leave, press, until, until_screen


def test_whoever_looks_stays_while_owing_a_move() -> None:
    assert next_seat("kyiv", ["europe", "kyiv"]) == "kyiv"


def test_the_first_that_owes_a_move_is_next() -> None:
    assert next_seat("kyiv", ["europe", "kremlin"]) == "europe"


def test_nobody_takes_the_screen_while_nobody_owes_a_move() -> None:
    assert next_seat("kyiv", []) == "kyiv"


def test_the_facilitator_keeps_the_screen_when_wanted() -> None:
    assert next_seat(CONTROL, ["kyiv"], stays=True) == CONTROL


@pytest.mark.parametrize(
    ("waiting", "people", "seat"),
    [
        (["europe"], ["kyiv", "europe"], "europe"),
        ([], ["kyiv"], "kyiv"),
        ([], [], CONTROL),
    ],
)
def test_who_looks_first(waiting: list[str], people: list[str], seat: str) -> None:
    assert first_seat(waiting, people) == seat


def test_one_person_needs_no_curtain() -> None:
    assert not needs_curtain(None, "kyiv", ["kyiv"])
    assert needs_curtain(None, "kyiv", ["kyiv", "europe"])
    assert not needs_curtain("kyiv", "kyiv", ["kyiv", "europe"])


def test_the_other_side_of_control_is_the_team_that_must_act() -> None:
    people = ["kyiv", "europe", CONTROL]
    assert other_side("kyiv", ["kyiv"], people) == CONTROL
    assert other_side(CONTROL, ["europe"], people) == "europe"
    assert other_side("europe", ["kyiv"], people) == CONTROL
    assert other_side("kyiv", [], ["kyiv", "europe"]) is None


def test_while_no_team_must_act_each_is_called_in_turn() -> None:
    people = ["kyiv", "europe", CONTROL]
    seat: str | None = CONTROL
    called = []
    for _ in range(3):
        assert seat is not None
        seat = other_side(seat, [CONTROL], people)
        called.append(seat)
    assert called == ["kyiv", "europe", CONTROL]
    assert other_side(CONTROL, [CONTROL], [CONTROL]) is None


def hot_seat(**options: object) -> FakeGame:
    """Kyiv passes the keyboard to Europe when it passes."""

    def after(game: FakeGame, move: Move) -> None:
        if move.kind == "pass":
            game.waits = ["europe" if move.team == "kyiv" else "kyiv"]

    return FakeGame({"kyiv": PERSON, "europe": PERSON}, after=after, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_the_curtain_shows_a_name_and_nothing_else(size: tuple[int, int]) -> None:
    async with at_table(hot_seat(), size) as (pilot, play):
        await until_screen(pilot, CurtainScreen)
        text = shown(pilot)
        assert "Kyiv" in text
        for secret in ("Card", "Track", "Because", "Guarantees"):
            assert secret not in text
        await press(pilot, "enter")
        await until_screen(pilot, PlayScreen)
        assert play.seat == "kyiv"
        assert "Card dig_in" in shown(pilot)


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_what_opens_play_is_read_at_the_curtain_and_not_later(
    size: tuple[int, int],
) -> None:
    loaded = deck(HOSPITAL)
    seats = dict.fromkeys([*loaded.model.teams, CONTROL], PERSON)
    note = "Your files are safe with us."
    session = Session.new(loaded, seed=4, seats=seats)
    session.submit(CONTROL, Move("advance"))
    async with at_table(session, size) as (pilot, play):
        await to_table(pilot, play, CONTROL)
        play.make(Move("advance"))
        await until_screen(pilot, CurtainScreen)
        assert "Read to everybody first" in shown(pilot)
        assert note in shown(pilot)
        for team in loaded.model.teams:
            await to_table(pilot, play, team)
            await press(pilot, "p")
            await until_screen(pilot, CurtainScreen)
            assert note not in shown(pilot), "once is enough"
        await to_table(pilot, play, CONTROL)
        cue = " ".join(shown(pilot).splitlines()[:6])
        assert "safe with us" not in cue, "the hot wash has its own words"
        assert "ASK" in cue


async def to_table(pilot: Pilot[Any], play: PlayScreen, seat: str) -> None:
    """Open the curtain to a seat, and leave its tour."""
    await until_screen(pilot, CurtainScreen)
    await press(pilot, "enter")
    await until(pilot, f"{seat}'s table", lambda: play.seat == seat)
    await until_screen(pilot, PlayScreen)
    await until_drawn(pilot, play)


async def test_behind_the_curtain_nothing_of_the_last_seat_is_left() -> None:
    async with at_table(hot_seat()) as (pilot, play):
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until(pilot, "Kyiv's table", lambda: play.table is not None)
        kyivs = play.table
        await press(pilot, "enter", "s", "e", "c", "escape", "p")
        await until_screen(pilot, CurtainScreen)
        assert "Europe" in shown(pilot)
        assert "sec" not in shown(pilot)
        await press(pilot, "enter")
        await until_screen(pilot, PlayScreen)
        assert play.seat == "europe"
        assert play.table is not kyivs
        assert play.team_table is not None
        assert play.team_table.intent.text == ""


async def test_a_seat_finds_its_own_line_again() -> None:
    async with at_table(hot_seat()) as (pilot, play):
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until(pilot, "Kyiv's table", lambda: play.table is not None)
        await press(pilot, "enter", "o", "w", "n", "escape", "p")
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until(pilot, "Europe's table", lambda: play.seat == "europe")
        await press(pilot, "p")
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until(pilot, "Kyiv's table", lambda: play.seat == "kyiv")
        assert play.team_table is not None
        assert play.team_table.intent.text == "own"


async def test_the_curtain_cannot_be_sent_away_by_escape() -> None:
    async with at_table(hot_seat()) as (pilot, _):
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "escape", "q", "p")
        assert isinstance(pilot.app.screen, CurtainScreen)


async def test_one_person_against_bots_meets_no_curtain_and_sees_them_move() -> None:
    game = FakeGame({"kyiv": PERSON, "europe": BOT}, bots=3)
    async with seated(game) as (pilot, play):
        await until(pilot, "the bots' moves", lambda: game.bots == 0)
        assert play.seat == "kyiv"


async def test_a_full_disk_holds_the_bots_up_until_there_is_room() -> None:
    seats = {"kyiv": PERSON, "europe": BOT}
    game = FakeGame(seats, bots=2, fails=[StorageError("The disk is full.")])
    async with at_table(game) as (pilot, _):
        await until_screen(pilot, ErrorScreen)
        assert game.bots == 2
        await leave(pilot)
        await until_screen(pilot, PlayScreen)
        await until(pilot, "the bots' moves", lambda: game.bots == 0)


async def test_the_facilitator_changes_sides_behind_the_curtain_and_stays() -> None:
    seats = {"kyiv": PERSON, CONTROL: PERSON}
    async with at_table(FakeGame(seats)) as (pilot, play):
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until_screen(pilot, PlayScreen)
        await press(pilot, "s")
        await until_screen(pilot, CurtainScreen)
        assert "Control" in shown(pilot)
        await press(pilot, "enter")
        await until(pilot, "control's table", lambda: play.control_table is not None)
        await until_screen(pilot, PlayScreen)
        assert play.seat == CONTROL
        await press(pilot, "s")
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until(pilot, "Kyiv's table", lambda: play.seat == "kyiv")


async def test_each_team_can_read_in_private_before_control_opens_play() -> None:
    seats = {"kyiv": PERSON, "europe": PERSON, CONTROL: PERSON}
    async with at_table(FakeGame(seats, waits=[CONTROL])) as (pilot, play):
        for seat in (CONTROL, "kyiv", "europe", CONTROL):
            await until_screen(pilot, CurtainScreen)
            await press(pilot, "enter")
            await until_screen(pilot, PlayScreen)
            assert play.seat == seat
            assert seat == CONTROL or "s change seat" in shown(pilot)
            play.follow()  # whatever happens: whoever reads is not sent away
            await pilot.pause()
            assert play.app.screen is play
            await press(pilot, "s")


async def test_a_curtain_that_was_asked_for_can_be_sent_away() -> None:
    seats = {"kyiv": PERSON, CONTROL: PERSON}
    async with at_table(FakeGame(seats)) as (pilot, play):
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until_screen(pilot, PlayScreen)
        await press(pilot, "s")
        await until_screen(pilot, CurtainScreen)
        await leave(pilot)
        await until_screen(pilot, PlayScreen)
        assert play.seat == "kyiv"


async def test_control_acts_for_a_team_that_is_absent() -> None:
    game = FakeGame({"kyiv": ABSENT, CONTROL: PERSON}, waits=["kyiv"])
    async with seated(game) as (_, play):
        assert play.seat == CONTROL


async def test_the_curtain_takes_a_hostile_name() -> None:
    async with at_table(hot_seat(text=hostile)) as (pilot, _):
        await until_screen(pilot, CurtainScreen)
        assert "[/" in shown(pilot)


async def test_the_end_is_told_in_whole_and_leads_to_the_report(tmp_path: Path) -> None:
    path, chance = tmp_path / "over.jsonl", Random(2)
    seats = {**dict.fromkeys(deck(HOSPITAL).model.teams, BOT), CONTROL: PERSON}
    begun = Session.new(deck(HOSPITAL), path=path, seed=2, seats=seats)
    with closing(begun) as session:
        while not session.over:
            moved(session, chance)
        async with at_table(session, (80, 90)) as (pilot, _):
            await until_screen(pilot, EndScreen)
            found = shown(pilot)
            await leave(pilot)
            table = shown(pilot)
    assert "The report: tabletop report" in found
    goals = found.split("What they are for")[-1]
    assert "Little left unsaid: 1 for each 15 below 100" in goals
    assert "…" not in goals
    assert "before StartEx" not in table
    assert "next ○" not in table
