"""The process in which playouts are made beside a screen: see `background`.

Jobs come in on standard input and what came of them goes out on standard output, each
as eight bytes of length and a pickle. It ends when its input does. It gives way to
everything else that the computer does.
"""

import os
import pickle
import signal
import struct
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from tabletop.errors import TabletopError
from tabletop.study.playouts import must_compile

NICE = 10
"""How far it stands back behind the screen."""
COMPILING = "Compiling the machine, once on this computer: some 20 seconds ..."


def send(stream: BinaryIO, message: object) -> None:
    """Writes a message."""
    body = pickle.dumps(message)
    stream.write(struct.pack(">Q", len(body)) + body)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """Reads a message; raises EOFError when there is none any more."""
    head = stream.read(8)
    if len(head) < 8:
        raise EOFError
    (size,) = struct.unpack(">Q", head)
    body = stream.read(size)
    if len(body) < size:
        raise EOFError
    return pickle.loads(body)


class Worker:
    """Runs jobs in some threads, and tells what came of them."""

    def __init__(self, out: BinaryIO) -> None:
        self.out = out
        self.lock = Lock()
        self.ready = False
        """Whether it has been said that there is nothing to wait for."""

    def tell(self, kind: str, number: int, value: object) -> None:
        """Sends a message, one at a time."""
        with self.lock:
            send(self.out, (kind, number, value))

    def run(self, number: int, job: Any) -> None:
        """Runs one job."""
        try:
            if must_compile(job.total):
                self.tell("state", 0, COMPILING)
                self.ready = False
            result = job.run()
            if not self.ready:
                self.ready = True
                self.tell("state", 0, "")
        except TabletopError as error:
            self.tell("failed", number, (error.message, error.hint))
        except Exception as error:  # a bug, told where it can be read
            self.tell("failed", number, (f"{type(error).__name__}: {error}", ""))
        else:
            self.tell("done", number, result)


def main() -> None:
    """Runs jobs until standard input ends; argument: how many at a time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICE)
    out = os.fdopen(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nothing:  # what a library says is no message
        os.dup2(nothing.fileno(), 1)
    worker = Worker(out)
    pool = ThreadPoolExecutor(int(sys.argv[1]))
    try:
        while True:
            number, job = receive(sys.stdin.buffer)
            pool.submit(worker.run, number, job)
    except EOFError:
        os._exit(0)  # what is being computed is not wanted any more


if __name__ == "__main__":
    main()
