"""What came of deck tests: the form of it, for whoever shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tabletop.deck.diagnostics import Place


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a test did not pass."""

    place: Place
    """Of the step or key that failed, in the test file."""
    message: str
    """What was expected and what was found, in a line."""
    difference: tuple[str, ...] = ()
    """Line by line, such as 'stability: expected 3, found 2'."""
    reasons: tuple[str, ...] = ()
    """Why a move was refused, term by term."""
    events: tuple[str, ...] = ()
    """The last lines of the log before it, as control sees them."""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one table of a test file."""

    name: str
    """The test's name, or 'always: EXPR', 'never: ...', 'reach: ...', 'chance: ...'."""
    kind: str
    """test, always, never, reach or chance."""
    file: str
    line: int
    failure: Failure | None
    seconds: float
    """Not part of any result that must be the same twice."""
    found: tuple[str, ...] = ()
    """What was measured (a chance and its interval) or found (the line of moves that
    reaches it), for people."""
    reproduce: str = ""
    """A command that plays it, alone; empty for none."""
    moves: tuple[Mapping[str, object], ...] = ()
    """The moves that were made, as `tabletop.session.moves.to_json` writes them."""

    @property
    def passed(self) -> bool:
        """Whether it passed."""
        return self.failure is None


@dataclass(frozen=True, slots=True)
class Covered:
    """A thing of the deck, and whether tests reach it."""

    kind: str
    """As `tabletop.engine.census.Thing`."""
    name: str
    text: str
    place: Place | None
    """In the deck's files."""
    tests: tuple[str, ...] = ()
    """Names of the tests that reach it; of a term, 'NAME: true' and 'NAME: false'."""
    missing: str = ""
    """What is missing: '' when covered, else 'never', or of a term 'never true',
    'never false' or 'never'."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a deck its tests reach."""

    deck: str
    things: tuple[Covered, ...]

    def share(self, kind: str = "") -> float:
        """The share, from 0 to 1, of one kind, or of all but terms; 1 for none."""
        chosen = [t for t in self.things if t.kind == (kind or t.kind)]
        chosen = [t for t in chosen if kind or t.kind != "term"]
        if not chosen:
            return 1.0
        return sum(not thing.missing for thing in chosen) / len(chosen)


@dataclass
class Run:
    """What came of some test files."""

    outcomes: list[Outcome] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    """One for each deck; empty when it was not asked for."""

    @property
    def failed(self) -> int:
        """How many did not pass."""
        return sum(not outcome.passed for outcome in self.outcomes)
