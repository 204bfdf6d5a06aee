"""`tabletop` alone: the home screen."""

import argparse

from tabletop.cli import exits


def run(_arguments: argparse.Namespace) -> int:
    """Open the home screen, and come back when it is left."""
    from tabletop.tui.app import run_home

    run_home()
    return exits.OK
