"""What `check` proves that no game can reach, among the things of a deck."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Diagnostic, KeyPath, Report
from tabletop.deck.identity import MOST_TEXT, path_name
from tabletop.deck.loader import check_text
from tabletop.deck.reach import impossible
from tabletop.deck.shelves import Stored
from tabletop.deck.sift import Wanted
from tabletop.deck.sources import Sources, gather
from tabletop.engine.census import Thing

CODES = ("W303", "W405", "W406", "W408")
"""Problems for which what they are about never comes about."""
UNREACHABLE = "W406"
"""Stands for what can't be reached because of something else that can't."""
NEVER = "W401"
"""A condition, or a part of one, that can never hold."""
HAND = "by hand"
CONDITIONS = ("requires", "when")
"""Where the condition stands that decides whether something comes about."""
ALL = 100_000
"""More problems of one code than any deck has."""


def proofs(deck: Deck, things: Sequence[Thing]) -> dict[Thing, str]:
    """For each thing that no game can reach, the code of the check that proves it; for
    what control alone brings about, HAND.

    What stands in such a thing can't be reached either.
    """
    proved = by_hand(deck, things)
    never = impossible(deck)
    files = deck.files
    found = check_text(files, wanted=Wanted(most=ALL, allow=False)).diagnostics
    if not never and not any(each.code in (*CODES, NEVER) for each in found):
        return proved
    sources = Sources(next(iter(files)))
    gather(Stored(files), sources, Report())
    bases = _bases(found, things, sources.data)
    for thing in things:
        name = path_name(thing.path, sources.data)
        for base, code in bases:
            if name == base or name.startswith((f"{base}.", f"{base}[")):
                proved.setdefault(thing, code)
        if any(thing.path[:end] in never for end in range(2, len(thing.path) + 1)):
            proved.setdefault(thing, UNREACHABLE)
    return proved


def by_hand(deck: Deck, things: Sequence[Thing]) -> dict[Thing, str]:
    """The injects that nothing but control's hand can fire, and what stands in them."""
    timed = {effect.inject for effect in deck.all_effects() if effect.op == "schedule"}
    alone = {
        id_
        for id_, inject in deck.model.injects.items()
        if inject.at is None and inject.when is None and id_ not in timed
    }
    return {
        thing: HAND
        for thing in things
        if thing.path[0] == "injects" and thing.path[1] in alone
    }


def _bases(
    found: Sequence[Diagnostic], things: Sequence[Thing], data: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """The paths of what never comes about, each with the code that says so."""
    whole = {
        path_name((*thing.path, end), data): (path_name(thing.path, data), text)
        for thing in things
        for end in CONDITIONS
        if (text := _text(data, (*thing.path, end)))
    }
    bases = [(each.path, each.code) for each in found if each.code in CODES]
    for each in found:
        base, text = whole.get(each.path, ("", ""))
        if each.code == NEVER and base and _marks(each, text):
            bases.append((base, NEVER))
    return [base for base in bases if base[0]]


def _text(data: Any, path: KeyPath) -> str:
    """The text at a path of a deck's data; empty where there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return ""
    return data if isinstance(data, str) else ""


def _marks(problem: Diagnostic, text: str) -> bool:
    """Whether a problem is about the whole of a condition, and not a part of it."""
    marked = re.sub(r" #\d+$", "", problem.key).partition(": ")[2]
    return marked == " ".join(text.split())[:MOST_TEXT]
