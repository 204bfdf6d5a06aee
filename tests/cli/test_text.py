"""What reaches a terminal from decks and saves is text and never a command."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.cli import text

HOSTILE = "\x1b[31mred\x07\x9b2J\r\nnext\u202eesrever\ud800"


def test_the_documented_examples_hold() -> None:
    assert doctest.testmod(text).failed == 0


@given(st.text())
def test_cleaned_text_holds_nothing_a_terminal_obeys(raw: str) -> None:
    cleaned = text.clean(raw)
    assert all(each in "\t\n" or each.isprintable() or each.isspace()
               or ord(each) > 0x9f for each in cleaned)  # fmt: skip
    assert text.clean(cleaned) == cleaned
    cleaned.encode("utf-8")


def test_escapes_are_dropped_and_their_letters_stay() -> None:
    assert text.clean(HOSTILE) == "[31mred2J\nnextesrever"


def test_colours_of_our_own_stay() -> None:
    assert text.clean_styled("\x1b[1;31merror\x1b[0m\x1b[2J") == (
        "\x1b[1;31merror\x1b[0m[2J"
    )


@given(st.text())
def test_one_line_is_one_line(raw: str) -> None:
    assert len(text.one_line(raw).splitlines()) <= 1


def test_paragraphs_cannot_pass_for_lines_of_ours() -> None:
    lines = text.paragraphs("Peace.\n  1. Surrender\n\n" + "word " * 40, "    ")
    assert all(line.startswith("    ") or not line for line in lines)
    assert all(len(line) <= text.WIDTH for line in lines)


@pytest.mark.parametrize(
    ("number", "words"), [(0, "0 moves"), (1, "1 move"), (1200, "1,200 moves")]
)
def test_numbers_agree_with_their_nouns(number: int, words: str) -> None:
    assert text.counted(number, "move") == words


@pytest.mark.parametrize(
    ("markdown", "lines"),
    [
        ("one\ntwo", ["one two"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("- one\n- two\n  more\n1. three", ["- one", "- two more", "1. three"]),
        ("# Head\ntext", ["# Head", "text"]),
        ("text\n# Head", ["text", "# Head"]),
        ("2 * 3 * 4", ["2 * 3 * 4"]),
        ("**bold**, *soft* and `code`", ["bold, soft and code"]),
        ("a_b_c **x", ["a_b_c **x"]),
    ],
)
def test_markdown_becomes_plain_words(markdown: str, lines: list[str]) -> None:
    assert text.prose(markdown) == lines


@given(st.text(alphabet="*`ab \n-#1.", max_size=60))
def test_prose_keeps_every_letter(markdown: str) -> None:
    kept = "".join(text.prose(markdown))
    assert [c for c in kept if c in "ab1"] == [c for c in markdown if c in "ab1"]
