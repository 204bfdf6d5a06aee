"""Runs one deck test and tells what came of it."""

import time
from collections.abc import Callable, Mapping

from tabletop.deck.checks import OUR_FAULT
from tabletop.session.moves import to_json
from tabletop.testing.chance import run_chance
from tabletop.testing.failing import TestFailed
from tabletop.testing.files import Case, TestFile
from tabletop.testing.games import again
from tabletop.testing.results import Failure, Outcome
from tabletop.testing.search_run import run_kept, run_reach
from tabletop.testing.steps import Player
from tabletop.testing.wishes import Made, Tell, Tracer, Wish


def run_case(
    file: TestFile, case: Case, *, seed: int | None = None,
    tell: Tell | None = None, tracer: Tracer | None = None,
) -> Outcome:  # fmt: skip
    """Runs a test of a file. Never raises for what the test or deck does wrong.

    `seed` takes the place of the file's own, not of one that the test itself names.
    """
    begun = time.perf_counter()
    made = Made()
    failure = None
    try:
        _RUN[case.kind](file, case, Wish(_seed(file, case, seed), tell, tracer), made)
    except TestFailed as failed:
        failure = failed.failure
    except Exception as error:
        failure = _internal(file, case, error)
    return Outcome(
        case.name, case.kind, case.file, case.line, failure,
        time.perf_counter() - begun, tuple(made.found), made.reproduce,
        tuple(to_json(move) for move in made.moves),
    )  # fmt: skip


def _seed(file: TestFile, case: Case, seed: int | None) -> int:
    if case.table.seed is not None:
        return case.table.seed
    return file.model.seed if seed is None else seed


def _internal(file: TestFile, case: Case, error: Exception) -> Failure:
    place = file.place(*case.path)
    message = f"the runner failed: {type(error).__name__}: {str(error)[:200]}"
    return Failure(place, message, hint=OUR_FAULT)


def _script(file: TestFile, case: Case, wish: Wish, made: Made) -> None:
    player = Player(file, case, wish.seed)
    made.reproduce = again(case)
    try:
        player.play()
    finally:
        made.moves = player.board.moves()
        if wish.tracer is not None:
            wish.tracer(player.board.tree)


_RUN: Mapping[str, Callable[[TestFile, Case, Wish, Made], None]] = {
    "test": _script,
    "always": run_kept,
    "never": run_kept,
    "reach": run_reach,
    "chance": run_chance,
}
