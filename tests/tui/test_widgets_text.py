"""Text is cleaned, cut, wrapped and put side by side by the cells that it takes."""

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from tabletop.tui import glyphs, text
from tabletop.tui.glyphs import ASCII, UNICODE
from tabletop.tui.text import clean, cut, spread, width, wrap
from tabletop.tui.widgets import big
from tabletop.tui.widgets.line import BLANK, Line, first_fit, flow, line, prose
from tests.tui.views import HOSTILE

ANY = st.text(max_size=60)
STYLE = st.sampled_from(["", "bold", "$accent", "italic on $panel"])
LINES = st.lists(st.tuples(ANY, STYLE), max_size=4).map(lambda spans: line(*spans))


@pytest.mark.parametrize("module", [text, big])
def test_examples_in_the_documentation(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def test_nothing_that_acts_is_left() -> None:
    cleaned = clean(HOSTILE)
    assert not [c for c in cleaned if unicodedata.category(c)[0] == "C"]
    assert "[/]" in cleaned
    assert "漢字" in cleaned
    assert "שלום" in cleaned


def test_line_breaks_become_spaces_unless_they_are_wanted() -> None:
    assert clean("a\r\nb\u2028c\td") == "a b c d"
    assert clean("a\r\nb\u2028c\td", keep_lines=True) == "a\nb\nc d"


def test_joined_emoji_fall_apart_into_ones_of_a_known_width() -> None:
    assert clean("👨‍👩‍👧❤️👍🏽") == "👨👩👧❤👍"


def test_accents_stay_but_not_a_tower_of_them() -> None:
    assert clean("e\u0301") == "e\u0301"
    assert clean("e" + "\u0301" * 50) == "e\u0301\u0301"


@given(ANY)
def test_cleaning_twice_changes_nothing_more(words: str) -> None:
    assert clean(clean(words)) == clean(words)


@given(ANY, st.integers(0, 30))
def test_a_cut_text_fits_and_begins_like_the_whole(words: str, room: int) -> None:
    words = clean(words)
    short = cut(words, room)
    assert cell_len(short) <= room
    assert short == words or words.startswith(short.rstrip("…").rstrip())


def test_a_cut_text_ends_with_an_ellipsis() -> None:
    assert cut("Partial mobilization", 10) == "Partial m…"
    assert cut("Partial mobilization", 9) == "Partial…"
    assert cut("漢字漢字", 6) == "漢字…"
    assert cut("abc", 0) == ""


@given(ANY, st.integers(1, 30), st.integers(0, 4))
def test_wrapped_lines_fit_and_no_word_is_lost(
    words: str, room: int, most: int
) -> None:
    lines = wrap(words, room, most)
    assert all(cell_len(row) <= room for row in lines)
    if most:
        assert len(lines) <= most
    elif room > 1:
        kept = "".join("".join(lines).split())
        assert kept == "".join(clean(words, keep_lines=True).split())


def test_text_is_wrapped_between_words() -> None:
    assert wrap("Dig in along the four towns", 12) == [
        "Dig in along",
        "the four",
        "towns",
    ]
    assert wrap("Dig in along the four towns", 12, 2) == [
        "Dig in along",
        "the four to…",
    ]
    assert wrap("one\n\ntwo", 12) == ["one", "two"]
    assert wrap("漢字漢字", 5) == ["漢字", "漢字"]
    assert wrap("", 5) == []


@given(ANY, ANY, st.integers(0, 40))
def test_two_columns_fill_the_room_exactly(left: str, right: str, room: int) -> None:
    left, right = clean(left), clean(right)
    found = spread(Content(left), Content(right), room)
    assert found.cell_length == room
    if cell_len(right) <= room:
        assert found.plain.endswith(right)


@given(LINES, LINES, st.integers(0, 60))
def test_lines_are_fitted_to_the_cell(left: Line, right: Line, room: int) -> None:
    for found in (left.spread(right, room), left.pad(room), left.center(room)):
        assert found.width == width(found.plain) == room
    assert left.cut(room).width <= room


@given(st.lists(LINES, max_size=5), st.integers(1, 40))
def test_flowing_parts_keep_their_order(parts: list[Line], room: int) -> None:
    rows = flow([part for part in parts if part.width <= room], room, " ")
    assert all(row.width <= room for row in rows)
    kept = "".join(p.plain for p in parts if p.width <= room).replace(" ", "")
    assert "".join(row.plain for row in rows).replace(" ", "") == kept


def test_the_right_column_is_never_cut() -> None:
    row = line(("Western cohesion", "bold")).spread(line("60 ▼ 12  grudging"), 28)
    assert row.plain == "Western c… 60 ▼ 12  grudging"


def test_a_line_is_cut_across_its_spans() -> None:
    row = line(("Kyiv ", "bold"), "plays ", ("Dig in", "underline"))
    assert row.cut(14).spans == (
        ("Kyiv ", "bold"),
        ("plays ", ""),
        ("Di…", "underline"),
    )
    assert row.cut(11).plain == "Kyiv plays…"
    assert row.cut(17) == row


def test_a_ground_is_laid_under_words_that_have_none() -> None:
    row = line(("a", "bold"), ("b", "$x on $accent")).on("$raise")
    assert row.spans == (("a", "bold on $raise"), ("b", "$x on $accent"))


def test_the_longest_form_that_fits_is_taken() -> None:
    forms = (line("Month 3 of 8"), line("3 of 8"), line("3"))
    assert first_fit(8, forms).plain == "3 of 8"
    assert first_fit(0, forms) == BLANK.cut(0) or first_fit(0, forms).width == 0


def test_text_made_into_a_line_is_clean() -> None:
    assert line("a\x1b[2Jb\nc").plain == "a[2Jb c"
    assert [row.plain for row in prose("a\x1b\nb", 9)] == ["a", "b"]


def test_signs_are_one_cell_wide_and_plain_ones_ascii() -> None:
    longer = {
        "ellipsis", "becomes", "changes_band", "enter", "steps", "light", "heavy",
        "trail",
    }  # fmt: skip
    for name in UNICODE.__slots__:
        sign, plain = getattr(UNICODE, name), getattr(ASCII, name)
        if isinstance(sign, str):
            assert plain.isascii(), name
            if name not in longer:
                assert cell_len(sign) == 1 == len(plain), name
    assert len(ASCII.light) == len(ASCII.heavy) == len(UNICODE.light) == 6
    assert len(ASCII.trail) == len(UNICODE.trail) == cell_len(UNICODE.trail) == 4


def test_every_team_has_a_sign_of_its_own() -> None:
    colors = ("red", "blue", "yellow", "violet", "teal", "pink")
    assert len({UNICODE.team(color) for color in colors}) == len(colors)
    assert ASCII.team("red", "K") == "K"


@pytest.mark.parametrize(
    ("value", "wanted"), [("1", ASCII), ("", UNICODE), ("0", UNICODE)]
)
def test_the_environment_chooses_the_signs(
    value: str, wanted: glyphs.Glyphs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glyphs, "_chosen", [])
    monkeypatch.setenv("TABLETOP_ASCII", value)
    assert glyphs.glyphs() is wanted


def test_large_letters_have_three_rows_of_one_width() -> None:
    for letter in big.FONT:
        assert [len(row) for row in big.big(letter)] == [3, 3, 3]
    alike = 2  # O like 0, S like 5
    assert len({big.big(letter) for letter in big.FONT}) == len(big.FONT) - alike
    assert not big.can_be_big("漢字")
    assert big.big_width("KYIV") == len(big.big("KYIV")[0])
