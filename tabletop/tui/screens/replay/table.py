"""The panes of a replay: in two columns, or one at a time under the timeline."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from tabletop.session.view import View
from tabletop.tui.screens.layout import Panes, Table
from tabletop.tui.widgets.replay.around import AroundPane
from tabletop.tui.widgets.replay.chart import ReplayChart
from tabletop.tui.widgets.replay.lanes import LanesPane
from tabletop.tui.widgets.replay.linelist import LinesPane
from tabletop.tui.widgets.replay.state import StatePane


class ReplayTable(Table):
    """Lines of play, board and log beside chart, lanes and turning points."""

    PANES: ClassVar[Panes] = (
        ("Lines", "#lines-pane"),
        ("State", "#state"),
        ("Chart", "#curves"),
        ("Turning points", "#turning"),
        ("Around it", "#around"),
    )
    FIRST: ClassVar[str] = "#around"

    def __init__(self, study: ComposeResult) -> None:
        super().__init__(id="replay")
        self._study = list(study)

    def compose(self) -> ComposeResult:
        """The panes."""
        with Vertical(classes="column", id="replay-left"):
            yield LinesPane(id="lines-pane")
            yield StatePane(id="state")
            yield AroundPane(id="around")
        with Vertical(classes="column", id="replay-right"):
            with Vertical(id="curves"):
                yield ReplayChart(id="chart", classes="pane")
                yield LanesPane(id="lanes", classes="pane")
            yield from self._study

    @property
    def panes(self) -> Panes:
        """Turning points only where there is something that finds them."""
        study = bool(self._study)
        return [pane for pane in self.PANES if study or pane[1] != "#turning"]

    def _dress(self, selector: str) -> None:
        """Chart and lanes have their own borders; one pane may be absent."""
        for pane in self.query(selector):
            pane.add_class("numbered")
            pane.set_class(selector != "#curves", "pane")

    def focus_in(self, pane: Widget) -> Widget:
        """Of chart and lanes the chart takes the keys."""
        return self.query_one(ReplayChart) if pane.id == "curves" else pane

    def _name_panes(self) -> None:
        """The screen names them, after what they show."""

    def show(self, view: View) -> None:
        """The screen draws each pane itself."""

    def show_preview(self) -> None:
        """There is none."""
