"""Decisions that take time, made beside the screen so that keys answer meanwhile."""

import asyncio
import contextlib
import ctypes
from dataclasses import replace
from threading import Thread

from tabletop.session.thinking import Decided, Thought, nothing
from tabletop.session.view import SeatId, View
from tabletop.tui.glyphs import glyphs


class Mind:
    """Thinks one thought at a time, in a thread that nothing ever waits for.

    A thought that is asked for again while it goes on, or when it is done, is not begun
    anew; another one takes its place.
    """

    def __init__(self) -> None:
        self._thought: Thought | None = None
        self._decided: asyncio.Future[Decided] | None = None
        self._thread: Thread | None = None

    async def think(self, thought: Thought) -> Decided:
        """What came of it; whoever awaits this may be cancelled, and ask again."""
        if (
            self._thought is None
            or self._decided is None
            or self._thought.key != thought.key
        ):
            self.stop()
            self._thought = thought
            self._decided = asyncio.get_running_loop().create_future()
            self._thread = begin(thought, self._decided)
        return await asyncio.shield(self._decided)

    def stop(self) -> None:
        """Lets go of the thought that goes on, if any."""
        if self._thought is not None and self._decided is not None:
            if not self._decided.done():
                self._thought.stop()
                if self._thought.stop is nothing and self._thread is not None:
                    interrupt(self._thread)
            self._decided.cancel()
        self._thought = self._decided = self._thread = None


def interrupt(thread: Thread) -> None:
    """Ends a thread of a bot's at its next step in Python, wherever it is.

    It holds nothing that others need. Compiled code goes on to its end, which is near.
    """
    set_error = getattr(ctypes.pythonapi, "PyThreadState_SetAsyncExc", None)
    if set_error is not None and thread.ident is not None and thread.is_alive():
        set_error(ctypes.c_ulong(thread.ident), ctypes.py_object(SystemExit))


def begin(thought: Thought, decided: "asyncio.Future[Decided]") -> Thread:
    """A thread that makes the decision and hands it to the running loop.

    It is a daemon: a program that ends does not wait for it.
    """
    loop = asyncio.get_running_loop()

    def settle(result: Decided | None, error: BaseException | None) -> None:
        if decided.done():
            return
        if result is not None:
            decided.set_result(result)
        elif error is not None:
            decided.set_exception(error)

    def decide() -> None:
        result, error = None, None
        try:
            result = thought.decide()
        except BaseException as failure:  # it belongs to whoever awaits the decision
            error = failure
        with contextlib.suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(settle, result, error)

    thread = Thread(target=decide, name=f"thought-{thought.seat}", daemon=True)
    thread.start()
    return thread


def with_thinking(view: View, seat: SeatId | None) -> View:
    """A view in which a team thinks, if any does."""
    if seat is None:
        return view
    teams = tuple(
        replace(team, status="thinks") if team.id == seat else team
        for team in view.teams
    )
    name = next((team.name for team in teams if team.id == seat), "")
    waits = name and view.seat not in view.to_act and view.over is None
    prompt = f"{name} thinks {glyphs().ellipsis}" if waits else view.prompt
    return replace(view, teams=teams, prompt=prompt)
