"""Problems that are known already: a file that names them, so that only new ones show.

Only warnings and notes can be known. A problem is named by its code and by what it is
about, not by its line, so that the file stays true while the deck is edited.
"""

import json
import os
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tabletop.deck.allow import OPTIONAL, UNUSED
from tabletop.deck.diagnostics import CODES, Diagnostic
from tabletop.deck.suggest import quoted
from tabletop.deck.toml import line_place
from tabletop.errors import UsageError

FORMAT = 1
_HOW = "Write it with `tabletop check DECK --write-baseline FILE`."


@dataclass(frozen=True)
class Known:
    """The known problems of one deck."""

    keys: Sequence[str]
    file: str
    """The file that names them, as it was itself named."""
    text: str
    """What stands in it."""
    start: int = 0
    """Where in it the deck's list begins."""

    def spare(self, found: Collection[str], *, all_codes: bool) -> list[Diagnostic]:
        """A problem for each known one that is not found any more."""
        return [
            self._spare(key)
            for key in self.keys
            if key not in found and (all_codes or key[:4] not in OPTIONAL)
        ]

    def _spare(self, key: str) -> Diagnostic:
        written = json.dumps(key, ensure_ascii=False)
        at = max(self.text.find(written, self.start), 0)
        return Diagnostic(
            UNUSED,
            CODES[UNUSED].name,
            CODES[UNUSED].severity,
            f"{quoted(key)} is known, but not there any more",
            line_place(self.file, self.text, at, len(written)),
            hint="write the file anew with `--write-baseline`",
            key=f"{UNUSED} known: {key}",
        )


@dataclass
class Baseline:
    """The known problems of some decks."""

    path: Path
    text: str = ""
    decks: dict[str, Sequence[str]] = field(default_factory=dict)
    """By the deck's path from the file's folder, the names of its problems."""

    def known(self, deck: Path | str) -> Known:
        """What is known of a deck."""
        name = self._name(deck)
        start = max(self.text.find(json.dumps(name, ensure_ascii=False)), 0)
        return Known(self.decks.get(name, ()), str(self.path), self.text, start)

    def learn(self, deck: Path | str, diagnostics: Sequence[Diagnostic]) -> int:
        """Know a deck's problems from now on, and no others; how many there are."""
        keys = sorted(d.key for d in diagnostics if d.severity != "error" and d.key)
        self.decks[self._name(deck)] = keys
        return len(keys)

    def written(self) -> str:
        """The file's text: the same problems always give the same text."""
        decks = {name: self.decks[name] for name in sorted(self.decks)}
        data = {"format": FORMAT, "decks": decks}
        return json.dumps(data, indent=2, ensure_ascii=False) + "\n"

    def _name(self, deck: Path | str) -> str:
        folder = self.path.absolute().parent
        try:
            return Path(os.path.relpath(deck, folder)).as_posix()
        except ValueError:  # on another drive
            return Path(deck).absolute().as_posix()


def read_baseline(path: Path) -> Baseline:
    """The known problems that a file names.

    Raises:
        UsageError: There is no such file, or it is none that a check has written.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text)
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}", _HOW) from None
    except (ValueError, RecursionError):
        raise UsageError(f"{path} is not a file of known problems", _HOW) from None
    if not _fits(data):
        raise UsageError(f"{path} is not a file of known problems", _HOW)
    if data["format"] != FORMAT:
        message = f"{path} has format {str(data['format'])[:20]}"
        raise UsageError(message, f"This program reads format {FORMAT}.")
    return Baseline(path, text, data["decks"])


def _fits(data: Any) -> bool:
    """Whether read data is of the form that `written` gives."""
    if not isinstance(data, dict) or set(data) != {"format", "decks"}:
        return False
    decks = data["decks"]
    return isinstance(decks, dict) and all(
        isinstance(keys, list) and all(isinstance(key, str) for key in keys)
        for keys in decks.values()
    )
