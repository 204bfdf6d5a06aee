"""How long a key takes to a painted screen, measured in the app on a large game.

The table is control's, at 160 x 50: 300 cards, 60 injects, a log of 2,000 moves.
"""

import asyncio
import statistics
import time
from collections.abc import Iterator
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from tabletop.deck.loader import load_text
from tabletop.session.game import ABSENT, PERSON
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.tui.app import TabletopApp, leave_in_peace
from tests.tui.table import EmptyLibrary

SIZE = (160, 50)
LOG = 2_000
ROUND = 70
"""The last round before the table is looked at: some injects are still to come."""
KEYS = (
    *["down"] * 12, *["h"] * 6, *["up"] * 12, "2", *["down"] * 8, "4", *["pageup"] * 4,
    "n", *"note", "space", *"typed", "escape", "3", *["tab"] * 2, "3", "f",
)  # fmt: skip
"""What a facilitator presses: the schedule, holding, tracks, the log, a note."""


FORECAST = ("E", "E", "E")
"""Opens the forecast, and asks for as many playouts as it makes."""


class Painted:
    """When something was last painted."""

    at = 0.0

    def _display(self, screen: Screen[Any], renderable: Any) -> None:
        super()._display(screen, renderable)  # type: ignore[misc]
        self.at = time.perf_counter()


class Table(Painted, TabletopApp):
    """The program, and when it painted."""


class Blank(Painted, App[None]):
    """An empty screen, and when it was painted."""


def large_game(deck: str) -> Session:
    """A long game of a deck, with injects to come, in the hands of control."""
    words = "\n".join(_inject(number) for number in range(60))
    text = deck.replace("count = 10", "count = 100").replace("hand = 5", "hand = 12")
    text = text.replace("points = 5", "points = 24").replace(">= 95", "> 100")
    loaded = load_text({"made.toml": f"{text}\n{words}"}, "made.toml")
    bots = dict.fromkeys(loaded.model.teams, "bot:random")
    session = Session.new(loaded, seed=1, seats={**bots, CONTROL: "auto"})
    view = session.view(CONTROL)
    while (len(view.log) < LOG or view.phase != "play") and view.round < ROUND:
        session.bot_moves()
        view = session.view(CONTROL)
    while len(session.view(CONTROL).log) < LOG:
        session.note(CONTROL, "A line for the log.")
    session.set_seat(CONTROL, PERSON)
    for team in loaded.model.teams:
        session.set_seat(team, ABSENT)
    return session


def _inject(number: int) -> str:
    return (
        f'[injects.i{number}]\ntitle = "Inject {number}"\n'
        f"at = {{ round = {number + 41} }}\n"
        'read = "Words to be read aloud."\ncue = "Do this."\n'
        f'effects = ["t{number % 48} += 3"]'
    )


async def _waits(app: Painted, pilot: Pilot[Any]) -> list[float]:
    """Seconds from each key to the last thing that was painted because of it."""
    found = []
    for key in KEYS:
        started = time.perf_counter()
        await pilot.press(key)
        await pilot.pause()
        if app.at > started:
            found.append(app.at - started)
    return found


async def _at_table(session: Session, *before: str) -> list[float]:
    """The waits at the table, once some keys were pressed."""
    app = Table(EmptyLibrary(), game=session, pause=0)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await _waits(app, pilot)
        leave_in_peace()
        await pilot.press(*before)
        return await _waits(app, pilot)


async def _empty() -> list[float]:
    app = Blank()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        return [await repainted(app, pilot) for _ in KEYS]


async def repainted(app: Blank, pilot: Pilot[Any]) -> float:
    """Seconds for an empty screen to be painted again."""
    started = time.perf_counter()
    app.screen.refresh()
    await pilot.pause()
    return max(0.0, app.at - started)


def figures(deck: str) -> Iterator[tuple[str, str]]:
    """Lines for the benchmark: milliseconds, and as a ratio to an empty screen's."""
    session = large_game(deck)
    waits = sorted(asyncio.run(_at_table(session)))
    empty = statistics.median(asyncio.run(_empty()))
    median, late = statistics.median(waits), waits[int(len(waits) * 0.95)]
    moves, cards = len(session.view(CONTROL).log), len(session.deck.model.cards)
    yield "key to painted screen", f"{cards} cards, {moves:,} lines of log"
    yield "  median", f"{median * 1000:.1f} ms"
    yield "  95th percentile", f"{late * 1000:.1f} ms"
    beside = sorted(asyncio.run(_at_table(session, *FORECAST)))
    yield "  with a forecast running", f"{statistics.median(beside) * 1000:.1f} ms"
    most = beside[int(len(beside) * 0.95)]
    yield "    95th percentile", f"{most * 1000:.1f} ms"
    yield "  median to an empty screen's repaint", f"{median / empty:.1f} times"
