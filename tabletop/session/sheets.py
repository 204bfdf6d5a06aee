"""CSV as spreadsheets write and read it: cells by the names of their columns.

What is wrong with a file is gathered, each with its row and column, and told at once.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from tabletop.deck.suggest import did_you_mean, listed, quoted
from tabletop.errors import CsvError

MAX_BYTES = 4 * 1024 * 1024
MAX_ROWS = 1_000
MOST_SHOWN = 50
"""Problems that are listed; the others are counted."""
DELIMITERS = (",", ";", "\t")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
"""How a cell begins that a spreadsheet would calculate, or that we had to mark."""

Columns = Mapping[str, tuple[str, ...]]
"""For each key: its heading, then other headings that mean the same."""


@dataclass(frozen=True)
class CsvProblem:
    """Something wrong in a file of cells."""

    row: int
    """As a spreadsheet counts them: the headings are row 1. 0 for the whole file."""
    column: str
    """The column's heading; empty for the whole row."""
    found: str
    hint: str = ""
    name: str = ""
    """The file."""

    @property
    def message(self) -> str:
        """Where it is and what was found."""
        place = [self.name] if self.name else []
        place += [f"row {self.row}"] if self.row else []
        place += [f"column {self.column}"] if self.column else []
        return f"{', '.join(place)}: {self.found}"

    def __str__(self) -> str:
        """The problem and what to do, in a line."""
        return f"{self.message} ({self.hint})" if self.hint else self.message


@dataclass
class Trouble:
    """Gathers what is wrong with a file."""

    name: str
    problems: list[CsvProblem] = field(default_factory=list)

    def add(self, row: int, column: str, found: str, hint: str = "") -> None:
        """One more problem."""
        self.problems.append(CsvProblem(row, column, found, hint, self.name))

    def settle(self) -> None:
        """Raises CsvError when there were any."""
        if not self.problems:
            return
        found = sorted(self.problems, key=lambda problem: problem.row)
        shown = [str(problem) for problem in found[:MOST_SHOWN]]
        if len(found) > MOST_SHOWN:
            shown.append(f"and {len(found) - MOST_SHOWN} more")
        hint = "Nothing was changed. Put the file right and try again."
        raise CsvError("\n".join(shown), hint, found)


@dataclass(frozen=True)
class SheetRow:
    """A row's cells by key; keys without a column are not there."""

    number: int
    cells: Mapping[str, str]
    headings: Mapping[str, str]

    def __getitem__(self, key: str) -> str:
        """The cell of a column; empty where there is none."""
        return self.cells.get(key, "")

    def heading(self, key: str) -> str:
        """What the file calls a column."""
        return self.headings.get(key, key.capitalize())


# --- writing


def sheet_text(columns: Columns, rows: Sequence[Mapping[str, str]]) -> str:
    """Rows as CSV, with headings. A cell that would be calculated gets a `'` first."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([names[0] for names in columns.values()])
    writer.writerows([marked(row[key]) for key in columns] for row in rows)
    return out.getvalue()


def marked(cell: str) -> str:
    """A cell that no spreadsheet calculates."""
    cell = cell.replace("\x00", "")
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unmarked(cell: str) -> str:
    """The text behind `marked`."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


# --- reading


def read_sheet(data: str | bytes, columns: Columns, trouble: Trouble) -> list[SheetRow]:
    """The rows of a CSV file that hold anything; what is wrong goes to `trouble`.

    Raises CsvError when the file can't be read as rows at all.
    """
    text = decoded(data, trouble)
    records = list(split(text, delimiter_of(text, columns), trouble))
    trouble.settle()
    if not records or not any(map(str.strip, records[0])):
        trouble.add(1, "", "there are no headings", "Name the columns in row 1.")
        trouble.settle()
    heads = headings(records[0], columns, trouble)
    if len(records) > MAX_ROWS + 1:
        trouble.add(MAX_ROWS + 2, "", f"more than {MAX_ROWS:,} rows", "Split the file.")
        records = records[: MAX_ROWS + 1]
    return [
        sheet_row(number, record, heads, trouble)
        for number, record in enumerate(records[1:], 2)
        if any(map(str.strip, record))
    ]


def decoded(data: str | bytes, trouble: Trouble) -> str:
    """The text of a file. Raises CsvError when it is none."""
    if len(data) > MAX_BYTES:
        size = f"it has more than {MAX_BYTES >> 20} MB"
        trouble.add(0, "", size, "An MSEL is far smaller: is it this file?")
        trouble.settle()
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        text.encode()
    except UnicodeEncodeError as error:
        row = row_after(error.object[: error.start])
        trouble.add(row, "", "half a character", "Save it as 'CSV UTF-8'.")
        trouble.settle()
        raise
    except UnicodeDecodeError as error:
        row = row_after(error.object[: error.start].decode())
        byte = f"not UTF-8 text: byte 0x{error.object[error.start]:02x}"
        trouble.add(row, "", byte, "Save it as 'CSV UTF-8'.")
        trouble.settle()
        raise
    if "\x00" in text:
        row = row_after(text[: text.index("\x00")])
        hint = "Is it a spreadsheet's own format? Save it as 'CSV UTF-8'."
        trouble.add(row, "", "a character that no text has (NUL)", hint)
        trouble.settle()
    return text.removeprefix("\ufeff")


def row_after(text: str) -> int:
    """The row in which a file goes on after a text, as spreadsheets count."""
    try:
        return max(1, sum(1 for _ in csv.reader(io.StringIO(f"{text}.", newline=""))))
    except csv.Error:
        return text.count("\n") + 1


def delimiter_of(text: str, columns: Columns) -> str:
    """What parts the cells: by which the most headings are known."""

    def known(delimiter: str) -> int:
        line = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        return sum(key_of(cell, columns) != "" for cell in line)

    try:
        return max(DELIMITERS, key=known)
    except csv.Error:
        return ","


def split(text: str, delimiter: str, trouble: Trouble) -> Iterator[list[str]]:
    """The records of a CSV text, empty ones included."""
    number = 0
    lines = io.StringIO(text, newline="")
    try:
        for record in csv.reader(lines, delimiter=delimiter, strict=True):
            number += 1
            yield record
    except csv.Error as error:
        trouble.add(number + 1, *broken(str(error)))


def broken(error: str) -> tuple[str, str, str]:
    """A column, a message and a hint for what the reader of CSV can't read."""
    if "limit" in error:
        return "", "a cell is too long", "A text has at most 20,000 characters."
    hint = 'A quote within a cell is written twice ("").'
    if "unexpected end" in error:
        return "", "a cell begins with a quote that is never closed", hint
    return "", "a quote stands in the middle of a cell", hint


def key_of(heading: str, columns: Columns) -> str:
    """The key of the column that a heading means, or nothing."""
    plain = folded(heading)
    found = (key for key, names in columns.items() if plain in map(folded, names))
    return next(found, "")


def folded(text: str) -> str:
    """A heading or a name without case, points, and more than one space."""
    return " ".join(re.sub(r"[_.:*]", " ", text.casefold()).split())


def headings(
    record: Sequence[str], columns: Columns, trouble: Trouble
) -> dict[int, tuple[str, str]]:
    """The key, empty if unknown, and the heading of each column, by its place."""
    found: dict[int, tuple[str, str]] = {}
    keys: dict[str, str] = {}
    for place, heading in enumerate(record):
        key, name = key_of(heading, columns), heading.strip()
        if not name:
            continue
        found[place] = ("", name)
        if not key:
            shown = [names[0] for names in columns.values()]
            known = [name for names in columns.values() for name in names]
            hint = did_you_mean(name, known) or f"known: {listed(shown, most=20)}"
            trouble.add(1, quoted(name), "an unknown column", hint)
        elif key in keys:
            message = f"it means the same as column {keys[key]}"
            trouble.add(1, quoted(name), message, "Leave one of them out.")
        else:
            found[place], keys[key] = (key, name), name
    return found


def sheet_row(
    number: int,
    record: Sequence[str],
    heads: Mapping[int, tuple[str, str]],
    trouble: Trouble,
) -> SheetRow:
    """A record as a row."""
    filled = (place for place, cell in enumerate(record) if cell.strip())
    place = next((place for place in filled if place not in heads), None)
    if place is not None:
        message = f"{quoted(record[place])} stands in a column without a heading"
        trouble.add(number, letters(place), message, "Is a cell's comma not in quotes?")
    cells = {
        key: unmarked(record[place]).replace("\r\n", "\n").strip()
        for place, (key, _) in heads.items()
        if key and place < len(record)
    }
    return SheetRow(number, cells, dict(heads.values()))


def letters(place: int) -> str:
    """A column as spreadsheets name it.

    >>> letters(0), letters(27)
    ('A', 'AB')
    """
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
