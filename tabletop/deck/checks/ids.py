"""Ids that cannot be told apart, or that mean something else in expressions."""

import keyword
from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.expressions import RESERVED

_BARE = ("teams", "tracks", "flags")
"""Tables whose ids stand alone in expressions, so that they share one namespace."""
_DOTTED = ("cards", "injects", "endings")
_WORDS = frozenset((*keyword.kwlist, "true", "false"))
_SHARED = (_BARE, ("cards", "injects"), ("teams", "cards"))


def reserved(analysis: Analysis) -> Iterator[Finding]:
    """Ids that are words of the language."""
    for table in (*_BARE, *_DOTTED):
        words = RESERVED if table in _BARE else _WORDS
        for key in analysis.draft.declared.get(table, ()):
            if key in words:
                yield _reserved((table, key), key, "key")
    for path, happening in analysis.happenings:
        for number, ask in enumerate(happening.ask):
            for index, option in enumerate(ask.options):
                if option.id in _WORDS:
                    here = (*path, "ask", number, "options", index, "id")
                    yield _reserved(here, option.id, "value")


def _reserved(path: KeyPath, word: str, part: str) -> Finding:
    spot = Spot(path, part="key" if part == "key" else "value")
    message = f"`{word}` has a meaning of its own in expressions"
    return Finding("E018", message, spot, "choose another id")


def namespaces(analysis: Analysis) -> Iterator[Finding]:
    """Ids that two tables give, where expressions would not know which is meant."""
    declared = analysis.draft.declared
    for tables in _SHARED:
        first: dict[str, KeyPath] = {}
        for table in tables:
            for key in declared.get(table, ()):
                path = (table, key)
                if key in first:
                    yield _twice(first[key], path)
                first.setdefault(key, path)


def _twice(first: KeyPath, second: KeyPath) -> Finding:
    kinds = [str(path[0])[:-1] for path in (first, second)]
    return Finding(
        "E012",
        f"`{second[1]}` is both a {kinds[0]} and {_article(kinds[1])}",
        Spot(second, part="key"),
        "choose another id",
        "expressions could not tell which of them is meant",
        ((Spot(first, part="key"), "first used here"),),
    )


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def look_alikes(analysis: Analysis) -> Iterator[Finding]:
    """Ids of one kind that differ only by underscores."""
    for table in (*_BARE, *_DOTTED):
        seen: dict[str, str] = {}
        for key in analysis.draft.declared.get(table, ()):
            plain = key.replace("_", "")
            first = seen.setdefault(plain, key)
            if first != key:
                yield Finding(
                    "W013",
                    f"`{key}` and `{first}` are easily taken for each other",
                    Spot((table, key), part="key"),
                    related=((Spot((table, first), part="key"), "the other one"),),
                )
