"""The palette of a replay: what keys with several signs do, and what can be shown."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from tabletop.tui.palette import Command, Commands
from tabletop.tui.screens.replay.seats import seats_of
from tabletop.tui.widgets.replay.linelist import line_name

ACTIONS = (
    ("Next move", "step('right')"), ("Move before", "step('left')"),
    ("Next round", "round('shift+right')"), ("Round before", "round('shift+left')"),
    ("To the start", "end('home')"), ("To the end", "end('end')"),
    ("Play faster", "pace('greater_than_sign')"),
    ("Play slower", "pace('less_than_sign')"),
)  # fmt: skip
"""Names and actions of what has no single key."""


class ReplayCommands(Commands):
    """Moves, panes, lines, charts, seats and numbers, by name."""

    def commands(self) -> Iterator[Command]:
        """Everything that can be gone to or shown."""
        screen: Any = self.screen
        for name, action in ACTIONS:
            yield Command(name, partial(screen.run_action, action))
        for number, name in enumerate(screen.table.names, 1):
            yield Command(f"Go to {name}", partial(screen.action_pane, number))
        for line in screen.lines:
            name = line_name(line, screen.lines)
            yield Command(
                f"Show line: {name}", partial(screen.show_line, line.branch.tip)
            )
        for track in screen.view.tracks:
            yield Command(f"Chart: {track.label}", partial(screen.chart, track.id))
            ask = partial(screen.ask_why, track.id)
            yield Command(f"Why is {track.label} {track.value}?", ask)
        for seat, name in seats_of(screen.view):
            yield Command(f"See as {name}", partial(screen.look_as, seat))
