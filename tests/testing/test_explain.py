"""Every problem of test files is explained, by examples that are what they say."""

from pathlib import Path

import pytest

from tabletop.deck.explain import PART, base
from tabletop.deck.render import one_line
from tabletop.deck.shelves import MAIN
from tabletop.testing.codes import TEST_CODES
from tabletop.testing.explain import NAME, find
from tabletop.testing.files import read
from tabletop.testing.runner import run_case


@pytest.mark.parametrize("code", TEST_CODES)
def test_examples_are_what_they_say(code: str) -> None:
    explanation = find(code)
    assert explanation is not None
    assert find(TEST_CODES[code].name) is not None
    assert len(explanation.why) > 60
    assert explanation.wrong is not None
    assert explanation.right is not None
    found = explanation.wrong.check().diagnostics
    assert {each.code for each in found} == {code}, list(map(one_line, found))
    assert {each.place.file for each in found} == {"deck.test.toml"}
    right = explanation.right.check().diagnostics
    assert list(map(one_line, right)) == []


def test_right_scripts_pass(tmp_path: Path) -> None:
    passed = [code for code in TEST_CODES if _passes(code, tmp_path)]
    assert len(passed) > 5


def _passes(code: str, folder: Path) -> bool:
    """Whether a right example has a script; fails where one does not pass."""
    explanation = find(code)
    assert explanation is not None
    assert explanation.right is not None
    files = {MAIN: base(), PART: "# no more", **explanation.right.files}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    file = read(folder / NAME)
    scripts = [case for case in file.cases if case.kind == "test"]
    assert [run_case(file, case).failure for case in scripts] == [None] * len(scripts)
    return bool(scripts)
