"""A real cluster on this computer: the same study, also when a worker is killed."""

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli.main import main
from tabletop.errors import UsageError
from tabletop.study import cluster
from tabletop.study.cluster import dask_crew
from tabletop.study.crew import Crew, WorkersLostError, in_order, local_crew
from tabletop.study.study import Progress, study
from tests.study.dying import Slow
from tests.study.studied import tutorial

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.xdist_group("cluster"),
]


PATIENCE = 180
"""Seconds after which a test that waits for a cluster has failed."""


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    """Lets no test wait for ever for what a network has lost."""

    def fail(_signal: int, _frame: object) -> None:
        pytest.fail(f"nothing came of the cluster in {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


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
    """Killed as no program can prevent, in the midst of its games."""
    plan = replace(tutorial(200), parts=frozenset({"causes", "order", "choices"}))
    with local_crew() as crew:
        alone = study(plan, crew)
    killed: list[int] = []

    def tell(progress: Progress) -> bool:
        begun = progress.part == "choices" and 0 < progress.done < progress.of
        if begun and not killed:
            killed.append(processes(at)[0])
            os.kill(killed[-1], signal.SIGKILL)
        return True

    with dask_crew(at.scheduler_address) as crew:
        assert crew.workers == 2
        together = study(plan, crew, tell)
    assert killed
    assert killed[0] not in processes(at)
    assert repr(together) == repr(alone)


def test_the_command_line_knows_clusters(
    at: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same bytes, of all that a study measures."""
    words = ["study", "tutorial", "--games", "70", "--vary", "tracks.water", "--json"]
    told = []
    for where in (["--dask", at.scheduler_address], ["--workers", "1"]):
        assert main([*words, *where]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1]
    assert json.loads(told[0])["levers"]


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


@pytest.mark.parametrize(
    "address", ["", "nowhere", "http://there:1", "tcp://:x", "tcp://there:1/a b"]
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(UsageError, match="is no address") as caught:
        dask_crew(address)
    assert "dask scheduler" in caught.value.hint


def test_a_scheduler_without_workers() -> None:
    with (
        distributed.LocalCluster(
            n_workers=0, dashboard_address=None, host="127.0.0.1", silence_logs=50
        ) as empty,
        pytest.raises(UsageError, match="no workers") as caught,
    ):
        dask_crew(empty.scheduler_address, answer=0.3)
    assert "dask worker" in caught.value.hint


class Connection:
    """Stands for a client: what it says of its connection, one after the other."""

    def __init__(self, *said: str) -> None:
        self.said = list(said)

    @property
    def status(self) -> str:
        return self.said.pop(0) if len(self.said) > 1 else self.said[0]


def test_a_scheduler_that_goes_away_while_a_study_waits(tmp_path: Path) -> None:
    """It may come back for a moment; in the end it is waited for no longer."""
    client = Connection("running", "connecting", "running", "connecting")
    watch = cluster.Watch(client, "tcp://there:1", 0.2)
    crew = Crew(1, lambda: ThreadPoolExecutor(1), "low", watch=watch)
    with crew, pytest.raises(WorkersLostError, match="tcp://there:1") as caught:
        list(in_order(crew, [Slow(str(tmp_path / "go"))], lambda _done: True))
    (tmp_path / "go").touch()
    assert "--workers" in caught.value.hint
    assert len(client.said) == 1


def test_without_dask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "find_spec", lambda _name: None)
    with pytest.raises(UsageError, match="not installed") as caught:
        dask_crew("tcp://127.0.0.1:1")
    assert "tabletop[cluster]" in caught.value.hint
