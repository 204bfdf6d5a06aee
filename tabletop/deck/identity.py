"""What names a problem for good, wherever in its file it stands by now.

A line's number changes with each edit above it; a code and the path of the thing in
the deck's data do not. List positions are named by ids where there are some.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tabletop.deck.diagnostics import Finding, KeyPath, Place, Spot

MOST_TEXT = 80
"""Characters of the marked text that belong to the name of a problem."""


def keys(findings: Iterable[Finding], data: Mapping[str, Any]) -> list[str]:
    """A name for each problem, all different.

    >>> data = {"cards": {"a": {"requires": "x > 9"}}}
    >>> keys([Finding("W401", "never", Spot(("cards", "a", "requires")))], data)
    ['W401 cards.a.requires: x > 9']
    """
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        name = _name(finding, data)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} #{seen[name]}")
    return names


def _name(finding: Finding, data: Mapping[str, Any]) -> str:
    spot = finding.spot
    if isinstance(spot, Place):
        return f"{finding.code} {spot.file}: {_short(finding.message)}"
    text = _marked(spot, data)
    return f"{finding.code} {path_name(spot.path, data)}{f': {text}' if text else ''}"


def path_name(path: KeyPath, data: Mapping[str, Any]) -> str:
    """A path for people, with the ids of listed things where they have some.

    Of listed texts the position is left out: such a thing is its text.

    >>> path_name(("a", "ask", 0), {"a": {"ask": [{"id": "yes"}]}})
    'a.ask[yes]'
    """
    name, at = "", data
    for step in path:
        at = _below(at, step)
        if not isinstance(step, int):
            name += f".{step}" if name else step
        elif isinstance(at, str):
            name += "[]"
        else:
            name += f"[{_id(at, step)}]"
    return name


def _below(at: Any, step: str | int) -> Any:
    try:
        return at[step]
    except (KeyError, IndexError, TypeError):
        return None


def _id(thing: Any, position: int) -> str:
    found = thing.get("id") if isinstance(thing, dict) else None
    return found if isinstance(found, str) else str(position)


def _marked(spot: Spot, data: Mapping[str, Any]) -> str:
    """The text that a problem marks; nothing when it is about a key or a table.

    Of a listed text all of it, which stands for its position as well.
    """
    at: Any = data
    for step in spot.path:
        at = _below(at, step)
    if spot.part != "value" or not isinstance(at, str):
        return ""
    whole = spot.span is None or isinstance(spot.path[-1], int)
    return _short(at if whole or spot.span is None else at[slice(*spot.span)])


def _short(text: str) -> str:
    return " ".join(text.split())[:MOST_TEXT]
