"""The facilitator's keys for the run of the exercise: its clock, StartEx to EndEx."""

from tabletop.tui.screens.desk import Desk


class Running(Desk):
    """What stands beside the moves: it never decides a rule."""
