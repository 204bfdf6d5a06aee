"""Lines to and from another program, within bounds of time and memory.

Whatever the program does, nothing here waits longer than it was told to, and when it is
closed nothing of the program is left.
"""

import contextlib
import os
import selectors
import signal
import subprocess
import time
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import IO, Protocol

MAX_LINE = 65_536
"""Bytes of a line that a program sends."""
MAX_BACKLOG = 8 << 20
"""Bytes that wait to be read by the program."""
CHUNK = 65_536
TICK = 0.05
"""Seconds after which it is seen that nobody waits any more."""
GRACE = 0.3
"""Seconds that a program is given to end by itself."""
LAST_WORDS = 0.3
"""Seconds that are waited for a program that closed its output: it is about to end."""
TAIL = 4_096
"""Bytes of the standard error that are kept."""
TAIL_LINES, TAIL_WIDTH = 5, 200


class BrokenError(Exception):
    """The program can't be talked with any more: why, in words for everybody."""


class LateError(BrokenError):
    """It took too long."""


class StoppedError(Exception):
    """Nobody waits for the answer any more."""


@dataclass
class Span:
    """How long somebody waits, and whether they still do."""

    until: float
    """As `time.monotonic` counts."""
    stopped: Callable[[], bool]

    def left(self) -> float:
        """Seconds left. Raises StoppedError, or LateError when there are none."""
        if self.stopped():
            raise StoppedError
        left = self.until - time.monotonic()
        if left <= 0:
            raise LateError
        return left


class Wire(Protocol):
    """A program at the other end."""

    def send(self, line: bytes) -> None:
        """Puts a line on its way. Raises BrokenError when the program reads none."""

    def receive(self, span: Span) -> bytes:
        """The next line, without its end. Raises BrokenError or StoppedError."""

    def said(self) -> str:
        """The last lines of its standard error."""

    def close(self, farewell: bytes = b"") -> None:
        """Ends the program; with a farewell it is given a moment to do so itself."""


class Lines:
    """Bytes as they come, as lines.

    >>> lines = Lines()
    >>> lines.feed(b"one\\ntw")
    >>> lines.next(), lines.next()
    (b'one', None)
    """

    def __init__(self) -> None:
        self._raw = bytearray()
        self._seen = 0

    @property
    def full(self) -> bool:
        """Whether what there is should be taken before more is read."""
        return len(self._raw) > MAX_LINE

    def feed(self, raw: bytes) -> None:
        """Adds what has come."""
        self._raw += raw

    def next(self) -> bytes | None:
        """The next whole line, without its end; None when there is none yet.

        Raises BrokenError for a line that is too long.
        """
        end = self._raw.find(b"\n", self._seen)
        if end < 0:
            self._seen = len(self._raw)
        if end > MAX_LINE or (end < 0 and self.full):
            raise BrokenError(f"it sent a line of more than {MAX_LINE:,} bytes")
        if end < 0:
            return None
        line = bytes(self._raw[:end])
        del self._raw[: end + 1]
        self._seen = 0
        return line


_live: "weakref.WeakSet[Program]" = weakref.WeakSet()


def end_all() -> None:
    """Kills every program that is still there; for when this one is told to end."""
    for program in list(_live):
        program.kill()


class Program:
    """A program that was started here, in a process group of its own."""

    def __init__(self, argv: Sequence[str]) -> None:
        """Starts it. Raises BrokenError when that can't be done."""
        try:
            self._process = subprocess.Popen(
                argv, bufsize=0, start_new_session=True, stdin=subprocess.PIPE,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise BrokenError(f"it can't be started: {reason}") from None
        pipes = self._process.stdin, self._process.stdout, self._process.stderr
        self._in, self._out, self._err = (pipe for pipe in pipes if pipe is not None)
        self._lines, self._waits, self._tail = Lines(), bytearray(), bytearray()
        self._pipes = selectors.DefaultSelector()
        for pipe in (self._in, self._out, self._err):
            os.set_blocking(pipe.fileno(), False)
        for pipe in (self._out, self._err):
            self._pipes.register(pipe, selectors.EVENT_READ)
        self._open = {self._in, self._out, self._err}
        self._closed = False
        _live.add(self)

    # --- talking

    def send(self, line: bytes) -> None:
        """Puts a line on its way; it goes while an answer is waited for."""
        if len(self._waits) > MAX_BACKLOG:
            raise BrokenError("it does not read what it is sent")
        if self._in in self._open:
            self._waits += line + b"\n"

    def receive(self, span: Span) -> bytes:
        """The next line that the program has sent."""
        while (line := self._lines.next()) is None:
            if self._out not in self._open or self._has_ended():
                line = self._last_line()
                break
            self._turn(min(span.left(), TICK))
        span.left()
        return line

    def _last_line(self) -> bytes:
        """A line of a program that is ending. Raises BrokenError when there is none.

        What it has started may hold its output open, and is not waited for.
        """
        silent = (self._out, self._err)
        self._turn_all(LAST_WORDS, lambda: not self._open.intersection(silent))
        line = self._lines.next()
        if line is None:
            raise BrokenError(self._how_it_ended())
        return line

    def said(self) -> str:
        """The last lines of its standard error."""
        text = self._tail.decode("utf-8", "replace")
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return "\n".join(line[:TAIL_WIDTH] for line in lines[-TAIL_LINES:])

    def _turn(self, seconds: float) -> None:
        """Moves bytes once, in whatever direction they can go."""
        self._watch(self._in, selectors.EVENT_WRITE, wanted=bool(self._waits))
        self._watch(self._out, selectors.EVENT_READ, wanted=not self._lines.full)
        if not self._pipes.get_map():
            time.sleep(seconds)
            return
        for key, _ in self._pipes.select(seconds):
            if key.fileobj is self._in:
                self._write()
            elif key.fileobj is self._out:
                self._lines.feed(self._read(self._out))
            else:
                self._tail += self._read(self._err)
                del self._tail[:-TAIL]

    def _turn_all(self, seconds: float, done: Callable[[], bool]) -> None:
        until = time.monotonic() + seconds
        while not done() and (left := until - time.monotonic()) > 0:
            self._turn(min(left, TICK))

    def _watch(self, pipe: IO[bytes], event: int, *, wanted: bool) -> None:
        if pipe in self._open and wanted != (pipe in self._watched()):
            if wanted:
                self._pipes.register(pipe, event)
            else:
                self._pipes.unregister(pipe)

    def _watched(self) -> list[object]:
        return [key.fileobj for key in self._pipes.get_map().values()]

    def _write(self) -> None:
        try:
            gone = os.write(self._in.fileno(), self._waits[:CHUNK])
        except BlockingIOError:
            return
        except OSError:  # it has closed its input; it may still have sent an answer
            self._waits.clear()
            self._shut(self._in)
        else:
            del self._waits[:gone]

    def _read(self, pipe: IO[bytes]) -> bytes:
        try:
            raw = os.read(pipe.fileno(), CHUNK)
        except BlockingIOError:
            return b""
        except OSError:
            raw = b""
        if not raw:
            self._shut(pipe)
        return raw

    def _shut(self, pipe: IO[bytes]) -> None:
        if pipe in self._open:
            self._open.discard(pipe)
            if pipe in self._watched():
                self._pipes.unregister(pipe)
            pipe.close()

    # --- ending

    def _how_it_ended(self) -> str:
        """How the program ended; its group is killed with it."""
        self._turn_all(LAST_WORDS, self._has_ended)
        ended = self._has_ended()
        self.close()
        status = self._process.returncode
        if not ended:
            return "it closed its output"
        if status < 0:
            return f"it was ended by {_signal_name(-status)}"
        return f"it ended, with exit status {status}"

    def _has_ended(self) -> bool:
        """Whether it has; it stays a zombie, so that its group can still be killed."""
        if not hasattr(os, "waitid"):
            return self._out not in self._open
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        try:
            return os.waitid(os.P_PID, self._process.pid, flags) is not None
        except ChildProcessError:
            return True

    def kill(self) -> None:
        """Ends it and everything that it has started."""
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def close(self, farewell: bytes = b"") -> None:
        """Ends it, and gives back all that it took."""
        if self._closed:
            return
        self._closed = True
        if farewell and self._in in self._open:
            self._waits += farewell
            self._turn_all(GRACE, self._flushed)
            self._shut(self._in)
            self._turn_all(GRACE, self._is_silent)
        self.kill()
        self._process.wait()
        for pipe in list(self._open):
            self._shut(pipe)
        self._pipes.close()
        _live.discard(self)

    def _flushed(self) -> bool:
        self._drop()
        return not self._waits or self._in not in self._open

    def _is_silent(self) -> bool:
        self._drop()
        return self._out not in self._open or self._has_ended()

    def _drop(self) -> None:
        """Throws away what it sends when nobody listens any more."""
        self._lines = Lines()


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
