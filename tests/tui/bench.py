"""A bare app to put one widget on, and what it then shows."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget

from tabletop.tui.theme import NIGHT, register, variable_defaults

W = TypeVar("W", bound=Widget)


class Bench(App[None]):
    """One widget over the whole screen, in our colours."""

    AUTO_FOCUS = ""
    CSS = "Screen { background: $background; color: $foreground; }"

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        register(self)
        self.theme = NIGHT.name
        self._only = widget

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield self._only


@asynccontextmanager
async def shown(
    widget: W, show: Callable[[W], object], size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    """The widget on a screen of this size, once it has been given what to show."""
    app = Bench(widget)
    async with app.run_test(size=size) as pilot:
        show(widget)
        await pilot.pause()
        yield pilot


def strips(app: App[Any]) -> list[Strip]:
    """The rows of the screen."""
    return app.screen._compositor.render_strips(app.size)


def rows(app: App[Any]) -> list[str]:
    """The rows of the screen as text."""
    return [strip.text.rstrip() for strip in strips(app)]


def screen(app: App[Any]) -> str:
    """The screen as text."""
    return "\n".join(rows(app))
