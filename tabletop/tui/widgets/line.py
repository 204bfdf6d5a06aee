"""One line of a widget: words with styles, fitted to cells, made safe on the way in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, cut, head, width, wrap

Span = tuple[str, str]
"""Clean words and their style, like 'bold $accent'."""


@dataclass(frozen=True, slots=True)
class Line:
    """Styled words. Every operation gives a new line."""

    spans: tuple[Span, ...] = ()

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return sum(width(words) for words, _ in self.spans)

    @property
    def plain(self) -> str:
        """Its words alone."""
        return "".join(words for words, _ in self.spans)

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __add__(self, other: "Line") -> "Line":
        return Line(self.spans + other.spans)

    def on(self, ground: str) -> "Line":
        """The same words on a ground, like '$panel', where they have none."""
        return self.under(f"on {ground}", unless=" on ")

    def under(self, style: str, unless: str = "") -> "Line":
        """The same words with a style added."""
        return Line(
            tuple(
                (
                    words,
                    old if unless and unless in f" {old}" else f"{old} {style}".strip(),
                )
                for words, old in self.spans
            )
        )

    def cut(self, room: int) -> "Line":
        """At most `room` cells of it; what is cut short ends with an ellipsis."""
        if self.width <= room:
            return self
        kept: list[Span] = []
        for place, (words, style) in enumerate(self.spans):
            rest = any(more for more, _ in self.spans[place + 1 :])
            mark = width(glyphs().ellipsis)
            if width(words) > room - (mark if rest else 0):
                words = (
                    cut(words, room) if width(words) > room else _marked(words, room)
                )
                return Line((*kept, (words, style)))
            kept.append((words, style))
            room -= width(words)
        return Line(tuple(kept))

    def pad(self, room: int, style: str = "") -> "Line":
        """Exactly `room` cells: cut, or filled up with spaces."""
        short = self.cut(room)
        gap = room - short.width
        return Line((*short.spans, (" " * gap, style))) if gap > 0 else short

    def center(self, room: int) -> "Line":
        """In the middle of `room` cells."""
        short = self.cut(room)
        before = (room - short.width) // 2
        return Line(((" " * before, ""), *short.spans)).pad(room)

    def spread(self, right: "Line", room: int) -> "Line":
        """This on the left, `right` whole on the right, in exactly `room` cells."""
        right = right.cut(room)
        gap = 1 if 0 < right.width < room else 0
        return self.pad(room - right.width - gap) + Line(((" " * gap, ""),)) + right


def _marked(words: str, room: int) -> str:
    """Words that fit by themselves but not with what follows them."""
    mark = glyphs().ellipsis
    return head(words, max(0, room - width(mark))).rstrip() + mark


Part = str | Span | Line
"""What a line is made of: words, words with a style, or a line made already."""

BLANK = Line()


def line(*parts: Part) -> Line:
    """A line of parts. Text from a deck, a save or a person is made safe here."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, Line):
            spans.extend(part.spans)
        elif isinstance(part, str):
            spans.append((clean(part), ""))
        else:
            spans.append((clean(part[0]), part[1]))
    return Line(tuple(span for span in spans if span[0]))


def joined(parts: Iterable[Line], between: str = "  ") -> Line:
    """Lines one after the other with something between them."""
    found: list[Part] = []
    for part in parts:
        found += [between, part] if found else [part]
    return line(*found)


def first_fit(room: int, forms: Sequence[Line]) -> Line:
    """The first of the forms that fits; when none does, the last one, cut."""
    return next((form for form in forms if form.width <= room), forms[-1].cut(room))


def prose(text: str, room: int, style: str = "", most: int = 0) -> list[Line]:
    """A text as lines of one style."""
    return [line((words, style)) for words in wrap(text, room, most)]


def flow(parts: Sequence[Line], room: int, between: str = "  ") -> list[Line]:
    """Short lines side by side, as many in a row as fit."""
    rows: list[Line] = []
    for part in parts:
        together = line(rows[-1], between, part) if rows else part
        if rows and together.width <= room:
            rows[-1] = together
        else:
            rows.append(part.cut(room))
    return rows


def hang(first: Line, lines: Sequence[Line]) -> list[Line]:
    """A mark before the first line, and as much space before the others."""
    indent = " " * first.width
    return [
        line(first if not row else indent, words) for row, words in enumerate(lines)
    ]
