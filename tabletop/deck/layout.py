"""What stands together in a file: a key with its whole value, a table with its header.

For comments that speak about it. Only texts that are valid TOML are asked about.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from tabletop.deck.scan import tokens

Lines = tuple[int, int]
"""The first and the last line, both from 1."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment, with its place."""

    text: str
    offset: int
    line: int
    alone: bool
    """Whether nothing stands before it in its line."""
    about: Lines
    """The lines that it speaks about: those of the key and value, or of the table, in
    whose line it stands or which begins below it."""


@dataclass(slots=True)
class _Parts:
    """The parts of a file, while they are read."""

    statements: list[Lines] = field(default_factory=list)
    headers: list[int] = field(default_factory=list)
    texts: list[Lines] = field(default_factory=list)
    """Texts of several lines."""
    used: set[int] = field(default_factory=set)
    """Lines in which more than a comment stands."""
    comments: list[tuple[int, int, str]] = field(default_factory=list)
    """Line, offset and text of each."""
    last: int = 1


def comments(text: str, sign: str) -> Iterator[Comment]:
    """The comments of a file that hold a sign, in their order."""
    if sign not in text:
        return
    parts = _read(text)
    used, whole = sorted(parts.used), _by_line(parts)
    for line, offset, said in parts.comments:
        if sign not in said:
            continue
        alone = line not in parts.used
        at = bisect_right(used, line)
        target = used[at] if alone and at < len(used) else line
        yield Comment(said, offset, line, alone, whole.get(target, (target, target)))


def _read(text: str) -> _Parts:
    parts = _Parts()
    depth, first, line, done = 0, 0, 1, 0
    for kind, start, said in tokens(text):
        line, done = line + text.count("\n", done, start), start
        if kind == "comment":
            parts.comments.append((line, start, said))
        elif kind != "line":
            end = line + said.count("\n")
            if not first and kind == "open":
                parts.headers.append(line)
            first = first or line
            depth += (kind == "open") - (kind == "close")
            parts.used.update(range(line, end + 1))
            parts.texts += [(line, end)] if end > line else []
        elif first and depth == 0:
            parts.statements.append((first, line))
            first = 0
    parts.last = line + text.count("\n", done)
    parts.statements += [(first, parts.last)] if first else []
    return parts


def _by_line(parts: _Parts) -> dict[int, Lines]:
    """By line, all that belongs to what begins or ends in it."""
    whole = {line: text for text in parts.texts for line in text}
    whole |= {line: lines for lines in parts.statements for line in lines}
    ends = [line - 1 for line in parts.headers[1:]]
    for line, end in zip(parts.headers, [*ends, parts.last], strict=False):
        whole[line] = (line, end)
    return whole
