"""TOML text to plain values; whatever stops it is a finding with its place."""

import re
import tomllib
from typing import Any

import tomli

from tabletop.deck.diagnostics import Place, Report

MAX_KEY_PARTS = 12

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_LONG_KEY = re.compile(
    rf"^[ \t]*\[{{0,2}}[ \t]*{_KEY}(?:[ \t]*\.[ \t]*{_KEY}){{{MAX_KEY_PARTS},}}",
    re.MULTILINE,
)


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


def _syntax(
    name: str, text: str, error: tomli.TOMLDecodeError, report: Report
) -> None:
    report.add("E001", _plain(error.msg), point(name, text, error.lineno, error.colno))


def _plain(message: str) -> str:
    return f"not valid TOML: {message[:1].lower()}{message[1:200]}"
