"""Tables as text: CSV that spreadsheets open rightly, and JSON Lines."""

import csv
import io
from collections.abc import Iterable
from dataclasses import asdict

from tabletop.report.tables.columns import Cell, Columns, Row
from tabletop.report.tables.places import Places
from tabletop.session.sheets import marked
from tabletop.session.strict_json import dump


def as_csv(columns: Columns, rows: Iterable[Row]) -> str:
    """Rows as CSV with headings. A text that would be calculated gets a `'` first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([cell(name) for name in columns])
    writer.writerows([cell(row[name]) for name in columns] for row in rows)
    return out.getvalue()


def cell(value: Cell) -> str:
    """A cell as CSV holds it: numbers as they are, nothing for what is not there."""
    if value is None:
        return ""
    return marked(value) if isinstance(value, str) else str(value)


def as_json_lines(columns: Columns, rows: Iterable[Row]) -> str:
    """Rows as JSON Lines, an object each: numbers as numbers, else text, or null."""
    lines = (dump({name: row[name] for name in columns}) for row in rows)
    return "".join(f"{line}\n" for line in lines)


def moment_json(places: Places, number: int) -> str:
    """All that the seat knew after a move, as one object of JSON.

    Raises MoveError when there is no such move.
    """
    view = places.session.view_at(places.seat, number)
    return dump({
        "save": places.name,
        "line": places.line(number),
        "status": places.status(number),
        "view": asdict(view),
    })  # fmt: skip
