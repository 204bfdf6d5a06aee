"""The result of a check in the stable form that other programs read.

Columns count characters.
"""

from collections.abc import Mapping
from typing import Any

from tabletop.deck.diagnostics import Diagnostic, Place
from tabletop.deck.result import CheckResult

JSON_FORMAT = 1
"""Grows when a reader of the JSON would have to change."""


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
