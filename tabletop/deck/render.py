"""Diagnostics as text for people, as one line each, and as JSON.

Text of the deck is shown as it is, but control characters in it never reach the
terminal. Columns in all forms count characters; markers stand by display width.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from tabletop.deck.diagnostics import CODES, Diagnostic, Place
from tabletop.deck.display import safe, width
from tabletop.deck.models import DeckModel
from tabletop.deck.result import CheckResult

Form = Literal["full", "concise", "json"]
JSON_FORMAT = 1
WIDEST = 110
"""Columns of a source line that are shown; more is cut around the marker."""

_COLORS = {
    "error": "31",
    "warning": "33",
    "note": "32",
    "frame": "34",
    "strong": "1",
    "hint": "36",
}
Paint = Callable[[str, str], str]


def render(result: CheckResult, form: Form = "full", *, color: bool = False) -> str:
    """All diagnostics of a check as text, ending in a line break when not empty."""
    if form == "json":
        return json.dumps(as_json(result), indent=2) + "\n"
    if form == "concise":
        return "".join(f"{line}\n" for line in _concise(result))
    return "".join(f"{line}\n" for line in _full(result, _painter(color=color)))


def one_line(diagnostic: Diagnostic) -> str:
    """A diagnostic in one line: 'file:line:column: error[E201 unknown-name]: ...'."""
    place = diagnostic.place
    where = f"{place.file}:{place.line}:{place.column}" if place.line else place.file
    kind = _kind(diagnostic)
    caption = f" ({diagnostic.caption})" if diagnostic.caption else ""
    return safe(f"{where}: {kind}: {diagnostic.message}{caption}")


def _kind(diagnostic: Diagnostic) -> str:
    """The kind of problem: 'error[E201 unknown-name]', 'warning[W406 ..., likely]'."""
    sure = diagnostic.confidence
    unsure = "" if sure == "certain" else f", {sure}"
    return f"{diagnostic.severity}[{diagnostic.code} {diagnostic.name}{unsure}]"


def _painter(*, color: bool) -> Paint:
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


def _full(result: CheckResult, paint: Paint) -> Iterator[str]:
    for diagnostic in result.diagnostics:
        yield from _block(diagnostic, paint)
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
        for kind, number in (("error", result.errors), ("warning", result.warnings))
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


def block(diagnostic: Diagnostic, *, color: bool) -> Iterator[str]:
    """The lines of one diagnostic in full."""
    return _block(diagnostic, _painter(color=color))


def _block(diagnostic: Diagnostic, paint: Paint) -> Iterator[str]:
    kind = _kind(diagnostic)
    message = paint("strong", safe(diagnostic.message))
    yield f"{paint(diagnostic.severity, kind)}: {message}"
    places = [diagnostic.place, *(other.place for other in diagnostic.related)]
    margin = max(len(str(place.line)) for place in places)
    frame = Frame(margin, paint)
    yield from frame.excerpt(
        diagnostic.place, diagnostic.caption, diagnostic.severity, "-->"
    )
    for other in diagnostic.related:
        yield from frame.excerpt(other.place, other.caption, "frame", ":::")
    if diagnostic.hint:
        bar = paint("frame", f"{' ' * margin} =")
        yield f"{bar} {paint('hint', 'help')}: {safe(diagnostic.hint)}"


class Frame:
    """Draws source lines with markers, in a margin as wide as the line numbers."""

    def __init__(self, margin: int, paint: Paint) -> None:
        self._margin = margin
        self._paint = paint

    def excerpt(
        self, place: Place, caption: str, style: str, arrow: str
    ) -> Iterator[str]:
        """A place: its name, the line, and a marker with a caption."""
        where = f"{place.file}:{place.line}:{place.column}"
        indent = " " * self._margin
        arrow = self._paint("frame", f"{indent}{arrow}")
        yield f"{arrow} {safe(where if place.line else place.file)}"
        if not place.line:
            return
        before, marked, after = window(place)
        bar = self._paint("frame", f"{indent} |")
        number = self._paint("frame", f"{place.line:>{self._margin}} |")
        sign = "^" if style != "frame" else "-"
        marker = sign * max(1, width(marked))
        if caption:
            marker = f"{marker} {safe(caption)}"
        yield bar
        yield f"{number} {before}{marked}{after}".rstrip()
        yield f"{bar} {' ' * width(before)}{self._paint(style, marker)}"


def window(place: Place) -> tuple[str, str, str]:
    """A source line before, in and after the marked part, cut to what fits."""
    source, start = place.source, max(place.column - 1, 0)
    end = place.end_column - 1 if place.end_line == place.line else len(source)
    before, marked = source[:start], source[start : max(end, start)]
    after = source[max(end, start) :]
    room = WIDEST
    if len(before) > room // 2:
        before = f"…{before[-room // 2 :]}"
    if len(marked) > room:
        marked = f"{marked[:room]}…"
    rest = max(0, room - len(before) - len(marked))
    if len(after) > rest:
        after = f"{after[:rest]}…"
    return safe(before), safe(marked), safe(after)


def as_json(result: CheckResult) -> Mapping[str, Any]:
    """The result in the stable form that other programs read."""
    return {
        "format": JSON_FORMAT,
        "deck": result.path,
        "ok": result.ok,
        "errors": result.errors,
        "warnings": result.warnings,
        "notes": result.notes,
        "allowed": result.allowed,
        "known": result.known,
        "guesses": result.guesses,
        "diagnostics": [_json(diagnostic) for diagnostic in result.diagnostics],
        "more": dict(result.more),
    }


def _json(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "confidence": diagnostic.confidence,
        "message": diagnostic.message,
        "path": diagnostic.path,
        **_json_place(diagnostic.place),
        "caption": diagnostic.caption,
        "help": diagnostic.hint,
        "key": diagnostic.key,
        "related": [
            {**_json_place(other.place), "caption": other.caption}
            for other in diagnostic.related
        ],
    }


def _json_place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
    }
