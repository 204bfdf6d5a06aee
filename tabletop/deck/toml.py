"""TOML text to plain values; whatever stops it is a finding with its place."""

import re
from typing import Any

import tomli

from tabletop.deck.diagnostics import Place, Report

MAX_KEY_PARTS = 12

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re.compile(
    rf"^[ \t]*\[{{0,2}}[ \t]*{_KEY}(?:[ \t]*\.[ \t]*{_KEY}){{{MAX_KEY_PARTS},}}",
    re.MULTILINE,
)

_TWICE = re.compile("Cannot declare|Cannot overwrite|Duplicate|Cannot redefine")
_HINTS = (
    ("Invalid value", "texts stand in quotes; true and false are written small"),
    ("Illegal character '\\n'", "the closing quote is missing in this line"),
    ("Illegal character '\\r'", "the closing quote is missing in this line"),
    ("Illegal character", "control characters are written as escapes like `\\u0007`"),
    ("Unescaped '\\\\'", "write `\\\\` for a backslash, or use single quotes"),
    ("Expected '='", "a line is `key = value` or a table's [header]"),
    ("Unclosed array", "a `]` or a comma is missing"),
    ("Unclosed inline table", "a `}` or a comma is missing"),
    ("Unterminated string", "the closing quotes are missing"),
    (
        "Expected newline",
        "one line holds one value; is there a comma or quote missing?",
    ),
)
"""What to do about the parser's messages, by how they begin."""


def parse(name: str, text: str, report: Report) -> dict[str, Any] | None:
    """The values of a TOML text, or None after a finding."""
    if found := _LONG_KEY.search(text):
        # Parsing such keys takes time that grows with the square of their length.
        message = f"a key of more than {MAX_KEY_PARTS} parts"
        report.add("E005", message, line_place(name, text, found.start()))
        return None
    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        _syntax(name, text, error, report)
    except RecursionError:
        report.add("E005", "values too deeply inside one another", Place(name))
    except ValueError as error:
        report.add("E001", _plain(str(error)), Place(name))
    return None


def line_place(name: str, text: str, offset: int, length: int = 1) -> Place:
    """The place of an offset in a file's text."""
    start = text.rfind("\n", 0, offset) + 1
    line = text.count("\n", 0, offset) + 1
    return point(name, text, line, offset - start + 1, length)


def point(name: str, text: str, line: int, column: int, length: int = 1) -> Place:
    """The place of a line and a column, both from 1."""
    lines = text.split("\n")
    source = lines[min(line, len(lines)) - 1].rstrip("\r")
    return Place(name, line, column, line, column + length, source)


def _syntax(name: str, text: str, error: tomli.TOMLDecodeError, report: Report) -> None:
    place = point(name, text, error.lineno, error.colno)
    if _TWICE.match(error.msg):
        report.add("E012", _plain(error.msg), place)
        return
    hint = next((hint for start, hint in _HINTS if error.msg.startswith(start)), "")
    report.add("E001", f"not valid TOML: {_plain(error.msg)}", place, hint=hint)


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
