"""What to expect, at the facilitator's console: for control's eyes alone."""

import asyncio
import os
import random
import signal
from dataclasses import replace
from typing import Any

import pytest

from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.study.forecast import ForecastJob, forecast, forecast_job
from tabletop.tui.measuring import Measuring
from tabletop.tui.screens.curtain import CurtainScreen
from tabletop.tui.screens.play import PlayScreen
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.session.twins import Secrets, clock, moved, with_state
from tests.tui.beside import Beside, beside
from tests.tui.fake_session import FakeGame
from tests.tui.table import NARROW, at_table, seated, shown, until_drawn
from tests.waiting import press, until, until_screen

__all__ = ["beside"]
BROAD = (160, 50)


def game(*, absent: bool = True, moves: int = 12) -> Session:
    """A game of Bright days under way, steered by a person."""
    loaded = deck(BRIGHT_DAYS)
    bots = dict.fromkeys(loaded.model.teams, "bot:random")
    found = Session.new(loaded, seed=3, seats={**bots, CONTROL: "auto"}, clock=clock)
    while len(found.tree.nodes) < moves or found.owing()[0] == CONTROL:
        found.bot_moves()
    found.set_seat(CONTROL, "person")
    for team in loaded.model.teams:
        found.set_seat(team, "absent" if absent else "person")
    return found


def answer(beside: Beside) -> ForecastJob:
    """Do the job that waits, with few playouts: which it was."""
    job, future = beside.waiting[-1]
    future.set_result(replace(job, playouts=25).run("low", 1))
    return job  # type: ignore[no-any-return]


@pytest.mark.parametrize("size", [BROAD, NARROW, (120, 37)])
async def test_it_opens_follows_the_game_and_closes(
    beside: Beside, size: tuple[int, int]
) -> None:
    session = game()
    async with seated(session, size) as (pilot, play):
        await press(pilot, "E")
        await until(pilot, "a job", lambda: len(beside.waiting) == 1)
        assert f"measuring move {session.tree.head}" in shown(pilot)
        job = answer(beside)
        assert (job.number, job.seat) == (session.tree.head, CONTROL)
        await until(pilot, "figures", lambda: "25 playouts" in shown(pilot))
        assert "Score to expect" in shown(pilot)
        team = session.owing()[0]
        move = session.view(team).moves[-1].move
        play.make(move)
        await until(pilot, "the next job", lambda: len(beside.waiting) == 1)
        assert beside.waiting[0][0].number == session.tree.head
        assert "25 playouts" in shown(pilot), "the last figures stay meanwhile"
        answer(beside)
        await until(
            pilot, "the next figures",
            lambda: f"from move {session.tree.head}" in shown(pilot),
        )  # fmt: skip
        while pilot.app.screen is not play:
            await press(pilot, "escape")
        await press(pilot, "escape")
        assert not play.forecasting
        assert "Score to expect" not in shown(pilot)
        await press(pilot, "E")
        await until(pilot, "it again", lambda: play.forecasting)
        await press(pilot, "E")
        await until(pilot, "more", lambda: beside.waiting[-1][0].playouts == 10_000)
    assert beside.closed == beside.begun


async def test_typing_goes_on_and_stays(beside: Beside) -> None:
    async with seated(game(), BROAD) as (pilot, play):
        await press(pilot, "n", *"half a li")
        play.action_forecast()
        await until(pilot, "a job", lambda: len(beside.waiting) == 1)
        await press(pilot, *"ne E")
        answer(beside)
        await until(pilot, "figures", lambda: "25 playouts" in shown(pilot))
        assert play.control_table is not None
        assert play.control_table.note.line.value == "half a line E"
        await press(pilot, "escape")
        assert play.forecasting, "escape leaves the line first"
        await press(pilot, "escape")
        assert not play.forecasting


async def test_whoever_else_is_given_the_screen_finds_nothing_of_it(
    beside: Beside,
) -> None:
    session = game(absent=False)
    async with at_table(session, BROAD) as (pilot, play):
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until(pilot, "a team", lambda: play.team_table is not None)
        await until_screen(pilot, PlayScreen)
        await press(pilot, "s")
        await until_screen(pilot, CurtainScreen)
        await press(pilot, "enter")
        await until(pilot, "control", lambda: play.control_table is not None)
        await until_screen(pilot, PlayScreen)
        await until_drawn(pilot, play)
        await press(pilot, "E")
        await until(pilot, "a job", lambda: len(beside.waiting) == 1)
        await press(pilot, "s")
        await until_screen(pilot, CurtainScreen)
        assert "expect" not in shown(pilot).lower()
        await press(pilot, "enter")
        await until(pilot, "a team", lambda: play.team_table is not None)
        await until_screen(pilot, PlayScreen)
        assert not play.forecasting
        assert not beside.waiting
        assert not play.can_forecast()
        await press(pilot, "E")
        assert len(beside.jobs) == 1
        assert "expect" not in shown(pilot).lower()


async def test_a_team_and_a_game_elsewhere_have_none(beside: Beside) -> None:
    async with seated(FakeGame()) as (pilot, play):
        assert not play.can_forecast()
        await press(pilot, "E")
    async with seated(FakeGame({CONTROL: "person"}, waits=[CONTROL])) as (_, play):
        assert not play.can_forecast(), "there is nothing to play on from"
    assert not beside.jobs


async def test_a_killed_process_is_reported_and_another_begun() -> None:
    async with seated(game(), BROAD) as (pilot, play):
        await press(pilot, "E")
        await until(pilot, "figures", lambda: "1,000 playouts" in shown(pilot))
        assert play._measuring is not None
        process = play._measuring.process
        assert process is not None
        await press(pilot, "E")
        os.kill(process, signal.SIGKILL)
        await until(pilot, "a report", lambda: "has ended" in shown(pilot))
        assert "1,000 playouts" in shown(pilot), "what was known stays"
        await press(pilot, "down", "up")
        play._playouts = 1_000
        await press(pilot, "E")
        await until(
            pilot, "figures anew", lambda: not play._foreseen or (
                play._foreseen.forecast is not None and not play._foreseen.trouble
                and not play._foreseen.working
            )
        )  # fmt: skip
        assert play._measuring.process not in (None, process)


async def test_it_shows_what_the_study_finds() -> None:
    session = game()
    measuring = Measuring()
    try:
        found = await measuring.forecast(session.tree, session.tree.head, CONTROL, 200)
        assert found == forecast(session.tree, session.tree.head, playouts=200)
    finally:
        await asyncio.to_thread(measuring.close)


@pytest.mark.parametrize("path", [TUTORIAL, BRIGHT_DAYS])
def test_a_teams_forecast_holds_nothing_that_it_may_not_know(path: Any) -> None:
    """What a replay forecasts for a team: secrets changed, the same figures."""
    loaded, chance = deck(path), random.Random(2)
    for seat in loaded.model.teams:
        seats = dict.fromkeys(loaded.model.teams, "person")
        session = Session.new(loaded, seed=5, seats=seats, clock=clock)
        for _ in range(16):
            moved(session, chance)
        if session.over:
            continue
        state = Secrets(session.tree, seat).twin(session.tree.state(), chance)
        twin = with_state(session, state)
        jobs = [
            forecast_job(each.tree, each.tree.head, seat=seat, playouts=8)
            for each in (session, twin)
        ]
        ours, theirs = (job.run("low", 1) for job in jobs)
        assert ours == theirs
