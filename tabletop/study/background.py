"""Playouts beside a screen: in a process of their own, so that no key has to wait.

The process starts with the first job. One that dies is reported by the jobs that it
had, and the next job starts another.
"""

import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from queue import SimpleQueue
from threading import BoundedSemaphore, Lock, Thread
from typing import Any, Generic, Protocol, Self, TypeVar

from tabletop.errors import TabletopError
from tabletop.study.worker import receive, send

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
THREADS = 2
"""Jobs that are computed at the same time."""
PATIENCE = 2.0
"""Seconds that the process has to end by itself."""


class BackgroundError(TabletopError):
    """A job could not be computed."""


class Work(Protocol[T_co]):
    """What can be computed there: it can be pickled, and tells how much it is."""

    @property
    def total(self) -> int:
        """How many playouts it takes."""

    def run(self) -> T_co:
        """Computes it."""


class Background:
    """Computes jobs in a process of its own; close it when it is not needed any more.

    `on_state` is told, from another thread, what everybody waits for: that the machine
    is being compiled, or nothing (empty) when it is ready.
    """

    def __init__(self, on_state: Callable[[str], None] | None = None) -> None:
        """Starts nothing yet."""
        self.state = ""
        """What is waited for; empty while there is nothing to say."""
        self._on_state = on_state
        self._lock = Lock()
        self._link: Link | None = None
        self._closed = False

    def submit(self, job: Work[T]) -> "Future[T]":
        """Lets a job be computed: what will come of it.

        The future fails with BackgroundError when the process dies, or the job fails.
        Raises BackgroundError when this is closed, or no process can be started.
        """
        with self._lock:
            if self._closed:
                raise BackgroundError("playouts are not made here any more")
            if self._link is None or self._link.dead:
                if self._link is not None:
                    self._link.close()
                self._link = Link(self._told)
            return self._link.submit(job)

    def cancel_all(self) -> None:
        """Cancels every job that is not done."""
        with self._lock:
            if self._link is not None:
                self._link.cancel()

    def close(self) -> None:
        """Cancels every job, and ends the process. May be called again."""
        with self._lock:
            link, self._link, self._closed = self._link, None, True
        if link is not None:
            link.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process(self) -> int | None:
        """The number of the process; None while there is none."""
        link = self._link
        return link.process.pid if link is not None and not link.dead else None

    def _told(self, state: str) -> None:
        if state != self.state:
            self.state = state
            if self._on_state is not None:
                self._on_state(state)


class Ticket(Generic[T]):
    """A job, and what will come of it."""

    def __init__(self, number: int, job: Work[T]) -> None:
        self.number = number
        self.job = job
        self.future: Future[T] = Future()


class Link:
    """The process, and two threads: one sends jobs, one receives what came of them."""

    def __init__(self, on_state: Callable[[str], None]) -> None:
        command = [sys.executable, "-m", "tabletop.study.worker", str(THREADS)]
        try:
            self.process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except OSError as error:
            raise BackgroundError(
                f"no process can be started for playouts: {error}",
                "Use `tabletop forecast` on the command line instead.",
            ) from error
        self.dead = False
        self._on_state = on_state
        self._count = 0
        self._lock = Lock()
        self._tickets: dict[int, Ticket[Any]] = {}
        self._queue: SimpleQueue[Ticket[Any] | None] = SimpleQueue()
        self._room = BoundedSemaphore(2 * THREADS)
        """So much is sent ahead, so that what is cancelled is not computed."""
        self._threads = [
            Thread(target=target, name=f"playouts {target.__name__}", daemon=True)
            for target in (self._send, self._receive)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, job: Work[T]) -> "Future[T]":
        """Lets a job be computed."""
        with self._lock:
            self._count += 1
            ticket = Ticket(self._count, job)
            if self.dead:
                ticket.future.set_exception(self._death())
                return ticket.future
            self._tickets[ticket.number] = ticket
        self._queue.put(ticket)
        return ticket.future

    def cancel(self) -> None:
        """Cancels what is not done."""
        with self._lock:
            tickets = list(self._tickets.values())
        for ticket in tickets:
            ticket.future.cancel()

    def close(self) -> None:
        """Ends the process and the threads."""
        self.cancel()
        self._queue.put(None)
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                with suppress(OSError):  # what could not be sent is not wanted
                    stream.close()

    # --- threads

    def _send(self) -> None:
        stream = self.process.stdin
        while (ticket := self._queue.get()) is not None:
            self._room.acquire()
            if self.dead or stream is None:
                return
            if ticket.future.cancelled():
                self._forget(ticket.number)
                continue
            try:
                send(stream, (ticket.number, ticket.job))  # type: ignore[arg-type]
            except OSError:
                return  # the other thread sees that the process has died

    def _receive(self) -> None:
        stream = self.process.stdout
        with suppress(EOFError, OSError):
            while stream is not None:
                kind, number, value = receive(stream)  # type: ignore[arg-type]
                if kind == "state":
                    self._on_state(value)
                else:
                    self._settle(kind, self._forget(number), value)
        self._die()

    def _forget(self, number: int) -> "Future[Any] | None":
        with self._lock:
            ticket = self._tickets.pop(number, None)
        with suppress(ValueError):
            self._room.release()
        return ticket.future if ticket is not None else None

    def _settle(self, kind: str, future: "Future[Any] | None", value: Any) -> None:
        if future is None or not future.set_running_or_notify_cancel():
            return
        if kind == "done":
            future.set_result(value)
        else:
            future.set_exception(BackgroundError(*value))

    def _die(self) -> None:
        with self._lock:
            self.dead = True
            tickets, self._tickets = list(self._tickets.values()), {}
        for ticket in tickets:
            if ticket.future.set_running_or_notify_cancel():
                ticket.future.set_exception(self._death())
        self._queue.put(None)
        with suppress(ValueError):  # nobody waits for room
            self._room.release()
        self._on_state("")

    def _death(self) -> BackgroundError:
        return BackgroundError(
            "the process that makes playouts has ended",
            "Ask again: another one is started. Its memory may have run out.",
        )
