"""How values on the command line are read, and what is said of bad ones."""

import argparse

import pytest

from tabletop.cli import options
from tabletop.cli.main import main


@pytest.mark.parametrize(("text", "value"), [("1", 1), ("9", 9), (" 5 ", 5)])
def test_a_whole_number_within_bounds_is_read(text: str, value: int) -> None:
    assert options.whole(1, 9)(text) == value


@pytest.mark.parametrize("text", ["0", "10", "-1", "two", "1.5", "", "9" * 5000])
def test_another_number_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=r"whole number|not between"):
        options.whole(1, 9)(text)


def test_a_pair_is_split_at_its_first_equals_sign() -> None:
    assert options.pair("kyiv=bot:greedy") == ("kyiv", "bot:greedy")


@pytest.mark.parametrize("text", ["kyiv", "=bot:first", "kyiv=", ""])
def test_half_a_pair_is_refused(text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="NAME=VALUE"):
        options.pair(text)


@pytest.mark.parametrize(
    "line",
    [
        ["nonsense"],
        ["check"],
        ["check", "x", "--format", "yaml"],
        ["run", "x", "--games", "0"],
        ["run", "x", "--gear", "third"],
        ["play", "x", "--seat", "kyiv"],
        ["resume"],
    ],
)
def test_a_line_that_makes_no_sense_exits_with_2(
    line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(line)
    assert exit_info.value.code == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "usage: tabletop" in written.err


@pytest.mark.parametrize("line", [["--help"], ["run", "--help"], ["--version"]])
def test_help_goes_to_standard_output(
    line: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_info:
        main(line)
    assert exit_info.value.code == 0
    assert "tabletop" in capsys.readouterr().out
