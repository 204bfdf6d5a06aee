"""What each kind of problem is, why it matters, and a wrong and a right example.

The texts and examples are data, in `explanations`. An example is a part of the deck in
`explanations/base.toml`, or a deck of its own; what is shown of a wrong one is what a
check says of it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tabletop.deck.allow import code_of
from tabletop.deck.diagnostics import CODES, Code
from tabletop.deck.result import CheckResult
from tabletop.deck.shelves import MAIN, Stored, Unreadable, check_text, decode
from tabletop.deck.sift import Wanted
from tabletop.deck.suggest import did_you_mean, quoted
from tabletop.errors import UsageError

FOLDER = Path(__file__).parent / "explanations"
BASE = "base.toml"
PART = "part.toml"
"""The file in which an example stands that is a part of the base deck."""
SURROUNDINGS = (
    "The examples are parts of a deck with the teams `red` and `blue`, the tracks"
    " `front` (0 to 20) and `supply` (0 to 10, seen by red alone), the flag `truce`,"
    " the cards `attack`, `resupply` and `talk`, the inject `storm` and the endings"
    " `won` and `over`."
)


@dataclass(frozen=True)
class Example:
    """A deck, or a part of one, that shows something."""

    files: Mapping[str, str]
    """The files to show, by name."""
    alone: bool = False
    """Whether they are a whole deck."""
    encoding: str = "utf-8"

    def check(self) -> CheckResult:
        """What a check says of it."""
        from tabletop.deck.loader import check_shelf

        files = dict(self.files)
        if not self.alone:
            files = {MAIN: base(), **files}
        shelf = _Shelf(files, self.encoding)
        return check_shelf(shelf, MAIN, MAIN, Wanted(guesses=True))


@dataclass(frozen=True)
class Explanation:
    """What a kind of problem is."""

    code: Code
    why: str
    """What it is and why it matters: paragraphs with empty lines between."""
    wrong: Example | None = None
    """None for what no deck can show."""
    right: Example | None = None


class _Shelf(Stored):
    """Files that are read as if they stood in a folder, with their bytes."""

    def __init__(self, files: Mapping[str, str], encoding: str) -> None:
        super().__init__(files)
        self._bytes = {name: text.encode(encoding) for name, text in files.items()}

    def read(self, name: str) -> str:
        """The text of a file; raises Unreadable."""
        if name not in self._bytes:
            raise Unreadable("E004", f"there is no file {quoted(name)}")
        return check_text(decode(self._bytes[name]))


def find(word: str) -> Explanation:
    """The explanation of a code or of a name such as 'unknown-name'.

    Raises:
        UsageError: No kind of problem is called so.
    """
    code = code_of(word)
    if code is not None:
        return explanation(code)
    guess = did_you_mean(word.upper(), CODES) if word[1:].isdigit() else ""
    guess = guess or did_you_mean(word, (code.name for code in CODES.values()))
    hint = f"{guess[:1].upper()}{guess[1:]} " if guess else ""
    message = f"no kind of problem is called {quoted(word)}"
    raise UsageError(message, f"{hint}`tabletop explain` lists them all.")


@cache
def explanation(code: str) -> Explanation:
    """The explanation of a code."""
    entry = _entries().get(code, {})
    options = {
        "alone": entry.get("alone", False),
        "encoding": entry.get("encoding", "utf-8"),
    }
    return Explanation(
        CODES[code],
        str(entry.get("why", "")).strip(),
        _example(entry.get("wrong"), **options),
        _example(entry.get("right"), alone=options["alone"]),
    )


def explained() -> frozenset[str]:
    """The codes that have an explanation."""
    return frozenset(_entries())


def _example(written: Any, *, alone: bool, encoding: str = "utf-8") -> Example | None:
    if written is None:
        return None
    if isinstance(written, dict):
        return Example(written, MAIN in written, encoding)
    return Example({MAIN if alone else PART: written}, alone, encoding)


@cache
def _entries() -> dict[str, dict[str, Any]]:
    """Every explanation as it is written, by its code."""
    return {
        code: entry
        for path in sorted(FOLDER.glob("*.toml"))
        if path.name != BASE
        for code, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
    }


@cache
def base() -> str:
    """The text of the deck that examples are parts of."""
    return (FOLDER / BASE).read_text(encoding="utf-8")
