"""The main screens as they are drawn, in words: a change of looks must be meant.

To accept what is drawn now, and then read the difference:

    TABLETOP_BLESS=1 .venv/bin/python -m pytest tests/tui/test_pictures.py
"""

import os
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabletop.session.runview import ClockView, RunView
from tabletop.session.view import CONTROL, PUBLIC, Headline, SeatId, View
from tabletop.tui.screens.ask import AskScreen
from tabletop.tui.screens.display import DisplayScreen
from tabletop.tui.screens.msel import MselScreen
from tabletop.tui.screens.play import PlayScreen
from tests.tui import views
from tests.tui.fake_session import FakeGame
from tests.tui.replays import EXERCISE, SAVES, replaying, settled
from tests.tui.table import at_table, shown, until_drawn
from tests.waiting import press, until_screen

GOLDEN = Path(__file__).parents[1] / "golden" / "screens"
BLESS = os.environ.get("TABLETOP_BLESS") == "1"
SIZES = ((80, 24), (160, 50))
SCREENS: dict[str, tuple[SeatId, str, Any]] = {
    "console": (CONTROL, "", PlayScreen),
    "schedule": (CONTROL, "m", MselScreen),
    "team": ("kyiv", "", PlayScreen),
    "question": ("europe", "", AskScreen),
    "display": (CONTROL, "d", DisplayScreen),
}
"""Who looks, the key that opens it, and what it is."""
NEWS = Headline(70, 3, "Europe is asked", "Give way, or push back?", "europe")
RUN = RunView(
    "running", ClockView(running=True, allotted=1200, gone=433, idle=72),
    say="Play is open.", questions=("What did you read as a signal?",),
    objectives=(("signals", "Tell a signal from noise"),),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _one_time_zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The log tells the time of the place; here that is Greenwich."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Table(FakeGame):
    """Gives every seat its view."""

    harm = False

    def view(self, seat: SeatId) -> View:
        if seat != PUBLIC:
            view = views.friendly(seat)
        else:
            known = views.friendly("europe")
            view = View(**{
                **{name: getattr(known, name) for name in View.__slots__},
                "seat": PUBLIC, "hands": {}, "objectives": (), "asks": (),
                "moves": (), "headlines": (NEWS,),
            })  # fmt: skip
        return views.hostile(view) if self.harm else view


def table(seat: SeatId, *, harm: bool) -> Table:
    waits = [seat] if seat != "kyiv" else ["kyiv"]
    game = Table({seat: "person"}, waits=waits)
    game.harm = harm
    game.run = views.hostile(RUN) if harm else RUN
    return game


def still(text: str) -> str:
    """Without what the time of day makes of it."""
    lines = (line.rstrip() for line in text.split("\n"))
    return re.sub(r"ends \d\d:\d\d", "ends --:--", "\n".join(lines)) + "\n"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs to choose a time zone")
@pytest.mark.parametrize("harm", [False, True], ids=["friendly", "hostile"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("name", SCREENS)
async def test_looks_as_it_did(name: str, size: tuple[int, int], *, harm: bool) -> None:
    seat, key, kind = SCREENS[name]
    async with at_table(table(seat, harm=harm), size) as (pilot, play):
        await until_drawn(pilot, play)
        if key:
            await press(pilot, key)
        await until_screen(pilot, kind)
        drawn = still(shown(pilot))
    compare(f"{name}-{size[0]}x{size[1]}-{'hostile' if harm else 'friendly'}", drawn)


REPLAYS = {"": (), "-beside": ("b", "down", "down", "d", "5")}
"""What is pressed at a moment in the middle of the game."""


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="needs to choose a time zone")
@pytest.mark.parametrize("size", [(80, 24), (160, 48)], ids=lambda s: f"{s[0]}x{s[1]}")
@pytest.mark.parametrize("what", REPLAYS)
async def test_a_replay_looks_as_it_did(what: str, size: tuple[int, int]) -> None:
    async with replaying(SAVES / f"{EXERCISE}.jsonl", size) as (pilot, screen):
        screen.go(len(screen.moments) // 2)
        await press(pilot, *REPLAYS[what])
        await settled(pilot, screen)
        drawn = still(shown(pilot))
    compare(f"replay{what}-{size[0]}x{size[1]}", drawn)


def compare(name: str, drawn: str) -> None:
    path = GOLDEN / f"{name}.txt"
    if BLESS:
        path.write_text(drawn, encoding="utf-8")
    known: Any = path.read_text(encoding="utf-8")
    assert drawn.split("\n") == known.split("\n"), f"{path.name} looks otherwise"
