"""Texts that people type become TOML that reads back as the same texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.deck.diagnostics import Report
from tabletop.deck.sources import MAX_PARTS
from tabletop.deck.toml import parse
from tabletop.deck.writing import string, table

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
AWKWARD = (
    ", a.b.c.d.e.f.g.h.i.j.k = 1",
    "1" * 3_000,
    '"""',
    "'''\n[injects.other]\n",
    "a\r\nb\rc\n",
    "\x00\x1b[31m\x7f\x85\u2028",
    "\\u0041 \\e \\x41 \\",
    "{" * 100 + "[" * 100,
    "\U0001f469\u200d\U0001f4bb",
)


def read(text: str) -> object:
    """The value of `x` in TOML, or what is wrong with it."""
    report = Report()
    data = parse("deck.toml", text, report)
    return data["x"] if data else report.findings


@given(TEXTS)
def test_every_text_is_read_back(text: str) -> None:
    assert read(f"x = {string(text)}") == text


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_texts_are_read_back(text: str) -> None:
    assert read(f"x = {string(text)}") == text
    assert read(f"x = [{string(text)}, {string(text)}]") == [text, text]


@given(st.dictionaries(st.sampled_from("abc"), TEXTS.filter(bool), min_size=1))
def test_tables_are_read_back(values: dict[str, str]) -> None:
    report = Report()
    found = parse("deck.toml", table("injects.one", values), report)
    assert found == {"injects": {"one": values}}, report.findings


def test_long_texts_use_up_little_of_what_a_deck_may_hold() -> None:
    written = string("=,[" * 6_000)
    assert sum(map(written.count, "=,[")) < MAX_PARTS / 100


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        string("\ud800")
