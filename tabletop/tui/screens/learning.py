"""What helps a team to know where it stands: its inbox, its story, the tour.

Part of the play screen. Shows the seat's own view, and remembers what it has looked at.
"""

from typing import TYPE_CHECKING

from textual import work

from tabletop import paths
from tabletop.session.game import Game
from tabletop.tui.keys import Key, bindings
from tabletop.tui.screens.desk import Desk
from tabletop.tui.screens.inbox import InboxScreen, letters, unread
from tabletop.tui.screens.known import KnownScreen
from tabletop.tui.screens.tour import Kind, TourScreen, wanted

if TYPE_CHECKING:
    from tabletop.session.view import SeatId

LAYING = {"play.pass": "ready", "play.do": "lay"}
"""What keys are called while orders are laid."""


class Learning(Desk):
    """Keys for those who want to know more before they move."""

    BINDINGS = bindings("play.known", "play.tour")

    def __init__(self, game: Game, *, pause: float) -> None:
        super().__init__(game, pause=pause)
        self._seen: dict[SeatId, int] = {}
        """The last entry that was in each team's inbox when it looked."""

    def refresh_view(self) -> None:
        """Take the seat's view anew, and say how much of it is new."""
        super().refresh_view()
        if self.team_table is not None:
            self.team_table.tell(self.unread)

    @property
    def unread(self) -> int:
        """How many letters the team at the table has not seen."""
        if self.view is None or self.team_table is None:
            return 0
        return unread(self.view, self._seen.get(self.view.seat, 0))

    def verb(self, key: Key) -> str:
        """The inbox says how much is new; orders are laid, and then a team is ready."""
        if key.id == "play.inbox" and self.unread:
            return f"{key.verb}: {self.unread} new"
        if self._lays and key.id in LAYING:
            return LAYING[key.id]
        return super().verb(key)

    @property
    def _lays(self) -> bool:
        """Whether the team at the table is laying its orders."""
        teams = self.view.teams if self.view is not None else ()
        return any(t.id == self.seat and t.status == "lays" for t in teams)

    # Inbox and story.

    def can_inbox(self) -> bool:
        """Letters go to teams."""
        return self.team_table is not None

    @work(exclusive=True, group="dialog")
    async def action_inbox(self) -> None:
        """Show what was told to the team; then none of it is new."""
        view = self.view
        if view is None:
            return
        seen = self._seen.get(view.seat, 0)
        newest = max((letter.number for letter in letters(view)), default=0)
        self._seen[view.seat] = max(seen, newest)
        await self.app.push_screen_wait(InboxScreen(view, seen))
        self.refresh_view()

    def can_known(self) -> bool:
        """What a team knows is told at its own table."""
        return self.team_table is not None

    def action_known(self) -> None:
        """Show what the team knows so far."""
        if self.view is not None:
            self.app.push_screen(KnownScreen(self.view))

    # The tour.

    @property
    def _tour(self) -> Kind | None:
        """The tour that goes with the table."""
        if self.team_table is not None:
            return "team"
        return "control" if self.control_table is not None else None

    def can_tour(self) -> bool:
        """There is one for every table."""
        return self._tour is not None

    def action_tour(self) -> None:
        """Show the tour again."""
        if self._tour is not None:
            self.app.push_screen(TourScreen(self._tour))

    async def _pass_keyboard(self) -> None:
        """Whoever sits down for the first time is shown around."""
        await super()._pass_keyboard()
        kind = self._tour
        if kind is None or not wanted(headless=self.app.is_headless):
            return
        if paths.remember(f"tour-{kind}"):
            await self.app.push_screen_wait(TourScreen(kind))
