"""Programs from outside for tests: good ones, nasty ones, scripted ones."""

import json
import os
import shlex
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from tabletop.bots.outside import PATIENCE, seat_players
from tabletop.bots.wire import BrokenError, Lines, Span
from tabletop.deck.deck import Deck
from tabletop.session.seats import AUTO
from tabletop.session.session import Session
from tabletop.session.view import CONTROL

HERE = Path(__file__).parent
EXAMPLE = f"exec:{shlex.quote(sys.executable)} {HERE / 'example_player.py'}"
SHELL = f"exec:sh {HERE / 'shell_player.sh'}"
SHORT = 0.4
"""Seconds of patience with a player that is silent on purpose."""
LONG = 20.0


@dataclass(frozen=True, slots=True)
class Failed:
    """A player from outside that was replaced during a game."""

    trouble: str
    detail: str


def play_with(session: Session) -> tuple[Failed, ...]:
    """Plays a game until a person must move, or to its end: which players failed."""
    failed = []
    while (thought := session.next_thought()) is not None:
        decided = thought.decide()
        session.carry_out(thought, decided)
        if decided.trouble:
            failed.append(Failed(decided.trouble, decided.detail))
    return tuple(failed)


def play_game(
    deck: Deck, players: dict[str, str], *, seed: int, patience: float = PATIENCE,
    path: Path | None = None,
) -> tuple[Session, tuple[Failed, ...]]:  # fmt: skip
    """A whole game by these players: its session, open, and those that failed."""
    seats = {**players, CONTROL: AUTO}
    session = Session.new(deck, seed=seed, seats=seats, path=path)
    seat_players(session, seats, patience=patience)
    return session, play_with(session)


def nasty(vice: str, pids: Path) -> str:
    words = [sys.executable, str(HERE / "nasty_player.py"), vice, str(pids)]
    return f"exec:{shlex.join(words)}"


def is_gone(pid: int) -> bool:
    """Whether a process is no more; an orphan is reaped by others, a while later."""
    with suppress(OSError):
        state = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        return state[0] in "ZX" and int(state[1]) != os.getpid()
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return sys.platform == "linux"
    return True


def all_gone(pids: Path) -> bool:
    """Whether nothing of a player is left."""
    each = [int(pid) for pid in pids.read_text("utf-8").split()]
    until = time.monotonic() + LONG
    while not all(map(is_gone, each)) and time.monotonic() < until:
        time.sleep(0.01)
    return bool(each) and all(map(is_gone, each))


class Scripted:
    """A program that says what was written beforehand, and then is gone."""

    def __init__(self, said: bytes) -> None:
        self._lines = Lines()
        self._lines.feed(said)
        self.sent: list[dict[str, Any]] = []
        self.closed = False

    def send(self, line: bytes) -> None:
        self.sent.append(json.loads(line))

    def receive(self, span: Span) -> bytes:
        span.left()
        line = self._lines.next()
        if line is None:
            raise BrokenError("it ended")
        return line

    def said(self) -> str:
        return ""

    def close(self, farewell: bytes = b"") -> None:
        self.closed = True


class Slow(Scripted):
    """A program that answers only when it is let, however often it is asked."""

    def __init__(self) -> None:
        super().__init__(b'{"type":"ready"}\n')
        self.asked, self.may = Event(), Event()

    def send(self, line: bytes) -> None:
        super().send(line)
        if self.sent[-1]["type"] == "view":
            id_ = self.sent[-1]["id"]
            self._lines.feed(b'{"type":"move","id":%d,"move":0}\n' % id_)
            self.asked.set()

    def receive(self, span: Span) -> bytes:
        while self.asked.is_set() and not self.may.wait(0.01):
            span.left()
        return super().receive(span)
