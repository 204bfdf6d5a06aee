"""Marks and words on the moments of a save, kept in a file beside it.

The save itself is never touched. The file only grows: the last line on a move counts.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from tabletop.errors import JournalError, UsageError
from tabletop.session.notebook import Pages, checked, game_of, read_lines
from tabletop.session.records import PROGRAM
from tabletop.session.strict_json import Json

FORMAT = 1
"""The version of these files that this program writes, and the newest it reads."""
ENDING = ".marks"
"""Stands behind a save's name in the name of the file."""
MARKS = ("!!", "!", "!?", "?!", "?", "??")
"""As chess writes them: from a very good move to a very bad one."""
MAX_TEXT = 2_000
"""Characters in the words on a moment."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What somebody wrote on a moment."""

    move: int
    mark: str
    """One of `MARKS`, or empty."""
    text: str
    at: str


_SHAPES: Mapping[str, type] = {
    each.name: int if each.name == "move" else str for each in fields(Annotation)
}


class Annotations:
    """The marks of one save, in `NAME.jsonl.marks`; the last on a move counts."""

    def __init__(self, path: Path, start_digest: str) -> None:
        """Reads what there is; `problems` names the lines that can't be used.

        `path` is the save's, `start_digest` that of the state before its first move.
        """
        self.path = path.with_name(path.name + ENDING)
        """Where the marks are."""
        self.problems: tuple[str, ...] = ()
        self.start_digest = start_digest
        self._last: dict[int, Annotation] = {}
        self._usable = True
        if os.path.lexists(self.path):
            self._read()

    def all(self) -> dict[int, Annotation]:
        """By move; those that were taken away are not there."""
        kept = sorted(self._last.items())
        return {move: each for move, each in kept if each.mark or each.text}

    def write(self, move: int, mark: str, text: str = "", *, at: str = "") -> None:
        """Writes one, on the disk before it returns; both empty takes it away.

        Raises UsageError for an unknown mark or a long text, JournalError when the file
        can't be written, is open elsewhere, or is another save's.
        """
        if mark and mark not in MARKS:
            raise UsageError(f"'{mark}' is no mark", f"Known: {', '.join(MARKS)}.")
        if len(text) > MAX_TEXT:
            found = f"the text has {len(text)} characters"
            raise UsageError(found, f"At most {MAX_TEXT} fit.")
        self._write(Annotation(move, mark, text.strip(), at))

    def _write(self, annotation: Annotation) -> None:
        if not self._usable:
            raise JournalError(self.problems[0], "Move that file away to begin anew.")
        pages = Pages.open(self.path, header_of(self.start_digest))
        try:
            self._read()  # another window may have written meanwhile
            if not self._usable:
                raise JournalError(self.problems[0], "Move that file away.")
            pages.write(asdict(annotation))
        finally:
            pages.close()
        self._last[annotation.move] = annotation

    def _read(self) -> None:
        first: list[bool] = []

        def header(value: Json) -> None:
            game_of(value, "marks", FORMAT, self.start_digest)
            first.append(True)

        found, self.problems = read_lines(self.path, _annotation, header)
        self._usable = bool(first)
        self._last = {each.move: each for each in found}


class AllAnnotations:
    """The marks of a save, and those of what was played on from it.

    What stands on a move of the save is beside the save; what stands on a move that
    the copy alone has is beside the copy.
    """

    def __init__(self, save: Annotations, copy: Annotations | None, moves: int) -> None:
        """`moves` is the last line of the save: later numbers are the copy's."""
        self._save = save
        self._copy = copy
        self._moves = moves

    @property
    def problems(self) -> tuple[str, ...]:
        """What of the files can't be used."""
        return self._save.problems + (self._copy.problems if self._copy else ())

    def all(self) -> dict[int, Annotation]:
        """By move; those that were taken away are not there."""
        here = {n: each for n, each in self._save.all().items() if n <= self._moves}
        there = self._copy.all() if self._copy else {}
        return here | {n: each for n, each in there.items() if n > self._moves}

    def write(self, move: int, mark: str, text: str = "", *, at: str = "") -> None:
        """As `Annotations.write`."""
        beside = self._copy if self._copy and move > self._moves else self._save
        beside.write(move, mark, text, at=at)


def header_of(start_digest: str) -> dict[str, Json]:
    """The first line of such a file."""
    return {"program": PROGRAM, "marks": FORMAT, "start_digest": start_digest}


def carry_over(source: Annotations, target: Path, numbers: Mapping[int, int]) -> None:
    """Writes marks of one save beside another, in which moves have other numbers.

    Only those whose move has a number there. Raises JournalError.
    """
    there = Annotations(target, source.start_digest)
    for move, each in source.all().items():
        if move in numbers:
            there.write(numbers[move], each.mark, each.text, at=each.at)


def _annotation(value: Json) -> Annotation:
    """A line of a file. Raises ValueError with what is wrong with it."""
    values: dict[str, Any] = checked(value, _SHAPES)
    if values["mark"] and values["mark"] not in MARKS:
        raise ValueError(f"has a `mark` that is not {' or '.join(MARKS)}")
    return Annotation(**values)
