"""`tabletop resume`: takes up a saved game where it stopped."""

import argparse
from pathlib import Path

from tabletop.cli import output, table
from tabletop.cli.options import Verbs, add_plain


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "resume",
        help="go on with a saved game",
        description="Opens a saved game and goes on with it; every move is saved as it"
        " is made.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE")
    add_plain(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the save and play on."""
    from tabletop.session.session import Session

    if not arguments.plain:
        table.need_screen()
    session = Session.open(arguments.save)
    for warning in session.warnings:
        output.warn(f"warning: {warning}")
    return table.sit_down(session, plain=arguments.plain)
