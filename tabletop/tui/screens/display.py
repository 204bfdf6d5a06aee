"""The public display, alone in a terminal or over the facilitator's table.

Shows a source's view; takes no moves and has no keys but those to leave it.
"""

import asyncio
from typing import TYPE_CHECKING, ClassVar, Protocol

from textual import events, getters, on
from textual.app import ComposeResult
from textual.screen import Screen

from tabletop.errors import TabletopError
from tabletop.session.game import Game
from tabletop.session.runview import RunView
from tabletop.session.view import PUBLIC, View
from tabletop.tui.keys import bindings
from tabletop.tui.widgets.display import DisplayBody, DisplayNotice, DisplayTop
from tabletop.tui.widgets.displaystates import Notice, missing, notice_of

if TYPE_CHECKING:
    from textual.timer import Timer

BEAT = 0.25
"""Seconds between two looks at the source."""
LIT = 1.2
"""Seconds for which a number that has changed stands out."""


class Source(Protocol):
    """Where the display's game comes from."""

    problem: TabletopError | None

    def follow(self) -> bool:
        """Whether there is anything new; called in a thread of its own."""

    def view(self) -> View | None:
        """What everybody may know; None while there is nothing to show."""

    def run_view(self) -> RunView | None:
        """Where the exercise stands; None while there is nothing to show."""


class TableSource:
    """The game at the table of this very program."""

    problem: TabletopError | None = None

    def __init__(self, game: Game) -> None:
        self._game = game

    def follow(self) -> bool:
        """The game may have gone on."""
        return True

    def view(self) -> View:
        """What everybody may know."""
        return self._game.view(PUBLIC)

    def run_view(self) -> RunView:
        """Where the exercise stands."""
        return self._game.run_view()


class DisplayScreen(Screen[None]):
    """What the room sees."""

    BINDINGS = bindings("display.quit", "look")
    AUTO_FOCUS: ClassVar[str] = ""

    top = getters.query_one(DisplayTop)
    body = getters.query_one(DisplayBody)
    notice = getters.query_one(DisplayNotice)

    def __init__(self, source: Source, *, over: bool = False) -> None:
        """`over` a table, any key goes back to it."""
        super().__init__()
        self.source = source
        self._over = over
        self._view: View | None = None
        self._run: RunView | None = None
        self._shown: Notice | None = None
        self._lit: frozenset[str] = frozenset()
        self._dimming: Timer | None = None

    def compose(self) -> ComposeResult:
        """The two parts of the game, and what stands in their place at times."""
        yield DisplayTop()
        yield DisplayBody()
        yield DisplayNotice()

    async def on_mount(self) -> None:
        """Look at once, and then a few times a second."""
        await self.look()
        self.set_interval(BEAT, self.look)

    async def look(self) -> None:
        """Draw what is new; nothing when nothing is."""
        fresh = await asyncio.to_thread(self.source.follow)
        fresh = fresh and self._take(self.source.view())
        run = self.source.run_view()
        if self._view is None or run is None:
            self._say(self._missing())
        elif fresh or run != self._run:
            self._run = run
            self._draw(self._view, run)

    def _take(self, view: View | None) -> bool:
        """Keep a view, and see what it changes: whether it changes anything."""
        old = self._view
        if old == view:
            return False
        self._view = view
        if old is not None and view is not None:
            self._see_changes(old, view)
        return True

    def _see_changes(self, old: View, view: View) -> None:
        if self.app.animation_level == "none":
            return
        was = {track.id: track.value for track in old.tracks}
        lit = {t.id for t in view.tracks if was.get(t.id, t.value) != t.value}
        if lit:
            self._light(frozenset(lit))

    def _light(self, tracks: frozenset[str]) -> None:
        self._lit = tracks
        if self._dimming is not None:
            self._dimming.stop()
        self._dimming = self.set_timer(LIT, self._dim)

    def _dim(self) -> None:
        self._lit = frozenset()
        if self._view is not None and self._run is not None:
            self._draw(self._view, self._run)

    def _draw(self, view: View, run: RunView) -> None:
        notice = notice_of(view, run)
        if notice is not None:
            self._say(notice)
            return
        self._shown = None
        self.set_class(False, "-notice")
        self.top.show(view, run)
        self.body.show(view, practice=run.state == "practice", lit=self._lit)

    def _missing(self) -> Notice:
        problem = self.source.problem
        if problem is None:
            return missing("There is no game yet.")
        return missing(problem.message, problem.hint)

    def _say(self, notice: Notice) -> None:
        """Cover the game with a notice, unless it does so already."""
        if notice != self._shown:
            self._shown = notice
            self.set_class(True, "-notice")
            self.notice.show(notice)

    def on_resize(self) -> None:
        """Choose the sizes of letters anew."""
        self.top.redraw(layout=True)
        self.body.redraw()
        self.notice.redraw()

    @on(events.Key)
    def _back(self, key: events.Key) -> None:
        """Over a table, any key leads back to it."""
        if self._over:
            key.stop()
            self.dismiss(None)

    def action_leave(self) -> None:
        """Back to the table, or out of the program."""
        if self._over:
            self.dismiss(None)
        else:
            self.app.exit()
