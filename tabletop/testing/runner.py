"""Runs one deck test and tells what came of it."""

from collections.abc import Callable

from tabletop.session.tree import Tree
from tabletop.testing.files import Case, TestFile
from tabletop.testing.results import Outcome

Tell = Callable[[str], object]
"""Told in a line what is being done."""
Tracer = Callable[[Tree], object]
"""Given each scripted or found game once it is played."""


def run_case(
    file: TestFile, case: Case, *, seed: int | None = None,
    tell: Tell | None = None, tracer: Tracer | None = None,
) -> Outcome:  # fmt: skip
    """Runs a test of a file. Never raises for what the test or deck does wrong.

    `seed` takes the place of the file's own, not of one that the test itself names.
    """
    raise NotImplementedError
