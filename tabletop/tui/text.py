"""Text from decks, saves and people, made safe to draw and fitted to cells.

Whatever a string holds is shown, never obeyed: no markup, no escape codes, no signs
that turn the direction of a line or hide what stands beside them.
"""

import unicodedata
from collections.abc import Iterator
from itertools import islice

from rich.cells import cell_len
from textual.content import Content

from tabletop.tui.glyphs import glyphs

MOST_MARKS = 2
"""Accents kept on one letter; more of them would run into the lines around it."""

_BREAKS = "\n\u2028\u2029\x0b\x0c\x85"
_JOINERS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x1F3FB, 0x1F400)}
"""Signs that change the width of the emoji before them, each terminal in its way."""


def clean(text: str, *, keep_lines: bool = False) -> str:
    """The text without control signs; its line breaks become spaces unless kept.

    >>> clean("two\\nlines\\x1b[31m, one\\u202e way")
    'two lines[31m, one way'
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_kept(text.replace("\r\n", "\n"), keep_lines=keep_lines))


def _kept(text: str, *, keep_lines: bool) -> Iterator[str]:
    marks = 0
    for char in text:
        if char in _BREAKS or char == "\r":
            yield "\n" if keep_lines else " "
            continue
        if char == "\t":
            yield " "
            continue
        kind = unicodedata.category(char)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind[0] != "C" and ord(char) not in _JOINERS and marks <= MOST_MARKS:
            yield char


def width(text: str) -> int:
    """How many cells a clean text takes."""
    return len(text) if text.isascii() else cell_len(text)


def cut(text: str, room: int) -> str:
    """The text, shortened with an ellipsis when it takes more than `room` cells."""
    if width(text) <= room:
        return text
    mark = glyphs().ellipsis
    if room <= width(mark):
        return head(mark, room)
    return head(text, room - width(mark)).rstrip() + mark


def head(text: str, room: int) -> str:
    """As much of the text's beginning as `room` cells hold."""
    if text.isascii():
        return text[: max(0, room)]
    used = 0
    for place, char in enumerate(text):
        used += cell_len(char)
        if used > room:
            return text[:place]
    return text


def wrap(text: str, room: int, most: int = 0) -> list[str]:
    """The text in lines of at most `room` cells, broken between words where it can be.

    With `most`, no more lines than that: the last one then ends with an ellipsis.
    """
    room = max(1, room)
    lines = _lines(text, room)
    if not most:
        return list(lines)
    found = list(islice(lines, most + 1))
    if len(found) <= most:
        return found
    return [*found[: most - 1], cut(" ".join(found[most - 1 :]), room)]


def _lines(text: str, room: int) -> Iterator[str]:
    for paragraph in clean(text, keep_lines=True).split("\n"):
        line = ""
        for word in paragraph.split():
            joined = f"{line} {word}" if line else word
            if width(joined) <= room:
                line = joined
                continue
            if line:
                yield line
            *whole, line = _pieces(word, room)
            yield from whole
        if line:
            yield line


def _pieces(word: str, room: int) -> list[str]:
    """A word in pieces that fit; a letter wider than the room is left out."""
    pieces = []
    while width(word) > room:
        piece = head(word, room)
        word = word[len(piece) or 1 :]
        if piece:
            pieces.append(piece)
    return [*pieces, word]


def spread(left: Content, right: Content, room: int) -> Content:
    """Two columns in `room` cells: the right one whole, then the left one, cut."""
    right = fit(right, room)
    gap = 1 if right.cell_length else 0
    left = fit(left, max(0, room - right.cell_length - gap))
    space = " " * (room - left.cell_length - right.cell_length)
    return Content.assemble(left, space, right)


def fit(content: Content, room: int) -> Content:
    """Styled text, shortened with an ellipsis when it takes more than `room` cells."""
    if content.cell_length <= room:
        return content
    return content[: len(head(content.plain, max(0, room - 1)))].append(
        cut(glyphs().ellipsis, min(1, room))
    )
