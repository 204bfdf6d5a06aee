"""What of a deck its tests reach: cards, options, rows ... and terms of conditions.

The games of tests are played again, move by move, and counted as studies count theirs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Place, Report, Spot
from tabletop.deck.shelves import MAIN, Stored
from tabletop.deck.sources import Sources, gather
from tabletop.engine import counting, machine
from tabletop.engine import layout as at
from tabletop.engine.census import Thing
from tabletop.engine.census_things import things
from tabletop.engine.counted import Noter
from tabletop.engine.flow import run
from tabletop.engine.ledger import Countable, read_ledger
from tabletop.session.start import finish, lay_out
from tabletop.session.tree import Node, Tree
from tabletop.testing.goals import countable_of
from tabletop.testing.results import Coverage, Covered

NO_MOVE = -1


@dataclass(frozen=True, slots=True)
class Seen:
    """What of a deck one test reached, by the places of things and of terms."""

    reached: frozenset[int] = frozenset()
    """Places in `things`, terms left out."""
    held: frozenset[int] = frozenset()
    """Terms that held when they were looked at, counted from 0."""
    failed: frozenset[int] = frozenset()
    """Terms that did not."""


@dataclass
class Collector:
    """Takes the games of one test, and tells what they reached."""

    deck: Deck
    _ready: Countable = field(init=False, repr=False)
    _ledger: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._ready = countable_of(self.deck)
        self._ledger = list(self._ready.ledger)

    def __call__(self, tree: Tree) -> None:
        """Counts a game that was played, up to its present place."""
        path = tree.path()
        self._open(tree)
        for before, node in pairwise(path):
            self._decide(tree, before)
            self._make(tree, before, node)
        self._decide(tree, path[-1])
        self._close(path[-1])

    def seen(self) -> Seen:
        """What all games so far reached."""
        census = read_ledger(self._ready, self._ledger)
        counts = [count for kind in census.seen.values() for count in kind]
        reached = frozenset(i for i, count in enumerate(counts) if count.hits)
        held = frozenset(i for i, (yes, _) in enumerate(census.terms) if yes)
        failed = frozenset(i for i, (_, no) in enumerate(census.terms) if no)
        return Seen(reached, held, failed)

    def _open(self, tree: Tree) -> None:
        """What happens before the first move."""
        words = self._ready.words
        state = lay_out(tree.program, tree.seed, tree.game, tree.start)
        run(words, state, self._trace(state))
        finish(tree.program, state, tree.start)

    def _decide(self, tree: Tree, node: Node) -> None:
        """The conditions of what teams may do at a place."""
        words, state = self._ready.words, node.state.tolist()
        room = [0] * tree.program.move_room()
        for team in range(words[at.H_TEAMS]):
            if machine.owes(words, state, team):
                count = machine.legal_moves(words, state, team, room)
                counting.count_decision(
                    words, state, self._ledger, team, room, count, NO_MOVE
                )

    def _make(self, tree: Tree, before: Node, node: Node) -> None:
        """All that a move causes."""
        if node.move is None:
            return
        state = before.state.tolist()
        code = tree.codec.encode(node.move, state)
        machine.perform(self._ready.words, state, code, self._trace(state))

    def _close(self, node: Node) -> None:
        """The ending, when the game is over."""
        ending = node.state[at.S_ENDING]
        if node.over and ending:
            row = self._ledger[counting.C_ENDING]
            row += (ending - 1) * counting.THING_WORDS
            counting.hit(node.state.tolist(), self._ledger, row)

    def _trace(self, state: list[int]) -> Any:
        """What takes the machine's trace, and counts it."""
        return Noter(self._ready.words, state, self._ledger)


# --- of all tests


def of_tests(
    deck: Deck, path: Path | str, found: Sequence[tuple[str, Seen]]
) -> Coverage:
    """What the tests of a deck reach together: for each its name and what it saw."""
    all_things = things(deck, countable_of(deck).program)
    places = places_of(deck, path, all_things)
    covered = []
    term = -1
    for number, thing in enumerate(all_things):
        term += thing.kind == "term"
        tests, missing = (
            _of_term(term, found) if thing.kind == "term" else _of_thing(number, found)
        )
        covered.append(
            Covered(thing.kind, thing.name, thing.text, places[number], tests, missing)
        )
    return Coverage(str(path), tuple(covered))


def _of_thing(
    number: int, found: Iterable[tuple[str, Seen]]
) -> tuple[tuple[str, ...], str]:
    tests = tuple(name for name, seen in found if number in seen.reached)
    return tests, "" if tests else "never"


def _of_term(
    term: int, found: Sequence[tuple[str, Seen]]
) -> tuple[tuple[str, ...], str]:
    held = [f"{name}: true" for name, seen in found if term in seen.held]
    failed = [f"{name}: false" for name, seen in found if term in seen.failed]
    missing = "" if held and failed else "never true" if failed else "never false"
    return (*held, *failed), missing if held or failed else "never"


def places_of(deck: Deck, path: Path | str, all_things: Sequence[Thing]) -> list[Place]:
    """Where things stand in the deck's files, named as seen from here."""
    from tabletop.deck.places import Places

    main = next(iter(deck.files), MAIN)
    sources = Sources(main)
    gather(Stored(deck.files), sources, Report())
    places = Places(sources)
    path = Path(path)
    folder = path if path.is_dir() else path.parent
    shown = "" if str(folder) == "." else f"{folder}/"
    found = []
    for thing in all_things:
        spot = Spot(thing.path, thing.span)
        if thing.kind != "term":
            spot = Spot(thing.path, part="header")
        place = places.place(spot)
        found.append(replace(place, file=f"{shown}{place.file}"))
    return found
