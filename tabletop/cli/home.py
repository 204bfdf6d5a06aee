"""`tabletop` alone: the home screen."""

import argparse

from tabletop.cli import exits, table


def run(_arguments: argparse.Namespace) -> int:
    """Open the home screen, and come back when it is left."""
    table.need_screen()
    from tabletop.tui.app import run_home

    table.tell_save(run_home())
    return exits.OK
