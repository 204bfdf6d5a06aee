"""Processes that work for another one."""

import os
import signal
import subprocess
import sys

from tabletop.bots.workers import processes

KILLED = """
import os, signal
from tabletop.bots.workers import processes

pool = processes(2)
print(pool.submit(os.getpid).result(), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_they_end_with_the_process_that_started_them() -> None:
    # They hold standard output open too: this returns when they are gone as well.
    done = subprocess.run(
        [sys.executable, "-c", KILLED],
        stdout=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    assert int(done.stdout) > 0


def test_an_interrupt_is_not_for_them() -> None:
    with processes(1) as pool:
        pid = pool.submit(os.getpid).result()
        os.kill(pid, signal.SIGINT)
        assert pool.submit(os.getpid).result() == pid
