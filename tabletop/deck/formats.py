"""The results of a check in the forms that other programs read.

Unlike the forms for people these hold the results of all decks in one document; JSON
alone is a document for each deck, a line each.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, get_args
from xml.sax.saxutils import escape, quoteattr

from tabletop.deck.diagnostics import CODES, Diagnostic, Severity
from tabletop.deck.render import more_of, one_line, render
from tabletop.deck.render_json import as_json
from tabletop.deck.result import CheckResult
from tabletop.deck.sift import severity

Format = Literal["full", "concise", "json", "github", "sarif", "junit"]
FORMATS: tuple[Format, ...] = get_args(Format)
FailOn = Literal["error", "warning", "note", "never"]
FAIL_ON: tuple[FailOn, ...] = get_args(FailOn)

_RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_GROUPS = {
    "E0": "files and fields",
    "E1": "expressions and effects",
    "E2": "names",
    "E3": "types and bounds",
    "E5": "secrets",
    "E9": "the checker itself",
    "T": "files of deck tests",
    "W": "warnings",
    "N": "notes",
}
"""The groups of checks by how their codes begin: the test cases of a JUnit file."""
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, even escaped."""


def written(
    results: Sequence[CheckResult],
    form: Format,
    *,
    fail_on: FailOn = "warning",
    color: bool = False,
    columns: int | None = None,
) -> str:
    """The results of some decks in a form, ending in a line break when not empty.

    `color` and `columns` are for people's forms, as in `render`.
    """
    match form:
        case "json":
            return "".join(json.dumps(as_json(result)) + "\n" for result in results)
        case "github":
            return "".join(f"{line}\n" for r in results for line in _github(r))
        case "sarif":
            from tabletop.deck.formats_sarif import as_sarif

            return json.dumps(as_sarif(results), indent=2, ensure_ascii=False) + "\n"
        case "junit":
            return "\n".join([*_junit(results, fail_on), ""])
    return "".join(
        render(result, form, color=color, columns=columns) for result in results
    )


def fails(result: CheckResult, fail_on: FailOn) -> bool:
    """Whether there is a problem as bad as that, or worse."""
    if fail_on == "never":
        return False
    worst = [kind for kind in _RANK if _RANK[kind] <= _RANK[fail_on]]
    return any(result.count(kind) for kind in worst)


# --- GitHub


def _github(result: CheckResult) -> Iterator[str]:
    """A command for each problem, which GitHub shows at its line.

    See 'Workflow commands for GitHub Actions' in GitHub's documentation.
    """
    for each in result.diagnostics:
        place = each.place
        where: dict[str, object] = {"file": place.file}
        if place.line:
            where |= {"line": place.line, "endLine": place.end_line}
            where |= {"col": place.column, "endColumn": place.end_column}
        where["title"] = f"{each.code} {each.name}"
        yield command(_COMMANDS[each.severity], where, message(each))
    for code, count in result.more.items():
        where = {"file": result.path, "title": f"{code} {CODES[code].name}"}
        yield command(_COMMANDS[severity(code)], where, more_of(code, count))


def command(kind: str, where: dict[str, object], said: str) -> str:
    """A command of GitHub's: error, warning or notice, at a file, line and column."""
    keys = ",".join(f"{key}={_property(str(value))}" for key, value in where.items())
    return f"::{kind} {keys}::{_data(said)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def message(diagnostic: Diagnostic) -> str:
    """All that is said of a problem, in a line."""
    caption = f" ({diagnostic.caption})" if diagnostic.caption else ""
    hint = f"; {diagnostic.hint}" if diagnostic.hint else ""
    return f"{diagnostic.message}{caption}{hint}"


# --- JUnit


def _junit(results: Sequence[CheckResult], fail_on: FailOn) -> Iterator[str]:
    """A suite for each deck, in it a test case for each group of checks.

    The elements and attributes are those that readers of JUnit's XML agree about.
    """
    failed = [_failed(result, fail_on) for result in results]
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    cases = len(_GROUPS)
    yield (
        f'<testsuites name="tabletop check" tests="{cases * len(results)}"'
        f' failures="{sum(map(len, failed))}" errors="0">'
    )
    for result, bad in zip(results, failed, strict=True):
        yield (
            f'  <testsuite name={attribute(result.path)} tests="{cases}"'
            f' failures="{len(bad)}" errors="0">'
        )
        for start, name in _GROUPS.items():
            yield from _case(result, start, name, failed=start in bad)
        yield "  </testsuite>"
    yield "</testsuites>"


def _failed(result: CheckResult, fail_on: FailOn) -> set[str]:
    """The groups with a problem that counts."""
    if fail_on == "never":
        return set()
    found = {(d.code, d.severity) for d in result.diagnostics}
    found |= {(code, severity(code)) for code in result.more}
    return {_group(code) for code, kind in found if _RANK[kind] <= _RANK[fail_on]}


def _group(code: str) -> str:
    return code[:2] if code[:2] in _GROUPS else code[:1]


def _case(result: CheckResult, start: str, name: str, *, failed: bool) -> Iterator[str]:
    found = [d for d in result.diagnostics if _group(d.code) == start]
    more = {c: n for c, n in result.more.items() if _group(c) == start}
    opened = f"    <testcase classname={attribute(result.path)} name={quoteattr(name)}"
    if not found:
        yield f"{opened} />"
        return
    lines = [one_line(each) for each in found]
    lines += [more_of(code, count) for code, count in more.items()]
    text = xml("\n".join(lines))
    yield f"{opened}>"
    if failed:
        count = len(found) + sum(more.values())
        kinds = ", ".join(code for code, _ in groupby(sorted(d.code for d in found)))
        said = quoteattr(f"{count} found: {kinds}")
        yield f"      <failure message={said}>{text}</failure>"
    else:
        yield f"      <system-out>{text}</system-out>"
    yield "    </testcase>"


def xml(text: str) -> str:
    """A text as XML, whatever it holds."""
    return escape(_NOT_XML.sub("\ufffd", text))


def attribute(text: str) -> str:
    """A text as the value of an attribute, in its quotes."""
    return quoteattr(_NOT_XML.sub("\ufffd", text))
