"""Writers killed at random instants lose nothing that they acknowledged."""

import os
from pathlib import Path

import pytest

from tests.session.killer import kill_often

KILLS = int(os.environ.get("TABLETOP_KILLS", "300"))
READER = "tests.session.killed:saved_moves"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its writers")


@pytest.mark.parametrize("writer", ["moves", "moves_byte_by_byte"])
def test_no_acknowledged_move_is_lost(tmp_path: Path, writer: str) -> None:
    report = kill_often(
        f"tests.session.killed:{writer}", READER, tmp_path, kills=KILLS, seed=1
    )
    assert report.failed == ""
    assert report.lost == 0
    assert report.kills == KILLS
    assert report.acknowledged > KILLS // 2, "the writers hardly came to write"
    assert report.before_any > KILLS // 50, "no writer was killed while it opened"


def test_lines_are_torn_on_the_way(tmp_path: Path) -> None:
    """Without torn lines the test above would say little.

    A busy machine gives a writer little to do before it is killed, so it is tried
    again: a writer that could not tear a line never would.
    """
    torn = 0
    for seed in range(2, 22):
        folder = tmp_path / str(seed)
        folder.mkdir()
        kill_often(
            "tests.session.killed:moves_byte_by_byte", READER, folder, kills=60,
            seed=seed,
        )  # fmt: skip
        found = [path.read_bytes() for path in folder.glob("*.torn")]
        torn += sum(each.count(b"--- 2026") for each in found)
        if torn > 3:
            return
    pytest.fail(f"only {torn} lines were torn")


def test_the_killer_catches_a_writer_that_lies(tmp_path: Path) -> None:
    report = kill_often("tests.session.killed:liar", READER, tmp_path, kills=60, seed=3)
    assert report.lost > 0
