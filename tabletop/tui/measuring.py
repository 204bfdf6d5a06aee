"""Playouts beside the screen: what is asked of another process, and what comes back.

The screen only waits: keys and clocks go on meanwhile.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress

from tabletop.session.tree import Tree
from tabletop.session.view import SeatId
from tabletop.study.background import Background
from tabletop.study.forecast import PLAYOUTS, Forecast, forecast_job
from tabletop.study.jobs import Job, Measured
from tabletop.study.playouts import best_gear

MORE = 10
"""How many times as many playouts are made when more are wanted."""
MOST = {"high": 100_000, "low": 10_000}
"""As many as are made at the most."""
Told = Callable[[str], None]
"""Told what everybody waits for, or nothing (empty), in the screen's own thread."""


def more(playouts: int) -> int:
    """The next number of playouts; the same when it is the last."""
    most = MOST[best_gear(MOST["high"])]
    return min(max(playouts * MORE, PLAYOUTS), most)


class Measuring:
    """A process beside a screen: begun when first needed, ended with the screen."""

    def __init__(self, told: Told = lambda state: None) -> None:
        """To be made where the screen's loop runs."""
        self._loop = asyncio.get_running_loop()
        self._told = told
        self._background = Background(self._tell)

    @property
    def state(self) -> str:
        """What is waited for; empty while there is nothing to say."""
        return self._background.state

    @property
    def process(self) -> int | None:
        """The number of the process; None while there is none."""
        return self._background.process

    def _tell(self, state: str) -> None:
        """From one of the process's threads to the screen's own."""
        with suppress(RuntimeError):  # the screen's loop is over
            self._loop.call_soon_threadsafe(self._told, state)

    def submit(self, job: Job) -> Future[Measured]:
        """Let a place be measured. Raises BackgroundError when that can't be."""
        return self._background.submit(job)

    async def forecast(
        self, tree: Tree, number: int, seat: SeatId, playouts: int
    ) -> Forecast:
        """What playing on from a move comes to. Raises a TabletopError when it fails.

        What was being measured before is no longer wanted.
        """
        self.cancel()
        job = forecast_job(tree, number, seat=seat, playouts=playouts)
        return await asyncio.wrap_future(self._background.submit(job))

    def cancel(self) -> None:
        """Want nothing more of what has not been measured yet."""
        self._background.cancel_all()

    def close(self) -> None:
        """End the process."""
        self._background.close()
