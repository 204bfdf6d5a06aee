"""Files that a study is written to: looked at before it begins, written at its end."""

import argparse
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import files
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.study.result import StudyResult

STANDARD = Path("-")
"""Stands for standard output."""


def register(parser: argparse.ArgumentParser) -> None:
    """The options that name files."""
    group = parser.add_argument_group("files")
    for name, told in (
        ("html", "a page with charts that needs nothing else and prints well"),
        ("markdown", "the same without charts"),
    ):
        group.add_argument(f"--{name}", type=Path, metavar="FILE", help=told)
    group.add_argument(
        "--json", type=Path, nargs="?", const=STANDARD, metavar="FILE",
        help="all of it as one object of JSON; without FILE, and then behind DECK, to"
        " standard output and nothing else",
    )  # fmt: skip
    group.add_argument(
        "--csv", type=Path, metavar="FOLDER",
        help="a table for each part, and columns.csv that says what each column means",
    )  # fmt: skip
    group.add_argument(
        "--parquet", type=Path, metavar="FOLDER",
        help="the same tables as Parquet files; needs tabletop[parquet]",
    )  # fmt: skip
    group.add_argument(
        "-f", "--force", action="store_true", help="write over files that exist"
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be written where."""

    html: Path | None
    markdown: Path | None
    json: Path | None
    csv: Path | None
    parquet: Path | None
    force: bool

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> "Wanted":
        """As the command line says."""
        return cls(**{name: getattr(arguments, name) for name in cls.__slots__})

    @property
    def json_alone(self) -> bool:
        """Whether standard output is for JSON and nothing else."""
        return self.json == STANDARD

    def check(self) -> None:
        """Raises UsageError for what could not be written: before any game."""
        if self.parquet:
            from tabletop.report.study.parquet import require

            require()
        singles = [path for path in (self.html, self.markdown, self.json) if path]
        singles = [path for path in singles if path != STANDARD]
        for path in singles:
            if not path.parent.is_dir():
                raise UsageError(
                    f"cannot write {path}: there is no folder {path.parent}",
                    "Make it first, or name another place.",
                )
            if path.is_dir():
                raise UsageError(f"{path} is a folder", "Name a file in it.")
            if not (path.exists() or os.access(path.parent, os.W_OK)):
                raise UsageError(
                    f"cannot write {path}: the folder is read-only",
                    "Name another place.",
                )
        if twice := {path for path in singles if singles.count(path) > 1}:
            raise UsageError(f"{twice.pop()} is named twice", "Name two files.")
        for folder in (self.csv, self.parquet):
            if folder and folder.exists() and not folder.is_dir():
                raise UsageError(f"{folder} is no folder", "Name another one.")
        _require_free([*singles, *self._in_folders()], force=self.force)

    def _in_folders(self) -> Iterator[Path]:
        from tabletop.report.study.tables import GUIDE, NAMES

        for folder, ending in ((self.csv, "csv"), (self.parquet, "parquet")):
            if folder:
                yield from (folder / f"{name}.{ending}" for name in (*NAMES, GUIDE))

    def write(self, of: "StudyResult") -> Iterator[str]:
        """Writes all of it; a line for each file or folder. Raises UsageError."""
        if self.html or self.markdown:
            yield from self._pages(of)
        if self.json and not self.json_alone:
            from tabletop.report.study.data import as_json

            files.write_whole(self.json, f"{as_json(of)}\n", force=self.force)
            yield f"Wrote {self.json}."
        if self.csv:
            yield _write_csv(self.csv, of, force=self.force)
        if self.parquet:
            yield _write_parquet(self.parquet, of)

    def _pages(self, of: "StudyResult") -> Iterator[str]:
        from tabletop.report.aar.page import page
        from tabletop.report.aar.plain import plain
        from tabletop.report.study.look import style
        from tabletop.report.study.report import report_of

        report = report_of(of)
        if self.html:
            files.write_whole(self.html, page(report, style()), force=self.force)
            yield f"Wrote {self.html}. Open it in a browser, or print it from there."
        if self.markdown:
            files.write_whole(self.markdown, plain(report), force=self.force)
            yield f"Wrote {self.markdown}."


def _require_free(paths: list[Path], *, force: bool) -> None:
    taken = [path for path in paths if path.exists() or path.is_symlink()]
    if taken and not force:
        raise UsageError(f"{taken[0]} exists already", "Name another place, or add -f.")


def _write_csv(folder: Path, of: "StudyResult", *, force: bool) -> str:
    from tabletop.report.study.tables import GUIDE, as_csv, guide, tables

    files.make_folder(folder)
    made = tables(of)
    texts = {table.name: as_csv(table) for table in made} | {GUIDE: guide(made)}
    for name, text in texts.items():
        # The mark at the beginning tells spreadsheets that it is UTF-8.
        path = folder / f"{name}.csv"
        files.write_whole(path, text, force=force, encoding="utf-8-sig")
    return f"Wrote {len(texts)} tables to {folder}."


def _write_parquet(folder: Path, of: "StudyResult") -> str:
    from tabletop.report.study.parquet import write
    from tabletop.report.study.tables import tables

    files.make_folder(folder)
    made = tables(of)
    for table in made:
        write(table, folder / f"{table.name}.parquet")
    return f"Wrote {len(made)} tables to {folder}."
