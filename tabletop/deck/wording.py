"""Plain words for values and for what a field wants."""

import datetime
from collections.abc import Mapping
from typing import Any

from tabletop.deck.suggest import quoted

TEXT = "text in quotes"
_TYPES = {
    "string_type": TEXT,
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "dict_type": "a table",
    "model_type": "a table",
    "model_attributes_type": "a table",
    "list_type": "a list",
}
_PATTERNS = {
    r"^[a-z][a-z0-9_]{0,39}$": "an id (small letters, digits and `_`)",
    r"^[A-Za-z][A-Za-z0-9_.-]{0,39}$": "an id (letters, digits, `_`, `-` and `.`)",
    r"^[a-z][a-z0-9-]{0,39}$": "an id (small letters, digits and `-`)",
    r"^[A-Z0-9]$": "one capital letter or digit",
    r"^[1-9][0-9]?d[1-9][0-9]{0,2}$": "dice like '2d6' (up to 99 dice of 999 sides)",
}


_TRUTHS = {"True": "true", "False": "false"}
"""Python's words for yes and no, as TOML has them."""


def wanted(kind: str, context: Mapping[str, Any]) -> str:
    """What a value should have been, for the validator's type of error."""
    if kind in _TYPES:
        return _TYPES[kind]
    match kind:
        case "literal_error":
            expected = _TRUTHS.get(str(context["expected"]), str(context["expected"]))
            return f"one of {expected}" if " or " in expected else expected
        case "string_too_short":
            return "a text that is not empty"
        case "string_too_long":
            return f"a text of at most {context['max_length']:,} characters"
        case "string_pattern_mismatch":
            return _PATTERNS.get(context["pattern"], "a text of another form")
        case "greater_than_equal":
            return f"{context['ge']:,} or more"
        case "less_than_equal":
            return f"{context['le']:,} or less"
        case "too_short":
            return f"at least {_count(context['min_length'])}"
        case "too_long":
            return f"at most {_count(context['max_length'])}"
    return "something else"


def measure(kind: str, value: Any) -> str:
    """What was found, for the validator's type of error: a size, or the value."""
    if kind in ("too_long", "too_short") and value:
        return f"{len(value):,}"
    if kind == "string_too_long":
        return f"one of {len(value):,}"
    return "none" if kind == "too_short" else describe(value)


def describe(value: Any) -> str:
    """What a value is, in few words.

    >>> describe("3"), describe(True), describe([])
    ('the text `3`', 'true', 'an empty list')
    """
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return _number(value)
        case float():
            return f"{value}"
        case str():
            return f"the text {quoted(value)}" if value else "an empty text"
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
        case dict():
            return "a table"
        case datetime.date() | datetime.time():
            return "a date or time"
    return "what stands here"


def _number(value: int) -> str:
    if abs(value) >= 10**18:
        return "a number of very many digits"
    return f"{value:,}"


def _count(number: int) -> str:
    return f"{number} {'entry' if number == 1 else 'entries'}"
