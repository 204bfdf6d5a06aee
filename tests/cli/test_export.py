"""`export`, and `print` and `log` of any moment: files whole or not at all."""

import csv
import json
from pathlib import Path

import pytest

from tabletop.cli.export import TABLES
from tabletop.report.tables import columns
from tests.cli.conftest import Shell

PLAY = (
    "play", "ferry.toml", "--seat", "harbour=bot:first", "--seed", "1", "--plain",
    "--save", "game.jsonl",
)  # fmt: skip
EXPORT = ("export", "game.jsonl")


@pytest.fixture
def played(shell: Shell) -> Shell:
    """A shell beside a game of one move of the crew."""
    assert shell(*PLAY, typed="1\nq\n").code == 0
    return shell


def test_the_tables_are_those_that_there_are() -> None:
    assert tuple(columns.TABLES) == TABLES


def test_a_folder_gets_every_table_in_both_forms(played: Shell, tmp_path: Path) -> None:
    result = played(*EXPORT, "-o", "out/deep")
    assert result.code == 0, result.err
    made = sorted(path.name for path in (tmp_path / "out" / "deep").iterdir())
    assert made == sorted(
        f"{each}.{end}" for each in TABLES for end in ("csv", "jsonl")
    )
    cells = (tmp_path / "out" / "deep" / "moves.csv").read_bytes()
    assert cells.startswith(b"\xef\xbb\xbfsave,line,")
    again = played(*EXPORT, "-o", "again")
    assert again.code == 0
    for name in made:
        one, two = (tmp_path / place / name for place in ("out/deep", "again"))
        assert one.read_bytes() == two.read_bytes()


def test_one_table_goes_where_one_says(played: Shell, tmp_path: Path) -> None:
    said = played(*EXPORT, "--what", "moves", "--format", "jsonl")
    rows = [json.loads(line) for line in said.out.splitlines()]
    assert [row["item"] for row in rows if row["kind"] == "play"] == ["board"]
    assert played(*EXPORT, "--what", "moves", "-o", "m.jsonl").code == 0
    assert (tmp_path / "m.jsonl").read_text("utf-8") == said.out
    line = ("--what", "moves", "--format", "jsonl", "-o", "m.csv")
    assert played(*EXPORT, *line).code == 0
    assert (tmp_path / "m.csv").read_text("utf-8") == said.out
    line = ("--what", "tracks", "--wide", "--no-bom", "-o", "t.csv")
    assert played(*EXPORT, *line).code == 0
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert "30" in [row["aboard"] for row in found]


def test_a_seat_gets_what_it_may_know(played: Shell) -> None:
    for seat, knows in (("crew", True), ("harbour", False), ("public", False)):
        said = played(*EXPORT, "--what", "tracks", "--seat", seat).out
        assert ("nerves" in said) == knows
        moment = played(*EXPORT, "--seat", seat, "--at", "1").out
        assert ("nerves" in moment) == knows
        assert json.loads(moment)["view"]["seat"] == seat


def test_nothing_is_written_over_or_half(played: Shell, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.jsonl").write_text("mine")
    result = played(*EXPORT, "-o", "out")
    assert result.code == 2
    assert "exists already" in result.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["notes.jsonl"]
    assert played(*EXPORT, "-o", "out", "-f").code == 0
    assert (tmp_path / "out" / "notes.jsonl").read_text() != "mine"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "4 tables need a folder"),
        (("--what", "moves", "--what", "notes"), 2, "2 tables need a folder"),
        (("--seat", "harbuor", "--what", "moves"), 2, "harbour, control"),
        (("--at", "99"), 1, "no move 99"),
        (("--at", "1", "--what", "moves"), 2, "one moment as JSON"),
        (("-o", "ferry.toml/x"), 2, "cannot make"),
    ],
)
def test_what_makes_no_sense_is_said(
    played: Shell, arguments: tuple[str, ...], code: int, said: str
) -> None:
    result = played(*EXPORT, *arguments)
    assert result.code == code
    assert said in result.err
    assert result.err.count("hint:") == result.err.count("error:") or code == 1


def test_a_bad_save_is_named(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "game.jsonl").write_text('{"format": 1}\n')
    result = shell(*EXPORT, "--what", "moves")
    assert result.code == 4
    assert "game.jsonl" in result.err


def test_a_moment_of_a_save_is_printed_and_told(played: Shell, tmp_path: Path) -> None:
    line = ("print", "game.jsonl", "--sheet", "now", "--at")
    assert played(*line, "0", "-o", "before.html").code == 0
    assert played(*line, "99").code == 1
    assert "move 0" in (tmp_path / "before.html").read_text("utf-8")
    told = played("log", "game.jsonl", "--to", "0").out
    assert "The game begins" in told
    assert "plays" not in told
    assert "plays" in played("log", "game.jsonl").out
    refused = played("print", "ferry.toml", "--at", "1")
    assert (refused.code, "needs a save" in refused.err) == (2, True)
