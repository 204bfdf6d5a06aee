"""Jobs come back in order whoever does them, and when workers die over them."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tabletop.engine.gear import GearName
from tabletop.study import crew as crew_module
from tabletop.study.crew import AHEAD, Crew, WorkersLostError, in_order, local_crew
from tests.study.dying import Slow, Square


def always(_done: int) -> bool:
    return True


@pytest.mark.parametrize("workers", [1, 3])
def test_results_come_in_the_order_of_the_jobs(workers: int) -> None:
    told: list[int] = []

    def tell(done: int) -> bool:
        told.append(done)
        return True

    crew = Crew(workers, lambda: ThreadPoolExecutor(workers), "low")
    with crew:
        found = list(in_order(crew, (Square(n) for n in range(40)), tell))
    assert found == [n * n for n in range(40)]
    assert told == sorted(told)
    assert told[-1] == 40


def test_only_some_jobs_are_handed_out_ahead() -> None:
    """So that a study of any length holds few of them at a time."""
    made: list[int] = []

    def jobs() -> Iterator[Square]:
        for number in range(1_000):
            made.append(number)
            yield Square(number)

    crew = Crew(2, lambda: ThreadPoolExecutor(2), "low")
    with crew:
        for done, _ in enumerate(in_order(crew, jobs(), always)):
            assert len(made) <= done + AHEAD * 2
    assert len(made) == 1_000


def test_who_waits_is_asked_whether_to_go_on(tmp_path: Path) -> None:
    """Also while no job is done; what is not begun by then is not done."""
    asked = threading.Event()

    def tell(done: int) -> bool:
        assert done == 0
        asked.set()
        return False

    crew = Crew(1, lambda: ThreadPoolExecutor(1), "low")
    with crew:
        jobs = [Slow(str(tmp_path / "go")), Slow(str(tmp_path / "never"))]
        assert list(in_order(crew, jobs, tell)) == []
    assert asked.is_set()
    (tmp_path / "go").touch()


def test_processes_that_die_are_replaced_and_their_jobs_done_again(
    tmp_path: Path,
) -> None:
    """One over a job, and another one over the same job."""
    jobs = [Square(n, deaths=2 * (n == 3), notes=str(tmp_path)) for n in range(9)]
    with local_crew(2, "low") as crew:
        assert list(in_order(crew, jobs, always)) == [n * n for n in range(9)]
    assert len(list(tmp_path.iterdir())) == 2


def test_workers_that_die_always_are_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew_module, "TRIES", 2)
    with (
        local_crew(2, "low") as crew,
        pytest.raises(WorkersLostError, match="died 2 times") as caught,
    ):
        list(in_order(crew, [Square(1, deaths=99, notes=str(tmp_path))], always))
    assert caught.value.hint


def test_processes_that_die_between_jobs_are_replaced(tmp_path: Path) -> None:
    """Nobody is asked then, but the next job finds nobody to do it."""
    jobs = [Square(1, deaths=1, notes=str(tmp_path))]
    with local_crew(2, "low") as crew:
        first = crew.submit(jobs[0])
        assert first.exception() is not None
        assert list(in_order(crew, [Square(4)], always)) == [16]


def test_a_job_that_is_lost_on_the_way_is_given_to_somebody_else(
    tmp_path: Path,
) -> None:
    """The first worker never comes back; the others do all of the work."""
    kept = Path(tmp_path / "go")

    class Losing(ThreadPoolExecutor):
        lost = 0

        def submit(self, fn: Any, /, *args: Any, **more: Any) -> Any:
            if args[0] == Square(2) and self.lost < 2:
                Losing.lost += 1
                return super().submit(fn, Slow(str(kept)), args[1])
            return super().submit(fn, *args, **more)

    crew = Crew(4, lambda: Losing(4), "low", stuck=0.2)
    with crew:
        found = list(in_order(crew, [Square(n) for n in range(5)], always))
    kept.touch()
    assert found == [0, 1, 4, 9, 16]
    assert Losing.lost == 2


class Broken:
    """A job with a fault in it."""

    weight = 1

    def run(self, _name: GearName) -> int:
        """Fails."""
        raise ZeroDivisionError


def test_a_fault_in_a_job_is_no_lost_worker() -> None:
    with local_crew(1, "low") as crew, pytest.raises(ZeroDivisionError):
        list(in_order(crew, [Broken()], always))
