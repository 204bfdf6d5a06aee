"""A study as one object of JSON, for other programs: the same bytes each time.

Its keys are the names in `tabletop.study.result`. Keys may be added to format 1; what a
key means changes with the format alone.
"""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from tabletop.report.study.order import example
from tabletop.study.result import Estimate, StudyResult

FORMAT = 1
"""The version of this object."""
DIGITS = 9
"""Digits behind the point: fewer than machines differ in, more than anybody needs."""
TABLES = {
    "by_rounds": ("round", "games"), "by_round": ("round", "decisions"),
    "policies": ("team", "policy"), "endings": ("ending", "change"),
    "scores": ("team", "change"),
}  # fmt: skip
"""What stands in pairs of which the study gives the values alone."""


def as_json(of: StudyResult) -> str:
    """The whole study as JSON of several lines, without the last line's end."""
    return json.dumps(as_data(of), indent=2, ensure_ascii=False, allow_nan=False)


def as_data(of: StudyResult) -> dict[str, Any]:
    """The same, not yet written."""
    head = {"format": FORMAT, "kind": "study", "play_one": example(of.method, "GAME")}
    return head | {each.name: value(getattr(of, each.name), each.name)
                   for each in fields(of)}  # fmt: skip


def value(thing: Any, name: str = "") -> Any:
    """A part of a study; objects keep the order of their fields."""
    if isinstance(thing, float):
        return rounded(thing)
    if is_dataclass(thing):
        found = {each.name: value(getattr(thing, each.name), each.name)
                 for each in fields(thing)}  # fmt: skip
        return found | ({"sure": thing.sure} if isinstance(thing, Estimate) else {})
    if isinstance(thing, tuple):
        return [item(each, name) for each in thing]
    if isinstance(thing, Mapping):
        return {key: value(each) for key, each in thing.items()}
    return thing


def item(thing: Any, name: str) -> Any:
    """One of several; a pair becomes an object whose keys say what it holds."""
    if isinstance(thing, tuple) and name in TABLES:
        return {key: value(each) for key, each in zip(TABLES[name], thing, strict=True)}
    return value(thing)


def rounded(number: float) -> float:
    """A number as it is written, with no sign on nought.

    >>> rounded(0.1 + 0.2), rounded(-1e-12)
    (0.3, 0.0)
    """
    return round(number, DIGITS) + 0.0
