"""Who does the jobs of a study: this process, several ones, or a cluster.

All of them take a job and give a future. What comes of a job depends on the job alone,
and results are taken in the jobs' order; so the same study comes to the same whoever
did it, and also when a worker died and its jobs were done again.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    InvalidStateError,
    ThreadPoolExecutor,
)
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import Generic, Protocol, TypeVar

from tabletop.bots.workers import processes
from tabletop.engine.gear import GearName, gear, has_fast
from tabletop.errors import TabletopError

PATIENCE = 0.1
"""Seconds after which somebody who waits is asked whether to go on."""
TRIES = 5
"""Times that one job is given to workers that then die."""
AHEAD = 3
"""Jobs for each worker that are handed out before the first one is done."""

Result_co = TypeVar("Result_co", covariant=True)
Result = TypeVar("Result")


class Job(Protocol[Result_co]):
    """Some work that can go to another process or computer."""

    @property
    def weight(self) -> int:
        """How much it is, in whatever the progress counts."""

    def run(self, name: GearName) -> Result_co:
        """Does it; the same in either gear."""


class WorkersLostError(TabletopError):
    """Workers died again and again, so that nothing can be finished."""


def best_gear() -> GearName:
    """The fastest gear on this computer."""
    return "high" if has_fast() else "low"


def do(job: Job[Result], name: GearName | None) -> Result:
    """Does a job where it has come to; without a name in the gear that is there."""
    return job.run(name or best_gear())


@dataclass
class Crew:
    """Workers behind one interface of futures."""

    workers: int
    hire: Callable[[], Executor]
    """Gets workers; called again when those that there were are lost."""
    name: GearName | None
    """The gear; None for whichever each worker has."""
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)
    """What the future of a job raises whose worker has died."""
    fire: Callable[[], None] = lambda: None
    """Lets go what `hire` did not get: called once, at the end."""
    stuck: float = 0.0
    """Seconds after which a job that nobody has finished is given to somebody else as
    well, then twice as many, and so on; 0 for never."""
    watch: Callable[[], None] = lambda: None
    """Called now and then; raises WorkersLostError when nobody works any more."""
    _executor: Executor | None = field(default=None, repr=False)

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, job: Job[Result]) -> "Future[Result]":
        """Hands out a job."""
        if self._executor is not None:
            try:
                return self._executor.submit(do, job, self.name)
            except self.lost:
                self.release()
        self._executor = self.hire()
        return self._executor.submit(do, job, self.name)

    def release(self) -> None:
        """Lets the workers go that there are; what they are doing is not waited for."""
        executor, self._executor = self._executor, None
        if executor is not None:
            _shut(executor)

    def close(self) -> None:
        """Lets all workers go, for good."""
        self.release()
        self.fire()


def _shut(executor: Executor) -> None:
    """Lets workers go, also those that are lost already."""
    with suppress(Exception):
        try:
            executor.shutdown(wait=False, cancel_futures=True)
        except TypeError:  # a cluster's has no such argument: it cancels by itself
            executor.shutdown(wait=False)


def local_crew(workers: int = 1, name: GearName | None = None) -> Crew:
    """Workers on this computer: threads in high gear, processes in low gear.

    High gear runs without Python's lock. An interrupt from the keyboard reaches only
    the process that started them. Raises UsageError for a gear that is not installed.
    """
    chosen = name or best_gear()
    gear(chosen)
    count = max(1, workers)
    if chosen == "high" or count == 1:
        return Crew(count, lambda: ThreadPoolExecutor(count), chosen)
    return Crew(count, lambda: processes(count), chosen)


@dataclass
class _Place(Generic[Result]):
    """A job that is handed out."""

    job: Job[Result]
    future: "Future[Result]"
    tries: int = 1
    waited: float = 0.0
    """Seconds, since it was the first one; and how long it may take."""
    patience: float = 0.0


@dataclass
class _Line(Generic[Result]):
    """The jobs that are handed out, in their order."""

    crew: Crew
    places: "deque[_Place[Result]]" = field(default_factory=deque)

    def fill(self, jobs: Iterator[Job[Result]]) -> bool:
        """Hands out as many as keep everybody busy; whether there are any."""
        room = AHEAD * self.crew.workers - len(self.places)
        for job in islice(jobs, max(0, room)):
            self.places.append(_Place(job, self.crew.submit(job)))
        return bool(self.places)

    def first(self, go_on: Callable[[], bool]) -> Result | None:
        """What came of the first one; None when it is not waited for any more."""
        while True:
            try:
                result = self.places[0].future.result(PATIENCE)
            except TimeoutError:
                self.crew.watch()
                self._hurry()
                if not go_on():
                    return None
            except self.crew.lost as error:
                self._again(error)
                if not go_on():
                    return None
            else:
                self.places.popleft()
                return result

    def _hurry(self) -> None:
        """Gives the first one to somebody else as well, when it takes too long."""
        place = self.places[0]
        place.waited += PATIENCE
        place.patience = place.patience or self.crew.stuck
        if 0 < place.patience <= place.waited:
            place.patience *= 2
            place.future = _either(place.future, self.crew.submit(place.job))

    def _again(self, error: BaseException) -> None:
        """Hands all jobs out anew that were lost with their workers."""
        self.places[0].tries += 1
        if self.places[0].tries > TRIES:
            raise WorkersLostError(
                f"workers died {TRIES} times over the same games"
                f" ({type(error).__name__})",
                "Is there enough memory? Fewer workers need less of it.",
            ) from error
        for place in self.places:
            if self._is_lost(place.future):
                place.future = self.crew.submit(place.job)

    def _is_lost(self, future: "Future[Result]") -> bool:
        """Whether a job was not done because its worker was lost."""
        if not future.done():
            return False
        return future.cancelled() or isinstance(future.exception(), self.crew.lost)

    def drop(self) -> None:
        """Lets what is not begun be."""
        for place in self.places:
            place.future.cancel()


def _either(first: "Future[Result]", second: "Future[Result]") -> "Future[Result]":
    """What comes of either of two, whichever is done first."""
    both: Future[Result] = Future()

    def done(future: "Future[Result]") -> None:
        with suppress(InvalidStateError):  # the other one was first
            if future.cancelled():
                both.set_exception(CancelledError())
            elif (error := future.exception()) is not None:
                both.set_exception(error)
            else:
                both.set_result(future.result())

    first.add_done_callback(done)
    second.add_done_callback(done)
    return both


def in_order(
    crew: Crew, jobs: Iterable[Job[Result]], go_on: Callable[[int], bool]
) -> Iterator[Result]:
    """What came of jobs, in their order, until there are no more or `go_on` says no.

    It is told how much is done, by the jobs' weight, at least every PATIENCE seconds.
    Raises WorkersLostError when workers die again and again.
    """
    line: _Line[Result] = _Line(crew)
    waiting, done = iter(jobs), 0
    try:
        while line.fill(waiting):
            weight = line.places[0].job.weight
            result = line.first(partial(go_on, done))
            if result is None:
                return
            done += weight
            yield result
            if not go_on(done):
                return
    except WorkersLostError:
        line.places.clear()  # there is nobody who could let them be
        raise
    finally:
        line.drop()
