"""Turning points and forecasts beside a replay, by key presses."""

import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tabletop.session.replaying import Replay
from tabletop.session.view import CONTROL
from tabletop.study.forecast import Expect, Forecast
from tabletop.study.turning import Analysis, Option, Step, analyse
from tabletop.tui.screens.forecast import ForecastScreen
from tabletop.tui.screens.replay.options import OptionsScreen
from tabletop.tui.screens.replay.screen import ReplayScreen
from tabletop.tui.widgets.turning import bare
from tests.tui.beside import Beside, beside, few
from tests.tui.replays import copied, replaying, settled
from tests.tui.table import NARROW, WIDE, shown
from tests.waiting import leave, press, until, until_screen

__all__ = ["beside"]


def state(screen: ReplayScreen) -> str:
    """How far the analysis of the line on the screen is."""
    return screen.study.state if screen.study is not None else "none"


async def test_an_analysis_finds_what_the_study_finds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a real process beside the screen, to the end."""
    few(monkeypatch, 12)
    save = copied(tmp_path, "tutorial")
    async with replaying(save) as (pilot, screen):
        await press(pilot, "a")
        await until(pilot, "the end of it", lambda: state(screen) == "done")
        tree = screen.replay.session.tree
        assert screen.analysis == analyse(tree, screen.tip, playouts=12)
        process = screen.measuring.process
        assert process is not None
        await press(pilot, "q")
        await until(pilot, "the first screen", lambda: not screen.is_attached)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize("size", [WIDE, NARROW, (160, 48)])
async def test_what_has_come_is_drawn_and_kept(
    tmp_path: Path, beside: Beside, size: tuple[int, int]
) -> None:
    async with replaying(copied(tmp_path, "tutorial"), size) as (pilot, screen):
        await press(pilot, "4")
        assert "Nothing is measured yet" in shown(pilot)
        await press(pilot, "a")
        await until(pilot, "jobs", lambda: bool(beside.waiting))
        many = len(beside.jobs)
        beside.finish(5)
        study = screen.study
        assert study is not None
        await until(pilot, "five measured", lambda: len(study.measured) == 5)
        await press(pilot, "escape")
        assert state(screen) == "stopped"
        assert screen.analysis is not None
        assert len(screen.analysis.steps) == 4
        assert f"5 of {many} moves are measured" in shown(pilot)
        assert not beside.waiting, "nothing more is computed"
        await press(pilot, "a")
        await until(pilot, "the rest", lambda: len(beside.waiting) == many - 5)
        beside.finish()
        await until(pilot, "the end", lambda: state(screen) == "done")
        assert len(screen.analysis.steps) == many - 1
        assert not screen.can_analyse()


async def test_another_line_or_seat_stops_it_and_says_so(
    tmp_path: Path, beside: Beside
) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        await press(pilot, "a")
        await until(pilot, "jobs", lambda: bool(beside.waiting))
        beside.finish(4)
        study = screen.study
        assert study is not None
        await until(pilot, "four measured", lambda: len(study.measured) == 4)
        tip = screen.tip
        screen.show_line(screen.lines[1].branch.tip)
        await settled(pilot, screen)
        assert "measuring was stopped" in shown(pilot)
        assert state(screen) == "none"
        screen.show_line(tip)
        await settled(pilot, screen)
        assert state(screen) == "stopped"
        await press(pilot, "a")
        await until(pilot, "jobs", lambda: bool(beside.waiting))
        screen.look_as("kyiv")
        await settled(pilot, screen)
        assert not beside.waiting
        assert screen.analysis is None, "what control knows is not for a team"


async def test_a_killed_process_is_reported_and_another_begun(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, 4_000)
    async with replaying(copied(tmp_path, "tutorial")) as (pilot, screen):
        await press(pilot, "4", "a")
        await until(pilot, "a process", lambda: screen.measuring.process is not None)
        study = screen.study
        assert study is not None
        await until(pilot, "something measured", lambda: bool(study.measured))
        process = screen.measuring.process
        assert process is not None
        os.kill(process, signal.SIGKILL)
        await until(pilot, "a report", lambda: state(screen) == "failed")
        await settled(pilot, screen)
        assert "has ended" in shown(pilot)
        await press(pilot, "left")
        assert screen.place == len(screen.moments) - 2, "the screen lives"
        few(monkeypatch, 5)
        await press(pilot, "a")
        await until(pilot, "another one", lambda: state(screen) == "running")
        before = len(study.measured)
        await until(pilot, "more of it", lambda: len(study.measured) > before)
        assert screen.measuring.process not in (None, process)


async def analysed(pilot: Pilot[Any], screen: ReplayScreen, beside: Beside) -> None:
    """Measure the whole line."""
    await press(pilot, "a")
    await until(pilot, "jobs", lambda: bool(beside.waiting))
    beside.finish()
    await until(pilot, "the end of it", lambda: state(screen) == "done")


async def test_brackets_go_through_the_turning_points(
    tmp_path: Path, beside: Beside, monkeypatch: pytest.MonkeyPatch
) -> None:
    few(monkeypatch, 20)
    async with replaying(copied(tmp_path, "tutorial"), (160, 48)) as (pilot, screen):
        assert not screen.can_turning_point(1)
        await analysed(pilot, screen, beside)
        numbers = [point.step.number for point in screen.turning_points()]
        assert numbers
        await press(pilot, "home")
        for number in numbers:
            await press(pilot, "right_square_bracket")
            assert screen.number == number
            assert screen.turning.point is not None
            assert screen.turning.point.step.number == number
        await press(pilot, "right_square_bracket")
        assert screen.number == numbers[-1]
        for number in numbers[-2::-1]:
            await press(pilot, "left_square_bracket")
            assert screen.number == number
        await press(pilot, "4", "down")
        await settled(pilot, screen)
        assert screen.number == (numbers[1] if len(numbers) > 1 else numbers[0])


def sharpened(found: Analysis) -> tuple[Analysis, Step]:
    """The analysis with a decision at which another move was far better."""
    place, step = next((i, s) for i, s in enumerate(found.steps) if s.options)
    team = step.seat

    def promised(option: Option, mean: float) -> Option:
        return replace(option, expect=Expect(team, mean, mean - 1, mean + 1, 0, 9))

    others = [promised(o, 90) for o in step.options if not o.chosen]
    own = next(promised(o, 10) for o in step.options if o.chosen)
    sharp = replace(
        step, options=(*others, own), choice={team: -50.0}, luck={team: 0.0},
        after=lowered(step.after, team),
    )  # fmt: skip
    steps = (*found.steps[:place], sharp, *found.steps[place + 1 :])
    return replace(found, steps=steps), sharp


def lowered(forecast: Forecast, team: str) -> Forecast:
    """A team's expectation far below what it was."""
    teams = [
        Expect(team, -40, -41, -39, -45, -35) if e.team == team else e
        for e in forecast.teams
    ]
    return replace(forecast, teams=tuple(teams))


async def test_the_better_move_shows_once_the_options_were_looked_at(
    tmp_path: Path, beside: Beside
) -> None:
    async with replaying(copied(tmp_path, "tutorial"), (160, 48)) as (pilot, screen):
        await analysed(pilot, screen, beside)
        assert screen.analysis is not None
        analysis, step = sharpened(screen.analysis)
        screen.team = step.seat
        screen.keep_analysis(screen.tip, screen.seat, analysis)
        assert step.number in [p.step.number for p in screen.turning_points()]
        screen.go_to_number(step.number)
        await settled(pilot, screen)
        best = bare(step.options[0].label)
        assert best not in points(screen)
        assert "hidden t or s" in points(screen)
        await press(pilot, "s")
        await until_screen(pilot, OptionsScreen)
        await leave(pilot)
        await settled(pilot, screen)
        assert best in points(screen)
        assert "What each could expect" in points(screen)


def points(screen: ReplayScreen) -> str:
    """What the pane of turning points holds, without its method."""
    pane = screen.turning
    text = "\n".join(line.plain for line in pane.build(100, 40))
    return text.partition("How this is measured")[0]


async def test_a_team_is_measured_by_what_it_knows(
    tmp_path: Path, beside: Beside
) -> None:
    async with replaying(copied(tmp_path), seat="kyiv") as (pilot, screen):
        await press(pilot, "a")
        await until(pilot, "jobs", lambda: bool(beside.waiting))
        index = screen.replay.session.tree.program.teams.index("kyiv")
        assert {job.position.seat for job, _ in beside.jobs} == {index}
        await press(pilot, "4")
        assert "Only what this team knows went in" in " ".join(shown(pilot).split())


async def test_the_room_measures_nothing(tmp_path: Path, beside: Beside) -> None:
    async with replaying(copied(tmp_path, "tutorial"), seat="public") as (
        pilot,
        screen,
    ):
        await press(pilot, "a", "E", "t", "y")
        assert not beside.jobs
        assert pilot.app.screen is screen


# --- what to expect, at a moment


async def test_a_forecast_of_a_moment(tmp_path: Path, beside: Beside) -> None:
    async with replaying(copied(tmp_path)) as (pilot, screen):
        await press(pilot, *["left"] * 5)
        await settled(pilot, screen)
        await press(pilot, "E")
        dialog = await until_screen(pilot, ForecastScreen)
        await until(pilot, "a job", lambda: len(beside.waiting) == 1)
        job = beside.waiting[0][0]
        assert (job.number, job.seat, job.playouts) == (screen.number, CONTROL, 1000)
        assert f"measuring move {screen.number}" in shown(pilot)
        beside.jobs[0][1].set_result(replace(job, playouts=20).run("low", 1))
        await until(pilot, "figures", lambda: dialog.forecast is not None)
        await pilot.pause()
        assert "Score to expect" in shown(pilot)
        await press(pilot, "E")
        await until(pilot, "more", lambda: len(beside.waiting) == 1)
        assert beside.waiting[0][0].playouts == 10_000
        beside.die()
        await until(pilot, "a report", lambda: "has ended" in shown(pilot))
        assert "Score to expect" in shown(pilot), "what was known stays"
        await leave(pilot)
        assert not beside.waiting
        await press(pilot, "left")
        assert pilot.app.screen is screen


async def test_without_a_seat_of_its_own_nothing_is_kept_open(
    tmp_path: Path, beside: Beside
) -> None:
    async with replaying(Replay.open(copied(tmp_path, "tutorial"))) as (pilot, _):
        await press(pilot, "a")
        await until(pilot, "jobs", lambda: bool(beside.waiting))
        await press(pilot, "q")
        await until(pilot, "the end of it", lambda: beside.closed == beside.begun)
        assert not beside.waiting
