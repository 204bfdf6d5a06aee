"""Playouts in a process of their own: started when needed, replaced when it dies."""

import os
import signal
import subprocess
import sys
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Any

import pytest

from tabletop.study.background import Background, BackgroundError
from tabletop.study.forecast import forecast, forecast_job
from tabletop.study.turning import Analysis, Job, analyse, jobs
from tests.study.games import finished

LONG = 60.0
PLAYOUTS = 8


@dataclass(frozen=True)
class Idle:
    """A job that takes a while."""

    seconds: float
    total: int = 1

    def run(self) -> int:
        import time

        time.sleep(self.seconds)
        return os.getpid()


@dataclass(frozen=True)
class Failing:
    """A job with a mistake in it."""

    total: int = 1

    def run(self) -> int:
        raise ZeroDivisionError("by chance")


def work() -> list[Job]:
    """A whole game, to be measured."""
    tree = finished()
    return jobs(tree, tree.head, "control", PLAYOUTS, {}, 0)


def test_nothing_starts_before_there_is_a_job() -> None:
    with Background() as here:
        assert here.process is None


def test_a_forecast_is_the_same_as_one_made_here() -> None:
    tree = finished()
    with Background() as here:
        future = here.submit(forecast_job(tree, 9, playouts=30))
        assert future.result(LONG) == forecast(tree, 9, playouts=30)
    assert here.process is None


def test_a_whole_game_is_analysed_there() -> None:
    tree, parts = finished(), work()
    with Background() as here:
        futures = [here.submit(job) for job in parts]
        measured = [future.result(LONG) for future in futures]
        found = Analysis.of(tree, tree.head, parts, measured)
    assert found == analyse(tree, tree.head, playouts=PLAYOUTS)


def test_it_gives_way_to_the_screen() -> None:
    with Background() as here:
        here.submit(Idle(0)).result(LONG)
        assert here.process is not None
        ours = os.getpriority(os.PRIO_PROCESS, 0)
        assert os.getpriority(os.PRIO_PROCESS, here.process) > ours


def test_what_is_cancelled_is_not_computed() -> None:
    with Background() as here:
        futures = [here.submit(Idle(0.2)) for _ in range(50)]
        futures[0].result(LONG)
        here.cancel_all()
        assert futures[-1].cancelled()
        with pytest.raises(CancelledError):
            futures[-1].result(LONG)
        # Only what had been sent already is in the way of the next.
        assert here.submit(Idle(0)).result(LONG) == here.process


def test_a_killed_process_is_reported_and_the_next_job_starts_another() -> None:
    with Background() as here:
        first = here.submit(Idle(0)).result(LONG)
        waiting = [here.submit(Idle(30)) for _ in range(12)]
        os.kill(first, signal.SIGKILL)
        for future in waiting:
            with pytest.raises(BackgroundError, match="has ended") as error:
                future.result(LONG)
            assert "Ask again" in error.value.hint
        assert here.submit(Idle(0)).result(LONG) not in (first, os.getpid())


def test_a_mistake_in_a_job_is_told_and_nothing_else_is_lost() -> None:
    with Background() as here:
        with pytest.raises(BackgroundError, match="ZeroDivisionError: by chance"):
            here.submit(Failing()).result(LONG)
        assert here.submit(Idle(0)).result(LONG)


def test_it_closes_at_once_also_while_it_computes_and_more_than_once() -> None:
    here = Background()
    waiting = [here.submit(Idle(300)) for _ in range(30)]
    here.close()
    here.close()
    assert all(future.cancelled() for future in waiting)
    with pytest.raises(BackgroundError):
        here.submit(Idle(0))


def test_a_process_that_can_not_start_is_reported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with Background() as here, pytest.raises(BackgroundError, match="no more proc"):
        here.submit(Idle(0))


def test_what_is_waited_for_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """With a cold cache the machine is compiled first; a stand-in need not."""
    told: list[str] = []
    stand_in = (
        "import sys; from tabletop.study import worker;"
        "cold = [True, False];"
        "worker.must_compile = lambda _: cold.pop(0);"
        "worker.main()"
    )
    real = subprocess.Popen

    def start(command: list[str], **more: Any) -> Any:
        return real([sys.executable, "-c", stand_in, command[-1]], **more)

    monkeypatch.setattr(subprocess, "Popen", start)
    with Background(told.append) as here:
        here.submit(Idle(0)).result(LONG)
        here.submit(Idle(0)).result(LONG)
    assert len(told) == 2
    assert "Compiling" in told[0]
    assert told[1] == ""
