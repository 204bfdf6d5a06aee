"""TOML text to plain values; whatever stops it is a finding with its place."""

import re
from typing import Any

import tomli

from tabletop.deck.diagnostics import Place, Report
from tabletop.deck.scan import Excess, left_open, scan

MAX_KEY_PARTS = 8
MAX_DIGITS = 1_000

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re.compile(
    rf"(?:^|[{{,])[ \t]*\[{{0,2}}[ \t]*{_KEY}"
    rf"(?:[ \t]*\.[ \t]*{_KEY}){{{MAX_KEY_PARTS}}}",
    re.MULTILINE,
)

_LONG_NUMBER = re.compile(rf"(?<!\w)[0-9][\w.+-]{{{MAX_DIGITS}}}")

_TWICE = re.compile("Cannot|Duplicate")
_OPEN = re.compile("Un(closed|terminated)|Expected [\"']{3,}")
"""The parser's messages about an end that is missing, which it places at the end."""
_WORDS = (
    (
        "Invalid value",
        "this is not a value",
        "texts stand in quotes; true and false are written small",
    ),
    (
        "Illegal character '\\n'",
        "the line ends inside of a text",
        'close its quotes, or write """ around a text of several lines',
    ),
    (
        "Illegal character",
        "a control character",
        "write it as an escape like `\\u0007`",
    ),
    (
        "Unescaped '\\\\'",
        "this backslash escapes nothing",
        "write two of them, or put the text in single quotes",
    ),
    ("Expected '='", "here must be a `=`", "a line is `key = value` or a [header]"),
    ("Expected ']'", "the header's closing bracket is missing", ""),
    ("Unclosed array", "a list is not closed", "a `]` or a comma is missing"),
    ("Unclosed inline", "a table is not closed", "a `}` or a comma is missing"),
    ("Unterminated", "a text is not closed", "its closing quotes are missing"),
    ("Expected \"'", "a text is not closed", "its closing quotes are missing"),
    (
        "Expected newline",
        "more in this line than a key and its value",
        "is a quote or a comma missing before it?",
    ),
)
"""The parser's messages by how they begin, what they mean, and what to do."""


def parse(name: str, text: str, report: Report) -> dict[str, Any] | None:
    """The values of a TOML text, or None after a finding."""
    if found := _LONG_KEY.search(text):
        # Parsing such keys takes time that grows with the square of their length.
        message = f"a key of more than {MAX_KEY_PARTS} parts"
        report.add("E005", message, line_place(name, text, found.start()))
        return None
    if found := _LONG_NUMBER.search(text):
        message = f"a number of more than {MAX_DIGITS:,} digits"
        report.add("E005", message, line_place(name, text, found.start()))
        return None
    try:
        data = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        _syntax(name, text, error, report)
    except RecursionError:
        report.add("E005", "values too deeply inside one another", Place(name))
    except ValueError as error:
        report.add("E001", _plain(str(error)), Place(name))
    else:
        return data if _portable(name, text, report) else None
    return None


def _portable(name: str, text: str, report: Report) -> bool:
    """Whether a valid text is TOML 1.0 and not nested too deeply."""
    try:
        scan(text)
    except Excess as excess:
        place = line_place(name, text, *excess.at)
        report.add(excess.code, excess.message, place, hint=excess.hint)
        return False
    return True


def line_place(name: str, text: str, offset: int, length: int = 1) -> Place:
    """The place of an offset in a file's text."""
    start = text.rfind("\n", 0, offset) + 1
    line = text.count("\n", 0, offset) + 1
    return point(name, text, line, offset - start + 1, length)


def point(name: str, text: str, line: int, column: int, length: int = 1) -> Place:
    """The place of a line and a column, both from 1."""
    lines = text.split("\n")
    source = lines[min(line, len(lines)) - 1].rstrip("\r")
    # The end of a line may be meant, which is where the next character would stand.
    column = min(column, len(source) + 1)
    end = min(column + length, max(len(source), column) + 1)
    return Place(name, line, column, line, end, source)


def _syntax(name: str, text: str, error: tomli.TOMLDecodeError, report: Report) -> None:
    place = point(name, text, error.lineno, error.colno)
    if _TWICE.match(error.msg):
        report.add("E012", "this is given already, or as something else", place)
        return
    if _OPEN.match(error.msg) and (start := left_open(text)) is not None:
        place = line_place(name, text, start)
    related = _still_open(name, text, place)
    known = (words for start, *words in _WORDS if error.msg.startswith(start))
    message, hint = next(known, (_plain(error.msg), ""))
    message = f"not valid TOML: {message}"
    report.add("E001", message, place, hint=hint, related=related)


def _still_open(name: str, text: str, place: Place) -> list[tuple[Place, str]]:
    """The list or text that was opened in an earlier line, when there is one."""
    lines = text.split("\n")[: place.line - 1]
    start = left_open("\n".join(lines))
    if start is None:
        return []
    return [(line_place(name, text, start), "this is still open")]


def _plain(message: str) -> str:
    return f"{message[:1].lower()}{message[1:200]}"


def plain_key(text: str) -> str:
    """The word that a key stands for, from its text in the file.

    >>> plain_key('"a b"'), plain_key("a")
    ('a b', 'a')
    """
    if text[:1] not in "\"'":
        return text
    try:
        return next(iter(tomli.loads(f"{text} = 0")))
    except (ValueError, RecursionError):
        return text[1:-1]
