"""`check`: what fails, what is known, and the documents for other programs."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Shell
from tests.deck.clean import DECK as CLEAN
from tests.deck.clean import card

ALWAYS = card('requires = "front >= 0"\neffects = ["front += 1"]')
WRONG = card("cots = 3")


@pytest.fixture(autouse=True)
def decks(tmp_path: Path) -> None:
    for name, text in (("clean", CLEAN), ("always", ALWAYS), ("wrong", WRONG)):
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("deck", "fail_on", "code"),
    [
        ("clean", "note", 0),
        ("always", "note", 1),
        ("always", "warning", 1),
        ("always", "error", 0),
        ("always", "never", 0),
        ("wrong", "error", 1),
        ("wrong", "never", 0),
        ("missing", "never", 2),
    ],
)
def test_what_fails(shell: Shell, deck: str, fail_on: str, code: int) -> None:
    assert shell("check", f"{deck}.toml", "--fail-on", fail_on).code == code


def test_what_is_printed_as_a_problem_fails(shell: Shell) -> None:
    result = shell("check", "clean.toml", "always.toml")
    assert result.code == 1
    assert "1 warning" in result.out
    assert "`tabletop explain W402` says more" in result.out


def test_one_document_for_all_decks(shell: Shell) -> None:
    words = ("check", "clean.toml", "always.toml", "wrong.toml", "--format")
    scanned = json.loads(shell(*words, "sarif").out)
    codes = [result["ruleId"] for result in scanned["runs"][0]["results"]]
    assert codes == ["W402", "E010"]
    suites = ElementTree.fromstring(shell(*words, "junit").out)
    assert [suite.get("failures") for suite in suites] == ["0", "1", "1"]
    assert shell(*words, "github").out.startswith("::warning file=always.toml,line=")


def test_problems_of_one_code_are_counted_beyond_the_most(
    shell: Shell, tmp_path: Path
) -> None:
    text = card("".join(f"cots{number} = 1\n" for number in range(5)))
    (tmp_path / "many.toml").write_text(text, encoding="utf-8")
    result = shell("check", "many.toml", "--most", "2", "--format", "concise")
    assert result.out.count("unknown key") == 2
    assert "and 3 more of E010" in result.out
    with pytest.raises(SystemExit):
        shell("check", "many.toml", "--most", "0")


def test_only_what_is_new_is_shown(shell: Shell, tmp_path: Path) -> None:
    decks = ("always.toml", "clean.toml")
    learnt = shell("check", *decks, "--write-baseline", "known.json")
    assert (learnt.code, learnt.err) == (0, "")
    result = shell("check", *decks, "--baseline", "known.json")
    assert result.code == 0
    assert "1 known already" in result.out
    (tmp_path / "always.toml").write_text(CLEAN, encoding="utf-8")
    result = shell("check", *decks, "--baseline", "known.json")
    assert result.code == 1
    assert "known.json:5:" in result.out


def test_a_baseline_keeps_the_decks_that_are_not_named(shell: Shell) -> None:
    shell("check", "always.toml", "--write-baseline", "known.json")
    shell("check", "clean.toml", "--write-baseline", "known.json")
    assert shell("check", "always.toml", "--baseline", "known.json").code == 0


def test_a_deck_with_errors_is_not_learnt(shell: Shell, tmp_path: Path) -> None:
    result = shell("check", "wrong.toml", "--write-baseline", "known.json")
    assert result.code == 1
    assert "E010" in result.out
    assert json.loads((tmp_path / "known.json").read_text("utf-8"))["decks"] == {}


def test_a_baseline_that_is_none(shell: Shell, tmp_path: Path) -> None:
    assert shell("check", "clean.toml", "--baseline", "missing.json").code == 2
    (tmp_path / "odd.json").write_text("{", encoding="utf-8")
    for option in ("--baseline", "--write-baseline"):
        result = shell("check", "clean.toml", option, "odd.json")
        assert result.code == 2
        assert "odd.json is not a file of known problems" in result.err
        assert (tmp_path / "odd.json").read_text("utf-8") == "{"


@pytest.mark.parametrize("form", ["sarif", "junit", "github"])
def test_a_document_has_no_end_while_one_watches(shell: Shell, form: str) -> None:
    result = shell("check", "clean.toml", "--watch", "--format", form)
    assert result.code == 2
    assert "--watch does not go with" in result.err


def test_a_file_of_deck_tests_is_read_as_one(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "clean.test.toml"
    path.write_text('deck = "clean.toml"\n[[reach]]\nending = "won"\n', "utf-8")
    result = shell("check", "clean.test.toml")
    assert result.code == 0
    assert "no problems (1 test of clean.toml)" in result.out
    path.write_text('deck = "clean.toml"\n[[reach]]\nending = "wno"\n', "utf-8")
    for form in ("full", "concise", "json", "github", "sarif", "junit"):
        result = shell("check", "clean.test.toml", "--format", form)
        assert result.code == 1
        assert "T101" in result.out


def test_what_no_test_reaches(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "clean.test.toml"
    steps = '[{ team = "red", play = "attack", then = { front = 7 } }]'
    script = f'name = "a"\nstart = {{ phase = "play" }}\nsteps = {steps}\n'
    path.write_text(f'deck = "clean.toml"\n[[test]]\n{script}', "utf-8")
    assert shell("check", "clean.toml").code == 0
    result = shell("check", "clean.toml", "--with-tests", "--format", "concise")
    assert result.code == 1
    missed = ("`resupply`", "`talk`", "`storm`", "`won`")
    assert [word for word in missed if f"{word}" not in result.out] == []
    assert "`attack`" not in result.out
    (tmp_path / "clean.toml").write_text(
        f'{CLEAN}\n[lint]\nallow = {{ untested = "soon" }}\n', encoding="utf-8"
    )
    result = shell("check", "clean.toml", "--with-tests")
    assert (result.code, "allowed" in result.out) == (0, True)
    # What was not looked for was not allowed in vain.
    assert shell("check", "clean.toml").code == 0


def test_an_error_in_a_deck_s_tests_is_told_with_the_deck(
    shell: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "clean.test.toml"
    path.write_text('deck = "clean.toml"\n[[reach]]\nending = "wno"\n', "utf-8")
    result = shell("check", "clean.toml", "--with-tests")
    assert "T101" in result.out
    assert "clean.test.toml:3:10" in result.out
    assert result.code == 1


def test_a_further_check_that_fails_loses_no_other(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path) -> None:
        raise RuntimeError("oops")

    monkeypatch.setattr("tabletop.testing.untested.findings", fail)
    result = shell("check", "always.toml", "--with-tests")
    assert result.code == 3
    assert "oops" in result.out
    assert "W402" in result.out
