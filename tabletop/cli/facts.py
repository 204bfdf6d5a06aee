"""`tabletop facts`: what a deck is built on, and which of its parts stand for what."""

import argparse
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import decks, exits, files, output
from tabletop.cli.options import Verbs
from tabletop.cli.text import WIDTH, counted, one_line
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.deck.deck import Deck
    from tabletop.report.facts import Row

WIDEST = 8
"""Columns of an id behind which its text hangs."""


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "facts",
        help="the facts behind a deck, and where the deck has each",
        description="Lists the facts of a deck with the cards, injects, tracks, rules,"
        " endings and teams that name each as their source. Claims are marked.",
    )
    parser.add_argument("deck", metavar="DECK", help="a deck")
    parser.add_argument(
        "--missing", action="store_true", help="only facts that nothing names"
    )
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--markdown", action="store_true", help="as a table in Markdown")
    forms.add_argument("--json", action="store_true", help="as JSON")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="where to write (by default to standard output)",
    )  # fmt: skip
    parser.add_argument(
        "-f", "--force", action="store_true", help="write over a file that exists"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the table."""
    from tabletop.report.facts import rows

    deck = decks.load(arguments.deck)
    if not deck.model.facts:
        hint = "A deck gives its facts in tables called [facts.ID]."
        raise UsageError(f"{one_line(deck.model.title)} has no facts", hint)
    text = _text(deck, rows(deck, missing=arguments.missing), arguments)
    path: Path | None = arguments.output
    if path is None:
        output.say(text.rstrip("\n"))
    else:
        files.write_whole(path, text, force=arguments.force)
        output.say(f"Wrote {path}.")
    return exits.OK


def _text(deck: "Deck", shown: "list[Row]", arguments: argparse.Namespace) -> str:
    from tabletop.report.facts import as_data, as_markdown
    from tabletop.session.strict_json import dump

    if arguments.markdown:
        return as_markdown(deck, shown)
    if arguments.json:
        return f"{dump(as_data(deck, shown))}\n"
    lines = [line for row in shown for line in _lines(row)]
    return "".join(f"{line}\n" for line in (*lines, _sum(deck, shown)))


def _lines(row: "Row") -> Iterator[str]:
    """A fact's id before its text, and below it what names it."""
    from tabletop.report.facts import places

    fact, named = row
    id_ = one_line(fact.id)
    indent = " " * 4
    if len(id_) > WIDEST:
        yield id_
        yield from _wrapped(fact.said, indent, indent)
    else:
        yield from _wrapped(fact.said, f"{id_:<3} ", indent)
    yield from _wrapped(places(named) or "nothing names it", indent, indent)
    yield ""


def _wrapped(words: str, first: str, indent: str) -> list[str]:
    return textwrap.wrap(
        one_line(words), WIDTH, initial_indent=first, subsequent_indent=indent
    )


def _sum(deck: "Deck", shown: "list[Row]") -> str:
    """How many there are, how many are claims, and how many nothing names."""
    every = deck.model.facts.values()
    claims = sum(fact.claim for fact in every)
    idle = sum(not named for _, named in shown)
    named = f"nothing names {idle} of them" if idle else "each is named by something"
    return f"{counted(len(every), 'fact')}, {counted(claims, 'claim')}; {named}."
