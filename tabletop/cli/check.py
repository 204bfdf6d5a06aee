"""`tabletop check`: the problems of decks, each with its place."""

import argparse

from tabletop.cli import decks, exits, failures, output
from tabletop.cli.options import Verbs
from tabletop.errors import TabletopError


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "check",
        help="find the problems of decks",
        description="Reads decks and reports everything that is wrong with them."
        " Exit status: 0 no problems, 1 problems found, 2 a deck that cannot be read,"
        " 3 our own fault.",
    )
    parser.add_argument(
        "decks", nargs="+", metavar="DECK", help="a deck's file, folder or name"
    )
    parser.add_argument(
        "--format",
        choices=("full", "concise", "json"),
        default="full",
        help="how problems are told (default: full)",
    )
    parser.add_argument(
        "--color",
        action=argparse.BooleanOptionalAction,
        help="colours, even when not on a terminal (or none)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Check each deck; the exit status is that of the worst."""
    color = output.wants_color() if arguments.color is None else arguments.color
    return max(_check(name, arguments.format, color=color) for name in arguments.decks)


def _check(name: str, form: str, *, color: bool) -> int:
    try:
        return _report(name, form, color=color)
    except TabletopError:
        raise
    except Exception as error:
        return failures.own_fault(error, f"checking {name}")


def _report(name: str, form: str, *, color: bool) -> int:
    from tabletop.deck.diagnostics import render
    from tabletop.deck.loader import check

    result = check(decks.locate(name))
    output.say_styled(render(result, form, color))
    return exits.OK if result.deck else exits.PROBLEMS
