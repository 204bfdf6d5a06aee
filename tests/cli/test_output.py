"""The one writer: what it lets through, and what it does when nobody listens."""

import io
import os
import sys
from pathlib import Path

import pytest

from tabletop.cli import output
from tabletop.cli.failures import guard


def test_everything_said_is_cleaned(capsys: pytest.CaptureFixture[str]) -> None:
    output.say("a\x1b[2Jb")
    output.warn("c\x07d")
    written = capsys.readouterr()
    assert written.out == "a[2Jb\n"
    assert written.err == "cd\n"


def test_without_a_terminal_only_what_takes_long_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    output.progress("1 of 2 games")
    output.clear()
    assert capsys.readouterr() == ("", "")
    output.progress("Compiling ...")
    assert capsys.readouterr() == ("", "Compiling ...\n")


def test_a_line_is_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(" 2 because \x1b[A\nlast"))
    assert output.ask("Choose: ") == "2 because [A"
    assert output.ask("Choose: ") == "last"
    assert output.ask("Choose: ") is None
    assert capsys.readouterr().out == "Choose: Choose: Choose: \n"


def test_a_character_that_the_terminal_lacks_is_no_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = io.BytesIO()
    narrow = io.TextIOWrapper(written, encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    output.prepare()
    output.say("Київ → Kyiv")
    output.flush()
    assert written.getvalue() == b"???? ? Kyiv\n"


@pytest.mark.parametrize(("variable", "wanted"), [("", True), ("1", False)])
def test_no_color_is_honoured(
    monkeypatch: pytest.MonkeyPatch, variable: str, wanted: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", variable)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert output.wants_color() is wanted


def unwritable(tmp_path: Path) -> io.TextIOWrapper:
    """A stream on which nothing can be written, as on a full disk."""
    file = tmp_path / "full"
    file.touch()
    return open(os.open(file, os.O_RDONLY), "w", encoding="utf-8")  # noqa: PTH123


def say_one() -> int:
    output.say("one")
    return 0


def test_output_that_cannot_be_written_is_an_error(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with unwritable(tmp_path) as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert guard(say_one) == 1
    said = capsys.readouterr().err
    assert said.startswith("error: cannot write the output: ")
    assert said.count("\n") == 1


def test_warnings_that_cannot_be_written_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with unwritable(tmp_path) as full:
        monkeypatch.setattr(sys, "stderr", full)
        output.warn("a")
        output.progress("a ...")


def test_streams_that_are_closed_from_the_start_are_nowhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    output.prepare()
    with sys.stdin, sys.stdout, sys.stderr:
        output.say("a")
        output.warn("a")
        assert output.ask("b") is None
        assert not output.wants_color()
