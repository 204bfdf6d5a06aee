"""What came of deck tests, for other programs: JSON, JUnit's XML, GitHub's commands.

The same run gives the same bytes; only JUnit's `time` says how long something took,
since its readers insist on it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from typing import Any

from tabletop.deck.diagnostics import Place
from tabletop.deck.formats import attribute, command, xml
from tabletop.deck.render import painter
from tabletop.testing.report import KINDS, failed, named
from tabletop.testing.results import Coverage, Outcome, Run

JSON_FORMAT = 1
"""Grows when a reader of the JSON would have to change."""


def as_json(run: Run, problems: Sequence[str] = ()) -> str:
    """One document: all tests, what they came to, and the coverage if it was taken.

    `problems` are what else makes the run fail, such as too little coverage.
    """
    document = {
        "format": JSON_FORMAT,
        "ok": bool(run.outcomes) and not run.failed and not problems,
        "passed": len(run.outcomes) - run.failed,
        "failed": run.failed,
        "problems": list(problems),
        "tests": [_outcome(outcome) for outcome in run.outcomes],
        "coverage": [_coverage(found) for found in run.coverage],
    }
    return json.dumps(document, indent=2)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    failure = outcome.failure
    return {
        "name": named(outcome),
        "kind": outcome.kind,
        "file": outcome.file,
        "line": outcome.line,
        "passed": outcome.passed,
        "found": list(outcome.found),
        "reproduce": outcome.reproduce,
        "moves": [dict(move) for move in outcome.moves],
        "failure": None
        if failure is None
        else {
            **_place(failure.place),
            "message": failure.message,
            "difference": list(failure.difference),
            "reasons": list(failure.reasons),
            "events": list(failure.events),
            "help": failure.hint,
        },
    }


def _place(place: Place) -> dict[str, Any]:
    return {key: value for key, value in asdict(place).items() if key != "source"}


def _coverage(found: Coverage) -> dict[str, Any]:
    kinds = {thing.kind for thing in found.things}
    return {
        "deck": found.deck,
        "share": round(found.share(), 6),
        "shares": {
            many: round(found.share(kind), 6)
            for kind, many in KINDS.items()
            if kind in kinds
        },
        "things": [
            {
                "kind": thing.kind,
                "name": thing.name,
                "text": thing.text,
                **({} if thing.place is None else _place(thing.place)),
                "tests": list(thing.tests),
                "missing": thing.missing,
            }
            for thing in found.things
        ],
    }


# --- GitHub


def as_github(run: Run, problems: Sequence[str] = ()) -> Iterator[str]:
    """A command for each failure, which GitHub shows at the line of the test.

    See 'Workflow commands for GitHub Actions' in GitHub's documentation.
    """
    for outcome in run.outcomes:
        if outcome.failure is None:
            continue
        place = outcome.failure.place
        where: dict[str, object] = {"file": place.file}
        if place.line:
            where |= {"line": place.line, "col": place.column}
        where |= {"title": f"Deck test failed: {named(outcome)}"}
        yield command("error", where, _details(outcome))
    for problem in problems:
        yield command("error", {"title": "Deck tests"}, problem)


def _details(outcome: Outcome) -> str:
    failure = outcome.failure
    if failure is None:
        return ""
    parts = [failure.message, *failure.difference, *failure.reasons]
    parts += [outcome.reproduce] if outcome.reproduce else []
    return "\n".join(parts)


# --- JUnit


def as_junit(run: Run, problems: Sequence[str] = ()) -> str:
    """JUnit's XML: a suite for each file, a case for each test.

    What else makes the run fail is a suite of its own.
    """
    suites = [
        _suite(file, [_case(outcome) for outcome in outcomes], seconds, bad)
        for file, outcomes, seconds, bad in _by_file(run.outcomes)
    ]
    if problems:
        cases = [_problem(problem) for problem in problems]
        suites.append(_suite("tabletop test", cases, 0.0, len(cases)))
    total = len(run.outcomes) + len(problems)
    bad = run.failed + len(problems)
    seconds = sum(outcome.seconds for outcome in run.outcomes)
    head = f'<testsuites name="tabletop test" tests="{total}" failures="{bad}"'
    head += f' errors="0" time="{seconds:.3f}">'
    lines = ['<?xml version="1.0" encoding="utf-8"?>', head, *suites, "</testsuites>"]
    return "\n".join(lines) + "\n"


def _by_file(
    outcomes: Sequence[Outcome],
) -> Iterator[tuple[str, list[Outcome], float, int]]:
    for file, group in groupby(outcomes, lambda outcome: outcome.file):
        found = list(group)
        seconds = sum(outcome.seconds for outcome in found)
        yield file, found, seconds, sum(not outcome.passed for outcome in found)


def _suite(name: str, cases: list[str], seconds: float, bad: int) -> str:
    head = f'  <testsuite name={_quoted(name)} tests="{len(cases)}"'
    head += f' failures="{bad}" errors="0" skipped="0" time="{seconds:.3f}">'
    return "\n".join([head, *cases, "  </testsuite>"])


def _case(outcome: Outcome) -> str:
    head = f"    <testcase classname={_quoted(outcome.file)}"
    head += f" name={_quoted(named(outcome))} file={_quoted(outcome.file)}"
    head += f' line="{outcome.line}" time="{outcome.seconds:.3f}"'
    if outcome.failure is None:
        return f"{head}/>"
    text = "\n".join(failed(outcome, painter(color=False)))
    return f"{head}>\n{_failure(outcome.failure.message, text)}\n    </testcase>"


def _problem(problem: str) -> str:
    name = _quoted(problem.split(":")[0])
    head = f'    <testcase classname="tabletop test" name={name} time="0.000">'
    return f"{head}\n{_failure(problem, problem)}\n    </testcase>"


def _failure(message: str, text: str) -> str:
    body = xml(text)
    return f'      <failure type="failure" message={_quoted(message)}>{body}</failure>'


def _quoted(text: str) -> str:
    return attribute(" ".join(text.split()))
