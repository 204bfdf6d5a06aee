"""Bad decks with marks at the ends of their lines.

A mark `#~ E201 E302` says which problems are reported for its line, and `#~^2 E201`
for the second line above it. Everything that is reported must be marked, and every
mark must be reported.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from tabletop.deck.diagnostics import CODES
from tabletop.deck.loader import check
from tabletop.deck.result import CheckResult
from tabletop.deck.sift import Wanted

BAD = Path(__file__).parent / "bad"
DECKS = sorted(
    [*BAD.glob("*.toml"), *(deck.parent for deck in BAD.glob("*/deck.toml"))]
)
GOOD = sorted((Path(__file__).parent / "good").glob("*.toml"))
ELSEWHERE = {"E002", "E003", "E009", "E900", "W701"}
"""Codes of problems that no marked text file can have; other tests see to them."""

EVERYTHING = Wanted(most=1000, guesses=True)

Problem = tuple[str, int, str]


def marks(path: Path) -> list[Problem]:
    """File, line and code of each mark in a deck."""
    files = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
    return sorted(
        (str(file), number - int(above or 0), code)
        for file in files
        for number, line in enumerate(file.read_text("utf-8").split("\n"), start=1)
        for above, codes in re.findall(r"#~(?:\^(\d+))? ((?:[EWN]\d{3} ?)+)", line)
        for code in codes.split()
    )


def reported(result: CheckResult) -> list[Problem]:
    return sorted((d.place.file, d.place.line, d.code) for d in result.diagnostics)


@pytest.mark.parametrize("path", DECKS, ids=lambda path: path.stem)
def test_reports_what_is_marked_and_nothing_else(
    path: Path,
) -> None:
    result = check(path, EVERYTHING)
    found, marked = Counter(reported(result)), Counter(marks(path))
    assert sorted(found - marked) == [], "reported, but not marked"
    assert sorted(marked - found) == [], "marked, but not reported"
    assert result.ok == (result.errors == 0)


def test_every_code_is_marked_somewhere() -> None:
    marked = {code for path in DECKS for _, _, code in marks(path)}
    assert marked | ELSEWHERE == set(CODES)
    assert not marked & ELSEWHERE


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_reports_nothing_that_is_right(path: Path) -> None:
    assert reported(check(path, EVERYTHING)) == []
