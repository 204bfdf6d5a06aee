"""`tabletop schema`: the deck language for editors, as a JSON Schema."""

import argparse
import json
from pathlib import Path

from tabletop.cli import exits, output
from tabletop.cli.options import Verbs
from tabletop.errors import UsageError


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "schema",
        help="print the JSON Schema of decks, for editors",
        description="Prints the JSON Schema of the deck language. An editor that knows"
        " it completes and checks decks while you write.",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write it to a file"
    )
    parser.add_argument(
        "--tests",
        action="store_true",
        help="the schema of files of deck tests instead",
    )
    parser.add_argument(
        "--markdown",
        action="store_true",
        help="the same fields as tables for people, as in decks/README.md",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Print or write the schema."""
    text = _text(tests=arguments.tests, markdown=arguments.markdown).rstrip("\n")
    if arguments.output is None:
        output.say(text)
    else:
        _write(arguments.output, text + "\n")
    return exits.OK


def _text(*, tests: bool, markdown: bool) -> str:
    from tabletop.deck.reference import reference
    from tabletop.deck.schema import schema
    from tabletop.testing import files_schema

    if tests and markdown:
        raise UsageError("--markdown is for decks", "The guide explains deck tests.")
    if markdown:
        return reference()
    made = files_schema.schema() if tests else schema()
    return json.dumps(made, indent=2, ensure_ascii=False)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
