"""The results of a check as SARIF 2.1.0, the form of code scanners.

The fingerprints hold across edits elsewhere in a file, so that a problem somebody has
closed is not opened again. Columns count UTF-16 units, as readers of the form expect.
"""

from collections.abc import Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tabletop import __version__
from tabletop.deck.diagnostics import CODES, Diagnostic, Place
from tabletop.deck.display import safe
from tabletop.deck.explain import explanation
from tabletop.deck.formats import message
from tabletop.deck.result import CheckResult

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_RANKS = {"certain": 100.0, "likely": 60.0, "guess": 20.0}
Node = dict[str, Any]


def as_sarif(results: Sequence[CheckResult]) -> Node:
    """One run over all decks."""
    found = [each for result in results for each in result.diagnostics]
    kinds = {each.code: each for each in found}
    rules = sorted(kinds)
    run = {
        "tool": {
            "driver": {
                "name": "tabletop",
                "version": __version__,
                "rules": [_rule(kinds[code]) for code in rules],
            }
        },
        "columnKind": "utf16CodeUnits",
        "invocations": [_invocation(results)],
        "results": [_result(each, rules.index(each.code)) for each in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _invocation(results: Sequence[CheckResult]) -> Node:
    more = [
        f"{result.path}: {count} more of {code}"
        for result in results
        for code, count in result.more.items()
    ]
    told = [{"level": "note", "message": {"text": safe(text)}} for text in more]
    fine = not any(result.fault for result in results)
    invocation: Node = {"executionSuccessful": fine}
    return invocation | ({"toolExecutionNotifications": told} if told else {})


def _rule(each: Diagnostic) -> Node:
    """What is said of a kind of problem; codes of test files are not decks' own."""
    rule: Node = {
        "id": each.code,
        "name": each.name,
        "defaultConfiguration": {"level": each.severity},
    }
    if each.code in CODES:
        why, summary = explanation(each.code).why, CODES[each.code].summary
        rule |= {"shortDescription": {"text": summary}}
        rule |= {"help": {"text": why or summary}}
    return rule


def _result(each: Diagnostic, rule: int) -> Node:
    result: Node = {
        "ruleId": each.code,
        "ruleIndex": rule,
        "level": each.severity,
        "rank": _RANKS[each.confidence],
        "message": {"text": safe(message(each))},
        "locations": [_location(each.place, each.path)],
        "partialFingerprints": _fingerprints(each),
    }
    if each.related:
        result["relatedLocations"] = [
            {"id": number, "message": {"text": safe(other.caption)}}
            | _location(other.place)
            for number, other in enumerate(each.related)
        ]
    return result


def _fingerprints(each: Diagnostic) -> Node:
    """What tells scanners that a problem is the same as before.

    GitHub looks at `primaryLocationLineHash` alone, and where that is missing makes it
    from the lines around, so that an edit beside a problem would open it again.
    """
    name = each.key or f"{each.code} {each.message}"
    digest = blake2b(name.encode(errors="replace"), digest_size=16).hexdigest()
    return {"primaryLocationLineHash": f"{digest[:16]}:1", "tabletop/v1": digest}


def _location(place: Place, path: str = "") -> Node:
    physical: Node = {"artifactLocation": {"uri": _uri(place.file)}}
    if place.line:
        physical["region"] = {
            "startLine": place.line,
            "startColumn": _utf16(place, place.column),
            "endLine": place.end_line,
            "endColumn": _utf16(place, place.end_column),
            "snippet": {"text": safe(place.source)},
        }
    location: Node = {"physicalLocation": physical}
    if path:
        location["logicalLocations"] = [{"fullyQualifiedName": safe(path)}]
    return location


def _utf16(place: Place, column: int) -> int:
    """A column of a place's line, counted in UTF-16 units from 1."""
    before = place.source[: column - 1]
    # A place may end one column behind its line.
    beyond = max(0, column - 1 - len(place.source))
    return len(before.encode("utf-16-le", "replace")) // 2 + beyond + 1


def _uri(file: str) -> str:
    """A file's address: from where the check was started when it lies below that."""
    path = Path(file)
    if path.is_absolute():
        try:
            path = path.relative_to(Path.cwd())
        except ValueError:
            return path.as_uri()
    return quote(path.as_posix(), errors="replace")
