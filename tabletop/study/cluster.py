"""A Dask cluster as the workers of a study. The only module that knows Dask.

Needs the extra `cluster` here, and on every worker the same version of this program.
"""

import logging
import re
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Any

from tabletop import RULES_VERSION, __version__
from tabletop.errors import UsageError
from tabletop.study.crew import Crew, WorkersLostError

ANSWER = 10.0
"""Seconds in which the scheduler has to answer, and the first worker to be there."""
STUCK = 120.0
"""Seconds for a job, compiling included, before another worker is given it as well:
what goes through a network may be lost."""
ADDRESS = re.compile(r"((tcp|tls|wss?|ucx)://)?(\[[0-9a-fA-F:.]+\]|[\w.-]+):[0-9]{1,5}")
HELP = (
    "It is the scheduler's address, such as tcp://10.0.0.5:8786; `dask scheduler`"
    " prints it when it starts."
)
LOGS = ("distributed", "distributed.client", "tornado", "tornado.application")
Known = tuple[str, int]
"""A version of the program, and of its rules."""


def known() -> Known:
    """What has to be the same wherever a part of a study is done."""
    return __version__, RULES_VERSION


def dask_crew(address: str, *, answer: float = ANSWER) -> Crew:
    """The workers of the cluster whose scheduler is at an address.

    Raises UsageError when Dask is not installed, when nobody answers there within
    `answer` seconds, or when the workers have no such program or another version.
    """
    if find_spec("distributed") is None:
        raise UsageError(
            "a cluster needs Dask, which is not installed",
            "Install it with: pip install 'tabletop[cluster]'",
        )
    client = _client(address, answer)
    levels = _hush()
    try:
        workers = _workers(client, address, answer)
    except BaseException:
        _leave(client, levels)
        raise
    leave = partial(_leave, client, levels)
    watch = Watch(client, address, answer)
    return Crew(
        workers, _hire(client), None, lost=_lost(), fire=leave, watch=watch,
        stuck=STUCK,
    )  # fmt: skip


def _client(address: str, answer: float) -> Any:
    """A connection to the scheduler. It changes nothing of how this program runs."""
    if not ADDRESS.fullmatch(address):
        raise UsageError(f"'{address}' is no address of a scheduler", HELP)
    from distributed import Client

    try:
        connect: Callable[..., Any] = Client
        return connect(address, timeout=answer, set_as_default=False)
    except Exception as error:  # of whatever is in between
        raise UsageError(
            f"no cluster answers at '{address}' ({type(error).__name__})", HELP
        ) from None


def _workers(client: Any, address: str, answer: float) -> int:
    """How many jobs the cluster does at once, after a look at its workers."""
    try:
        client.wait_for_workers(1, timeout=answer)
    except TimeoutError:
        raise UsageError(
            f"the cluster at '{address}' has no workers",
            f"Start some with: dask worker {address}",
        ) from None
    _compare(client)
    return max(1, int(sum(client.nthreads().values())))


def _compare(client: Any) -> None:
    """Sees to it that all workers come to the same as this program would."""
    try:
        found = client.run(known)
    except Exception as error:  # whatever a worker without this program raises
        raise UsageError(
            f"the cluster's workers can't run this program: {error}",
            f"Install tabletop {__version__} where they run, best with [fast].",
        ) from None
    others = {worker: have for worker, have in found.items() if have != known()}
    for worker, (version, rules) in sorted(others.items()):
        raise UsageError(
            f"the worker at {worker} has version {version} of this program (rules"
            f" {rules}), here it is {__version__} (rules {RULES_VERSION})",
            "Install the same version everywhere.",
        )


def _hire(client: Any) -> Callable[[], Executor]:
    """Gets the cluster's own executor; the cluster replaces workers that die."""

    def executor() -> Executor:
        return client.get_executor(pure=False)  # type: ignore[no-any-return]

    return executor


def _leave(client: Any, levels: dict[str, int]) -> None:
    """Ends the connection, also one that is broken."""
    with suppress(Exception):
        client.close(timeout=1)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def _hush() -> dict[str, int]:
    """Keeps Dask's log from standard error, where progress is told: its levels so far.

    What matters of it comes to this program as errors.
    """
    levels = {name: logging.getLogger(name).level for name in LOGS}
    for name in LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return levels


@dataclass
class Watch:
    """Sees that the scheduler is still there."""

    client: Any
    address: str
    patience: float
    """Seconds in which a connection may come back."""
    since: float | None = None

    def __call__(self) -> None:
        """Raises WorkersLostError when it has been away for too long."""
        if self.client.status == "running":
            self.since = None
            return
        now = time.monotonic()
        self.since = now if self.since is None else self.since
        if now - self.since > self.patience:
            raise WorkersLostError(
                f"the cluster at '{self.address}' does not answer any more",
                "Start it again, or study with --workers on this computer.",
            )


def _lost() -> tuple[type[BaseException], ...]:
    """What jobs raise that the cluster gave up."""
    from distributed import KilledWorker
    from distributed.comm.core import CommClosedError

    return (BrokenExecutor, CancelledError, KilledWorker, CommClosedError)
