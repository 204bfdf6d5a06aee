"""Control's hand on the game: the schedule of injects, rulings, judgements."""

from tabletop.tui.screens.desk import Desk


class Steering(Desk):
    """What the facilitator sends in and overrides."""
