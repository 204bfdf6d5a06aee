"""`report`: after-action reports of saves, written whole or not at all."""

from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.report.reports import read_report

PLAY = ("play", "ferry.toml", "--plain", "--seed", "1", "--save", "game.jsonl")


@pytest.fixture
def saved(shell: Shell) -> Shell:
    """A folder with a game in which something was played."""
    shell(*PLAY, typed="\n1\nq\n")
    return shell


def test_a_report_is_written_beside_and_not_over(saved: Shell, tmp_path: Path) -> None:
    result = saved("report", "game.jsonl")
    assert result.code == 0, result.err
    assert "Wrote game-report.html" in result.out
    html = (tmp_path / "game-report.html").read_text("utf-8")
    assert read_report(html).wrong == []
    assert "The last ferry" in html
    assert "Nerves of the crew" in html
    result = saved("report", "game.jsonl")
    assert result.code == 2
    assert "exists already" in result.err
    assert saved("report", "game.jsonl", "-f").code == 0


def test_each_seat_has_a_version_in_a_file_of_its_own(
    saved: Shell, tmp_path: Path
) -> None:
    assert saved("report", "game.jsonl", "--seat", "harbour").code == 0
    html = (tmp_path / "game-report-harbour.html").read_text("utf-8")
    assert "For Harbour only" in html
    assert "Nerves of the crew" not in html


def test_the_form_follows_the_files_name_unless_it_is_said(
    saved: Shell, tmp_path: Path
) -> None:
    assert saved("report", "game.jsonl", "-o", "a.md").code == 0
    assert (tmp_path / "a.md").read_text("utf-8").startswith("# The last ferry\n")
    assert saved("report", "game.jsonl", "--format", "md").code == 0
    assert (tmp_path / "game-report.md").read_bytes() == (
        tmp_path / "a.md"
    ).read_bytes()
    line = ("-o", "b.txt", "--format", "html")
    assert saved("report", "game.jsonl", *line).code == 0
    assert (tmp_path / "b.txt").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_turning_points_are_told_to_control_and_to_teams(
    saved: Shell, tmp_path: Path
) -> None:
    for seat in ("control", "crew"):
        line = ("--turning-points", "5", "--seat", seat, "-o", f"{seat}.md")
        assert saved("report", "game.jsonl", *line).code == 0
        text = (tmp_path / f"{seat}.md").read_text("utf-8")
        assert "## " in text.split("Turning points")[0]
        assert "played on 5 times" in text
        assert "95 times in 100" in text
    result = saved("report", "game.jsonl", "--turning-points", "5", "--seat", "public")
    assert result.code == 2
    assert "--turning-points" in result.err
    assert not (tmp_path / "game-report-public.html").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("nothing.jsonl",), 4, "nothing.jsonl"),
        (("broken.jsonl",), 4, "broken.jsonl"),
        (("game.jsonl", "--seat", "captain"), 2, "no seat 'captain'"),
        (("game.jsonl", "-o", "no/such/folder.html"), 2, "cannot write"),
    ],
)
def test_what_can_not_be_reported_is_said_and_nothing_is_written(
    saved: Shell, tmp_path: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    (tmp_path / "broken.jsonl").write_text("{")
    result = saved("report", *arguments)
    assert result.code == code, result
    assert said in result.err
    assert not list(tmp_path.glob("*.html"))


def test_a_damaged_save_is_reported_up_to_the_damage(
    saved: Shell, tmp_path: Path
) -> None:
    lines = (tmp_path / "game.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "hurt.jsonl").write_bytes(b"".join([*lines[:-1], b"{?}\n", lines[-1]]))
    result = saved("report", "hurt.jsonl")
    assert result.code == 0, result.err
    assert "warning" in result.err
    html = (tmp_path / "hurt-report.html").read_text("utf-8")
    assert "The save is damaged" in html
