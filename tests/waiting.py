"""Wait for named conditions, never for time."""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from textual.pilot import Pilot
from textual.screen import Screen

if TYPE_CHECKING:
    from textual.app import App

PATIENCE = 20.0
"""Seconds after which a condition counts as never met: a failure, not a wait."""


class NeverHappenedError(AssertionError):
    """A named condition did not come true."""


async def until(pilot: Pilot[Any], what: str, holds: Callable[[], bool]) -> None:
    """Let the app work until something holds; fail by its name if it never does."""
    deadline = monotonic() + PATIENCE
    while not holds():
        if monotonic() > deadline:
            raise NeverHappenedError(f"{what}, on {pilot.app.screen!r}")
        await pilot.pause()
        await asyncio.sleep(0)


async def until_screen(pilot: Pilot[Any], kind: type[Screen[Any]]) -> Any:
    """The screen on top, once it is of this kind and has been drawn."""
    app: App[Any] = pilot.app
    await until(
        pilot, f"a {kind.__name__} on top",
        lambda: isinstance(app.screen, kind) and app.screen.is_mounted,
    )  # fmt: skip
    await pilot.pause()
    return app.screen


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, one after the other, each handled before the next."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def leave(pilot: Pilot[Any]) -> None:
    """Press escape, and wait until the screen on top is gone."""
    top = pilot.app.screen
    await press(pilot, "escape")
    await until(pilot, "the dialog's end", lambda: pilot.app.screen is not top)
