"""`tabletop resume`: takes up a saved game where it stopped."""

import argparse
from pathlib import Path

from tabletop.cli import decks, seating, table
from tabletop.cli.options import Verbs, add_plain, add_seats


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "resume",
        help="go on with a saved game",
        description="Opens a saved game and goes on with it; every move is saved as it"
        " is made. --seat gives a seat to somebody else. A save that names a program"
        " never starts it: --seat TEAM=exec:COMMAND does.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE")
    add_seats(parser)
    add_plain(parser)
    parser.add_argument(
        "--watch",
        metavar="DECK",
        help="take in the words of this deck, the game's own, as you edit and save it"
        " (its rules stay as they were when the game began)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the save and play on."""
    from tabletop.session.session import Session

    if not arguments.plain:
        table.need_screen()
    edited = decks.locate(arguments.watch) if arguments.watch else None
    session = Session.open(arguments.save)
    try:
        seating.check(arguments, session.deck.model.teams)
    except BaseException:
        session.close()
        raise
    return table.sit_down(session, arguments, edited)
