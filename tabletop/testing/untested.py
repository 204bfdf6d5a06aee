"""Finds what none of a deck's tests scripts or names.

What a searched game or one by chance passes through on its way is covered, but not
tested: nothing is said of it, and another line may pass it by.
"""

from collections.abc import Iterator
from pathlib import Path

from tabletop.deck.diagnostics import Finding, Spot
from tabletop.deck.expressions import names
from tabletop.engine.census import Thing
from tabletop.engine.census_things import things
from tabletop.testing.coverage import Collector
from tabletop.testing.files import DeckTestError, TestFile, find, read
from tabletop.testing.files_words import marked
from tabletop.testing.goals import countable_of
from tabletop.testing.models import Goal, Of
from tabletop.testing.runner import run_case

KINDS = ("card", "option", "rule", "inject", "ending")
"""What a test should reach; rows and terms are left to the coverage of tests."""
SPOKEN = {
    "played": "card", "playing": "card", "fired": "inject", "ending": "ending",
}  # fmt: skip
"""Names in conditions that speak of something, and the kind of it."""
CODE = "W701"


def findings(path: Path) -> list[Finding]:
    """What of the deck at a path its tests neither reach nor name.

    Runs the scripted tests; what the others demand is named in them. Test files with
    errors are passed over: what is wrong with them is told elsewhere.
    """
    files = list(_usable(path))
    if not files:
        hint = "`tabletop record SAVE` makes one of a game that was played"
        spot = Spot(("id",))
        return [Finding(CODE, "the deck has no tests", spot, hint=hint)]
    deck = files[0].deck
    reached, named = _reached(files), _named(files)
    return [
        _finding(thing)
        for number, thing in enumerate(things(deck, countable_of(deck).program))
        if thing.kind in KINDS
        and number not in reached
        and (thing.kind, thing.name.rpartition(".")[2]) not in named
    ]


def _usable(path: Path) -> Iterator[TestFile]:
    """The deck's test files that have no errors and are about this deck."""
    for each in find(path):
        try:
            file = read(each)
        except DeckTestError:
            continue
        if _same(file.deck_path, path):
            yield file


def _same(one: Path, other: Path) -> bool:
    return _main(one).resolve() == _main(other).resolve()


def _main(path: Path) -> Path:
    return path / "deck.toml" if path.is_dir() else path


def _reached(files: list[TestFile]) -> frozenset[int]:
    """The places of all things that games of tests come to."""
    collector = Collector(files[0].deck)
    for file in files:
        for case in file.cases:
            if case.kind == "test":
                run_case(file, case, tracer=collector)
    return collector.seen().reached


def _named(files: list[TestFile]) -> set[tuple[str, str]]:
    """The kind and id of everything that a test file speaks of."""
    found: set[tuple[str, str]] = set()
    for file in files:
        for _, word, mark, _ in marked(file.model):
            if isinstance(mark, Of):
                found |= {(kind, str(word)) for kind in mark.kinds}
        for case in file.cases:
            goal = case.table.reach if isinstance(case.table, Goal) else None
            kind, _, name = (goal or "").partition(":")
            found.add((kind, name.rpartition(".")[2]))
        for expr in file.exprs.values():
            for spoken, _ in names(expr):
                if spoken.kind in SPOKEN:
                    found.add((SPOKEN[spoken.kind], spoken.ids[0]))
    return found


def _finding(thing: Thing) -> Finding:
    return Finding(
        CODE, f"no test scripts or names the {thing.kind} `{thing.name}`",
        Spot(thing.path, part="header"),
        hint="games that are played by chance or searched may come to it, as"
        " `tabletop test --coverage` tells, but look at something else",
    )  # fmt: skip
