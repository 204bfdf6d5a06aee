"""`tabletop record`: writes a deck test from a saved game."""

import argparse
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import decks, exits, files, output
from tabletop.cli.options import BIG, Verbs, whole
from tabletop.cli.text import counted
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.session.session import Session
    from tabletop.testing.record import Recorded

LONGEST = 200
"""Characters of a test's name: the same as for any line of text in a deck."""


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "record",
        help="write a deck test from a save",
        description="Writes a saved game as a test of its deck: every move, the dice as"
        " they fell, the injects that came, and how it ended. The test passes as it is"
        " written; what is to be tested is then made of it by hand.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE")
    parser.add_argument(
        "--until", type=whole(0, BIG), metavar="MOVE",
        help="only as far as this move, on whatever line of play it is",
    )  # fmt: skip
    parser.add_argument(
        "--each", action="store_true",
        help="say at each step what it changes, so that a failure shows where things"
        " begin to differ",
    )  # fmt: skip
    parser.add_argument("--name", default="", metavar="TEXT", help="the test's name")
    parser.add_argument(
        "--deck", metavar="DECK",
        help="the deck that is to be tested: its file, folder or name (by default that"
        " of the tests it is added to, else a deck of the save's id: in the folder"
        " where the test goes, here, or shipped)",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="where to write, a name that ends in .test.toml (by default standard"
        " output)",
    )  # fmt: skip
    parser.add_argument(
        "--append", action="store_true",
        help="add the test at the end of a file that has tests of the same deck",
    )  # fmt: skip
    parser.add_argument(
        "-f", "--force", action="store_true", help="write over a file that exists"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the test, once it has passed."""
    from tabletop.session.session import Session
    from tabletop.testing.record import record

    name = " ".join(arguments.name.split())
    if len(name) > LONGEST:
        raise UsageError(
            f"a test's name has at most {LONGEST} characters, not {len(name):,}"
        )
    _check_place(arguments)
    session = Session.open(arguments.save, read_only=True)
    try:
        recorded = record(session.tree, arguments.until, name, each=arguments.each)
        deck = _deck(session, arguments)
        _try(session, recorded)
    finally:
        session.close()
    for warning in session.warnings:
        output.warn(f"warning: {warning}")
    _write(arguments, deck, recorded)
    return exits.OK


def _check_place(arguments: argparse.Namespace) -> None:
    path: Path | None = arguments.output
    if path is None:
        if arguments.append:
            raise UsageError("--append needs a file", "Name it with -o.")
        return
    if not path.name.endswith(".test.toml"):
        raise UsageError(
            f"{path} would not be found as a test file",
            "Choose a name that ends in .test.toml.",
        )
    if not arguments.append:
        files.require_free([path], force=arguments.force)


def _deck(session: "Session", arguments: argparse.Namespace) -> Path:
    """The deck to be tested, which a warning says when it is not the one played."""
    from tabletop.deck.loader import load

    path = _named(session, arguments)
    header = session.header
    if header is not None and load(path).digest != header.deck_digest:
        output.warn(
            f"warning: {path} is not the deck that was played: the test may fail on it"
        )
    return path


def _named(session: "Session", arguments: argparse.Namespace) -> Path:
    """The deck that is named; else that of the tests there are, or one of its id."""
    from tabletop.deck.mains import entries
    from tabletop.testing.files import read

    there: Path | None = arguments.output
    if arguments.deck:
        return decks.locate(arguments.deck)
    if arguments.append and there is not None and there.exists():
        return read(there).deck_path
    id_ = session.deck.model.id
    folder = Path() if there is None else there.parent
    for near in (folder / f"{id_}.toml", folder / id_, Path(f"{id_}.toml")):
        if (near / "deck.toml" if near.suffix != ".toml" else near).is_file():
            return near
    if id_ in (beside := entries(folder)):
        return beside[id_]
    try:
        return decks.locate(id_)
    except UsageError as error:
        raise UsageError(
            f"there is no deck called '{id_}' here", "Say where it is with --deck."
        ) from error


def _try(session: "Session", recorded: "Recorded") -> None:
    """Runs the test on the deck that was played. Raises UsageError when it fails."""
    from tabletop.testing.record import try_out

    header = session.header
    texts = header.deck_files if header is not None else session.deck.files
    with tempfile.TemporaryDirectory(prefix="tabletop-record-") as folder:
        failure = try_out(recorded, texts, Path(folder))
    if failure is not None:
        raise UsageError(
            f"the test that was recorded does not pass: {failure.message}",
            failure.hint or "Record less of the game, with --until.",
        )


def _write(arguments: argparse.Namespace, deck: Path, recorded: "Recorded") -> None:
    path: Path | None = arguments.output
    folder = Path() if path is None else path.parent
    if path is None:
        output.say(_head(deck, folder) + recorded.text.rstrip())
        return
    if arguments.append and path.exists():
        text = _added(path, deck, recorded)
    else:
        files.make_folder(folder)
        text = _head(deck, folder) + recorded.text
    files.write_whole(path, text, force=True)
    output.say(f"Wrote a test of {counted(recorded.steps, 'step')} to {path}.")


def _head(deck: Path, folder: Path) -> str:
    """The beginning of a test file in a folder."""
    from tabletop.deck.writing import value

    try:
        way = Path(os.path.relpath(deck, folder)).as_posix()
    except ValueError:  # another drive
        way = deck.resolve().as_posix()
    return f"deck = {value(way)}\nformat = 1\n\n"


def _added(path: Path, deck: Path, recorded: "Recorded") -> str:
    """A test file with one more test. Raises UsageError unless that can be."""
    from tabletop.testing.files import read

    there = read(path)
    if there.deck_path.resolve() != deck.resolve():
        raise UsageError(
            f"the tests in {path} are of {there.deck_path}, not of {deck}",
            "Name another file with -o.",
        )
    names = [case.name for case in there.cases]
    if recorded.name in names:
        raise UsageError(
            f"{path} has a test called '{recorded.name}' already",
            "Choose another name with --name.",
        )
    return f"{there.text.rstrip()}\n\n{recorded.text}"
