"""What to expect, beside a game or a moment of a replay; for control's eyes alone.

A team's own forecast, in a replay, comes from what that team knew.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import ClassVar

from textual import getters, work
from textual.app import ComposeResult

from tabletop.errors import TabletopError
from tabletop.session.game import Game
from tabletop.session.tree import Tree
from tabletop.session.view import CONTROL, SeatId, View
from tabletop.study.forecast import PLAYOUTS, Forecast
from tabletop.study.method import method
from tabletop.tui.keys import Key, bindings
from tabletop.tui.measuring import Measuring, more
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.desk import Desk
from tabletop.tui.widgets.forecast import ForecastPane, Foreseen

AGAIN = "Press E to try again; it begins anew."


def tree_of(game: Game) -> Tree | None:
    """What is played on: there is one where the game itself is on this machine."""
    tree = getattr(game, "tree", None)
    return tree if isinstance(tree, Tree) else None


def titles_of(tree: Tree) -> Mapping[str, str]:
    """The endings' titles by their ids."""
    return {id_: found.title for id_, found in tree.deck.model.endings.items()}


def method_of(seat: SeatId, forecast: Forecast | None = None) -> str:
    """How it was measured, in paragraphs."""
    playouts = forecast.playouts if forecast is not None else PLAYOUTS
    policy = forecast.policy if forecast is not None else "random"
    return "\n\n".join(method(seat, playouts, policy))


def known(before: Foreseen, found: Forecast) -> Foreseen:
    """A forecast that was finished."""
    how = method_of(found.seat, found)
    return replace(before, forecast=found, working=False, waits="", method=how)


def failed(before: Foreseen, error: TabletopError) -> Foreseen:
    """What was known before, and what went wrong."""
    hint = f"{error.hint} {AGAIN}".strip()
    return replace(before, working=False, waits="", trouble=error.message, hint=hint)


class Foreseeing(Desk):
    """The facilitator's forecast: it follows the game while it is open."""

    BINDINGS = bindings("control.forecast")

    _measuring: Measuring | None = None
    _foreseen: Foreseen | None = None
    """What is shown of it; None while it is closed."""
    _playouts = PLAYOUTS
    _shown_for = (-1, 0)
    """The move and the playouts of the last forecast that was asked for."""

    @property
    def forecasting(self) -> bool:
        """Whether the forecast is open."""
        return self._foreseen is not None

    def can_forecast(self) -> bool:
        """It is control's alone, of a game that is played on this machine."""
        return self.control_table is not None and tree_of(self.game) is not None

    def action_forecast(self) -> None:
        """Open it; when it is open, measure more closely."""
        tree = tree_of(self.game)
        if tree is None or self.control_table is None:
            return
        if self._foreseen is None:
            self._playouts = PLAYOUTS
            self._foreseen = Foreseen(method=method_of(CONTROL), titles=titles_of(tree))
        elif not self._foreseen.trouble:
            self._playouts = more(self._playouts)
        self._shown_for = (-1, 0)
        self._show_forecast()
        self.control_table.open_forecast()
        self._look_ahead()
        self.refresh_bindings()

    def close_forecast(self) -> None:
        """Put it away; what was being measured is no longer wanted."""
        self._foreseen = None
        if self._measuring is not None:
            self._measuring.cancel()
        if self.control_table is not None:
            self.control_table.close_forecast()
        self.refresh_bindings()

    def refresh_view(self) -> None:
        """Follow the game; whoever else is given the screen finds nothing of it."""
        super().refresh_view()
        if self._foreseen is None:
            return
        if self.seat != CONTROL or self.control_table is None:
            self.close_forecast()
        else:
            self._look_ahead()

    def _show_forecast(self) -> None:
        table, view = self.control_table, self.view
        if table is not None and view is not None and self._foreseen is not None:
            table.forecast.show(self._foreseen, view)

    def _look_ahead(self) -> None:
        """Measure the present place, unless that is done or under way."""
        tree = tree_of(self.game)
        if tree is not None and self._shown_for != (tree.head, self._playouts):
            self._shown_for = (tree.head, self._playouts)
            self._measure_forecast(tree, tree.head)

    # Without a description Textual writes one, of everything that is handed over.
    @work(exclusive=True, group="forecast", description="a forecast")
    async def _measure_forecast(self, tree: Tree, number: int) -> None:
        """The last one stays until the next is there."""
        before = self._foreseen
        if before is None:
            return
        self._foreseen = replace(before, wanted=number, working=True, trouble="")
        self._show_forecast()
        if self._measuring is None:
            self._measuring = Measuring(self._waiting)
        try:
            found = await self._measuring.forecast(
                tree, number, CONTROL, self._playouts
            )
        except asyncio.CancelledError:
            return
        except TabletopError as error:
            self._shown_for = (-1, 0)
            self._told(failed(self._foreseen, error))
        else:
            self._told(known(self._foreseen, found))

    def _waiting(self, words: str) -> None:
        """Say what everybody waits for."""
        if self._foreseen is not None:
            self._told(replace(self._foreseen, waits=words))

    def _told(self, foreseen: Foreseen) -> None:
        """Show it, unless it was closed meanwhile."""
        if self._foreseen is not None:
            self._foreseen = foreseen
            self._show_forecast()

    def on_unmount(self) -> None:
        """End the process with the table."""
        if self._measuring is not None:
            self._measuring.close()


class ForecastScreen(Dialog[None]):
    """What a moment of a replay led to, as its seat could have expected it."""

    AUTO_FOCUS = "#forecast"
    TITLE_TEXT = "What to expect"
    HINTS = ("study.forecast", "scroll", "leave")
    HELP_TITLE: ClassVar[str] = "What to expect"
    HELP_TEXT: ClassVar[str] = (
        "The game is played on many times from this moment, by bots. A bar is solid as "
        "far as a share surely goes and shaded where it may lie; each team's score has "
        "its interval. The method and its limits stand below."
    )
    BINDINGS = bindings("study.forecast")

    pane = getters.query_one(ForecastPane)

    def __init__(
        self, measuring: Measuring, tree: Tree, number: int, seat: SeatId, view: View
    ) -> None:
        super().__init__()
        self._measuring = measuring
        self._of = (tree, number, seat)
        self._view_of = view
        self._playouts = PLAYOUTS
        self._foreseen = Foreseen(
            wanted=number, working=True, method=method_of(seat), titles=titles_of(tree)
        )

    def compose_dialog(self) -> ComposeResult:
        """The forecast."""
        yield ForecastPane(id="forecast")

    def on_mount(self) -> None:
        """Begin at once."""
        super().on_mount()
        self._measure()

    @property
    def forecast(self) -> Forecast | None:
        """What was found so far."""
        return self._foreseen.forecast

    def verb(self, key: Key) -> str:
        """Here the key asks for more."""
        return "more playouts" if key.id == "study.forecast" else super().verb(key)

    def action_forecast(self) -> None:
        """Ten times as many; after a failure the same again."""
        if not self._foreseen.trouble:
            self._playouts = more(self._playouts)
        self._measure()

    @work(exclusive=True, group="forecast")
    async def _measure(self) -> None:
        self._show(replace(self._foreseen, working=True, trouble=""))
        try:
            found = await self._measuring.forecast(*self._of, self._playouts)
        except asyncio.CancelledError:
            return
        except TabletopError as error:
            self._show(failed(self._foreseen, error))
        else:
            self._show(known(self._foreseen, found))

    def _show(self, foreseen: Foreseen) -> None:
        self._foreseen = foreseen
        if self.is_mounted:
            self.pane.show(foreseen, self._view_of)

    def on_unmount(self) -> None:
        """Nothing more is wanted."""
        self._measuring.cancel()
