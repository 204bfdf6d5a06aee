"""What a game may come to: a card played, an ending, conditions that hold ..."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import Expr
from tabletop.engine import layout as at
from tabletop.engine.census_things import things
from tabletop.engine.compile import compile_deck
from tabletop.engine.ledger import Countable, countable
from tabletop.engine.program import Program
from tabletop.session.facts import TraceRow
from tabletop.testing.asking import FAR, Asker
from tabletop.testing.files import Case, TestFile
from tabletop.testing.models import Always, Goal, Never

SEEN = {
    "card": (at.TR_PLAY, 2), "option": (at.TR_ANSWER, 2), "outcome": (at.TR_OUTCOME, 1),
    "row": (at.TR_ROLL, 3), "lasting": (at.TR_LASTING, 1), "rule": (at.TR_RULE, 1),
    "inject": (at.TR_INJECT, 1), "ending": (at.TR_ENDING, 1),
}  # fmt: skip
"""For each kind: the row of the trace that tells of it, and where its number stands."""
KINDS = tuple(SEEN)
_WHEN = {"inject": "injects", "rule": "rules", "ending": "endings"}


@lru_cache(maxsize=8)
def program_of(deck: Deck) -> Program:
    """The program of a deck, compiled once for many tests."""
    return compile_deck(deck)


@lru_cache(maxsize=8)
def countable_of(deck: Deck) -> Countable:
    """The same, made ready for counting."""
    return countable(deck)


@lru_cache(maxsize=8)
def _names(deck: Deck) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for thing in things(deck, program_of(deck)):
        found.setdefault(thing.kind, []).append(thing.name)
    return found


def goal_names(deck: Deck, kind: str) -> list[str]:
    """The names of a deck's things of one kind, as the machine numbers them."""
    return _names(deck).get(kind, [])


@dataclass(frozen=True)
class Target:
    """A goal, ready to be looked for in states and traces."""

    asker: Asker
    exprs: tuple[Expr, ...] = ()
    """Conditions that hold at once."""
    row: tuple[int, int, int] | None = None
    """The kind of a row of the trace, where its number stands, and the number."""
    ending: int = -1
    """The ending's index; -1 when the game need not be over."""

    @property
    def plain_ending(self) -> bool:
        """Whether nothing but the ending matters."""
        return self.ending >= 0 and not self.exprs and self.row is None

    def met(self, state: list[int], *, seen: bool) -> bool:
        """Whether a state is one; `seen`: whether what happens has happened."""
        if self.ending >= 0 and state[at.S_ENDING] != self.ending + 1:
            return False
        return (seen or self.row is None) and self.asker.holds(self.exprs, state)

    def tells(self, trace: Sequence[TraceRow]) -> bool:
        """Whether a trace tells of what is to happen."""
        if self.row is None:
            return False
        kind, place, number = self.row
        if kind == at.TR_LASTING:
            return lasts(trace, number)
        return any(row[0] == kind and row[place] == number for row in trace)

    def look(
        self, *, wanted: bool = True
    ) -> Callable[[list[int], Sequence[TraceRow]], bool]:
        """What looks at one game: given each state and its trace, whether it is met.

        Or, where that is not `wanted`, whether it is not.
        """
        seen = False

        def met(state: list[int], trace: Sequence[TraceRow]) -> bool:
            nonlocal seen
            seen = seen or self.tells(trace)
            return self.met(state, seen=seen) == wanted

        return met

    def distance(self, state: list[int], *, seen: bool) -> int:
        """How far a state is from being one: 0 when it is."""
        far = FAR if self.row is not None and not seen else 0
        if self.ending >= 0 and state[at.S_ENDING] != self.ending + 1:
            far += FAR
        return far + sum(self.asker.distance(expr, state) for expr in self.exprs)


def lasts(trace: Sequence[TraceRow], number: int) -> bool:
    """Whether lasting effects came back: not when they begin, nor when they are over.

    The last time is told from being over by what changes.
    """
    own = at.BY_LASTING * at.CAUSE + number
    told = [row for row in trace if row[0] == at.TR_LASTING and row[1] == number]
    changed = any(row[5] == own and row[0] != at.TR_LASTING for row in trace)
    return any(running and (left or changed) for _, _, left, running, _, _ in told)


def target_of(file: TestFile, case: Case, asker: Asker) -> Target:
    """What a test by many games looks for; of an `always` where it does not hold."""
    table = case.table
    if isinstance(table, Always | Never) and table.that is not None:
        return Target(asker, (file.exprs[*case.path, "that"],))
    if not isinstance(table, Goal):
        return Target(asker)
    exprs = tuple(file.exprs[*case.path, "where", i] for i in range(len(table.where)))
    row = None
    if table.reach is not None:
        kind, _, name = table.reach.partition(":")
        row = (*SEEN[kind], goal_names(file.deck, kind).index(name))
    program = program_of(file.deck)
    ending = program.endings.index(table.ending) if table.ending else -1
    return Target(asker, exprs, row, ending)


def guide_of(deck: Deck, goal: Goal) -> list[Expr]:
    """What must hold before a goal is reached, as far as the deck says so."""
    found = _ending(deck, goal.ending) if goal.ending else []
    kind, _, name = (goal.reach or "").partition(":")
    if kind == "ending":
        return found + _ending(deck, name)
    if kind in _WHEN:
        model = getattr(deck.model, _WHEN[kind])[name]
        return found + ([deck.expr(_WHEN[kind], name, "when")] if model.when else [])
    card = name.split(".")[0]
    if kind and card in deck.model.cards and deck.model.cards[card].requires:
        found.append(deck.expr("cards", card, "requires"))
    return found


def _ending(deck: Deck, ending: str) -> list[Expr]:
    if not deck.model.endings[ending].when:
        return []
    return [deck.expr("endings", ending, "when")]
