"""`tabletop check`: the problems of decks, each with its place."""

import argparse
import json
from typing import TYPE_CHECKING

from tabletop.cli import decks, exits, failures, output
from tabletop.cli.options import Verbs
from tabletop.errors import TabletopError

if TYPE_CHECKING:
    from tabletop.deck.result import CheckResult


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
        help="how problems are told: with their lines (the default), one line each, or"
        " one JSON document for each deck, a line each",
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
    from tabletop.deck.loader import check
    from tabletop.deck.render import as_json, render

    result = check(decks.locate(name))
    if form == "json":
        output.say(json.dumps(as_json(result)))
    elif form == "concise":
        output.say_styled(render(result, "concise", color=color))
    else:
        output.say_styled(render(result, "full", color=color))
    return _exit_code(result)


def _exit_code(result: "CheckResult") -> int:
    if result.fault:
        return exits.OUR_FAULT
    if result.unreadable:
        return exits.USAGE
    return exits.OK if result.ok else exits.PROBLEMS
