"""`run`: bots play a series; any game of it can be had alone, read and kept."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tabletop.bots import bulk
from tabletop.deck.deck import Deck
from tests.cli.conftest import DECK, Shell

LOW = ("--gear", "low")


def report(shell: Shell, *arguments: str) -> dict[str, Any]:
    result = shell("run", "ferry.toml", "--json", *LOW, *arguments)
    assert result.code == 0, result.err
    facts: dict[str, Any] = json.loads(result.out)
    return facts


def timeless(facts: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if "seconds" not in key}


def test_the_report_has_what_programs_read(shell: Shell) -> None:
    facts = report(shell, "--games", "20", "--seed", "3")
    assert facts["games"] == 20
    assert facts["moves"] > 20
    assert facts["endings"] == {"left_behind": 20}
    assert facts["rounds"] == {"2": 20}
    assert facts["tracks"]["aboard"].keys() == {"mean", "least", "greatest"}
    assert facts["scores"].keys() == {"crew", "harbour"}
    assert (facts["deck"], facts["seed"]) == ("ferry", 3)
    assert facts["policies"] == {"crew": "random", "harbour": "random"}


def test_the_same_seed_gives_the_same_games(shell: Shell) -> None:
    first = report(shell, "--games", "20", "--seed", "3")
    again = report(shell, "--games", "20", "--seed", "3", "--workers", "2")
    other = report(shell, "--games", "20", "--seed", "4")
    assert timeless(first) == timeless(again)
    assert first["digest"] != other["digest"]


def test_the_report_for_people(shell: Shell) -> None:
    said = shell("run", "ferry.toml", "--games", "20", *LOW).out
    assert "20 games" in said
    assert "100.0%  Left behind" in said
    assert "People aboard" in said
    assert "moves a second (low gear)" in said


def test_games_that_the_machine_stopped_are_a_problem(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    play_games = bulk.play_games

    def stopping(*deck: Deck, **options: Any) -> bulk.Summary:
        return replace(play_games(*deck, **options), stopped=2)

    monkeypatch.setattr(bulk, "play_games", stopping)
    result = shell("run", "ferry.toml", "--games", "5")
    assert result.code == 1
    assert "\n2 games stopped: " in result.out


def test_few_games_are_played_in_low_gear(shell: Shell) -> None:
    assert "(low gear)" in shell("run", "ferry.toml", "--games", "100").out


def test_policies_for_all_and_for_one(shell: Shell) -> None:
    facts = report(shell, "--policy", "first", "--policy", "crew=greedy")
    assert facts["policies"] == {"crew": "greedy", "harbour": "first"}


def test_one_game_to_be_read(shell: Shell) -> None:
    said = shell("run", "ferry.toml", "--games", "1", "--seed", "1", "--log").out
    assert said.startswith("The last ferry\n")
    assert "Hour 1, Play" in said
    assert "The end: Left behind" in said


def test_a_game_of_the_series_can_be_kept(shell: Shell, tmp_path: Path) -> None:
    alone = ("run", "ferry.toml", "--seed", "5", "--only", "7", "--log")
    kept = shell(*alone, "--save", "seven.jsonl")
    assert (tmp_path / "seven.jsonl").is_file()
    assert kept.out == shell(*alone).out + "Saved in seven.jsonl\n"
    assert shell("verify", "seven.jsonl").code == 0


def test_one_game_for_programs(shell: Shell) -> None:
    facts = report(shell, "--seed", "5", "--only", "7")
    assert facts["game"] == 7
    assert facts["ending"] == "left_behind"
    assert facts["scores"]["crew"] == facts["tracks"]["aboard"] // 10
    assert facts["log"][0]["title"] == "The game begins"


def test_a_save_is_never_overwritten(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text("precious")
    result = shell("run", "ferry.toml", "--only", "0", "--save", "mine.jsonl")
    assert result.code == 4
    assert (tmp_path / "mine.jsonl").read_text() == "precious"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--games", "2", "--log"),
        ("--games", "2", "--save", "x.jsonl"),
        ("--policy", "clever"),
        ("--policy", "crwe=first"),
        ("--policy", "crew=clever"),
    ],
)
def test_what_makes_no_sense_is_refused(
    shell: Shell, arguments: tuple[str, ...]
) -> None:
    result = shell("run", "ferry.toml", *arguments)
    assert result.code == 2
    assert result.err.startswith("error: ")
    assert "hint: " in result.err


def test_a_bad_deck_is_3(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("format = 1\n")
    result = shell("run", "bad.toml")
    assert result.code == 3
    assert "tabletop check" in result.err


def test_high_gear_that_is_not_installed_is_said_so(shell: Shell) -> None:
    command = (
        "import sys; sys.modules['numba'] = None\n"
        "from tabletop.cli.main import main\n"
        "sys.exit(main(['run', 'ferry.toml', '--gear', 'high']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", command], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2, result.stderr
    assert "--gear low" in result.stderr


def test_a_bot_may_search(shell: Shell) -> None:
    facts = report(shell, "--games", "3", "--policy", "crew=search:20")
    again = report(shell, "--games", "3", "--policy", "crew=search:20")
    assert timeless(facts) == timeless(again)
    assert facts["policies"] == {"crew": "search:20", "harbour": "random"}
    assert facts["scores"]["crew"]["least"] >= 6


def test_a_game_by_a_searching_bot_can_be_kept(shell: Shell) -> None:
    kept = ("--only", "1", "--policy", "search:5", "--save", "kept.jsonl")
    assert shell("run", "ferry.toml", *kept).code == 0
    assert shell("verify", "kept.jsonl").code == 0


def test_the_hint_names_every_bot(shell: Shell) -> None:
    result = shell("run", "ferry.toml", "--policy", "search:1000001")
    assert result.code == 2
    assert "random, first, greedy, search[:PLAYOUTS]" in result.err
    assert "1,000,000" in result.err


# --- policies that go by a table, and counting instead of playing


def test_a_game_of_bots_that_learn_is_played_alone_as_in_the_series(
    shell: Shell,
) -> None:
    """With the mean of three games, and each of them alone."""
    policy = ("--policy", "least-used", "--seed", "5")
    series = report(shell, "--games", "3", *policy)
    scores = [
        report(shell, "--only", str(game), *policy)["scores"]["crew"]
        for game in range(3)
    ]
    assert series["scores"]["crew"]["mean"] == pytest.approx(sum(scores) / 3)


def test_a_weights_file_that_does_not_fit_is_named_with_the_line(
    shell: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "bold=er.toml"
    file.write_text("pass = 1\n[cards]\nnothing_so = 3\n", "utf-8")
    result = shell("run", "ferry.toml", "--policy", f"weights:{file}")
    assert result.code == 2
    assert f"{file}:3: `nothing_so`" in result.err
    assert "Traceback" not in result.err


def test_the_ways_of_the_first_decisions_are_counted(shell: Shell) -> None:
    result = shell("run", "ferry.toml", "--perft", "3", "--json")
    plies = json.loads(result.out)
    assert [ply["number"] for ply in plies] == [0, 1, 2, 3]
    assert plies[0]["ways"] == 1 < plies[1]["ways"] <= plies[2]["ways"]
    people = shell("run", "ferry.toml", "--perft", "1", "--every-luck")
    assert people.out.splitlines()[0].split() == [
        "Decisions", "Ways", "to", "go", "on", "Ends", "States",
    ]  # fmt: skip
    assert shell("run", "ferry.toml", "--every-luck").code == 2


LOOP = f"""
[injects.echo]
title = "Echo"
at = {{ round = 1 }}
effects = {["schedule(echo, 1)"] * 40}
"""


def test_a_game_that_the_machine_stops_is_shown_as_far_as_it_went(
    shell: Shell, tmp_path: Path
) -> None:
    text = DECK.replace("count = 2", "count = 9") + LOOP
    (tmp_path / "echo.toml").write_text(text, encoding="utf-8")
    result = shell("run", "echo.toml", "--only", "0", "--log")
    assert result.code == 1
    assert "Hour 3" in result.out
    assert result.err == "The machine stopped this game: too much was due at once.\n"
