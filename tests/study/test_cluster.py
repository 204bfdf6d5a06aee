"""A real cluster on this computer: the same study, also when a worker is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tabletop.errors import UsageError
from tabletop.study import cluster
from tabletop.study.cluster import dask_crew
from tabletop.study.crew import WorkersLostError, in_order, local_crew
from tabletop.study.study import Progress, study
from tests.study.dying import Slow
from tests.study.studied import tutorial

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.xdist_group("cluster"),
]


@pytest.fixture(scope="module")
def at() -> Iterator[Any]:
    """Two workers, each a process of its own."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1", silence_logs=50,
    ) as found:  # fmt: skip
        yield found


def processes(at: Any) -> list[int]:
    """The workers' processes."""
    return [worker.pid for worker in at.workers.values() if worker.pid]


def test_a_study_is_the_same_when_a_worker_is_killed_on_the_way(at: Any) -> None:
    """Killed as no program can prevent, in the midst of the games."""
    plan = replace(tutorial(200), parts=frozenset({"causes", "order", "choices"}))
    with local_crew() as crew:
        alone = study(plan, crew)
    killed: list[int] = []

    def tell(progress: Progress) -> bool:
        wanted = ("games", "choices")[len(killed) :][:1]
        if progress.part in wanted and 0 < progress.done < progress.of:
            killed.append(processes(at)[0])
            os.kill(killed[-1], signal.SIGKILL)
        return True

    with dask_crew(at.scheduler_address) as crew:
        assert crew.workers == 2
        together = study(plan, crew, tell)
    assert len(set(killed)) == 2
    assert repr(together) == repr(alone)


def test_a_study_on_a_cluster_can_be_stopped(at: Any) -> None:
    def tell(progress: Progress) -> bool:
        return progress.done == 0

    plan = replace(tutorial(2_000), parts=frozenset())
    with dask_crew(at.scheduler_address) as crew:
        result = study(plan, crew, tell)
    assert result.stopped_early
    assert 0 < result.method.games < plan.games


def test_workers_of_another_version_are_refused(
    at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would come to other games."""
    monkeypatch.setattr(cluster, "__version__", "99.0")
    with pytest.raises(UsageError, match=r"here it is 99\.0") as caught:
        dask_crew(at.scheduler_address)
    assert caught.value.hint


def test_nobody_there() -> None:
    with pytest.raises(UsageError, match="no cluster answers") as caught:
        dask_crew("tcp://127.0.0.1:1", answer=0.2)
    assert "dask scheduler" in caught.value.hint


@pytest.mark.parametrize("address", ["", "nowhere", "http://127.0.0.1:1", "tcp://:x"])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError, match="no cluster answers"):
        dask_crew(address, answer=0.2)


def test_a_scheduler_without_workers() -> None:
    with (
        distributed.LocalCluster(
            n_workers=0, dashboard_address=None, host="127.0.0.1", silence_logs=50
        ) as empty,
        pytest.raises(UsageError, match="no workers") as caught,
    ):
        dask_crew(empty.scheduler_address, answer=0.3)
    assert "dask worker" in caught.value.hint


def test_a_scheduler_that_goes_away(tmp_path: Path) -> None:
    """A process of its own that is killed in the midst of a study."""
    where = tmp_path / "scheduler.json"
    worker = None
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1",
         "--port", "0", "--no-dashboard", "--scheduler-file", str(where)],
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        address = address_in(where)
        worker = subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads",
             "1", "--no-nanny", "--no-dashboard", "--death-timeout", "5"],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with dask_crew(address, answer=30) as crew:
            crew.watch.patience = 0.5  # type: ignore[attr-defined]
            scheduler.kill()
            jobs = [Slow(str(tmp_path / "never"))]
            with pytest.raises(WorkersLostError, match="any more") as caught:
                list(in_order(crew, jobs, lambda _done: True))
        assert "--workers" in caught.value.hint
    finally:
        scheduler.kill()
        scheduler.wait()
        (tmp_path / "never").touch()
        if worker is not None:
            worker.kill()
            worker.wait()


def address_in(where: Path) -> str:
    """The address that a scheduler has written."""
    for _ in range(600):
        if where.exists() and where.read_text():
            return str(json.loads(where.read_text())["address"])
        time.sleep(0.1)
    raise AssertionError("no scheduler")


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match="not installed") as caught:
        dask_crew("tcp://127.0.0.1:1")
    assert "tabletop[cluster]" in caught.value.hint
