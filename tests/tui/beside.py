"""A process beside the screen, played by the test: it decides what comes when."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from tabletop.study.background import Background, BackgroundError
from tabletop.tui import measuring
from tabletop.tui.screens.replay import study


class Beside:
    """Jobs that wait until the test lets them be done."""

    def __init__(self) -> None:
        self.jobs: list[tuple[Any, Future[Any]]] = []
        """Every job that was asked for, in order."""
        self.closed = 0
        self.begun = 0

    def make(self, on_state: Callable[[str], None] | None = None) -> "Process":
        """Stands in for `Background`."""
        self.begun += 1
        return Process(self, on_state)

    @property
    def waiting(self) -> list[tuple[Any, Future[Any]]]:
        """What is neither done nor called off."""
        return [(job, future) for job, future in self.jobs if not future.done()]

    def finish(self, most: int = 10_000) -> int:
        """Do so many of the waiting jobs, in low gear; how many there were."""
        found = self.waiting[:most]
        for job, future in found:
            future.set_result(job.run("low", 1))
        return len(found)

    def die(self) -> None:
        """End as a process that was killed."""
        for _, future in self.waiting:
            future.set_exception(BackgroundError("the process has ended", "Ask again."))


class Process(Background):
    """One of them."""

    def __init__(
        self, beside: Beside, on_state: Callable[[str], None] | None = None
    ) -> None:
        super().__init__(on_state)
        self.beside = beside

    def submit(self, job: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.beside.jobs.append((job, future))
        return future

    def cancel_all(self) -> None:
        for _, future in self.beside.waiting:
            future.cancel()

    def close(self) -> None:
        self.cancel_all()
        self.beside.closed += 1


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Beside:
    """Nothing is computed unless the test says so; few playouts."""
    found = Beside()
    monkeypatch.setattr(measuring, "Background", found.make)
    few(monkeypatch)
    return found


def few(monkeypatch: pytest.MonkeyPatch, playouts: int = 6) -> None:
    """Little work for each place."""
    monkeypatch.setattr(study, "playouts_here", lambda: playouts)
