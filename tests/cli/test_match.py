"""`match`: how much better one bot plays than another, for people and for programs."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabletop.cli import match
from tabletop.study.match import Contest, Standing
from tests.cli.conftest import Shell

FERRY = ("match", "ferry.toml", "greedy", "random", "--games", "20")


def test_the_report_has_what_programs_read(shell: Shell) -> None:
    result = shell(*FERRY, "--seed", "3", "--json")
    assert result.code == 0, result.err
    facts = json.loads(result.out)
    assert (facts["deck"], facts["seed"], facts["games"]) == ("ferry", 3, 20)
    assert (facts["player"], facts["other"]) == ("greedy", "random")
    assert [seat["seat"] for seat in facts["seats"]] == ["crew", "harbour"]
    crew = facts["seats"][0]
    assert crew["wins"] + crew["ties"] + crew["losses"] == crew["games"] == 20
    assert crew["low"] <= crew["share"] <= crew["high"]
    assert crew["gain_low"] <= crew["gain"] <= crew["gain_high"]
    assert crew["share"] > 0.5


def test_the_same_command_gives_the_same_figures(shell: Shell) -> None:
    first = shell(*FERRY, "--seed", "3", "--json")
    again = shell(*FERRY, "--seed", "3", "--json", "--workers", "2")
    other = shell(*FERRY, "--seed", "4", "--json")
    assert first == again
    assert json.loads(first.out)["seats"] != json.loads(other.out)["seats"]


def test_the_report_for_people(shell: Shell) -> None:
    said = shell(*FERRY, "--seat", "crew").out
    assert "greedy against random: The last ferry, 20 games in each seat" in said
    assert "Crew" in said
    assert "Harbour" not in said
    assert "Wilson" in said
    assert max(map(len, said.splitlines())) <= 100


@pytest.mark.parametrize("player", ["clever", "search:0", "bot:greedy", "exec:"])
def test_unknown_players_are_refused(shell: Shell, player: str) -> None:
    result = shell("match", "ferry.toml", "greedy", player)
    assert result.code == 2
    assert f"there is no policy '{player}'" in result.err
    assert "search[:PLAYOUTS]" in result.err


def test_unknown_seats_are_refused(shell: Shell) -> None:
    result = shell(*FERRY, "--seat", "pirates")
    assert result.code == 2
    assert "crew, harbour" in result.err


def test_an_interrupt_keeps_what_is_done(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    played = match._played

    def interrupted(contest: Contest, workers: int) -> Iterator[Standing]:
        for standing in played(contest, workers):
            yield standing
            if standing.games:
                raise KeyboardInterrupt

    monkeypatch.setattr(match, "_played", interrupted)
    result = shell(*FERRY[:-1], "90", "--json")
    assert result.code == 130
    assert "Interrupted after 20 of 90 games" in result.err
    facts = json.loads(result.out)
    assert facts["games"] == facts["seats"][0]["games"] == 20


def test_games_that_the_machine_stopped_are_left_out(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(contest: Contest, _workers: int) -> Iterator[Standing]:
        standing = Standing(contest)
        standing.add([[[1, 1], None], [[2, 1], [0, 0]], [[1, 3], [0, 0]]])
        yield standing

    monkeypatch.setattr(match, "_played", stopped)
    result = shell(*FERRY, "--json")
    assert result.code == 1
    facts = json.loads(result.out)
    assert facts["stopped"] == 2
    assert [seat["games"] for seat in facts["seats"]] == [1, 1]
    assert [seat["gain"] for seat in facts["seats"]] == [1.0, 2.0]
    assert "left out" in shell(*FERRY).out


FAILS_LATER = """
import json, pathlib, sys
for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        print(json.dumps({"type": "ready"}), flush=True)
    elif message["type"] == "view":
        with open("count", "a") as count:
            count.write(".")
        if pathlib.Path("count").stat().st_size > 12:
            sys.exit("out of breath")
        print(json.dumps({"type": "move", "id": message["id"], "move": 0}), flush=True)
"""


def test_a_program_that_fails_ends_the_match_and_what_was_done_counts(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "player.py").write_text(FAILS_LATER, encoding="utf-8")
    player = f"exec:{sys.executable} player.py"
    result = shell("match", "ferry.toml", player, "random", "--games", "9", "--json")
    assert result.code == 1
    assert "failed, so the match can't go on" in result.err
    assert 0 < json.loads(result.out)["games"] < 9
