"""Every kind of problem is explained, by examples that are what they say."""

import pytest

from tabletop.deck.allow import code_of
from tabletop.deck.diagnostics import CODES
from tabletop.deck.explain import FOLDER, Example, explained, explanation, find
from tabletop.deck.render import one_line
from tabletop.errors import UsageError

NOT_SHOWN = {"E900", "W701"}
"""No deck alone makes the checker fail, or has tests."""
NO_RIGHT = {"E003", "E004", "E006", "E007", "E009", *NOT_SHOWN}
"""What to do about them is not to be seen in a text."""
INCOMPLETE = {"E004", "E006", "E007"}
"""Their examples leave out what is not about the files."""


def test_every_code_is_explained() -> None:
    assert explained() == set(CODES)
    assert [code for code in CODES if len(explanation(code).why) < 60] == []
    assert {c for c in CODES if explanation(c).wrong is None} == NOT_SHOWN
    assert {c for c in CODES if explanation(c).right is None} == NO_RIGHT


@pytest.mark.parametrize("code", sorted(set(CODES) - NOT_SHOWN))
def test_a_wrong_example_is_wrong_in_this_way_alone(code: str) -> None:
    wrong = explanation(code).wrong
    assert wrong is not None
    others = {"E011"} if code in INCOMPLETE else set()
    found = wrong.check().diagnostics
    assert {each.code for each in found} - others == {code}, list(map(one_line, found))


@pytest.mark.parametrize("code", sorted(set(CODES) - NO_RIGHT))
def test_nothing_is_to_be_said_about_a_right_example(code: str) -> None:
    right = explanation(code).right
    assert right is not None
    found = right.check().diagnostics
    assert list(map(one_line, found)) == []


def test_examples_are_found_at_the_lines_that_are_shown() -> None:
    wrong = explanation("E201").wrong
    assert wrong is not None
    (diagnostic,) = wrong.check().diagnostics
    [text] = wrong.files.values()
    assert text.split("\n")[diagnostic.place.line - 1] == diagnostic.place.source


def test_the_deck_around_the_examples_is_right() -> None:
    part = Example({"part.toml": "# nothing"})
    assert part.check().ok
    assert list(map(one_line, part.check().diagnostics)) == []


@pytest.mark.parametrize(
    "word", ["E201", "e201", "unknown-name", "Unknown-Name", "unknown_name"]
)
def test_a_code_is_known_by_its_name_too(word: str) -> None:
    assert code_of(word) == "E201"
    assert find(word).code.code == "E201"


@pytest.mark.parametrize(
    ("word", "guess"), [("E2051", "`E205`"), ("unknwon-name", "`unknown-name`")]
)
def test_what_is_nearly_a_code_is_guessed(word: str, guess: str) -> None:
    with pytest.raises(UsageError) as error:
        find(word)
    assert guess in error.value.hint


def test_the_explanations_name_no_code_twice() -> None:
    import tomllib

    codes = [
        code
        for path in FOLDER.glob("*.toml")
        if path.name != "base.toml"
        for code in tomllib.loads(path.read_text("utf-8"))
    ]
    assert sorted(codes) == sorted(set(codes))
