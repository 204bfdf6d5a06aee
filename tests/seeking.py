"""How long a replay takes to the painted screen of any moment of a long game.

The screen is that of control, at 160 x 48, over a game of 2,000 moves.
"""

import asyncio
import random
import statistics
import time
from collections.abc import Iterator
from typing import Any

from textual.pilot import Pilot

from tabletop.deck.loader import load_text
from tabletop.session.replaying import Replay
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, Move
from tabletop.tui.app import leave_in_peace
from tests.latency import Blank, Table, repainted
from tests.tui.table import EmptyLibrary

SIZE = (160, 48)
MOVES = 2_000
SEEKS = 200
"""Moments that are gone to, anywhere in the game."""
HELD = 200
"""Times that a held key repeats."""
RULING = Move("add", item="t0", value=1)


def long_game(deck: str, moves: int = MOVES) -> Session:
    """A game of so many moves of a made deck, by chance, with a ruling now and then."""
    text = deck.replace("count = 10", "count = 100").replace("hand = 5", "hand = 12")
    text = text.replace("points = 5", "points = 24").replace(">= 95", "> 100")
    loaded = load_text({"made.toml": text}, "made.toml")
    bots = dict.fromkeys(loaded.model.teams, "bot:random")
    session = Session.new(loaded, seed=1, seats={**bots, CONTROL: "auto"})
    while session.head < moves and session.bot_moves():
        if session.head % 6 == 0 and session.head < moves:
            session.submit(CONTROL, RULING, note="So it is agreed.")
    return session


async def _settled(pilot: Pilot[Any], screen: Any) -> None:
    """Until the moment is drawn and painted."""
    while screen.drawing:
        await pilot.pause()
    await pilot.pause()


async def _measured(session: Session) -> tuple[list[float], list[float], int]:
    app = Table(EmptyLibrary(), replay=Replay(session), pause=0)
    chance = random.Random(1)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen: Any = app.screen
        await _settled(pilot, screen)
        leave_in_peace()
        count = len(screen.moments)
        sought = []
        for _ in range(SEEKS):
            started = time.perf_counter()
            screen.go(chance.randrange(count))
            await _settled(pilot, screen)
            sought.append(max(0.0, app.at - started))
        held = []
        screen.go(count - 1)
        for _ in range(HELD):
            started = time.perf_counter()
            await pilot.press("left")
            await _settled(pilot, screen)
            held.append(max(0.0, app.at - started))
    return sought, held, count


async def _empty() -> list[float]:
    app = Blank()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        return [await repainted(app, pilot) for _ in range(SEEKS)]


def figures(deck: str) -> Iterator[tuple[str, str]]:
    """Lines for the benchmark: milliseconds, and as a ratio to an empty screen's."""
    session = long_game(deck)
    sought, held, count = asyncio.run(_measured(session))
    empty = statistics.median(asyncio.run(_empty()))
    yield "seeking in a replay", f"{count - 1:,} moves"
    for name, waits in (("any moment", sorted(sought)), ("a held key", sorted(held))):
        late = waits[int(len(waits) * 0.95)]
        yield f"  {name}, median", f"{statistics.median(waits) * 1000:.1f} ms"
        yield f"  {name}, 95th percentile", f"{late * 1000:.1f} ms"
    median = statistics.median(sought)
    yield "  median to an empty screen's repaint", f"{median / empty:.1f} times"
