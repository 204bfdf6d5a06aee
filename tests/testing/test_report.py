"""What is told of tests holds any text: one line stays one line, XML stays XML."""

import json
from collections.abc import Callable
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.deck.diagnostics import Place
from tabletop.deck.render import painter
from tabletop.testing import report
from tabletop.testing.report_formats import as_github, as_json, as_junit
from tabletop.testing.results import Coverage, Covered, Failure, Outcome, Run

HOSTILE = ["\x1b[2J", "]]>", "::error::", "a\r\nb", "%0A", "\u202e", "&<\">'"]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(HOSTILE)
LINES = st.lists(TEXTS, max_size=3).map(tuple)
PLACES = st.builds(
    Place, TEXTS, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99),
    st.integers(0, 99), TEXTS,
)  # fmt: skip
FAILURES = st.builds(Failure, PLACES, TEXTS, LINES, LINES, LINES, TEXTS)
OUTCOMES = st.builds(
    Outcome, TEXTS, st.sampled_from(["test", "always", "reach", "file"]), TEXTS,
    st.integers(0, 99), st.none() | FAILURES, st.floats(0, 9), LINES, TEXTS,
)  # fmt: skip
COVERED = st.builds(
    Covered, st.sampled_from(list(report.KINDS)), TEXTS, TEXTS, st.none() | PLACES,
    LINES, st.sampled_from(["", "never", "never true"]),
)  # fmt: skip
COVERAGE = st.builds(Coverage, TEXTS, st.lists(COVERED, max_size=4).map(tuple))
RUNS = st.builds(Run, st.lists(OUTCOMES, max_size=4), st.lists(COVERAGE, max_size=2))
PLAIN = painter(color=False)


def printable(line: str) -> bool:
    """Whether nothing in a line moves a cursor, recolours or reorders."""
    return not any(c < " " or c in "\x7f\u2028\u2029\u202e\u2066" for c in line)


@given(RUNS)
def test_lines_for_people_are_lines(run: Run) -> None:
    lines = [report.summary(run, 3)]
    for outcome in run.outcomes:
        lines += [report.status(outcome, PLAIN), report.one_line(outcome)]
        lines += [*report.failed(outcome, PLAIN), *report.details(outcome, PLAIN)]
    for found in run.coverage:
        lines += [*report.coverage(found, PLAIN), *report.missing(found)]
    assert all(map(printable, lines))


@given(RUNS, LINES)
def test_junit_is_xml_and_counts_right(run: Run, problems: tuple[str, ...]) -> None:
    root = ElementTree.fromstring(as_junit(run, problems))
    cases = root.findall("testsuite/testcase")
    failures = root.findall("testsuite/testcase/failure")
    assert root.get("tests") == str(len(cases))
    assert len(cases) == len(run.outcomes) + len(problems)
    assert root.get("failures") == str(len(failures))
    assert len(failures) == run.failed + len(problems)


@given(RUNS, LINES)
def test_github_s_commands_are_a_line_each(run: Run, problems: tuple[str, ...]) -> None:
    lines = list(as_github(run, problems))
    assert len(lines) == run.failed + len(problems)
    for line in lines:
        assert line.startswith("::error ")
        assert "\n" not in line
        assert "\r" not in line


@given(RUNS, LINES)
def test_json_holds_it_all(run: Run, problems: tuple[str, ...]) -> None:
    found = json.loads(as_json(run, problems))
    assert len(found["tests"]) == len(run.outcomes)
    assert found["failed"] == run.failed
    assert found["ok"] == (bool(run.outcomes) and not run.failed and not problems)
    for test, outcome in zip(found["tests"], run.outcomes, strict=True):
        assert "seconds" not in test
        if outcome.failure is not None:
            assert test["failure"]["message"] == outcome.failure.message


@pytest.mark.parametrize("write", [as_json, lambda run: "".join(as_github(run))])
@given(RUNS, st.floats(0, 9))
def test_how_long_it_took_changes_nothing(
    write: Callable[[Run], str], run: Run, seconds: float
) -> None:
    slower = [replace(outcome, seconds=seconds) for outcome in run.outcomes]
    assert write(Run(slower, run.coverage)) == write(run)


def test_many_events_are_cut_from_the_front() -> None:
    events = tuple(f"event {i}" for i in range(40))
    failure = Failure(Place("x", 1, 1, 1, 2, "text"), "no", events=events)
    text = "\n".join(report.failed(Outcome("a", "test", "x", 1, failure, 0), PLAIN))
    assert "event 39" in text
    assert "event 27\n" not in text
    assert "..." in text
