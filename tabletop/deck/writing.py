"""Values to TOML that reads back as the same values, whatever the texts hold."""

import re
from collections.abc import Mapping

from tabletop.deck.diagnostics import Report
from tabletop.deck.toml import parse

Value = str | int | bool | list["Value"] | dict[str, "Value"]
"""What a deck's tables hold."""

_ESCAPES = {
    "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t",
}  # fmt: skip
_UNSAFE = re.compile(r'[\\"\x00-\x1f\x7f]')
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_NOT_PLAIN = re.compile(r"[^A-Za-z ]")
_COUNTED = re.compile("[=,\\[]")
"""Signs by which the reader guesses how much a text may ask of the machine."""
MOST_COUNTED = 100


def table(header: str, values: Mapping[str, Value]) -> str:
    """A table with a header; what is empty is left out.

    >>> print(table("injects.a", {"title": "A", "read": "", "effects": ["x += 1"]}))
    [injects.a]
    title = "A"
    effects = ["x += 1"]
    <BLANKLINE>
    """
    lines = [f"{key} = {value(each)}" for key, each in values.items() if each != ""]
    return "\n".join([f"[{header}]", *lines, ""])


def value(thing: Value) -> str:
    """A value as TOML, on one line, keys in quotes where they must be.

    Raises ValueError for a text with half a character, which no file can hold.

    >>> value({"team": "town", "set": {"town.points": 3}})
    '{ team = "town", set = { "town.points" = 3 } }'
    """
    if isinstance(thing, bool):
        return "true" if thing else "false"
    if isinstance(thing, int):
        return str(thing)
    if isinstance(thing, str):
        return string(thing)
    if isinstance(thing, dict):
        pairs = (f"{_key(name)} = {value(each)}" for name, each in thing.items())
        return f"{{ {', '.join(pairs)} }}"
    return f"[{', '.join(map(value, thing))}]"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else string(name)


def string(text: str) -> str:
    """A text as a TOML string. Raises ValueError for half a character.

    Where the reader would take something in it for what decks may not hold, all but
    letters is written as escapes.
    """
    text.encode()
    plain = f'"{_UNSAFE.sub(_escape, text)}"'
    few = len(_COUNTED.findall(plain)) <= MOST_COUNTED
    if few and parse("", f"x = {plain}", Report()) == {"x": text}:
        return plain
    return f'"{_NOT_PLAIN.sub(_number, text)}"'


def _escape(found: re.Match[str]) -> str:
    return _ESCAPES.get(found.group()) or _number(found)


def _number(found: re.Match[str]) -> str:
    code = ord(found.group())
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
