"""Diagnostics as text for people, as one line each, and as JSON.

Text of the deck is shown as it is, but control characters in it never reach the
terminal. Columns in all forms count characters; markers stand by display width.
"""

import json
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from tabletop.deck.diagnostics import CODES, Code, Diagnostic, Place
from tabletop.deck.display import safe, width
from tabletop.deck.models import DeckModel
from tabletop.deck.render_json import as_json
from tabletop.deck.result import CheckResult

Form = Literal["full", "concise", "json"]
WIDEST = 110
"""Columns of a source line that are shown where no width is known; more is cut around
the marker."""
LEAST = 30
"""Columns of a source line that are shown, however narrow it is."""

_COLORS = {
    "error": "31",
    "warning": "33",
    "note": "32",
    "good": "32",
    "frame": "34",
    "strong": "1",
    "hint": "36",
}
Paint = Callable[[str, str], str]
"""Colours a text: the style, the text."""


def render(
    result: CheckResult,
    form: Form = "full",
    *,
    color: bool = False,
    columns: int | None = None,
) -> str:
    """All diagnostics of a check as text, ending in a line break when not empty.

    `columns` is the width of the terminal on which it is shown, if that is known.
    """
    if form == "json":
        return json.dumps(as_json(result), indent=2) + "\n"
    if form == "concise":
        return "".join(f"{line}\n" for line in _concise(result))
    return "".join(f"{line}\n" for line in _full(result, color=color, columns=columns))


def one_line(diagnostic: Diagnostic) -> str:
    """A diagnostic in one line: 'file:line:column: error[E201 unknown-name]: ...'."""
    kind = kind_of(diagnostic)
    caption = f" ({diagnostic.caption})" if diagnostic.caption else ""
    return safe(f"{diagnostic.place}: {kind}: {diagnostic.message}{caption}")


def kind_of(problem: Diagnostic | Code) -> str:
    """The kind of problem: 'error[E201 unknown-name]', 'warning[W406 ..., likely]'."""
    sure = problem.confidence
    unsure = "" if sure == "certain" else f", {sure}"
    return f"{problem.severity}[{problem.code} {problem.name}{unsure}]"


def painter(*, color: bool) -> Paint:
    """What colours texts by their style, or leaves them as they are."""

    def paint(style: str, text: str) -> str:
        return f"\x1b[{_COLORS[style]}m{text}\x1b[0m" if color and text else text

    return paint


def _concise(result: CheckResult) -> Iterator[str]:
    yield from (one_line(diagnostic) for diagnostic in result.diagnostics)
    for code, count in result.more.items():
        yield f"{safe(result.path)}: {more_of(code, count)}"


def more_of(code: str, count: int) -> str:
    """What is said of problems beyond the most of a code: 'and 3 more of E201 ...'."""
    return f"and {count:,} more of {code} {CODES[code].name}"


def _full(result: CheckResult, *, color: bool, columns: int | None) -> Iterator[str]:
    paint = painter(color=color)
    for diagnostic in result.diagnostics:
        yield from block(diagnostic, color=color, columns=columns)
        yield ""
    for code, count in result.more.items():
        yield f"{paint('strong', more_of(code, count))}"
    yield summary(result)


def summary(result: CheckResult) -> str:
    """The last line: what the check came to.

    The deck's title is text of the deck, so it is made safe here as well.
    """
    path, hidden = safe(result.path), _hidden(result)
    if not result.diagnostics and result.deck is not None:
        about = safe(result.about) or _about(result.deck.model)
        return f"{path}: no problems ({about}){hidden}"
    found = [
        _count(number, kind)
        for kind, number in (
            ("error", result.errors),
            ("warning", result.warnings),
            ("note", result.notes),
        )
        if number
    ]
    *others, last = found
    first = f"{', '.join(others)} and " if others else ""
    return f"{path}: {first}{last}{hidden}"


def _about(model: DeckModel) -> str:
    cards, injects = len(model.cards), len(model.injects)
    counts = f"{_count(cards, 'card')}, {_count(injects, 'inject')}"
    return f"{safe(model.title)}: {counts}"


def _hidden(result: CheckResult) -> str:
    """How many problems are not shown, for reasons that somebody gave."""
    counts = (
        (result.allowed, "allowed"),
        (result.known, "known already"),
    )
    said = [f"{count:,} {why}" for count, why in counts if count]
    return f"; {', '.join(said)}" if said else ""


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def block(
    diagnostic: Diagnostic, *, color: bool, columns: int | None = None
) -> Iterator[str]:
    """The lines of one diagnostic in full, none wider than `columns` if that is known.

    Only a name or a word that is longer than that stays whole.
    """
    paint = painter(color=color)
    kind = kind_of(diagnostic)
    first, *rest = wrapped(safe(diagnostic.message), columns, len(kind) + 2)
    yield f"{paint(diagnostic.severity, kind)}: {paint('strong', first)}"
    yield from (f"  {paint('strong', line)}" for line in rest)
    places = [diagnostic.place, *(other.place for other in diagnostic.related)]
    margin = max(len(str(place.line)) for place in places)
    frame = Frame(margin, paint, columns)
    mark = Mark(diagnostic.place, diagnostic.caption, diagnostic.severity)
    others = [Mark(other.place, other.caption) for other in diagnostic.related]
    beside = [other for other in others if other.beside(mark)]
    if beside and (shared := frame.shared([mark, *beside])):
        yield from shared
        others = [other for other in others if other not in beside]
    else:
        yield from frame.excerpt(mark.place, mark.caption, mark.style, "-->")
    for other in others:
        yield from frame.excerpt(other.place, other.caption, other.style, ":::")
    if diagnostic.hint:
        bar, start = paint("frame", f"{' ' * margin} ="), margin + len(" = help: ")
        first, *rest = wrapped(safe(diagnostic.hint), columns, start, start)
        yield f"{bar} {paint('hint', 'help')}: {first}"
        yield from (f"{' ' * start}{line}" for line in rest)


def wrapped(
    text: str, columns: int | None, first: int = 0, others: int = 2
) -> list[str]:
    """A text in lines, with room before the first one and before the others.

    >>> wrapped("one two three", 9, first=4)
    ['one', 'two', 'three']
    """
    if columns is None or first + width(text) <= columns:
        return [text]
    room = max(LEAST, columns - others)
    filler = "\0" * min(max(0, first - others), room - 1)
    lines = textwrap.wrap(filler + text, room, break_long_words=False)
    return [line.replace("\0", "") for line in lines] or [text]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to be marked, with what is said there."""

    place: Place
    caption: str
    style: str = "frame"

    @property
    def start(self) -> int:
        """The column of its line in which it begins, from 0."""
        return width(safe(self.place.source[: self.place.column - 1]))

    @property
    def sign(self) -> str:
        """The marker that stands under it."""
        place = self.place
        marked = safe(place.source[place.column - 1 : place.end_column - 1])
        return ("^" if self.style != "frame" else "-") * max(1, width(marked))

    def beside(self, other: "Mark") -> bool:
        """Whether it is in the same line as another one."""
        one, two = self.place, other.place
        return (one.file, one.line) == (two.file, two.line) and one.line > 0


class Frame:
    """Draws source lines with markers, in a margin as wide as the line numbers."""

    def __init__(self, margin: int, paint: Paint, columns: int | None = None) -> None:
        self._margin = margin
        self._paint = paint
        self._room = WIDEST if columns is None else max(LEAST, columns - margin - 3)
        self._columns = columns

    def excerpt(
        self, place: Place, caption: str, style: str, arrow: str
    ) -> Iterator[str]:
        """A place: its name, the line, and a marker with a caption."""
        yield self._head(place, arrow)
        if not place.line:
            return
        before, marked, after = window(place, self._room)
        bar, number = self._bars(place)
        sign = "^" if style != "frame" else "-"
        marker = sign * max(1, width(marked))
        below = self._below(width(before), f"{marker} {safe(caption)}".rstrip())
        yield bar
        yield f"{number} {before}{marked}{after}".rstrip()
        for start, line in below:
            yield f"{bar} {' ' * start}{self._paint(style, line)}"

    def shared(self, marks: "Sequence[Mark]") -> list[str]:
        """Several places of one line under one another, the first one's name above.

        Nothing when the line is too long for it, or when places overlap.
        """
        source = marks[0].place.source
        if len(source) > self._room or width(safe(source)) > self._room:
            return []
        placed = sorted(marks, key=lambda mark: mark.start)
        line, end = "", 0
        for mark in placed:
            if mark.start < end:
                return []
            line += " " * (mark.start - end) + self._paint(mark.style, mark.sign)
            end = mark.start + len(mark.sign)
        last = placed.pop()
        said = safe(last.caption)
        if end + 1 + width(said) <= self._room:
            line += f" {self._paint(last.style, said)}" if said else ""
        else:
            placed.append(last)
        bar, number = self._bars(last.place)
        lines = [self._head(marks[0].place, "-->"), bar]
        lines += [f"{number} {safe(source)}".rstrip(), f"{bar} {line}"]
        for mark in reversed(placed):
            for start, text in self._caption(mark.start, safe(mark.caption)):
                lines.append(f"{bar} {' ' * start}{self._paint(mark.style, text)}")
        return lines

    def _head(self, place: Place, arrow: str) -> str:
        """The line that names a place."""
        arrow = self._paint("frame", f"{' ' * self._margin}{arrow}")
        return f"{arrow} {safe(str(place))}"

    def _bars(self, place: Place) -> tuple[str, str]:
        """What stands before lines without and with a number."""
        bar = self._paint("frame", f"{' ' * self._margin} |")
        return bar, self._paint("frame", f"{place.line:>{self._margin}} |")

    def _below(self, start: int, said: str) -> list[tuple[int, str]]:
        """A marker and its caption, in lines with the column in which each begins."""
        if self._columns is None or start + width(said) <= self._room:
            return [(start, said)]
        marker, _, caption = said.partition(" ")
        return [(start, marker), *self._caption(start, caption)]

    def _caption(self, start: int, caption: str) -> list[tuple[int, str]]:
        """A caption as near to a column as there is room for it."""
        lines = textwrap.wrap(caption, self._room, break_long_words=False)
        left = max(0, min(start, self._room - max(map(width, lines), default=0)))
        return [(left, line) for line in lines]


def window(place: Place, room: int = WIDEST) -> tuple[str, str, str]:
    """A source line before, in and after the marked part, cut to what fits."""
    source, start = place.source, max(place.column - 1, 0)
    end = place.end_column - 1 if place.end_line == place.line else len(source)
    before, marked = source[:start], source[start : max(end, start)]
    after = source[max(end, start) :]
    # A line may be as long as a file, so it is cut before anything else is done.
    before, marked = safe(before[-room - 1 :]), safe(marked[: room + 1])
    after = safe(after[: room + 1])
    marked = _begin(marked, room)
    spare = room - width(marked)
    half = spare // 2
    before = _end(before, max(half, spare - width(after)))
    return before, marked, _begin(after, spare - width(before))


def _begin(text: str, room: int) -> str:
    """As much of a text's beginning as there is room for."""
    if width(text) <= room:
        return text
    while text and width(text) >= room:
        text = text[:-1]
    return f"{text}…" if room else ""


def _end(text: str, room: int) -> str:
    """As much of a text's end as there is room for."""
    return text if width(text) <= room else _begin(text[::-1], room)[::-1]
