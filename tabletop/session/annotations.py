"""Marks and words on the moments of a save, kept in a file beside it."""

from dataclasses import dataclass
from pathlib import Path

MARKS = ("!!", "!", "!?", "?!", "?", "??")
"""As chess writes them: from a very good move to a very bad one."""


@dataclass(frozen=True, slots=True)
class Annotation:
    """What somebody wrote on a moment."""

    move: int
    mark: str
    """One of `MARKS`, or empty."""
    text: str
    at: str


class Annotations:
    """The marks of one save, in `NAME.jsonl.marks`; the last on a move counts."""

    def __init__(self, path: Path, start_digest: str) -> None:
        """Reads what there is; `problems` names the lines that can't be used."""
        self.path = path
        self.problems: tuple[str, ...] = ()
        raise NotImplementedError

    def all(self) -> dict[int, Annotation]:
        """By move; those that were taken away are not there."""
        raise NotImplementedError

    def write(self, move: int, mark: str, text: str = "", *, at: str = "") -> None:
        """Writes one, on the disk before it returns; both empty takes it away.

        Raises UsageError for an unknown mark, JournalError when the file can't be
        written or is another save's.
        """
        raise NotImplementedError
