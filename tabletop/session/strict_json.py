"""JSON within bounds: one text to one value, and a value to one canonical text.

Whatever a text holds, reading it ends in a value or in `NotJsonError`, in time and
memory that its length limits. Numbers are whole and fit 64 bits; keys never repeat.
"""

import json
import re
from collections.abc import Mapping
from typing import NoReturn, TypeAlias

Json: TypeAlias = "bool | int | str | list[Json] | dict[str, Json] | None"

MAX_DEPTH = 32
"""Brackets within brackets."""
MAX_STRUCTURE = 100_000
"""Characters outside of strings; each may cost a hundred bytes of memory."""
MAX_DIGITS = 20
"""Digits of a number: enough for every 64-bit one."""

# The closing quote is optional so that an open string is read once, not from each of
# its escaped quotes anew.
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)


class NotJsonError(ValueError):
    """A text that is not JSON as it is written here; `column` counts from 1."""

    def __init__(self, found: str, column: int = 1) -> None:
        super().__init__(found)
        self.found = found
        self.column = column


class _RefusedError(ValueError):
    """A token that JSON allows and this module does not."""

    def __init__(self, found: str, token: str) -> None:
        super().__init__(found)
        self.found = found
        self.token = token


def parse(text: str) -> Json:
    """The value that a text stands for.

    >>> parse('{"a": [1, true, null]}')
    {'a': [1, True, None]}
    """
    _refuse_heavy(text)
    try:
        value: Json = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        column = min(error.pos, len(text.rstrip())) + 1
        raise NotJsonError(f"is not JSON: {error.msg}", column) from None
    except _RefusedError as error:
        raise NotJsonError(error.found, text.rfind(error.token) + 1) from None
    if "\\u" in text:
        _refuse_lone_surrogates(text, value)
    return value


def parse_bytes(raw: bytes) -> Json:
    """The value that bytes in UTF-8 stand for."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        column = len(raw[: error.start].decode("utf-8")) + 1
        found = f"is not UTF-8: found the byte 0x{raw[error.start]:02x}"
        raise NotJsonError(found, column) from None
    return parse(text)


def dump(value: Mapping[str, Json]) -> str:
    """One line of JSON: keys in the order given, no spaces, every letter as it is.

    >>> dump({"b": 1, "a": ["é"]})
    '{"b":1,"a":["é"]}'
    """
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _refuse_heavy(text: str) -> None:
    """Refuses a text whose value would be deep or large beyond use, unparsed."""
    brackets = text.count("[") + text.count("{")
    if brackets <= MAX_DEPTH and len(text) <= MAX_STRUCTURE:
        return
    structure = _STRING.sub("", text)
    if len(structure) > MAX_STRUCTURE:
        raise NotJsonError("holds more brackets, commas and numbers than any save")
    if _depth(structure) > MAX_DEPTH:
        raise NotJsonError(f"is nested more than {MAX_DEPTH} brackets deep")


def _depth(structure: str) -> int:
    """How deep its brackets go."""
    depth = deepest = 0
    for character in structure:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _refuse_lone_surrogates(text: str, value: Json) -> None:
    """Refuses escapes such as `\\ud800`, which no UTF-8 text can hold."""
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError as error:
        escape = f"\\u{ord(error.object[error.start]):04x}"
        column = max(0, text.lower().find(escape)) + 1
        raise NotJsonError(f"holds {escape}, half of a character", column) from None


def _whole_number(token: str) -> int:
    if len(token.lstrip("-")) > MAX_DIGITS:
        raise _RefusedError(f"holds a number of more than {MAX_DIGITS} digits", token)
    return int(token)


def _refuse_number(token: str) -> NoReturn:
    raise _RefusedError(f"holds {token[:20]}, which is no whole number", token)


def _unique_keys(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    table = dict(pairs)
    if len(table) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _RefusedError(f"has the key {key[:40]!r} twice", f'"{key}"')
            seen.add(key)
    return table


_DECODER = json.JSONDecoder(
    parse_float=_refuse_number,
    parse_int=_whole_number,
    parse_constant=_refuse_number,
    object_pairs_hook=_unique_keys,
)
