"""`tabletop log`: a saved game as people read it."""

import argparse
from pathlib import Path

from tabletop.cli import exits, output, transcript
from tabletop.cli.options import BIG, Verbs, add_viewpoint, whole


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "log",
        help="print the log of a save",
        description="Prints what happened in a saved game, move by move, each change"
        " with its cause.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE")
    parser.add_argument(
        "--to", type=whole(0, BIG), metavar="MOVE",
        help="only as far as this move, on whatever line of play it is",
    )  # fmt: skip
    add_viewpoint(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print the log as one seat may know it."""
    from tabletop.session.session import Session

    session = Session.open(arguments.save, read_only=True)
    try:
        place = session.head if arguments.to is None else arguments.to
        view = session.view_at(arguments.seat, place)
    finally:
        session.close()
    for line in transcript.game(view):
        output.say(line)
    for warning in session.warnings:
        output.warn(f"warning: {warning}")
    return exits.OK
