"""Test files for tests, from values or from a few lines of TOML."""

from pathlib import Path
from typing import Any

from tabletop.deck.writing import value
from tabletop.testing.files import TestFile, read
from tabletop.testing.results import Failure
from tabletop.testing.runner import run_case

TUTORIAL = Path(__file__).parents[2] / "decks" / "tutorial.toml"


def file_of(folder: Path, text: str, deck: Path | str = TUTORIAL) -> TestFile:
    """A test file of a deck: its tables as TOML."""
    path = folder / "some.test.toml"
    path.write_text(f'deck = "{deck}"\n{text}', "utf-8")
    return read(path)


def script_file(folder: Path, tables: list[Any]) -> TestFile:
    """A file of scripted tests."""
    return file_of(folder, f"test = {value(tables)}\n")


def failures(file: TestFile, *, seed: int | None = None) -> list[Failure | None]:
    """What came of each test."""
    return [run_case(file, case, seed=seed).failure for case in file.cases]


def failure_of(file: TestFile) -> Failure:
    """The failure of a file's only test, which fails."""
    [failure] = failures(file)
    assert failure is not None
    return failure
