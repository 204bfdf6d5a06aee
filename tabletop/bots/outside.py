"""Programs from outside that play a seat, over JSON Lines on their input and output.

A program is sent what its seat may know and no more. Whatever it does, the game goes
on: it has so long for each move, one more try after a mistake, and then its seat is
somebody else's. Nothing is ever started because a save names it.
"""

import shlex
import shutil
import time
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from threading import Event, Lock
from typing import Any

from tabletop import RULES_VERSION, __version__
from tabletop.bots.wire import BrokenError, LateError, Program, Span, StoppedError, Wire
from tabletop.errors import UsageError
from tabletop.session.core import MAX_NOTE
from tabletop.session.seats import OUTSIDE, is_outside
from tabletop.session.session import Session
from tabletop.session.strict_json import Json, NotJsonError, dump, parse_bytes
from tabletop.session.thinking import Decided
from tabletop.session.view import Move, SeatId, View

PROTOCOL = 1
"""The version of what is said; it grows when an old player would not understand."""
PATIENCE = 30
"""Seconds that a player has to start, and for each move."""
MOST_UNASKED = 100
"""Lines that answer nothing, while one answer is waited for."""
EACH_LINE = "Send one JSON object on each line."
QUOTED = 80
"""Bytes of a line that are repeated in a message."""


class Wrong(Exception):
    """A line that is no answer: why, and what would be one."""

    def __init__(self, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.reason, self.hint = reason, hint


class OutsidePlayer:
    """A program that plays one seat; everything it may do wrong ends in words."""

    def __init__(
        self, who: str, hello: Mapping[str, Json], connect: Callable[[], Wire],
        patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        """`connect` starts it, and may raise BrokenError."""
        self.who = who
        """What stands for it among the seats: `exec:COMMAND`."""
        self.name = ""
        """What it calls itself."""
        self._hello, self._connect, self._patience = hello, connect, patience
        self._wire: Wire | None = None
        self._talks = Lock()
        self._ends = Event()
        self._trouble: Decided | None = None
        self._ready = False
        self._id = 0
        self._owed: set[int] = set()
        """Questions that nobody waits for any more, which it may still answer."""

    # --- for the session

    def start(self) -> None:
        """Starts the program, so that it gets ready while people still read."""
        with self._talks:
            if self._wire is None and not (self._trouble or self._ends.is_set()):
                try:
                    self._wire = self._connect()
                    self._send(self._hello)
                except BrokenError as error:
                    self._trouble = Decided(None, trouble=str(error))

    def decide(self, view: View, stopped: Event) -> Decided:
        """Its move for a view, or what is wrong with it."""
        self.start()
        with self._talks:
            if self._ends.is_set():
                return Decided(None)
            if self._trouble is not None:
                return self._trouble
            try:
                return self._ask(view, lambda: stopped.is_set() or self._ends.is_set())
            except StoppedError:
                self._owed.add(self._id)
                return Decided(None)
            except LateError:
                return self._fail(
                    f"it did not answer within {self._patience:g} seconds"
                )
            except Wrong as wrong:
                return self._fail(f"twice it sent what is no move: {wrong.reason}")
            except BrokenError as error:
                return self._fail(str(error))

    def close(self, view: View | None = None) -> None:
        """Says farewell, and ends the program."""
        self._ends.set()
        with self._talks:
            if self._wire is not None:
                farewell = b"" if self._trouble else _lines(*farewells(view))
                self._wire.close(farewell)

    # --- what is said

    def _ask(self, view: View, stopped: Callable[[], bool]) -> Decided:
        span = Span(time.monotonic() + self._patience, stopped)
        if not self._ready:
            self._greet(self._receive(span))
            span.until = time.monotonic() + self._patience
        if self._owed:  # it is still busy with what was asked before
            span.until += self._patience
        self._id += 1
        self._send(question(view, self._id, self._patience))
        try:
            return self._answer(view, span)
        except Wrong as wrong:
            self._send(
                {"type": "refused", "id": self._id, "reason": wrong.reason,
                 "hint": wrong.hint}
            )  # fmt: skip
        return self._answer(view, span)

    def _greet(self, line: bytes) -> None:
        """The first line says that it is ready."""
        try:
            message = read(line)
        except Wrong as wrong:
            raise BrokenError(
                f"it did not say that it is ready: {wrong.reason}"
            ) from wrong
        if message.get("type") != "ready":
            raise BrokenError('its first message was not of type "ready"')
        name = message.get("name")
        self.name = name[:QUOTED] if isinstance(name, str) else ""
        self._ready = True

    def _answer(self, view: View, span: Span) -> Decided:
        """The next line that is an answer to the present question. Raises Wrong."""
        for _ in range(MOST_UNASKED):
            message = read(self._receive(span))
            id_ = message.get("id")
            if type(id_) is int and 0 < id_ < self._id:
                if id_ in self._owed:
                    self._owed.discard(id_)
                    span.until = time.monotonic() + self._patience
                continue
            if message.get("type") != "move" or id_ != self._id or type(id_) is bool:
                raise Wrong(
                    f"it does not answer question {self._id}",
                    f'Send {{"type": "move", "id": {self._id}, "move": INDEX}}.',
                )
            return chosen(view, message)
        raise BrokenError(f"it sent {MOST_UNASKED} lines that answer nothing")

    def _send(self, message: Mapping[str, Json]) -> None:
        assert self._wire is not None
        self._wire.send(dump(message).encode())

    def _receive(self, span: Span) -> bytes:
        assert self._wire is not None
        self._last = b""
        self._last = self._wire.receive(span)
        return self._last

    _last = b""

    def _fail(self, trouble: str) -> Decided:
        """The player is done with: what was wrong, what it sent and said last."""
        parts = []
        if self._last:
            quoted = self._last[:QUOTED].decode("utf-8", "backslashreplace")
            parts.append(f"It sent: {quoted}")
        if self._wire is not None:
            said = self._wire.said()
            parts += [f"It said: {said}"] if said else []
            self._wire.close()
        self._trouble = Decided(None, trouble=trouble, detail="\n".join(parts))
        return self._trouble


# --- messages


def hello(session: Session, seat: SeatId, patience: float) -> dict[str, Json]:
    """The first message: what is played, by whom, and by which rules."""
    deck = session.deck.model
    return {
        "type": "hello",
        "protocol": PROTOCOL,
        "program": "tabletop",
        "version": __version__,
        "rules_version": RULES_VERSION,
        "deck": {
            "id": deck.id,
            "title": deck.title,
            "version": deck.version,
            "digest": session.deck.digest,
        },
        "seat": seat,
        "team": session.tree.names.team(seat),
        "seats": {id_: team.name for id_, team in deck.teams.items()},
        "seconds": _seconds(patience),
    }


def question(view: View, id_: int, patience: float) -> dict[str, Json]:
    """A view, and what may be done: one of the moves, which are counted from 0."""
    moves: list[Json] = [
        {"kind": m.move.kind, "team": m.move.team, "item": m.move.item,
         "value": m.move.value, "label": m.label}
        for m in view.moves
    ]  # fmt: skip
    seen = plain(replace(view, moves=()))
    assert isinstance(seen, dict)
    del seen["moves"]
    return {
        "type": "view",
        "id": id_,
        "seconds": _seconds(patience),
        "view": seen,
        "moves": moves,
    }


def plain(value: Any) -> Json:
    """A part of a view as plain data: what `asdict` gives, in half the time."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(each) for each in value]
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    names = _PARTS.get(type(value))
    if names is None:
        names = _PARTS[type(value)] = [each.name for each in fields(value)]
    return {name: plain(getattr(value, name)) for name in names}


_PARTS: dict[type, list[str]] = {}
"""The names of what each kind of dataclass holds, looked up once."""


def farewells(view: View | None) -> list[dict[str, Json]]:
    """The last messages: how the game ended, if it did, and that there is no more."""
    bye: dict[str, Json] = {"type": "bye"}
    if view is None or view.over is None:
        return [bye]
    over = view.over
    result: dict[str, Json] = {
        "type": "result",
        "over": True,
        "ending": over.ending,
        "title": over.title,
        "scores": dict(over.scores),
    }
    return [result, bye]


def read(line: bytes) -> dict[str, Json]:
    """A line as a message. Raises Wrong for anything else."""
    try:
        message = parse_bytes(line.rstrip(b"\r"))
    except NotJsonError as error:
        raise Wrong(
            f"its line {error.found}", "Send one JSON object on each line."
        ) from None
    if not isinstance(message, dict):
        raise Wrong("its line is no JSON object", "Send one JSON object on each line.")
    return message


def chosen(view: View, message: Mapping[str, Json]) -> Decided:
    """The move that a message names, by its place or by itself. Raises Wrong."""
    note = message.get("note", "")
    if note is None:
        note = ""
    if not isinstance(note, str) or len(note) > MAX_NOTE:
        raise Wrong(
            "its note is no text that fits", f"At most {MAX_NOTE} characters, or none."
        )
    move = message.get("move")
    if type(move) is int and 0 <= move < len(view.moves):
        return Decided(view.moves[move].move, note)
    if isinstance(move, dict):
        known = {"kind", "team", "item", "value"}
        parts = {key: value for key, value in move.items() if key in known}
        for offer in view.moves:
            if _same(offer.move, parts):
                return Decided(offer.move, note)
    raise Wrong(
        "it is none of the moves that are offered",
        f"Send the index of one, from 0 to {len(view.moves) - 1}.",
    )


def _same(move: Move, parts: Mapping[str, Json]) -> bool:
    wanted = {"kind": move.kind, "team": move.team, "item": move.item}
    value = parts.get("value", 0)
    return type(value) is int and value == move.value and all(
        parts.get(key, "") == part for key, part in wanted.items()
    )  # fmt: skip


def _lines(*messages: Mapping[str, Json]) -> bytes:
    return b"".join(dump(message).encode() + b"\n" for message in messages)


def _seconds(patience: float) -> int:
    return max(1, int(patience))


# --- at the table


def check_command(who: str) -> list[str]:
    """The words of a player's command. Raises UsageError for one that can't be run."""
    try:
        argv = shlex.split(who.removeprefix(OUTSIDE))
    except ValueError as error:
        raise UsageError(
            f"the command in '{who}' can't be read: {error}",
            "Quote it as for a shell, such as --seat 'kyiv=exec:python3 player.py'.",
        ) from None
    if not argv or shutil.which(argv[0]) is None:
        name = argv[0] if argv else ""
        raise UsageError(
            f"there is no program '{name}' that can be run",
            "Name one on the PATH, or its file, which must be executable.",
        )
    return argv


def player_for(
    session: Session, seat: SeatId, who: str, patience: float = PATIENCE
) -> OutsidePlayer:
    """A player for a seat, not started yet. Raises UsageError for a bad command."""
    argv = check_command(who)
    greeting = hello(session, seat, patience)
    return OutsidePlayer(who, greeting, lambda: Program(argv), patience)


def seat_players(
    session: Session, seats: Mapping[SeatId, str], *, patience: float = PATIENCE
) -> None:
    """Starts the players that seats name with `exec:`, and lets them play.

    Raises UsageError for a command that can't be run, before any is started.
    """
    players = {
        seat: player_for(session, seat, who, patience)
        for seat, who in seats.items()
        if is_outside(who)
    }
    for seat, player in players.items():
        session.attach(seat, player)
        player.start()
