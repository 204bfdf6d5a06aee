"""The one writer: what it lets through, and what it does when nobody listens."""

import io
import sys

import pytest

from tabletop.cli import output


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
