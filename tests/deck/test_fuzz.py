"""Damaged decks end in a deck or in diagnostics: never in a traceback or a hang.

TABLETOP_FUZZ=20000 makes the run longer; the same number makes the same decks.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tabletop.deck.loader import check, load_text
from tabletop.deck.render import Form, render
from tabletop.deck.result import CheckResult
from tests.deck.mutate import mutated

ROOT = Path(__file__).parents[2]
BAD = sorted((ROOT / "tests" / "deck" / "bad").glob("*.toml"))
SMALL = [ROOT / "decks" / "tutorial.toml", *BAD]
LARGE = ROOT / "decks" / "bright-days"
FORMS: tuple[Form, ...] = ("full", "concise", "json")
RUNS = int(os.environ.get("TABLETOP_FUZZ", "300"))
MOST_SECONDS = 5.0
MOST_MEGABYTES = 512


def sound(result: CheckResult) -> None:
    """A check's result is whole: a deck or errors, all of which can be shown."""
    assert not result.fault, render(result)
    assert (result.deck is None) == (result.errors > 0)
    for form in FORMS:
        shown = render(result, form, color=True)
        assert shown or (form == "concise" and not result.diagnostics)
    for diagnostic in result.diagnostics:
        place = diagnostic.place
        assert place.column <= len(place.source) + 1
        assert place.end_column >= place.column
    if result.deck is not None:
        assert load_text(result.deck.files).digest == result.deck.digest


def examine(path: Path) -> None:
    started = time.perf_counter()
    sound(check(path))
    assert time.perf_counter() - started < MOST_SECONDS


def test_damaged_files(tmp_path: Path) -> None:
    path = tmp_path / "deck.toml"
    for number in range(RUNS):
        # The first deck is a right one, and the one most worth damaging.
        source = SMALL[0] if number % 2 else SMALL[number // 2 % len(SMALL)]
        path.write_bytes(mutated(source.read_bytes(), f"file {number}"))
        examine(path)


def test_damaged_folders(tmp_path: Path) -> None:
    folder = tmp_path / "deck"
    shutil.copytree(LARGE, folder)
    files = sorted(folder.glob("*.toml"))
    for number in range(RUNS // 10):
        path = files[number % len(files)]
        right = path.read_bytes()
        path.write_bytes(mutated(right, f"folder {number}"))
        examine(folder)
        path.write_bytes(right)


def test_random_bytes(tmp_path: Path) -> None:
    path = tmp_path / "deck.toml"
    for number in range(RUNS // 10):
        path.write_bytes(mutated(bytes(range(256)), f"bytes {number}"))
        examine(path)


def test_memory_stays_small(tmp_path: Path) -> None:
    """In a process of its own, whose memory is nobody else's."""
    resource = pytest.importorskip("resource")
    script = (
        "from pathlib import Path\n"
        "from tests.deck import test_fuzz\n"
        "test_fuzz.test_damaged_files(Path('.'))\n"
        "test_fuzz.test_damaged_folders(Path('.'))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "TABLETOP_FUZZ": "60"}
    limit = MOST_MEGABYTES << 20
    subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env=environment,
        check=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),
    )
