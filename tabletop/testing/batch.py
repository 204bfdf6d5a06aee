"""Runs the tests of several files, in this process or in several, in one order.

What comes of a test does not depend on how many processes there are, nor on which
tests ran before it.
"""

import os
import shlex
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.bots.workers import processes
from tabletop.errors import TabletopError
from tabletop.session.tree import Tree
from tabletop.testing import files, runner
from tabletop.testing.coverage import Collector, Seen, of_tests
from tabletop.testing.record_keep import keep
from tabletop.testing.report import file_problems
from tabletop.testing.results import Coverage, Outcome
from tabletop.testing.selection import wanted
from tabletop.testing.wishes import Tell

if TYPE_CHECKING:
    from concurrent.futures import Future

OPEN_FILES = 64
"""Test files that a process keeps read."""
AHEAD = 4
"""Tests for each process that are begun before earlier ones are told."""


@dataclass(frozen=True, slots=True)
class Task:
    """One test: its file and its place among the file's tests."""

    file: Path
    number: int
    kind: str
    name: str
    line: int
    deck: Path
    """The deck that it is about."""

    @property
    def title(self) -> str:
        """What -k looks in: the file's name, the kind and the test's name."""
        return f"{self.file.name} {self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Options:
    """How tests are run."""

    seed: int | None = None
    """Instead of the seed that a test names."""
    coverage: bool = False
    save: Path | None = None
    """The folder for the games of tests that fail."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of one task."""

    task: Task
    outcome: Outcome
    seen: Seen | None
    """What of the deck the test reached, when coverage was wished for."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The tests of several files."""

    tasks: tuple[Task, ...]
    """In the order in which files are named and tests are written."""
    broken: tuple[Outcome, ...]
    """What is wrong with files that can't be used, as tests that failed."""


def gather(paths: Iterable[Path]) -> Gathered:
    """Every test of some files, each file once; never raises for what is in them."""
    _read.cache_clear()
    found: list[Task] = []
    broken: list[Outcome] = []
    for path in dict.fromkeys(paths):
        try:
            file = _read(path)
        except files.DeckTestError as error:
            broken += file_problems(path, error.diagnostics)
            continue
        found += [
            Task(path, number, case.kind, case.name, case.line, file.deck_path)
            for number, case in enumerate(file.cases)
        ]
    return Gathered(tuple(found), tuple(broken))


def chosen(all_tasks: Sequence[Task], expression: str) -> list[Task]:
    """Those that are called so, else those that an expression asks for.

    Raises UsageError when it makes no sense.
    """
    name = " ".join(expression.split())
    called = [task for task in all_tasks if " ".join(task.name.split()) == name]
    if called:
        return called
    asks = wanted(expression)
    return [task for task in all_tasks if asks(task.title)]


def run(
    options: Options, todo: Sequence[Task], *, workers: int = 1,
    fail_fast: bool = False, tell: Tell | None = None,
) -> Iterator[Done]:  # fmt: skip
    """Runs tests and gives what came of each, in their order.

    With `fail_fast` the first that fails is the last. Raises TabletopError when a
    process is killed.
    """
    alone = (perform(options, task, tell) for task in todo)
    for done in alone if workers <= 1 else _shared(options, todo, workers):
        yield done
        if fail_fast and not done.outcome.passed:
            return


def perform(options: Options, task: Task, tell: Tell | None = None) -> Done:
    """Runs one test."""
    file = _read(task.file)
    watch = _Watch(Collector(file.deck) if options.coverage else None)
    outcome = runner.run_case(
        file, file.cases[task.number], seed=options.seed, tell=tell, tracer=watch
    )
    if options.seed is not None and outcome.reproduce.startswith("tabletop test "):
        again = f"{outcome.reproduce} --seed {options.seed}"
        outcome = replace(outcome, reproduce=again)
    if options.save is not None and not outcome.passed and watch.last is not None:
        said = _keep(watch.last, options.save, f"{task.file.name} {task.name}")
        outcome = replace(outcome, reproduce=f"{outcome.reproduce}\n{said}".strip())
    return Done(task, outcome, watch.seen())


def _keep(tree: Tree, folder: Path, name: str) -> str:
    """Keeps a game: the command that shows it, or why it can't be kept."""
    try:
        return f"tabletop replay {shlex.quote(str(keep(tree, folder, name)))}"
    except TabletopError as error:
        return f"(the game can't be kept: {error.message})"


@dataclass
class _Watch:
    """Sees the games of a test."""

    collector: Collector | None
    last: Tree | None = None

    def __call__(self, tree: Tree) -> None:
        self.last = tree
        if self.collector is not None:
            self.collector(tree)

    def seen(self) -> Seen | None:
        return self.collector.seen() if self.collector else None


def coverage(found: Sequence[Done]) -> list[Coverage]:
    """What all tests reach together, deck by deck."""
    decks: dict[Path, list[Done]] = {}
    for done in found:
        decks.setdefault(done.task.deck.resolve(), []).append(done)
    return [
        of_tests(
            _read(group[0].task.file).deck,
            os.path.normpath(group[0].task.deck),
            [(each.task.name, each.seen) for each in group if each.seen],
        )
        for group in decks.values()
    ]


@lru_cache(maxsize=OPEN_FILES)
def _read(path: Path) -> files.TestFile:
    return files.read(path)


def _shared(options: Options, todo: Sequence[Task], workers: int) -> Iterator[Done]:
    """Several processes; no more is begun than may be wanted soon."""
    pool = processes(workers)
    waiting: deque[Future[Done]] = deque()
    complete = False
    try:
        for task in todo:
            waiting.append(pool.submit(perform, options, task))
            if len(waiting) > AHEAD * workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
        complete = True
    except BrokenProcessPool as error:
        raise TabletopError(
            "a process that ran tests was killed",
            "Perhaps memory ran out: try fewer --workers.",
        ) from error
    finally:
        # Nobody waits for what is still running when enough is known.
        running = [] if complete else list(pool._processes.values())
        pool.shutdown(wait=complete, cancel_futures=True)
        for process in running:
            process.terminate()
