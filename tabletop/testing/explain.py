"""What can be wrong with test files, explained with a wrong and a right example each.

The form is that of `tabletop.deck.explain`; the examples are files of tests of its base
deck.
"""

import tempfile
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from tabletop.deck.diagnostics import Diagnostic, Place, Related
from tabletop.deck.explain import PART, Example, Explanation, base
from tabletop.deck.result import CheckResult
from tabletop.deck.shelves import MAIN
from tabletop.testing.codes import TEST_CODES
from tabletop.testing.files import DeckTestError, read

FILE = Path(__file__).parent / "explanations.toml"
NAME = "deck.test.toml"
"""The file in which an example stands."""


class FileExample(Example):
    """A test file that shows something."""

    def check(self) -> CheckResult:
        """What reading it says, as if it were a deck's check."""
        with tempfile.TemporaryDirectory(prefix="tabletop-") as name:
            folder = Path(name)
            files = {MAIN: base(), PART: "# nothing more\n", **self.files}
            for file, text in files.items():
                (folder / file).write_text(text, encoding="utf-8")
            try:
                read(folder / NAME)
            except DeckTestError as error:
                found = tuple(_beside(each, name) for each in error.diagnostics)
                return CheckResult(NAME, None, found)
        return CheckResult(NAME, None)


def _beside(each: Diagnostic, folder: str) -> Diagnostic:
    """A problem as it is told to somebody in the example's folder."""

    def plain(text: str) -> str:
        return text.replace(f"{folder}/", "")

    def placed(place: Place) -> Place:
        return replace(place, file=plain(place.file))

    return replace(
        each,
        message=plain(each.message),
        hint=plain(each.hint),
        place=placed(each.place),
        related=tuple(
            Related(placed(other.place), plain(other.caption)) for other in each.related
        ),
    )


def find(word: str) -> Explanation | None:
    """The explanation of a problem of test files, by its code or name, if it is one."""
    named = word.lower().replace("_", "-")
    for code in TEST_CODES.values():
        if word.upper() == code.code or named == code.name:
            entry = _entries()[code.code]
            wrong, right = (
                FileExample({NAME: entry[key]}) for key in ("wrong", "right")
            )
            return Explanation(code, entry["why"].strip(), wrong, right)
    return None


@cache
def _entries() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
