"""`tabletop forecast`: a table with its method, the same each time."""

import json
import os
import signal
from pathlib import Path

import pytest

from tabletop.bots.bulk import play_one
from tabletop.cli import forecast as verb
from tabletop.cli import output
from tabletop.study import jobs
from tests.cli.conftest import Shell
from tests.decks.shipped import TUTORIAL, deck

FEW = ("--playouts", "12")


@pytest.fixture
def save(tmp_path: Path) -> str:
    """A whole game of the tutorial."""
    path = tmp_path / "game.jsonl"
    play_one(deck(TUTORIAL), 3, 0, {}, path).close()
    return str(path)


def test_a_position_is_forecast_with_bars_and_the_method(
    shell: Shell, save: str
) -> None:
    result = shell("forecast", save, "--at", "8", *FEW)
    assert result.code == 0
    lines = result.out.splitlines()
    assert lines[0].startswith("After move 8, Day ")
    assert "12 playouts of all that control knows" in lines[0]
    shares = [line for line in lines if "% to " in line]
    assert len(shares) > 1
    assert any("█" in line for line in shares)
    assert "How this was made" in lines
    assert "every hand" in " ".join(result.out.split())
    assert shell("forecast", save, "--at", "8", *FEW).out == result.out


def test_a_finished_game_is_told_for_sure(shell: Shell, save: str) -> None:
    result = shell("forecast", save, *FEW)
    assert "100.0% to 100.0%" in result.out
    assert "The game was over there" in result.out


def test_json_has_all_that_is_needed_to_make_it_again(shell: Shell, save: str) -> None:
    asked = ("forecast", save, "--at", "8", "--seed", "4", "--json", *FEW)
    found = json.loads(shell(*asked).out)
    assert found["move"] == 8
    assert found["seed"] == 4
    assert found["deck_digest"]
    assert sum(ending["games"] for ending in found["endings"]) == 12
    assert {team["team"] for team in found["teams"]} == set(deck(TUTORIAL).model.teams)
    assert found["method"]


def test_turning_points_name_the_move_and_the_better_one(
    shell: Shell, save: str
) -> None:
    result = shell("forecast", save, "--turning-points", "--playouts", "40")
    assert result.code == 0
    assert "turning point" in result.out.splitlines()[0]
    points = [line for line in result.out.splitlines() if line.startswith("Move ")]
    assert 1 <= len(points) <= 5
    assert "choice" in result.out
    assert "luck" in result.out
    assert "overlap" in result.out


def test_a_team_is_given_only_what_it_knows(shell: Shell, save: str) -> None:
    team, other = list(deck(TUTORIAL).model.teams)[:2]
    result = shell("forecast", save, "--turning-points", "--seat", team, *FEW)
    assert "What it can't see was dealt anew" in " ".join(result.out.split())
    asked = ("forecast", save, "--turning-points", "--seat", team, "--json", *FEW)
    found = json.loads(shell(*asked).out)
    choosers = {step["seat"] for step in found["steps"] if step["options"]}
    assert choosers == {team}
    assert other in {step["seat"] for step in found["steps"]}
    assert {point["team"] for point in found["turning_points"]} <= {team}


def test_an_interrupt_keeps_what_is_done(
    shell: Shell, save: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, seen = jobs.Job.run, []

    def run(job: jobs.Job, *more: object) -> jobs.Measured:
        seen.append(job.place)
        if job.place == 5:
            os.kill(os.getpid(), signal.SIGINT)
        return real(job, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs.Job, "run", run)
    before = signal.getsignal(signal.SIGINT)
    result = shell(
        "forecast", save, "--turning-points", "--workers", "1", "--json", *FEW
    )
    assert result.code == 0
    assert "Stopped after 6 of" in result.err
    assert len(json.loads(result.out)["steps"]) == 5
    assert signal.getsignal(signal.SIGINT) is before
    assert seen == list(range(6))


def test_a_second_interrupt_ends_it() -> None:
    with verb.stoppable() as wish:
        os.kill(os.getpid(), signal.SIGINT)
        assert wish.stopped
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--seat", "public"), "there is no seat 'public'"),
        (("--seat", "nobody", "--turning-points"), "there is no seat 'nobody'"),
        (("--team", "nobody", "--turning-points"), "there is no team 'nobody'"),
        (("--at", "9999"), "there is no move 9999"),
        (("--at", "9999", "--turning-points"), "there is no move 9999"),
        (("--policy", "clever"), "there is no policy 'clever'"),
        (("--policy", "search"), "too slow"),
    ],
)
def test_mistakes_are_told(
    shell: Shell, save: str, words: tuple[str, ...], told: str
) -> None:
    result = shell("forecast", save, *FEW, *words)
    assert result.code != 0
    assert told in result.err
    assert not result.out


def test_a_terminal_without_blocks_gets_plain_bars(
    shell: Shell, save: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(output, "can_draw", lambda _: False)
    result = shell("forecast", save, "--at", "8", *FEW)
    assert "#" in result.out
    assert result.out.isascii()


def test_the_save_stays_as_it_is(shell: Shell, save: str) -> None:
    before = Path(save).read_bytes()
    shell("forecast", save, "--at", "8", *FEW)
    assert Path(save).read_bytes() == before
