"""`tabletop play`: starts a game of a deck."""

import argparse
import secrets

from tabletop.cli import decks, seating, table
from tabletop.cli.options import Verbs, add_plain, add_save, add_seats, add_seed

SEEDS = 1_000_000
"""A seed that nobody chose is drawn from so many: short enough to read out."""


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "play",
        help="start a game",
        description="Starts a game of a deck. Without --seat every team is played by a"
        " person at this keyboard, in turn.",
    )
    parser.add_argument("deck", metavar="DECK", help="a deck's file, folder or name")
    add_seats(parser)
    add_seed(parser, "the game's luck; the same seed and moves give the same game")
    add_save(parser, "where to save (default: a new file in the folder of saves)")
    add_plain(parser)
    parser.add_argument(
        "--watch",
        action="store_true",
        help="take in the deck's words as you edit and save it (its rules stay as they"
        " were when the game began)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Load the deck, seat the players, and play."""
    from tabletop import paths
    from tabletop.session.session import Session

    if not arguments.plain:
        table.need_screen()
    deck = decks.load(arguments.deck)
    seating.check(arguments, deck.model.teams)
    seed = secrets.randbelow(SEEDS) if arguments.seed is None else arguments.seed
    session = Session.new(
        deck,
        seed=seed,
        seats=dict(arguments.seat),
        path=arguments.save or paths.new_save(deck.model.id),
    )
    edited = decks.locate(arguments.deck) if arguments.watch else None
    return table.sit_down(session, arguments, edited)
