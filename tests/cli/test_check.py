"""`check` and `schema`: problems with their places, and what scripts rely on."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import DECK, Shell
from tests.deck.clean import DECK as CLEAN

BAD = DECK.replace('title = "Hurry them along"', 'titel = "Hurry them along"')


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.toml"
    path.write_text(BAD, encoding="utf-8")
    return path


def test_a_clean_deck(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "ferry.toml").write_text(CLEAN, encoding="utf-8")
    result = shell("check", "ferry.toml")
    assert (result.code, result.err) == (0, "")
    assert "ferry.toml: no problems" in result.out


def test_a_problem_is_shown_with_its_place(shell: Shell, bad: Path) -> None:
    result = shell("check", bad.name)
    line = BAD.splitlines().index('titel = "Hurry them along"') + 1
    assert result.code == 1
    assert f"bad.toml:{line}:1" in result.out
    assert "E010" in result.out
    assert "\x1b" not in result.out


def test_one_line_for_each_problem(shell: Shell, bad: Path) -> None:
    result = shell("check", bad.name, "--format", "concise")
    assert result.code == 1
    assert all(line.startswith("bad.toml:") for line in result.out.splitlines())


def test_json_is_one_document_for_each_deck(shell: Shell, bad: Path) -> None:
    result = shell("check", bad.name, "ferry.toml", "--format", "json")
    first, second = (json.loads(line) for line in result.out.splitlines())
    assert result.code == 1
    assert (first["ok"], second["ok"]) == (False, True)
    assert {each["code"] for each in first["diagnostics"]} >= {"E010"}


def test_colours_are_for_those_who_ask(shell: Shell, bad: Path) -> None:
    assert "\x1b[31m" in shell("check", bad.name, "--color").out


@pytest.mark.parametrize("name", ["tutorial", "bright-days"])
def test_a_shipped_deck_is_found_by_its_name(shell: Shell, name: str) -> None:
    result = shell("check", name)
    assert result.code == 0, result.out
    assert "no problems" in result.out


def test_a_path_wins_over_a_name(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "tutorial").mkdir()
    (tmp_path / "tutorial" / "deck.toml").write_text(CLEAN, encoding="utf-8")
    assert "no problems (A small war" in shell("check", "tutorial").out


def test_a_deck_that_is_not_there(shell: Shell) -> None:
    result = shell("check", "tutorail")
    assert result.code == 2
    assert result.err.startswith("error: there is no deck 'tutorail'\n")
    assert "Did you mean 'tutorial'?" in result.err


def test_a_folder_that_holds_no_deck(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    result = shell("check", "empty")
    assert result.code == 2
    assert "deck.toml" in result.out


@pytest.mark.parametrize(
    ("content", "code"), [(b"", 2), (b"\xff\xfe\x00", 2), (b"format = ", 1)]
)
def test_bytes_that_are_no_deck(
    shell: Shell, tmp_path: Path, content: bytes, code: int
) -> None:
    (tmp_path / "bytes.toml").write_bytes(content)
    result = shell("check", "bytes.toml")
    assert result.code == code
    assert "bytes.toml" in result.out


def test_the_worst_deck_decides(shell: Shell, bad: Path) -> None:
    assert shell("check", "ferry.toml", bad.name, "ferry.toml").code == 1


def test_a_fault_of_ours_is_told_apart(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("impossible")

    monkeypatch.setattr("tabletop.deck.loader.check", fail)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    result = shell("check", "ferry.toml")
    [details] = tmp_path.glob("tabletop-fault-*")
    assert result.code == 3
    assert "our fault" in result.err
    assert str(details) in result.err
    assert "AssertionError: impossible" in details.read_text(encoding="utf-8")


def test_the_schema_is_one(shell: Shell, tmp_path: Path) -> None:
    printed = shell("schema").out
    assert shell("schema", "-o", "deck.schema.json").out == ""
    written = (tmp_path / "deck.schema.json").read_text(encoding="utf-8")
    assert json.loads(printed) == json.loads(written)
    Draft202012Validator.check_schema(json.loads(written))


def test_the_fields_for_people(shell: Shell) -> None:
    assert "cooldown" in shell("schema", "--markdown").out


def test_a_file_that_cannot_be_written(shell: Shell) -> None:
    result = shell("schema", "-o", "nowhere/deck.schema.json")
    assert result.code == 2
    assert result.err.startswith("error: cannot write nowhere/deck.schema.json")
