"""A band: lines over the whole width that never scroll and take no keys."""

from tabletop.tui.widgets.base import Pane


class Band(Pane):
    """As high as its lines."""

    DEFAULT_CSS = """
    Band {
        height: auto;
        overflow: hidden hidden;
        background: $surface;
    }
    """
    can_focus = False
