"""A game that is killed at random instants loses no move that was acknowledged."""

import os
from pathlib import Path

import pytest

from tabletop.session.session import Session
from tests.session.killer import kill_often

KILLS = int(os.environ.get("TABLETOP_KILLS", "300")) // 5

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="forks its writers")


@pytest.mark.parametrize("plays", ["bots", "amended"])
def test_no_acknowledged_move_of_a_game_is_lost(plays: str, tmp_path: Path) -> None:
    writer, reader = (f"tests.session.games_killed:{n}" for n in (plays, "replayed"))
    report = kill_often(writer, reader, tmp_path, kills=KILLS, seed=5)
    assert report.failed == ""
    assert report.lost == 0
    assert report.kills == KILLS
    assert report.acknowledged > KILLS // 4, "the writers hardly came to play"


def test_a_killed_game_goes_on_as_it_would_have(tmp_path: Path) -> None:
    """The same bots make the same moves, however often they were interrupted."""
    writer, reader = (f"tests.session.games_killed:{n}" for n in ("bots", "replayed"))
    kill_often(writer, reader, tmp_path, kills=15, seed=6)
    saves = sorted(tmp_path.glob("*.jsonl"))
    assert saves
    for save in saves:
        killed = Session.open(save)
        fresh = Session.new(
            killed.deck, seed=4, seats=killed.seats, path=tmp_path / f"new-{save.name}"
        )
        for number in range(1, killed.head + 1):
            assert fresh.bot_moves()
            assert fresh.tree.digest(number) == killed.tree.digest(number)
        killed.close()
        fresh.close()
