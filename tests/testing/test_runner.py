"""A test's outcome is the same wherever it runs, and whatever goes wrong is told."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tabletop.session.moves import from_json
from tabletop.session.session import Session
from tabletop.session.view import CONTROL
from tabletop.testing.files import Case, read
from tabletop.testing.files import TestFile as File
from tabletop.testing.results import Outcome
from tabletop.testing.runner import run_case
from tabletop.testing.steps import start_of
from tests.testing.files import TUTORIAL, failure_of, file_of

if TYPE_CHECKING:
    from tabletop.session.tree import Tree

TESTS = TUTORIAL.with_name("tutorial.test.toml")
LOOP = """
format = 1
id = "loop"
title = "A deck that runs in circles"
[rounds]
count = 3
ending = "over"
[teams.red]
name = "Red"
[cards.push]
team = "red"
title = "Push"
effects = [EFFECTS]
[endings.over]
title = "Over"
""".replace("EFFECTS", ", ".join(["'schedule(push, 1)'"] * 30))


def scripts(file: File) -> list[Case]:
    return [case for case in file.cases if case.kind == "test"]


def same(outcome: Outcome) -> Outcome:
    """An outcome without what differs from run to run."""
    return replace(outcome, seconds=0)


def test_outcomes_are_the_same_in_other_processes() -> None:
    file = read(TESTS)
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        waiting = [pool.submit(run_case, file, case) for case in file.cases[:14]]
        elsewhere = [same(future.result()) for future in waiting]
    assert elsewhere == [same(run_case(file, case)) for case in file.cases[:14]]
    assert pickle.loads(pickle.dumps(elsewhere)) == elsewhere


def test_the_order_of_tests_is_no_matter() -> None:
    file = read(TESTS)
    cases = file.cases[:14]
    forward = [same(run_case(file, case)) for case in cases]
    backward = [same(run_case(file, case)) for case in reversed(cases)]
    assert forward == backward[::-1]


def test_games_are_handed_out_and_can_be_played_again() -> None:
    """Each script's once; the moves of its outcome lead to the same state."""
    file = read(TESTS)
    for case in scripts(file):
        trees: list[Tree] = []
        outcome = run_case(file, case, tracer=trees.append)
        [tree] = trees
        start = start_of(case.table.start)
        session = Session.new(
            file.deck, seed=tree.seed, seats={CONTROL: "person"}, start=start
        )
        for move in outcome.moves:
            session.submit(CONTROL, from_json(move), note="a test")
        assert session.tree.digest(session.head) == tree.digest(tree.head)


def test_a_failing_script_hands_its_game_out_too(tmp_path: Path) -> None:
    text = '[[test]]\nname = "x"\nsteps = [{ advance = "phase", then.water = 0 }]\n'
    file = file_of(tmp_path, text)
    trees: list[Tree] = []
    outcome = run_case(file, file.cases[0], tracer=trees.append)
    assert outcome.failure is not None
    assert [len(tree.nodes) for tree in trees] == [2]


def test_a_machine_that_stops_itself_fails_the_test(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabletop.engine.flow.MAX_STEPS", 500)
    (tmp_path / "loop.toml").write_text(LOOP, "utf-8")
    text = """
[[test]]
name = "x"
start.phase = "play"
steps = [{ team = "red", play = "push" }, { advance = "end" }]
expect.ending = "over"
"""
    failure = failure_of(file_of(tmp_path, text, tmp_path / "loop.toml"))
    assert "can't be carried out" in failure.message
    assert failure.place.line == 6


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    file = file_of(tmp_path, '[[always]]\nthat = "water >= 0"\ngames = 400\n')
    assert run_case(file, file.cases[0], tell=told.append).passed
    assert told == [
        "always: water >= 0: 200 of 400 games", "always: water >= 0: 400 of 400 games",
    ]  # fmt: skip
