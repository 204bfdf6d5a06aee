"""JSON within bounds: what is written is read again, and nothing breaks the reader."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabletop.session.strict_json import (
    MAX_DEPTH,
    NotJsonError,
    dump,
    parse,
    parse_bytes,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | TEXT
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner),
    max_leaves=20,
)
TABLES = st.dictionaries(TEXT, VALUES, max_size=5)


@given(TABLES)
def test_what_is_written_is_read_again(table: dict[str, Any]) -> None:
    text = dump(table)
    assert "\n" not in text
    again = parse_bytes(text.encode("utf-8"))
    assert again == table
    assert isinstance(again, dict)
    assert list(again) == list(table)


@given(TABLES)
def test_it_reads_what_the_standard_reader_reads(table: dict[str, Any]) -> None:
    text = json.dumps(table, indent=1)
    assert parse(text) == json.loads(text)


def _check_place(error: NotJsonError, length: int) -> None:
    assert 1 <= error.column <= length + 1
    assert error.found


@given(st.binary(max_size=60))
def test_any_bytes_end_in_a_value_or_in_one_error(raw: bytes) -> None:
    try:
        parse_bytes(raw)
    except NotJsonError as error:
        _check_place(error, len(raw))


@given(st.text(alphabet='{}[]",:\\u1e.-dD80tfn ', max_size=40))
def test_any_json_like_text_ends_in_a_value_or_in_one_error(text: str) -> None:
    try:
        value = parse(text)
    except NotJsonError as error:
        _check_place(error, len(text))
    else:
        assert value == json.loads(text)


@pytest.mark.parametrize(
    ("text", "column", "found"),
    [
        ("", 1, "is not JSON: Expecting value"),
        ("  ", 1, "is not JSON: Expecting value"),
        ("[1 2]", 4, "is not JSON"),
        ("[1] x", 5, "is not JSON: Extra data"),
        ("[1.5]", 2, "holds 1.5, which is no whole number"),
        ("[1e9]", 2, "holds 1e9"),
        ("[-0.0]", 2, "holds -0.0"),
        ("[NaN]", 2, "holds NaN"),
        ("[-Infinity]", 2, "holds -Infinity"),
        ("[" + "1" * 21 + "]", 2, "more than 20 digits"),
        ('{"a":1,"b":2,"a":3}', 14, "has the key 'a' twice"),
        (r'["\ud800"]', 3, r"holds \ud800, half of a character"),
        (r'["\uDFFF x"]', 3, r"holds \udfff"),
        ('["\t"]', 3, "is not JSON: Invalid control character"),
        ("[" * 33 + "]" * 33, 1, "nested more than 32"),
        ("[" + "1," * 60_000 + "1]", 1, "more brackets, commas and numbers"),
    ],
)
def test_what_is_refused(text: str, column: int, found: str) -> None:
    with pytest.raises(NotJsonError) as caught:
        parse(text)
    assert (caught.value.column, found in caught.value.found) == (column, True)


@pytest.mark.parametrize(
    "text",
    [
        "[" * MAX_DEPTH + "]" * MAX_DEPTH,
        '["' + "[{" * 100_000 + '"]',
        '["' + r"\"" * 100_000 + '"]',
        '["' + "x" * 200_000 + '"]',
        r'["\ud83d\ude00"]',
        "[18446744073709551615,-9223372036854775808]",
        '[{"a":1},{"a":2}]',
    ],
)
def test_what_is_allowed(text: str) -> None:
    assert parse(text) == json.loads(text)


def test_bytes_that_are_no_utf8_are_named_with_their_column() -> None:
    with pytest.raises(NotJsonError) as caught:
        parse_bytes('{"é":"'.encode() + b"\x80")
    assert caught.value.column == 7
    assert caught.value.found == "is not UTF-8: found the byte 0x80"


@pytest.mark.parametrize(
    "text",
    [
        '"' + r"\"" * 8_000_000,
        "[" * 16_000_000,
        '{"a":' * 3_000_000,
        "{}," * 5_000_000,
        "1" * 16_000_000,
        '["a' + "\\" * 8_000_001,
        '"' * 8_000_001,
    ],
    ids=["quotes", "lists", "objects", "many", "digits", "backslashes", "strings"],
)
def test_a_giant_text_is_refused_in_time(text: str) -> None:
    start = time.process_time()
    with pytest.raises(NotJsonError):
        parse(text)
    assert time.process_time() - start < 10
