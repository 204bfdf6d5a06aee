"""From values back to files: escapes, keys and tables of every kind."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.deck.diagnostics import KeyPath, Place, Spot
from tabletop.deck.places import FileIndex
from tabletop.deck.strings import offsets

ESCAPES = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\", "é": "\\u00e9"}
pieces = st.lists(
    st.one_of(
        st.sampled_from("abc xyz<=漢é\U0001f600").map(lambda c: (c, "", c)),
        st.sampled_from([(value, "", text) for value, text in ESCAPES.items()]),
        st.just(("a", "\\\n   \r\n  ", "a")),
        st.just(("\n", "", "\n")),
        st.just(("\n", "", "\r\n")),
    ),
    max_size=30,
)


@given(pieces)
def test_offsets_in_texts_of_several_lines(found: list[tuple[str, str, str]]) -> None:
    raw = '"""\n' + "".join(left_out + text for _, left_out, text in found) + '"""'
    assert tomllib.loads(f"x = {raw}")["x"] == "".join(value for value, _, _ in found)
    starts = []
    at = len('"""\n')
    for _, left_out, text in found:
        at += len(left_out)
        starts.append(at)
        at += len(text)
    assert offsets(raw) == [*starts, at]


@given(st.text(alphabet='ab"\\\n\té漢\x00 ', max_size=20))
def test_offsets_are_of_the_value_that_is_read(value: str) -> None:
    raw = '"' + "".join(_escaped(c) for c in value) + '"'
    assert tomllib.loads(f"x = {raw}")["x"] == value
    known = offsets(raw)
    assert len(known) == len(value) + 1
    for character, at in zip(value, known, strict=False):
        assert raw[at] in (character, "\\")


def _escaped(character: str) -> str:
    if character in ESCAPES:
        return ESCAPES[character]
    return f"\\u{ord(character):04x}" if ord(character) < 32 else character


TEXT = """\
top = 1
"quoted key" = "x" # and a comment

[plain]
a.b = 2
inline = { c = 3, d = [ 4, # four
    { e = 5 }, ] }

  [plain."in]side".deep]  # ]
f = "é" ; g = 1
[[many]]
h = 6
[many.below]
i = 7
[[many]]
h = 8
[[many.rows]]
j = 9
[[many.rows]]
j = 10
""".replace(" ; g = 1", "")


def shown(path: KeyPath, part: str = "value") -> tuple[int, str]:
    """The line of a place, and what stands there."""
    index = FileIndex("a.toml", TEXT)
    place: Place = index.place(Spot(path, part=part))  # type: ignore[arg-type]
    return place.line, place.source[place.column - 1 : place.end_column - 1]


@pytest.mark.parametrize(
    ("path", "part", "expected"),
    [
        (("top",), "value", (1, "1")),
        (("top",), "key", (1, "top")),
        (("quoted key",), "value", (2, '"x"')),
        (("quoted key",), "key", (2, '"quoted key"')),
        (("plain",), "header", (4, "[plain]")),
        (("plain",), "key", (4, "plain")),
        (("plain", "a", "b"), "value", (5, "2")),
        (("plain", "a", "b"), "key", (5, "b")),
        (("plain", "a"), "key", (5, "a")),
        (("plain", "inline", "c"), "value", (6, "3")),
        (("plain", "inline", "d", 0), "value", (6, "4")),
        (("plain", "inline", "d", 1, "e"), "value", (7, "5")),
        (("plain", "inline", "d", 1), "header", (7, "{ e = 5 }")),
        (("plain", "in]side", "deep"), "header", (9, '[plain."in]side".deep]')),
        (("plain", "in]side", "deep", "f"), "value", (10, '"é"')),
        (("many", 0, "h"), "value", (12, "6")),
        (("many", 0, "below", "i"), "value", (14, "7")),
        (("many", 1), "header", (15, "[[many]]")),
        (("many", 1, "h"), "value", (16, "8")),
        (("many", 1, "rows", 1, "j"), "value", (20, "10")),
        (("many", 1, "rows", 0), "header", (17, "[[many.rows]]")),
        (("plain", "nothing"), "value", (4, "[plain]")),
        (("plain", "inline", "nothing"), "key", (6, "{ c = 3, d = [ 4, # four")),
        (("nothing", "at", "all"), "value", (1, "t")),
    ],
)
def test_places(path: KeyPath, part: str, expected: tuple[int, str]) -> None:
    assert tomllib.loads(TEXT)
    assert shown(path, part) == expected


def test_what_is_given_twice() -> None:
    index = FileIndex("a.toml", "[x]\na = 1\na = 2\n[x]\nb.c = 1\nb.c = 2\n")
    paths = [path for path, _, _ in index.duplicates]
    assert paths == [("x", "a"), ("x",), ("x", "b", "c")]
