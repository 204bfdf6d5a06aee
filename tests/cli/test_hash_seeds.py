"""Checks, tests and studies give the same bytes in any process, by any workers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tabletop.cli.main import main
from tabletop.engine.gear import has_fast

MUCH = Path("tests/deck/bad/flow_conditions.toml")
"""A deck of which much is to be said."""


def tell(workers: str) -> None:
    """Prints what each verb says, on a few decks."""
    games = "130" if has_fast() else "20"
    measured = "choices,causes,order" if has_fast() else "causes,order"
    study = ["study", "tutorial", "--games", games, "--measure", measured, "--vary",
             "tracks.water", "--against", "decks/tutorial.toml", "--workers", workers,
             "--policy", "town=least-used", "--json"]  # fmt: skip
    for words in (
        ["check", str(MUCH), "--guesses", "--format", "json"],
        ["check", "tutorial", "--with-tests", "--format", "sarif"],
        ["test", "tutorial", "-k", "not chance", "--coverage", "--format", "json",
         "--workers", "2" if workers != "1" else "1"],
        study,
    ):  # fmt: skip
        main(words)


@pytest.mark.xdist_group("high gear")
def test_hash_seeds_and_workers_do_not_matter(root: Path) -> None:
    code = "import sys, tests.cli.test_hash_seeds as t; t.tell(sys.argv[1])"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, workers],
            cwd=root,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdout=subprocess.PIPE,
        )
        for seed, workers in (("1", "1"), ("2", "16"))
    ]
    one, other = (process.communicate()[0] for process in processes)
    assert one == other
    study = json.loads(one[one.rindex(b'{\n  "format": 1,\n  "kind": "study"') :])
    assert study["levers"]
    assert study["choices"]
