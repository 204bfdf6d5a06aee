"""`tabletop export`: a save as tables for analysis, and any moment of it as data."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import exits, files, output
from tabletop.cli.options import BIG, Verbs, add_viewpoint, whole
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.report.tables.columns import Table
    from tabletop.report.tables.places import Places

TABLES: "tuple[Table, ...]" = ("moves", "changes", "tracks", "notes")
"""The same names as in `report.tables`, which help must not load."""
FORMATS = ("csv", "jsonl")


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "export",
        help="write a save as tables: moves, changes, tracks, notes",
        description="Writes the moves of a save, what they changed, the value of every"
        " track after each, and what was noted beside them, as CSV and JSON Lines. With"
        " --at it writes all of one moment as JSON. The columns are described in"
        " saves/README.md.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE", help="a saved game")
    parser.add_argument(
        "--what", action="append", choices=TABLES, default=[],
        help="only these tables (may be given several times)",
    )  # fmt: skip
    parser.add_argument(
        "--format", choices=FORMATS,
        help="one of them (both by default in a folder, csv elsewhere)",
    )  # fmt: skip
    parser.add_argument(
        "-o", "--output", type=Path, metavar="PLACE",
        help="a folder; or a file, when one table is asked for (by default standard"
        " output)",
    )  # fmt: skip
    parser.add_argument(
        "-f", "--force", action="store_true", help="write over files that exist"
    )
    _add_choices(parser)
    parser.set_defaults(run=run)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    add_viewpoint(parser)
    parser.add_argument(
        "--all-lines", action="store_true",
        help="every line of play, what was undone too, and not only what was played",
    )  # fmt: skip
    parser.add_argument(
        "--wide", action="store_true", help="tracks as columns: one row for each move"
    )
    parser.add_argument(
        "--no-bom", action="store_true",
        help="leave out the mark by which spreadsheets know that a CSV file is UTF-8",
    )  # fmt: skip
    parser.add_argument(
        "--at", type=whole(0, BIG), metavar="MOVE",
        help="all that the seat knew after this move, as JSON",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Write the tables, or the moment."""
    from tabletop.report.tables.places import Places
    from tabletop.session.session import Session

    session = Session.open(arguments.save, read_only=True)
    try:
        seat, every = arguments.seat, arguments.all_lines
        places = Places(session, seat, all_lines=every)
        (_moment if arguments.at is not None else _tables)(arguments, places)
    finally:
        session.close()
    for warning in session.warnings:
        output.warn(f"warning: {warning}")
    return exits.OK


def _moment(arguments: argparse.Namespace, places: "Places") -> None:
    from tabletop.report.tables.text import moment_json

    if arguments.what or arguments.format == "csv":
        raise UsageError("--at writes one moment as JSON", "Leave --what and csv out.")
    text = moment_json(places, arguments.at)
    if arguments.output is None:
        output.say(text)
    else:
        _write({arguments.output: f"{text}\n"}, "jsonl", arguments)


def _tables(arguments: argparse.Namespace, places: "Places") -> None:
    wanted = [table for table in TABLES if table in arguments.what] or list(TABLES)
    path: Path | None = arguments.output
    if len(wanted) == 1 and (path is None or not path.is_dir()):
        _one(arguments, places, wanted[0])
    elif path is None:
        hint = "Name a folder with -o, or one table with --what."
        raise UsageError(f"{len(wanted)} tables need a folder", hint)
    else:
        formats = [arguments.format] if arguments.format else FORMATS
        files.require_free(
            (path / f"{table}.{each}" for table in wanted for each in formats),
            force=arguments.force,
        )
        for each in formats:
            _write({
                path / f"{table}.{each}": _text(arguments, places, table, each)
                for table in wanted
            }, each, arguments)  # fmt: skip


def _one(arguments: argparse.Namespace, places: "Places", table: "Table") -> None:
    """One table, to a file or to standard output."""
    path: Path | None = arguments.output
    by_name = "jsonl" if path is not None and path.suffix == ".jsonl" else "csv"
    format_ = arguments.format or by_name
    text = _text(arguments, places, table, format_)
    if path is None:
        output.say(text.rstrip("\r\n"))
    else:
        _write({path: text}, format_, arguments)


def _text(
    arguments: argparse.Namespace, places: "Places", table: "Table", format_: str
) -> str:
    from tabletop.report.tables.rows import columns, rows
    from tabletop.report.tables.text import as_csv, as_json_lines

    wide = arguments.wide
    write = as_json_lines if format_ == "jsonl" else as_csv
    return write(columns(table, places, wide=wide), rows(table, places, wide=wide))


def _write(texts: dict[Path, str], format_: str, arguments: argparse.Namespace) -> None:
    """Write every file, or none when one of them is there already."""
    files.require_free(texts, force=arguments.force)
    bom = format_ == "csv" and not arguments.no_bom
    for path, text in texts.items():
        files.make_folder(path.parent)
        files.write_whole(
            path, text, force=arguments.force, encoding="utf-8-sig" if bom else "utf-8"
        )
    output.say(f"Wrote {', '.join(map(str, texts))}.")
