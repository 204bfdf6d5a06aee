"""`tabletop report`: the after-action report of a saved game, as HTML or Markdown."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import exits, output
from tabletop.cli.files import write_whole
from tabletop.cli.options import Verbs, whole
from tabletop.errors import UsageError
from tabletop.session.view import PUBLIC

if TYPE_CHECKING:
    from tabletop.report.aar.record import Record
    from tabletop.report.blocks import Section
    from tabletop.session.session import Session

FORMATS = ("html", "md")
PLAYOUTS = 200
"""Playouts of each place and option, where nobody says another number."""
MOST_PLAYOUTS = 1_000_000
WORKERS = 2


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "report",
        help="write the after-action report of a save",
        description="Writes the after-action report and improvement plan of a saved"
        " game: one HTML file that needs nothing else and prints well, or Markdown."
        " The same save gives the same bytes.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE")
    parser.add_argument(
        "--seat", default="control", metavar="SEAT",
        help="the version for this seat: a team's id or 'public' (only what it may"
        " know), or 'control' (everything, the default)",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE",
        help="where to write (by default NAME-report.html, or NAME-report-SEAT.html,"
        " in the current folder)",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=FORMATS, help="html, or md (by default as FILE ends)"
    )
    parser.add_argument(
        "--turning-points", type=whole(1, MOST_PLAYOUTS), nargs="?", const=PLAYOUTS,
        default=0, metavar="PLAYOUTS",
        help="say where the game turned, by so many playouts of each place and option"
        f" ({PLAYOUTS})",
    )  # fmt: skip
    parser.add_argument(
        "-f", "--force", action="store_true", help="write over a file that exists"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the report."""
    from tabletop.session.session import Session

    kind = _format(arguments.format, arguments.output)
    path = arguments.output or _named(arguments.save, arguments.seat, kind)
    session = Session.open(arguments.save, read_only=True)
    try:
        text = _written(session, arguments.seat, kind, arguments.turning_points)
    finally:
        session.close()
    for warning in session.warnings:
        output.warn(f"warning: {warning}")
    write_whole(path, text, force=arguments.force)
    hint = "Open it in a browser, or print it from there." if kind == "html" else ""
    output.say(f"Wrote {path}. {hint}".strip())
    return exits.OK


def _format(given: str | None, path: Path | None) -> str:
    """Which form is written: as one says, else as the file's name ends."""
    if given:
        return given
    return "md" if path is not None and path.suffix in (".md", ".markdown") else "html"


def _named(save: Path, seat: str, kind: str) -> Path:
    """Where it goes unless one says: by the save, the seat and the form."""
    who = "" if seat == "control" else f"-{seat}"
    return Path(f"{save.stem}-report{who}.{kind}")


def _written(session: "Session", seat: str, kind: str, playouts: int) -> str:
    from tabletop.report.aar.page import page
    from tabletop.report.aar.plain import plain
    from tabletop.report.aar.record import record_of
    from tabletop.report.aar.report import after_action

    record = record_of(session, seat)
    more = (_turning(record, playouts),) if playouts else ()
    report = after_action(record, *more)
    return page(report) if kind == "html" else plain(report)


def _turning(record: "Record", playouts: int) -> "Section":
    """The section on turning points, with a word on how far it is."""
    from tabletop.report.aar.turns import turning
    from tabletop.study.playouts import must_compile
    from tabletop.study.turning import analyse
    from tabletop.study.worker import COMPILING

    if record.seat == PUBLIC:
        raise UsageError(
            "turning points are told to a team or to control",
            "Leave --turning-points out, or name another --seat.",
        )
    if must_compile(playouts * len(record.places)):
        output.progress(COMPILING)

    def tell(done: int, of: int) -> bool:
        output.progress(f"{done} of {of} moves played on")
        return True

    found = analyse(
        record.tree, record.tree.head, seat=record.seat, playouts=playouts,
        workers=WORKERS, progress=tell,
    )  # fmt: skip
    output.progress("")
    return turning(record, found)
