"""How `tabletop test` shows what comes of tests, in each of its formats."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from tabletop.cli import files, output
from tabletop.deck.display import safe
from tabletop.deck.render import Paint, painter
from tabletop.testing import report
from tabletop.testing.report_formats import as_github, as_json, as_junit
from tabletop.testing.results import Outcome, Run


class Shower(Protocol):
    """Shows a run while it goes on and when it is over."""

    def one(self, outcome: Outcome) -> None:
        """A test is done."""

    def end(self, run: Run, problems: Sequence[str], left_out: int) -> None:
        """All is done: what came of it, what else is wrong, what was not run."""


def shower(arguments: argparse.Namespace) -> Shower:
    """What shows the format that is asked for."""
    color = output.wants_color(arguments.color)
    if arguments.format == "full":
        return Full(painter(color=color), verbose=arguments.verbose)
    return Concise() if arguments.format == "concise" else Document(arguments.format)


class Full:
    """For people: a line for each test, then failures in full, then how many."""

    def __init__(self, paint: Paint, *, verbose: bool = False) -> None:
        """Takes what colours, and whether all is told that tests found."""
        self._paint = paint
        self._verbose = verbose
        self._file = ""

    def one(self, outcome: Outcome) -> None:
        """Its line, beneath the name of its file."""
        output.progress("")
        if outcome.file != self._file:
            self._file = outcome.file
            self._line(self._paint("strong", safe(outcome.file)))
        self._line(report.status(outcome, self._paint))
        if self._verbose:
            for line in report.details(outcome, self._paint):
                self._line(line)
        output.flush()

    def end(self, run: Run, problems: Sequence[str], left_out: int) -> None:
        """Failures, coverage, problems, and how many tests there were."""
        self._line()
        for outcome in run.outcomes:
            if not outcome.passed:
                for line in (*report.failed(outcome, self._paint), ""):
                    self._line(line)
        for found in run.coverage:
            for line in report.coverage(found, self._paint):
                self._line(line)
            self._line()
        for problem in problems:
            self._line(f"{self._paint('error', 'problem')}: {safe(problem)}")
        self._line(report.summary(run, left_out))

    def _line(self, text: str = "") -> None:
        output.say_styled(f"{text}\n")


class Concise:
    """A line for each failure, for editors and for grep; then how many."""

    def one(self, outcome: Outcome) -> None:
        """Its line, when it failed."""
        output.progress("")
        if not outcome.passed:
            output.say(report.one_line(outcome))

    def end(self, run: Run, problems: Sequence[str], left_out: int) -> None:
        """What is missing, problems, and how many tests there were."""
        for found in run.coverage:
            for line in report.missing(found):
                output.say(line)
        for problem in problems:
            output.say(f"problem: {problem}")
        output.say(report.summary(run, left_out))


class Document:
    """JSON, XML or GitHub's commands, once all is done."""

    def __init__(self, form: str) -> None:
        """Takes the name of the format."""
        self._form = form

    def one(self, outcome: Outcome) -> None:
        """Nothing: the document comes at the end."""

    def end(self, run: Run, problems: Sequence[str], left_out: int) -> None:
        """The document."""
        if self._form == "json":
            output.say(as_json(run, problems))
        elif self._form == "junit":
            output.say(as_junit(run, problems).rstrip())
        else:
            for line in as_github(run, problems):
                output.say(line)
            output.say(report.summary(run, left_out))


def write_junit(path: Path, run: Run, problems: Sequence[str]) -> None:
    """JUnit's XML as a file, over one that is there. Raises UsageError."""
    files.make_folder(path.parent)
    files.write_whole(path, as_junit(run, problems), force=True)
