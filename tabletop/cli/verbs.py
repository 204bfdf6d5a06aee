"""The command line as a whole: every verb's part of it, and which of them runs.

Nothing heavy is imported here or at the top of a verb's module: help must come at once.
"""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tabletop import __version__
from tabletop.cli import (
    check,
    compare,
    display,
    explain,
    export,
    facts,
    forecast,
    home,
    log,
    match,
    msel,
    observe,
    output,
    play,
    print_,
    record,
    replay,
    report,
    resume,
    run,
    schema,
    study,
    test_,
    verify,
)

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

VERBS = (
    play,
    resume,
    replay,
    display,
    observe,
    check,
    explain,
    test_,
    record,
    run,
    match,
    verify,
    log,
    report,
    export,
    compare,
    study,
    forecast,
    print_,
    msel,
    facts,
    schema,
)
"""In the order of the help."""


class Parser(argparse.ArgumentParser):
    """An argument parser that writes through `output`."""

    def _print_message(
        self, message: str, file: "SupportsWrite[str] | None" = None
    ) -> None:
        output.write_help(message, file)


def run_line(argv: Sequence[str] | None) -> int:
    """Run the verb that a command line names, and give its exit status."""
    arguments = build_parser().parse_args(argv)
    return int(arguments.run(arguments))


def build_parser() -> argparse.ArgumentParser:
    """The whole command line, each verb's part added by the verb."""
    parser = Parser(
        prog="tabletop",
        description="A terminal engine for wargames and tabletop exercises."
        " Without a command it opens the home screen.",
        epilog="`tabletop COMMAND --help` says more about a command.",
    )
    parser.add_argument(
        "--version", action="version", version=f"tabletop {__version__}"
    )
    parser.set_defaults(run=home.run)
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    for verb in VERBS:
        verb.register(verbs)
    return parser
