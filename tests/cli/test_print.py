"""`print`: sheets for a deck and for a save, written whole or not at all."""

from pathlib import Path

import pytest

from tabletop.cli.print_ import SHEETS
from tabletop.report import document
from tests.cli.conftest import Shell
from tests.report.pages import read

PLAY = ("play", "ferry.toml", "--plain", "--seed", "1", "--save", "game.jsonl")


def test_a_deck_and_a_save_are_printed(shell: Shell, tmp_path: Path) -> None:
    result = shell("print", "ferry.toml")
    assert result.code == 0, result.err
    assert "Wrote ferry.html" in result.out
    assert read((tmp_path / "ferry.html").read_text("utf-8")).wrong == []
    shell(*PLAY, typed="1\nq\n")
    assert shell("print", "game.jsonl").code == 0
    printed = (tmp_path / "game.html").read_text("utf-8")
    assert "Where everything stands" in printed
    assert "Where everything stands" not in (tmp_path / "ferry.html").read_text("utf-8")


def test_the_sheets_are_those_that_there_are() -> None:
    assert tuple(document.SHEETS) == SHEETS


def test_sheets_and_teams_can_be_chosen(shell: Shell, tmp_path: Path) -> None:
    line = ("--sheet", "briefs", "--team", "crew", "--paper", "letter", "-o", "b.html")
    assert shell("print", "ferry.toml", *line).code == 0
    printed = (tmp_path / "b.html").read_text("utf-8")
    assert "For Crew only" in printed
    assert "Harbour only" not in printed
    assert "size: letter" in printed


def test_a_file_that_exists_stays_unless_one_says_so(
    shell: Shell, tmp_path: Path
) -> None:
    (tmp_path / "ferry.html").write_text("mine")
    result = shell("print", "ferry.toml")
    assert result.code == 2
    assert "exists already" in result.err
    assert "-f" in result.err
    assert (tmp_path / "ferry.html").read_text() == "mine"
    assert shell("print", "ferry.toml", "-f").code == 0
    assert (tmp_path / "ferry.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "ferry.html", "ferry.toml",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing.toml",), 2, "no deck 'nothing.toml'"),
        (("nothing.jsonl",), 2, "nothing.jsonl"),
        (("broken.jsonl",), 4, "broken.jsonl"),
        (("ferry.toml", "--team", "captain"), 2, "no seat 'captain'"),
        (("ferry.toml", "--sheet", "now"), 2, "nothing to print"),
        (("ferry.toml", "-o", "no/such/folder.html"), 2, "cannot write"),
    ],
)
def test_what_can_not_be_printed_is_said_and_nothing_is_written(
    shell: Shell, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "broken.jsonl").write_text("{")
    result = shell("print", *arguments)
    assert result.code == code, result
    assert said in result.err
    assert not list(tmp_path.glob("*.html"))
