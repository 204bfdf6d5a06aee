"""An app that replays a save, ready for keys."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tabletop.session.replaying import Replay
from tabletop.session.view import CONTROL
from tabletop.tui.app import TabletopApp
from tabletop.tui.screens.replay.screen import ReplayScreen
from tests.tui.table import WIDE, EmptyLibrary
from tests.waiting import until, until_screen

SAVES = Path(__file__).parents[2] / "saves"
EXERCISE = "bright-days-exercise"
"""A workshop with a practice, a line that was undone, rulings and notes."""
KEYS = (
    "left", "left", "right", "shift+left", "shift+right", "home", "right", "end",
    "left_square_bracket", "1", "down", "enter", "2", "down", "enter", "3", "4", "5",
    "up", "down", "tab", "c", "d", "d", "d", "n", "N", "less_than_sign",
    "greater_than_sign",
)  # fmt: skip
"""Keys that lead to no dialog."""
DIALOGS = ("j", "v", "w", "s", "h", "l", "exclamation_mark", "x", "question_mark")
"""Keys that lead to one, at a decision."""


def copied(folder: Path, name: str = EXERCISE) -> Path:
    """A sample save where marks and files may be written beside it."""
    return Path(shutil.copy(SAVES / f"{name}.jsonl", folder))


@asynccontextmanager
async def replaying(
    replay: Replay | Path, size: tuple[int, int] = WIDE, seat: str = CONTROL
) -> AsyncIterator[tuple[Pilot[Any], ReplayScreen]]:
    """A pilot and the replay's screen, at the end of the main line."""
    opened = Replay.open(replay, seat) if isinstance(replay, Path) else replay
    app = TabletopApp(EmptyLibrary(), replay=opened, pause=0)
    async with app.run_test(size=size, notifications=True) as pilot:
        screen: ReplayScreen = await until_screen(pilot, ReplayScreen)
        await settled(pilot, screen)
        yield pilot, screen


async def settled(pilot: Pilot[Any], screen: ReplayScreen) -> None:
    """Wait until what the cursor is on has been drawn."""
    await until(pilot, "a drawn moment", lambda: not screen.drawing)
    await pilot.pause()
