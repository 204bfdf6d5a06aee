"""`study`: from the command line to every file, and nothing lost on the way."""

import csv
import json
import os
import shlex
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from tabletop.cli import study as verb
from tabletop.report.study.tables import NAMES
from tabletop.study.result import StudyResult
from tabletop.study.study import Progress
from tests.cli.conftest import DECK, Shell

FEW = ("study", "ferry.toml", "--games", "60", "--gear", "low", "--workers", "1")
COUNTS = (*FEW, "--measure", "none")


def test_a_study_is_told_and_its_games_can_be_played_alone(shell: Shell) -> None:
    result = shell(*FEW)
    assert result.code == 0, result.err
    for title in ("What to look at", "Endings", "Length", "Teams", "Choice and luck",
                  "Pace", "Tracks", "Cards", "Coverage"):  # fmt: skip
        assert f"── {title} ──" in result.out
    assert "Left behind" in result.out
    line = next(x for x in result.out.splitlines() if "One game alone: " in x)
    command = line.split(": ", 1)[1].replace("GAME", "59")
    played = shell(*shlex.split(command)[1:])
    assert played.code == 0, played.err
    assert "Left behind" in played.out


@pytest.mark.parametrize("policy", ["random", "least-used", "crew=greedy"])
def test_every_example_is_a_game_that_shows_it(shell: Shell, policy: str) -> None:
    data = json.loads(shell(*COUNTS, "--policy", policy, "--json").out)
    seen = [thing for thing in data["reached"] if thing["share"]["count"]]
    assert {thing["kind"] for thing in seen} == {"card", "ending"}
    for thing in seen:
        command = data["play_one"].replace("GAME", str(thing["example"]))
        played = shell(*shlex.split(command)[1:])
        assert thing["text"] in played.out


def test_json_goes_to_standard_output_alone_or_to_a_file(
    shell: Shell, tmp_path: Path
) -> None:
    out = shell(*COUNTS, "--json").out
    data = json.loads(out)
    assert (data["format"], data["method"]["games"]) == (1, 60)
    told = shell(*COUNTS, "--json", "study.json")
    assert "Wrote study.json." in told.out
    assert (tmp_path / "study.json").read_text("utf-8") == out


def test_all_forms_are_written_at_once(shell: Shell, tmp_path: Path) -> None:
    files = ("--html", "s.html", "--markdown", "s.md", "--csv", "tables",
             "--parquet", "arrow")  # fmt: skip
    result = shell(*COUNTS, *files)
    assert result.code == 0, result.err
    assert (tmp_path / "s.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert (tmp_path / "s.md").read_text("utf-8").startswith("# The last ferry")
    for name in (*NAMES, "columns"):
        assert (tmp_path / "tables" / f"{name}.csv").is_file()
    for name in NAMES:
        assert (tmp_path / "arrow" / f"{name}.parquet").is_file()
    with (tmp_path / "tables" / "endings.csv").open(encoding="utf-8-sig") as file:
        row = next(csv.DictReader(file))
    assert (row["id"], row["games_count"]) == ("left_behind", "60")


def no_games(monkeypatch: pytest.MonkeyPatch) -> None:
    def play(*_: object) -> StudyResult:
        raise AssertionError("games were played for nothing")

    monkeypatch.setattr(verb, "played", play)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--html", "here.html"), "here.html exists already"),
        (("--csv", "tables"), "endings.csv exists already"),
        (("--json", "no/where.json"), "there is no folder no"),
        (("--html", "same", "--markdown", "same"), "same is named twice"),
        (("--dask", ""), "no address of a scheduler"),
        (("--html", "tables"), "tables is a folder"),
        (("--csv", "here.html"), "here.html is no folder"),
        (("--fail-if", "ending.lost > 0.3"), "ending.lost"),
        (("--fail-if", "ending."), "condition"),
        (("--against", "nowhere.toml"), "there is no deck 'nowhere.toml'"),
        (("--policy", "ghosts=random"), "ghosts"),
        (("--policy", "clever"), "clever"),
        (("--vary", "tracks.aborad"), "tracks.aborad"),
        (("--workers", "2", "--dask", "tcp://127.0.0.1:1"), "--dask"),
    ],
)
def test_what_can_not_work_is_said_before_any_game(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...], told: str,
) -> None:  # fmt: skip
    (tmp_path / "here.html").write_text("old")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "endings.csv").write_text("old")
    no_games(monkeypatch)
    result = shell("study", "ferry.toml", "--games", "60", *words)
    assert (result.code, result.out) == (2, "")
    assert told in result.err
    assert (tmp_path / "here.html").read_text() == "old"


def test_parquet_without_pyarrow_is_said_before_any_game(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_games(monkeypatch)
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    result = shell(*COUNTS, "--parquet", "arrow")
    assert result.code == 2
    assert "tabletop[parquet]" in result.err


def test_to_fail_by_a_condition(shell: Shell) -> None:
    good = shell(*COUNTS, "--fail-if", "ending.left_behind < 0.9")
    assert good.code == 0, good.err
    bad = shell(*COUNTS, "--fail-if", "ending.left_behind > 0.9", "--fail-if",
                "score.crew < 0")  # fmt: skip
    assert bad.code == 1
    assert "failed: ending.left_behind > 0.9" in bad.err
    assert "ending.left_behind is 1" in bad.err
    assert "score.crew" not in bad.err


def test_another_deck_is_compared_and_numbers_are_varied(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "old.toml").write_text(DECK.replace("aboard += 30", "aboard += 3"))
    result = shell(*COUNTS, "--against", "old.toml", "--vary", "tracks.aboard")
    assert result.code == 0, result.err
    assert "── Compared ──" in result.out
    assert "── Sensitivity ──" in result.out
    assert "tracks.aboard.start" in result.out


def test_only_what_is_asked_for_is_shown(shell: Shell) -> None:
    out = shell(*COUNTS, "--show", "tracks,endings").out
    assert "── Tracks ──" in out
    assert "── Endings ──" in out
    assert "── Teams ──" not in out
    with pytest.raises(SystemExit) as caught:
        shell(*COUNTS, "--show", "track")
    assert caught.value.code == 2


def test_any_number_of_workers_gives_the_same_bytes(shell: Shell) -> None:
    one = shell(*COUNTS, "--json").out
    two = shell("study", "ferry.toml", "--games", "60", "--measure", "none", "--gear",
                "low", "--workers", "2", "--json").out  # fmt: skip
    assert one == two


def test_a_wish_to_stop_is_heeded_and_what_is_done_is_told(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ctrl+c does, once some games are over."""
    begun = verb.progress

    def progress(wish: Any) -> Any:
        tell = begun(wish)

        def told(at: Progress) -> bool:
            if at.done:
                os.kill(os.getpid(), signal.SIGINT)
            return tell(at)

        return told

    monkeypatch.setattr(verb, "progress", progress)
    result = shell("study", "ferry.toml", "--games", "100000", "--measure", "none",
                   "--gear", "low", "--workers", "1")  # fmt: skip
    assert result.code == 130
    assert "stopped early" in result.out
    assert "Left behind" in result.out
    assert "Stopped after" in result.err


def test_what_is_stopped_at_once_writes_nothing(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verb, "progress", lambda _: lambda _: False)
    many = ("study", "ferry.toml", "--games", "100000", "--gear", "low")
    result = shell(*many, "--json", "study.json")
    assert (result.code, result.out) == (130, "")
    assert "before the first game" in result.err
    assert not (tmp_path / "study.json").exists()
