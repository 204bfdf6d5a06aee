"""What the screens are made of. Each draws plain values of a view, and nothing else."""

from tabletop.tui.widgets.ask import AskPane
from tabletop.tui.widgets.big import BigName
from tabletop.tui.widgets.chart import TrackChart
from tabletop.tui.widgets.cue import CueBand
from tabletop.tui.widgets.fullcard import CardFull
from tabletop.tui.widgets.hand import HandPane
from tabletop.tui.widgets.header import Header
from tabletop.tui.widgets.injects import InjectsPane
from tabletop.tui.widgets.keysbar import KeysBar
from tabletop.tui.widgets.log import LogPane
from tabletop.tui.widgets.orders import OrdersStrip
from tabletop.tui.widgets.preview import PreviewPane
from tabletop.tui.widgets.situation import SituationPane
from tabletop.tui.widgets.standing import StandsBand
from tabletop.tui.widgets.teams import TeamsPane, TeamsStrip
from tabletop.tui.widgets.tracks import TracksPane
from tabletop.tui.widgets.why import WhyPane

__all__ = [
    "AskPane",
    "BigName",
    "CardFull",
    "CueBand",
    "HandPane",
    "Header",
    "InjectsPane",
    "KeysBar",
    "LogPane",
    "OrdersStrip",
    "PreviewPane",
    "SituationPane",
    "StandsBand",
    "TeamsPane",
    "TeamsStrip",
    "TrackChart",
    "TracksPane",
    "WhyPane",
]
