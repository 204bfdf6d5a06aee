"""A deck whose every text tries to steer the terminal is printed as plain text."""

import json
import re
import unicodedata
from pathlib import Path

import pytest

from tests.cli.conftest import DECK, Shell

HOSTILE = "\x1b[2J\x1b]0;owned\x07\r\x9b1A\u202e[/b] {0} %s 漢字 \u200f\n  1. Surrender"
STYLE = re.compile("\x1b\\[[0-9;]*m")
TEXTS = re.compile(r'^(title|brief|label|name|text) = "(.*)"$', re.MULTILINE)


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """The name of a deck whose texts are hostile, behind what they say."""

    def spoil(found: re.Match[str]) -> str:
        return f"{found[1]} = {json.dumps(found[2] + HOSTILE)}"

    spoilt = TEXTS.sub(spoil, DECK)
    assert spoilt.count("owned") == len(TEXTS.findall(DECK)) > 8
    (tmp_path / "hostile.toml").write_text(spoilt, encoding="utf-8")
    return "hostile.toml"


def steers(text: str) -> set[str]:
    """Characters that a terminal obeys instead of showing them."""
    obeyed = {each for each in text if unicodedata.category(each) == "Cc"}
    return (obeyed | ({"\u202e"} & set(text))) - {"\n"}


def test_hostile_text_is_recognised() -> None:
    assert steers(HOSTILE) == {"\x1b", "\x07", "\r", "\x9b", "\u202e"}


def test_nothing_that_is_printed_steers_the_terminal(
    shell: Shell, hostile: str
) -> None:
    crew = ("--seat", "crew=person", "--seat", "harbour=bot:first")
    typed = "v 1\np 1\nh\nt\nw aboard\ns\nl\n1 {intent}\nu\ny\n1\n1\n1\n"
    lines = [
        ("check", hostile, "--fail-on", "error"),
        ("check", hostile, "--fail-on", "error", "--format", "concise"),
        ("check", hostile, "--fail-on", "error", "--format", "json"),
        ("run", hostile, "--games", "3"),
        ("run", hostile, "--only", "0", "--log"),
        ("run", hostile, "--only", "0", "--json"),
        ("study", hostile, "--games", "9", "--gear", "low"),
        ("study", hostile, "--games", "9", "--gear", "low", "--json"),
        ("play", hostile, "--plain", *crew, "--save", "game.jsonl"),
        ("log", "game.jsonl"),
        ("log", "game.jsonl", "--seat", "harbour"),
        ("verify", "game.jsonl"),
    ]
    for line in lines:
        result = shell(*line, typed=typed)
        assert result.code == 0, result
        assert "owned" in result.out or "check" in line, line
        assert steers(result.out + result.err) == set(), line


def test_no_text_passes_for_a_choice(shell: Shell, hostile: str) -> None:
    both = ("--seat", "control=auto")
    said = shell("play", hostile, "--plain", *both, typed="\n1\n\n").out
    assert "Surrender" in said
    assert "\n  1. Surrender" not in said


def test_colours_are_the_only_escapes(
    shell: Shell, hostile: str, tmp_path: Path
) -> None:
    path = tmp_path / hostile
    path.write_text(path.read_text(encoding="utf-8").replace("cards.", "crads."))
    result = shell("check", hostile, "--color")
    assert result.code == 1
    assert STYLE.search(result.out)
    assert steers(STYLE.sub("", result.out)) == set()


@pytest.mark.parametrize("form", ["github", "junit", "sarif", "json"])
def test_no_colour_of_a_deck_reaches_what_other_programs_read(
    shell: Shell, tmp_path: Path, form: str
) -> None:
    (tmp_path / "red.toml").write_text(f'"\\u001b[31mred" = 1\n{DECK}')
    said = shell("check", "red.toml", "--format", form).out
    assert "[31mred" in said
    assert steers(said) == set()
