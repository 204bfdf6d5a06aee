"""`tabletop msel`: the schedule of injects as a table for spreadsheets, and back."""

import argparse
from pathlib import Path

from tabletop.cli import decks, exits, files, output
from tabletop.cli.options import Verbs
from tabletop.errors import UsageError


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "msel",
        help="the schedule of injects as CSV, or CSV as injects for a deck",
        description="Writes the schedule of injects (MSEL) of a deck or a saved game as"
        " CSV, in the columns that exercise planners use. With --from it turns a"
        " planner's CSV into injects for a deck, checked against it.",
    )
    parser.add_argument("what", metavar="DECK|SAVE", help="a deck or a saved game")
    parser.add_argument(
        "--from", type=Path, metavar="FILE.csv", dest="source",
        help="a table of injects to turn into TOML for the deck",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="where to write (by default to standard output)",
    )  # fmt: skip
    parser.add_argument(
        "-f", "--force", action="store_true", help="write over a file that exists"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the table, or the injects that are made from one."""
    is_save = files.is_save(Path(arguments.what))
    if arguments.source is None:
        text = _of_save(Path(arguments.what)) if is_save else _of_deck(arguments.what)
        # The mark at the beginning tells spreadsheets that it is UTF-8.
        _write(arguments, text, "utf-8-sig")
    elif is_save:
        hint = "In a game, control takes a table in on the schedule's screen."
        raise UsageError("--from needs a deck, and this is a save", hint)
    else:
        _write(arguments, _injects(arguments.what, arguments.source), "utf-8")
    return exits.OK


def _write(arguments: argparse.Namespace, text: str, encoding: str) -> None:
    path: Path | None = arguments.output
    if path is None:
        output.say(text.rstrip("\r\n"))
    else:
        files.write_whole(path, text, force=arguments.force, encoding=encoding)
        output.say(f"Wrote {path}.")


def _of_deck(name: str) -> str:
    from tabletop.session.msel import export

    return export(decks.load(name), {})


def _of_save(path: Path) -> str:
    from tabletop.session.session import Session

    session = Session.open(path, read_only=True)
    try:
        return session.export_msel()
    finally:
        session.close()


def _injects(name: str, source: Path) -> str:
    from tabletop.session.msel import as_toml, plan
    from tabletop.session.sheets import MAX_BYTES

    deck = decks.load(name)
    planned = plan(deck, {}, files.read_bytes(source, MAX_BYTES), source.name)
    if not planned.new:
        output.warn(f"Every inject of {source} is in the deck already.")
    return as_toml(deck, planned)
