"""The command palette: every key and every legal move, by name.

Labels come from decks: they are handed over as text, never as markup.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from tabletop.tui.text import clean


@dataclass(frozen=True, slots=True)
class Command:
    """A name, and what it does."""

    label: str
    run: Callable[[], Any]
    tip: str = ""


class Commands(Provider):
    """Commands that a screen offers now."""

    def commands(self) -> Iterator[Command]:
        """What can be done on the screen, in order."""
        yield from ()

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        for command in self.commands():
            label = clean(command.label)
            yield DiscoveryHit(
                Content(label), command.run, text=label, help=command.tip or None
            )

    async def search(self, query: str) -> Hits:
        """What fits the typed letters."""
        matcher = self.matcher(query)
        for command in self.commands():
            label = clean(command.label)
            score = matcher.match(label)
            if score > 0:
                yield Hit(
                    score, Content(label), command.run, text=label,
                    help=command.tip or None,
                )  # fmt: skip


class KeyCommands(Commands):
    """Every key that works on the screen."""

    def commands(self) -> Iterator[Command]:
        """The keys, in the order of the screen's own row."""
        screen: Any = self.screen
        for key in screen.working_keys():
            if key.action and "{key}" not in key.action:
                run = partial(screen.run_action, key.action)
                yield Command(f"{key.verb.capitalize()}  ({key.drawn})", run, key.tip)


class MoveCommands(Commands):
    """Every move that the view of the seat at the table offers."""

    def commands(self) -> Iterator[Command]:
        """The legal moves, in their order."""
        screen: Any = self.screen
        for offer in screen.open_moves():
            yield Command(offer.label, partial(screen.make, offer.move))


class LookCommands(Commands):
    """Everything on the table that can be looked at, by its name."""

    def commands(self) -> Iterator[Command]:
        """The panes in the order of their numbers, the briefing, every track."""
        screen: Any = self.screen
        if screen.table is not None:
            for number, name in enumerate(screen.table.names, 1):
                yield Command(f"Go to {name}", partial(screen.action_pane, number))
            yield Command("Read the briefing", screen.action_brief)
        for track in screen.view.tracks if screen.view is not None else ():
            ask = partial(screen.ask_why, track.id)
            yield Command(f"Why is {track.label} {track.value}?", ask)


class OptionCommands(Commands):
    """Every answer to the question on the screen."""

    def commands(self) -> Iterator[Command]:
        """The open answers."""
        screen: Any = self.screen
        for option in screen.open_options:
            yield Command(f"Answer: {option.label}", partial(screen.give, option.id))
