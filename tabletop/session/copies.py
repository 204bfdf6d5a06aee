"""The copy beside a save that takes the lines which were played on from it.

A copy begins with every line of its save. When the save has grown, a new copy takes
the lines of the old one along; the old one stays as it was.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from tabletop.errors import JournalError
from tabletop.paths import COPY
from tabletop.session import storage
from tabletop.session.annotations import Annotations, carry_over
from tabletop.session.contents import MAX_FILE, Contents
from tabletop.session.journal import Line, told_of
from tabletop.session.lock import Lock
from tabletop.session.records import encode


def copy_of(save: Path) -> Path | None:
    """The copy that holds this save's other lines, if there is one that goes on it.

    Raises JournalError when the save can't be read.
    """
    if not os.path.lexists(next(_names(save))):
        return None
    source = Contents.read(save)
    return next((c.path for c in _latest(save) if _holds(c, source)), None)


def told(save: Path) -> tuple[int, tuple[str, ...]]:
    """The number of a save's last line, and what whoever reads it should be told.

    Later lines are its copy's alone. Raises JournalError when it can't be read.
    """
    source = Contents.read(save)
    return len(source.lines), told_of(source)


def left_behind(save: Path) -> str:
    """What to tell of a copy that does not hold all of its save, which has grown."""
    if not os.path.lexists(next(_names(save))):
        return ""
    source = Contents.read(save)
    latest = next(_latest(save), None)
    if latest is None or not _own_lines(latest, source)[0]:
        return ""
    return (
        f"{latest.path} holds what was played on from {save} before it grew. The next "
        "what-if takes that along."
    )


def ready_copy(save: Path) -> Path | None:
    """The copy to play on in, if there is one that will do.

    Raises JournalError when the save can't be read.
    """
    source = Contents.read(save)
    ready = (c.path for c in _latest(save) if _holds(c, source) and not c.damage)
    return next(ready, None)


def copy_to_write(save: Path, *, alone: bool = False) -> Path:
    """A new copy to play on in, with the other lines of the latest one or `alone`.

    Raises JournalError when the save can't be read or the copy can't be made.
    """
    source = Contents.read(save)
    earlier = [] if alone else list(_latest(save))
    path = next(p for p in _names(save) if not os.path.lexists(p))
    lines, numbers = _own_lines(earlier[0], source) if earlier else ((), {})
    _create(path, source, lines)
    if numbers:
        marks = Annotations(earlier[0].path, source.header.start_digest)
        carry_over(marks, path, numbers)
    return path


def _create(path: Path, source: Contents, lines: tuple[Line, ...]) -> None:
    """Writes a copy, whole or not at all."""
    with source.path.open("rb") as file:
        raw = file.read(source.length) + b"".join(map(encode, lines))
    if len(raw) > MAX_FILE:
        size = f"{MAX_FILE >> 20} MB"
        raise JournalError(f"{path} would be larger than {size}", "Start a new game.")
    lock = Lock.take(path)
    try:
        storage.create(path, raw)
    finally:
        lock.release()


def _names(save: Path) -> Iterator[Path]:
    """The names that copies of a save have, in their order."""
    for number in count(1):
        more = f"-{number}" if number > 1 else ""
        yield save.with_name(f"{save.stem}{COPY}{more}{save.suffix}")


def _latest(save: Path) -> Iterator[Contents]:
    """The copies of a save that can be read, the latest first."""
    paths: list[Path] = []
    for path in _names(save):
        if not os.path.lexists(path):
            break
        paths.append(path)
    for path in reversed(paths):
        try:
            yield Contents.read(path)
        except JournalError:
            continue


def _holds(copy: Contents, source: Contents) -> bool:
    """Whether a copy begins with everything that its save holds."""
    lines = source.lines
    return copy.header == source.header and copy.lines[: len(lines)] == lines


def _own_lines(
    copy: Contents, source: Contents
) -> tuple[tuple[Line, ...], dict[int, int]]:
    """What a copy holds beside its save's lines, numbered to follow the save as it is.

    None of it when it can't follow: after another game, or where the deck has grown.
    With it the new number of each of its moves.
    """
    same = 0
    for ours, theirs in zip(copy.lines, source.lines, strict=False):
        if ours != theirs:
            break
        same += 1
    own, new = copy.lines[same:], source.lines[same:]
    grown = any(line.kind == "deck" for line in (*own, *new))
    if copy.header != source.header or grown or not own:
        return (), {}
    if own[0].data.get("what_if") is not True:
        return (), {}
    moved = tuple(_renumbered(line, same, len(new), source.head()) for line in own)
    return moved, {line.number: line.number + len(new) for line in own}


def _renumbered(line: Line, after: int, by: int, head: int) -> Line:
    """A line of a copy when so many lines came in behind the save's first ones."""
    parent = line.parent + by if line.parent > after else line.parent
    if line.kind == "head" and line.data.get("what_if") is not True:
        parent = head
    return replace(line, number=line.number + by, parent=parent)
