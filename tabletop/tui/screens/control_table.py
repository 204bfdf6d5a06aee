"""Control's table: teams and tracks, injects and their preview, log and why."""

from collections.abc import Callable

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tabletop.session.view import InjectView, Move, Preview, View, Why
from tabletop.tui.say import line
from tabletop.tui.screens.layout import Table
from tabletop.tui.screens.team_table import Previewer, offered
from tabletop.tui.widgets import (
    InjectsPane,
    LogPane,
    PreviewPane,
    TeamsPane,
    TracksPane,
    WhyPane,
)

Asker = Callable[[str], Why | None]
"""The sum behind a track; None when there is none."""


GONE = {"fired": "It has been fired.", "skipped": "It was crossed out."}
"""What is said of an inject whose time is over."""


class ControlTable(Table):
    """Everything there is to know, and what comes next."""

    PANES = (
        ("Teams", "#teams"),
        ("Tracks", "#tracks"),
        ("Injects", "#injects"),
        ("Log", "#control-log"),
        ("Why", "#why-pane"),
    )
    FIRST = 3
    HINTS = (
        "play.answer", "play.end", "control.act", "control.fire", "control.hold",
        "control.release", "control.forward", "control.skip", "control.advance",
        "control.rule", "play.note", "play.why", "play.undo", "play.switch", "play.log",
        "play.panes", "play.next", "play.go",
    )  # fmt: skip

    injects = getters.query_one("#injects", InjectsPane)
    tracks = getters.query_one("#tracks", TracksPane)
    preview = getters.query_one("#control-preview", PreviewPane)
    why = getters.query_one("#why-pane", WhyPane)

    def __init__(self, preview_of: Previewer, why_of: Asker) -> None:
        super().__init__(id="control-table")
        self._preview_of = preview_of
        self._why_of = why_of
        self._view: View | None = None

    def compose(self) -> ComposeResult:
        """Three columns of two panes."""
        with Vertical(classes="column", id="column-1"):
            yield TeamsPane(id="teams")
            yield TracksPane(id="tracks")
        with Vertical(classes="column", id="column-2"):
            yield InjectsPane(id="injects")
            yield PreviewPane(id="control-preview", classes="pane")
        with Vertical(classes="column", id="column-3"):
            yield LogPane(id="control-log")
            yield WhyPane(id="why-pane")

    def show(self, view: View) -> None:
        """Draw control's view; cursors stay."""
        self._view = view
        self.query_one(TeamsPane).show(view)
        self.query_one(LogPane).show(view)
        self.tracks.show(view)
        self.injects.show(view)
        self.show_preview()
        self._show_why()

    @property
    def inject(self) -> InjectView | None:
        """The inject that the cursor is on."""
        injects = self._view.injects if self._view else ()
        return next((i for i in injects if i.id == self.injects.selected), None)

    @on(InjectsPane.InjectHighlighted)
    def show_preview(self) -> None:
        """Show what the inject under the cursor would do if it fired now."""
        view, inject = self._view, self.inject
        if view is None:
            return
        self.preview.border_title = self._preview_title(inject)
        self.preview.show(self._previewed(view, inject), self.preview_view(view))
        self.screen.refresh_bindings()

    def _preview_title(self, inject: InjectView | None) -> Content:
        if inject is None:
            return line("Preview")
        later = inject.state not in GONE
        return line(inject.title, ", if fired now" if later else "")

    def _previewed(self, view: View, inject: InjectView | None) -> Preview | None:
        """The preview; of one that can't fire any more, only what it says."""
        if inject is None:
            return None
        move = offered(view, "fire", inject.id)
        if move is not None:
            return self._preview_of(move)
        note = GONE.get(inject.state, "It can't be fired now.")
        return Preview(Move("fire", item=inject.id), inject.title, (), notes=(note,))

    @on(TracksPane.TrackHighlighted)
    def _show_why(self) -> None:
        """Show what made the track under the cursor what it is."""
        track = self.tracks.selected
        why = self._why_of(track) if track else None
        if why is not None:
            self.why.show(why, self._view)

    def move(self, kind: str) -> Move | None:
        """The move of this kind that is offered for the inject under the cursor."""
        if self._view is None or self.inject is None:
            return None
        return offered(self._view, kind, self.inject.id)
