"""The record of a game: its log, lines of play, bookmarks, checkpoints, seats."""

from tabletop.tui.screens.desk import Desk


class Records(Desk):
    """What was played, what was taken back, and who sits where."""
