"""Control's table: teams and tracks, injects and their preview, log, why and a note."""

from collections.abc import Callable

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget

from tabletop.session.runview import RunView
from tabletop.session.view import InjectView, Move, Preview, View, Why
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line
from tabletop.tui.screens.layout import Panes, Table
from tabletop.tui.screens.note import NotePane
from tabletop.tui.screens.team_table import Previewer, offered
from tabletop.tui.widgets import (
    InjectsPane,
    LogPane,
    PreviewPane,
    TeamsPane,
    TracksPane,
    WhyPane,
)
from tabletop.tui.widgets.cue import counted_down
from tabletop.tui.widgets.forecast import ForecastPane
from tabletop.tui.widgets.grammar import number

Asker = Callable[[str], Why | None]
"""The sum behind a track; None when there is none."""


GONE = {"fired": "It has been fired.", "skipped": "It was crossed out."}
"""What is said of an inject whose time is over."""

CHIPS = (
    ("f", "fire", "fire now"), ("h", "hold", "hold"), ("h", "release", "let go"),
    ("b", "forward", "move"), ("x", "skip", "skip"),
)  # fmt: skip
"""Keys of the chosen inject: the key, the kind of its move, and its verb."""


EXPECT = ("Expect", "#forecast")
"""The pane of the forecast, while it is open."""


class ControlTable(Table):
    """Everything there is to know, and what comes next."""

    PANES = (
        ("Teams", "#teams"),
        ("Tracks", "#tracks"),
        ("Injects", "#injects"),
        ("Log", "#control-log"),
        ("Why", "#why-pane"),
        ("Note", "#note-pane"),
    )
    NARROW_PANES = (
        ("Tracks", "#tracks"),
        ("Injects", "#injects"),
        ("Log", "#control-log"),
        ("Why", "#why-pane"),
        ("Notes", "#note-pane"),
    )
    FIRST = "#injects"
    HINTS = (
        "play.answer", "play.end", "play.back", "control.fire", "control.rule",
        "play.note", "control.pause", "control.more", "control.advance", "play.undo",
        "play.view",
        "control.hold", "control.release", "control.act", "control.time", "play.why",
        "control.stuck", "control.forward", "control.skip", "control.msel",
        "control.write", "control.argue", "control.forecast", "control.display",
        "play.switch", "play.log",
        "play.branches", "play.mark", "play.checks", "play.seats", "play.tour",
        "play.panes", "play.next", "play.go",
    )  # fmt: skip

    injects = getters.query_one("#injects", InjectsPane)
    tracks = getters.query_one("#tracks", TracksPane)
    preview = getters.query_one("#control-preview", PreviewPane)
    why = getters.query_one("#why-pane", WhyPane)
    note = getters.query_one("#note-pane", NotePane)
    teams = getters.query_one("#teams", TeamsPane)
    log_pane = getters.query_one("#control-log", LogPane)
    forecast = getters.query_one("#forecast", ForecastPane)

    def __init__(self, preview_of: Previewer, why_of: Asker) -> None:
        super().__init__(id="control-table")
        self._preview_of = preview_of
        self._why_of = why_of
        self._view: View | None = None
        self._run: RunView | None = None
        self._came_from = self.FIRST
        self._read = 0
        """The last entry of the log that has been in sight."""

    def compose(self) -> ComposeResult:
        """Three columns of two panes, and the line for a note."""
        with Vertical(classes="column", id="column-1"):
            yield TeamsPane(id="teams")
            yield TracksPane(id="tracks")
        with Vertical(classes="column", id="column-2"):
            yield InjectsPane(id="injects")
            yield PreviewPane(id="control-preview", classes="pane")
            yield ForecastPane(id="forecast", classes="pane numbered")
        with Vertical(classes="column", id="column-3"):
            yield LogPane(id="control-log")
            yield WhyPane(id="why-pane")
            yield NotePane(id="note-pane")

    @property
    def panes(self) -> Panes:
        """In a narrow window the teams have a row of their own."""
        if not self.narrow:
            return self.PANES
        return (*self.NARROW_PANES, *([EXPECT] if self.forecasting else []))

    @property
    def forecasting(self) -> bool:
        """Whether the forecast is open, in the place of the preview."""
        return self.has_class("-forecasting")

    def open_forecast(self) -> None:
        """Give the forecast a place; where that is a pane of its own, open it."""
        self.add_class("-forecasting")
        self.forecast.title("What to expect")
        if self.narrow:
            self._came_from = self._open if self._open != EXPECT[1] else self.FIRST
            self._open_by(EXPECT[1])

    def _mark_open(self, opened: str) -> None:
        super()._mark_open(opened)
        self.set_class(opened == EXPECT[1], "-expecting")

    def close_forecast(self) -> None:
        """Put the forecast away; the cursor goes back to where it came from."""
        inside = self._open == EXPECT[1] or self.forecast.has_focus
        self.remove_class("-forecasting")
        self.forecast.remove_class("-open")
        if inside:
            self._open_by(self._came_from)

    def _name_panes(self) -> None:
        super()._name_panes()
        self.note.border_title = line(f"Note {glyphs().dot} on the record")
        self._name_why()

    def focus_in(self, pane: Widget) -> Widget:
        """The note's pane takes no keys, its line does."""
        return self.note.line if pane is self.note else pane

    def show(self, view: View, run: RunView | None = None) -> None:
        """Draw control's view; cursors and the typed line stay."""
        self._view, self._run = view, run
        self.teams.show(view, run)
        self.log_pane.show(view)
        self.tracks.show(view)
        self.injects.show(view)
        self.injects.count_down(*counted_down(view, run))
        self.note.show(view, run)
        self.show_preview()
        self._show_why()
        if self.in_sight_of("#control-log"):
            self._read = view.log[-1].number if view.log else 0

    def tick(self, run: RunView) -> None:
        """Let what shows the time follow the clock."""
        self._run = run
        self.teams.tick(run)
        if self._view is not None:
            self.injects.count_down(*counted_down(self._view, run))

    def in_sight_of(self, selector: str) -> bool:
        """Whether a pane has a place in this window."""
        pane = self.query_one(selector)
        return all(node.display for node in pane.ancestors_with_self)

    @property
    def news(self) -> tuple[str, ...]:
        """The panes in which something stands that was not in sight yet."""
        log = self._view.log if self._view is not None else ()
        if self.in_sight_of("#control-log") and log:
            self._read = log[-1].number
        return ("Log",) if log and log[-1].number > self._read else ()

    @property
    def where(self) -> str:
        """Which inject of how many the cursor is on, while they are in sight."""
        ids = list(self.injects.ids())
        if self._open != "#injects" or self.injects.selected not in ids:
            return ""
        return f"{ids.index(self.injects.selected) + 1} of {len(ids)}"

    @property
    def inject(self) -> InjectView | None:
        """The inject that the cursor is on."""
        injects = self._view.injects if self._view else ()
        return next((i for i in injects if i.id == self.injects.selected), None)

    def start_note(self) -> None:
        """Go to the line for a note, from wherever the cursor is."""
        if self._open != "#note-pane":
            self._came_from = self._open
        self._open_by("#note-pane")

    def leave_note(self) -> None:
        """Back to where the cursor was; what is typed stays."""
        self._open_by(self._came_from)

    def _open_by(self, selector: str) -> None:
        selectors = [found for _, found in self.panes]
        if selector in selectors:
            self.open(selectors.index(selector) + 1)

    def go_to_inject(self, inject: str) -> None:
        """Put the cursor on an inject, in the open pane."""
        self.injects.selected = inject
        self._open_by("#injects")

    @on(InjectsPane.InjectHighlighted)
    def show_preview(self) -> None:
        """Show what the inject under the cursor would do if it fired now."""
        view, inject = self._view, self.inject
        if view is None:
            return
        self.preview.border_title = self._preview_title(inject)
        self.preview.show(
            self._previewed(view, inject),
            self.preview_view(view),
            chips=self._chips(view, inject),
            short=self.narrow,
        )

    def _chips(
        self, view: View, inject: InjectView | None
    ) -> tuple[tuple[str, str], ...]:
        """The keys that do something with the chosen inject, where there is room."""
        if inject is None or self.narrow:
            return ()
        kinds = {m.move.kind for m in view.moves if m.move.item == inject.id}
        kinds |= {"forward"} if kinds else set()
        return tuple((key, verb) for key, kind, verb in CHIPS if kind in kinds)

    def _preview_title(self, inject: InjectView | None) -> Content:
        if inject is None:
            return line("Preview")
        later = inject.state not in GONE
        return line(
            f"Preview {glyphs().dot} {inject.title}", ", if fired now" if later else ""
        )

    def _previewed(self, view: View, inject: InjectView | None) -> Preview | None:
        """The preview; of one that can't fire any more, only what it says."""
        if inject is None:
            return None
        move = offered(view, "fire", inject.id)
        if move is not None:
            return self._preview_of(move)
        note = GONE.get(inject.state, "It can't be fired now.")
        return Preview(Move("fire", item=inject.id), inject.title, (), notes=(note,))

    def previewed(self) -> Preview | None:
        """What the inject under the cursor would do if it fired now."""
        return self._previewed(self._view, self.inject) if self._view else None

    @on(TracksPane.TrackHighlighted)
    def _show_why(self) -> None:
        """Show what made the track under the cursor what it is."""
        track = self.tracks.selected
        why = self._why_of(track) if track else None
        if why is not None:
            self.why.show(why, self._view)
        self._name_why()

    def _name_why(self) -> None:
        """The number that is asked about stands in the pane's border."""
        tracks = self._view.tracks if self._view is not None else ()
        track = next((t for t in tracks if t.id == self.tracks.selected), None)
        asked = f" {number(track.value)}?" if track is not None else ""
        self.why.border_title = line(f"5 Why{asked}")

    def move(self, kind: str) -> Move | None:
        """The move of this kind that is offered for the inject under the cursor."""
        if self._view is None or self.inject is None:
            return None
        return offered(self._view, kind, self.inject.id)
