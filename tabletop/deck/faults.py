"""The validator's errors as faults: each with its place in the data, once.

The validator is never asked for its own words; `complaints` has plain ones.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.wording import wanted

MISSING = "missing"
UNKNOWN = "extra_forbidden"


@dataclass
class Fault:
    """All that is wrong with one value."""

    path: KeyPath
    kind: str
    """The first problem's type."""
    key: bool
    """Whether the key itself is wrong, not its value."""
    value: Any
    wanted: list[str]


def find_faults(error: ValidationError, data: Mapping[str, Any]) -> Iterator[Fault]:
    """The validator's errors, one for each place."""
    found: dict[tuple[KeyPath, bool], Fault] = {}
    for item in error.errors(include_url=False, include_input=False):
        path, value, key = _locate(item["loc"], item["type"], data)
        text = wanted(item["type"], item.get("ctx", {}))
        if fault := found.get((path, key)):
            # The branches of a field that takes several types are one problem.
            fault.wanted.append(text)
        else:
            found[path, key] = Fault(path, item["type"], key, value, [text])
    yield from found.values()


def _locate(
    loc: Sequence[str | int], kind: str, data: Any
) -> tuple[KeyPath, Any, bool]:
    """The place in the data that an error means: path, value, and whether its key.

    The validator's own location also names the branch of a union, which is no place.
    """
    path: KeyPath = ()
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        if last and step == "[key]" and path and kind != UNKNOWN:
            return path, path[-1], True
        if last and kind == MISSING:
            return (*path, step), None, False
        known = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if not known:
            continue
        path, data = (*path, step), data[step]
    return path, data, False
