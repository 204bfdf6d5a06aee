"""Processes that work for this one, and end with it, however it ends."""

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process


def processes(count: int) -> ProcessPoolExecutor:
    """So many processes.

    An interrupt at the keyboard reaches them too, but only the one that started them
    heeds it. When that one is ended or killed, they end as well.
    """
    return ProcessPoolExecutor(count, get_context("spawn"), _begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Nobody else tells a process that waits for work that none will come."""
    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)
