"""`tabletop print`: sheets of paper for a deck or a save, as one HTML file."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import decks, exits, files, output
from tabletop.cli.options import BIG, Verbs, whole
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.report.pages import Source

SHEETS = ("now", "guide", "briefs", "tracks", "orders", "cards")
"""The same names as in `report.document`, which help must not load."""


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "print",
        help="make sheets of paper for a deck or a save",
        description="Writes print-ready sheets as one HTML file, which any browser"
        " prints: cards, briefings, the facilitator's guide, order sheets, tracks; and"
        " from a save also where everything stands now. Who may read a page stands on"
        " it.",
    )
    parser.add_argument("what", metavar="DECK|SAVE", help="a deck or a saved game")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="where to write (by default NAME.html in the current folder)",
    )  # fmt: skip
    parser.add_argument(
        "-f", "--force", action="store_true", help="write over a file that exists"
    )
    parser.add_argument(
        "--sheet", action="append", choices=SHEETS, default=[],
        help="only these sheets (may be given several times)",
    )  # fmt: skip
    parser.add_argument(
        "--team", default="", metavar="TEAM",
        help="only what this team may read: its id, 'control' or 'public'",
    )  # fmt: skip
    parser.add_argument(
        "--paper", choices=("a4", "letter"), default="a4", help="the size (a4)"
    )
    parser.add_argument(
        "--at", type=whole(0, BIG), metavar="MOVE",
        help="from a save: as the game stood after this move",
    )  # fmt: skip
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the sheets."""
    from tabletop.report.document import document

    source, name = _source(arguments.what, arguments.at)
    sheets, team, paper = arguments.sheet, arguments.team, arguments.paper
    text = document(source, sheets, team, paper)
    path: Path = arguments.output or Path(f"{name}.html")
    files.write_whole(path, text, force=arguments.force)
    output.say(f"Wrote {path}. Open it in a browser and print it at 100 %.")
    return exits.OK


def _source(what: str, at: int | None) -> "tuple[Source, str]":
    """What the sheets are made from, and a name for the file."""
    from tabletop.report.pages import Source

    path = Path(what)
    if files.is_save(path):
        return _save(path, at), path.stem
    if at is not None:
        raise UsageError("--at needs a save, and this is a deck")
    deck = decks.load(what)
    return Source(deck), deck.model.id


def _save(path: Path, at: int | None) -> "Source":
    from tabletop.report.pages import Source
    from tabletop.session.session import Session
    from tabletop.session.view import CONTROL, PUBLIC

    session = Session.open(path, read_only=True)
    try:
        seats = (*session.deck.model.teams, CONTROL, PUBLIC)
        place = session.head if at is None else at
        views = {seat: session.view_at(seat, place) for seat in seats}
    finally:
        session.close()
    for warning in session.warnings:
        output.warn(f"warning: {warning}")
    return Source(session.deck, views)
