"""What a report is made of, before it is HTML or Markdown: texts, tables, drawings.

All text in blocks is data; whoever writes a form of it escapes it for that form.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tabletop.report.html import Markup

Style = Literal[
    "plain", "strong", "muted", "quote", "sign", "good", "warn", "bad", "caption",
    "code",
]  # fmt: skip
"""How words look; a caption is about a drawing, and goes where it goes; code is typed
as it stands."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some words in one style."""

    words: str
    style: Style = "plain"
    color: str = ""
    """One of the teams' colours, for signs."""


Text: TypeAlias = "str | Span | tuple[Text, ...]"
"""Words on one line."""


@dataclass(frozen=True, slots=True)
class Stack:
    """Texts under each other, in one cell or item."""

    lines: tuple[Text, ...]


Cell: TypeAlias = "Text | Stack"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph."""

    text: Text
    style: Style = "plain"


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the deck's author, in Markdown."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...] = ()
    """Hundredths of the width, for each column."""
    kind: Literal["grid", "facts", "form", "tight"] = "grid"
    """facts: names and values without a head. form: rows to be filled in by hand.
    tight: many rows of numbers."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Large numbers with what they count."""

    each: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: where it can't be drawn stands what it shows, in words or numbers."""

    svg: Markup
    instead: "tuple[Block, ...]" = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks under a heading of their own."""

    title: str
    blocks: "tuple[Block, ...]"


Block: TypeAlias = "Para | Prose | Bullets | Grid | Figures | Drawing | Part"


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered section of a report."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report."""

    kind: str
    """What it is, like 'After-action report'."""
    title: str
    reader: str
    """For whom it is, in words that stand on every page."""
    facts: tuple[tuple[str, Cell], ...]
    """The title block: names and values."""
    sections: tuple[Section, ...]


def strong(words: str) -> Span:
    """Words that stand out."""
    return Span(words, "strong")


def muted(words: str) -> Span:
    """Words that stand back."""
    return Span(words, "muted")


def row_of(texts: Iterable[Text], between: str = ", ") -> Text:
    """Texts in a row with something between them."""
    found: list[Text] = []
    for each in texts:
        found += [between, each] if found else [each]
    return tuple(found)
