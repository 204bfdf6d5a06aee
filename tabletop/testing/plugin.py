"""Lets pytest collect the tests of decks: `pytest decks/`.

pytest imports this at its start, wherever the program is installed: so nothing of it is
loaded here until a test file is found.
"""

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from _pytest._code.code import TerminalRepr

    from tabletop.testing.files import Case, TestFile

SUFFIX = ".test.toml"
"""The same as in `testing.files`, which is not to be loaded yet."""
SWITCH = "tabletop_decks"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The switch, as a setting and on the command line."""
    parser.addini(
        SWITCH, "collect deck tests, files that end in .test.toml", "bool", default=True
    )
    group = parser.getgroup("tabletop", "deck tests")
    group.addoption(
        "--no-deck-tests",
        action="store_true",
        help="collect no deck tests (.test.toml)",
    )


def pytest_collect_file(
    file_path: "Path", parent: pytest.Collector
) -> "DeckTestFile | None":
    """A file of deck tests, unless they are switched off."""
    if not file_path.name.endswith(SUFFIX):
        return None
    config = parent.config
    if config.getoption("--no-deck-tests") or not config.getini(SWITCH):
        return None
    return DeckTestFile.from_parent(parent, path=file_path)


class DeckTestFile(pytest.File):
    """A file of deck tests."""

    def collect(self) -> "Iterator[DeckTest]":
        """An item for each test; raises DeckTestError for a file with errors."""
        from tabletop.testing.files import read

        file = read(shown(self.path))
        names: dict[str, int] = {}
        for case in file.cases:
            name = " ".join(case.name.split())
            times = names[name] = names.get(name, 0) + 1
            yield DeckTest.from_parent(
                self, name=name if times == 1 else f"{name} [{times}]",
                file=file, case=case,
            )  # fmt: skip

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], *rest: Any, **more: Any
    ) -> "str | TerminalRepr":
        """What is wrong with the file, with its lines, and no trace of Python's."""
        from tabletop.deck.render import painter
        from tabletop.testing.files import DeckTestError
        from tabletop.testing.report import failed, file_problems

        error = excinfo.value
        if not isinstance(error, DeckTestError):
            return super().repr_failure(excinfo, *rest, **more)
        paint = painter(color=False)
        problems = file_problems(shown(self.path), error.diagnostics)
        return "\n\n".join("\n".join(failed(each, paint)) for each in problems)


class DeckTest(pytest.Item):
    """One test of a file."""

    def __init__(self, *, file: "TestFile", case: "Case", **rest: Any) -> None:
        super().__init__(**rest)
        self._file, self._case = file, case

    def runtest(self) -> None:
        """Runs it; raises Failed with what came of it."""
        from tabletop.testing.runner import run_case

        outcome = run_case(self._file, self._case)
        if not outcome.passed:
            raise FailedError(outcome)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], *rest: Any, **more: Any
    ) -> "str | TerminalRepr":
        """The failure in full, as `tabletop test` shows it."""
        from tabletop.deck.render import painter
        from tabletop.testing.report import failed

        error = excinfo.value
        if not isinstance(error, FailedError):
            return super().repr_failure(excinfo, *rest, **more)
        return "\n".join(failed(error.outcome, painter(color=False)))

    def reportinfo(self) -> "tuple[Path, int, str]":
        """Where it stands: lines count from 0 here."""
        return self.path, self._case.line - 1, f"{self._case.kind}: {self.name}"


class FailedError(Exception):
    """A deck test did not pass."""

    def __init__(self, outcome: Any) -> None:
        super().__init__(outcome.failure.message)
        self.outcome = outcome


def shown(path: "Path") -> "Path":
    """A path as seen from the current folder, where it is below it."""
    from pathlib import Path

    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
