"""What can happen in a deck at all: how often at most, and what every name can be.

Nothing is played. From the start, what can happen is added until nothing more can; then
what that allows too much is taken back, a few times. So everything that can happen is
in it, and some things that can't may be in it as well: what is not in it never happens,
unless control rules that it does. Injects can always come, since control may fire them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from tabletop.deck.analysis import Analysis
from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.intervals import Interval, hull
from tabletop.deck.reach_env import Env, Facts, Key, meet
from tabletop.deck.reach_logic import Logic
from tabletop.deck.reach_names import limits, nothing
from tabletop.deck.reach_steps import FOREVER, Pass
from tabletop.deck.structure import Draft
from tabletop.deck.symbols import Symbols
from tabletop.deck.texts import read_texts

_K = TypeVar("_K", KeyPath, Key)
PASSES = 40
"""Rounds of adding, after which everything is taken for possible."""
_PATIENT = 5
"""Rounds in which a range may grow bit by bit; then it grows to its bound at once."""
_BACK = 3
"""Rounds of taking back."""


def impossible(deck: Deck) -> frozenset[KeyPath]:
    """What never happens, whoever plays and however the dice fall.

    By path: cards, options, rows and outcomes, lasting effects ("lasting"), rules and
    endings. What only waits for something else of these is among them, other than
    among a check's findings. Control's rulings may bring about any of it.
    """
    model = deck.model
    symbols = Symbols.of(model)
    analysis = Analysis(Draft(model), symbols, read_texts(model, symbols))
    reach = analysis.reach
    return frozenset(path for path in _all(analysis) if reach.runs(*path) == 0)


def _all(analysis: Analysis) -> Iterator[KeyPath]:
    """Everything that can be asked of `Reach.runs`."""
    for path, model in analysis.happenings:
        yield path
        for row, _ in enumerate(model.roll.table if model.roll is not None else ()):
            yield (*path, "roll", "table", row)
        for number, ask in enumerate(model.ask):
            for option, _ in enumerate(ask.options):
                yield (*path, "ask", number, "options", option)
        for outcome, _ in enumerate(model.outcomes):
            yield (*path, "outcomes", outcome)
        if model.lasting is not None:
            yield (*path, "lasting")
    for table in ("rules", "endings"):
        for key in getattr(analysis.model, table):
            yield table, key


@dataclass
class Reach:
    """What can happen, at most."""

    env: Env
    """What every name can be, with nothing else known."""
    logic: Logic
    last: Pass
    """The last look at everything: who changes what, and which parts are open."""
    complete: bool = True
    """False when the deck was too tangled, so that everything is taken for possible."""

    def runs(self, *path: str | int) -> int:
        """How often something happens at most; 0 for never."""
        return self.last.runs.get(path, 0) if self.complete else FOREVER

    @classmethod
    def of(cls, analysis: Analysis) -> "Reach":
        """What can happen in a deck."""
        return _Closure(analysis).close()


@dataclass
class _Closure:
    """Adds what can happen until nothing more can."""

    analysis: Analysis
    logic: Logic = field(default_factory=Logic)

    def close(self) -> Reach:
        facts, values = Facts.of(self.analysis.model), nothing(self.analysis)
        now = Pass(self.analysis, self.logic, Env(facts, values))
        for number in range(PASSES):
            found = now.look()
            after = self._joined(now, found, patient=number < _PATIENT)
            if after.same(now):
                return self._taken_back(after)
            now = after
        now = Pass(self.analysis, self.logic, Env(facts))
        return Reach(now.env, self.logic, now.look(), complete=False)

    def _taken_back(self, now: Pass) -> Reach:
        for _ in range(_BACK):
            found = now.look()
            if found.same(now):
                break
            now = found
        return Reach(now.env, self.logic, now.look())

    def _joined(self, before: Pass, found: Pass, *, patient: bool) -> Pass:
        """What was possible before, and what is found to be possible now."""
        bounds = {} if patient else limits(self.analysis)
        values = {
            key: _grown(before.env.values.get(key, now), now, bounds.get(key))
            for key, now in found.env.values.items()
        }
        env = Env(found.env.facts, values)
        joined = Pass(self.analysis, self.logic, env)
        joined.runs = _most(before.runs, found.runs, patient=patient)
        joined.due = _most(before.due, found.due, patient=patient)
        joined.draws = before.draws | found.draws
        joined.given = before.given | found.given
        joined.ends = before.ends | found.ends
        joined.open = before.open | found.open
        return joined


def _grown(before: Interval, now: Interval, bound: Interval | None) -> Interval:
    """Both ranges; an end that still moves goes to its bound when there is one."""
    low, high = hull([before, now])
    if bound is not None:
        low = bound[0] if low < before[0] else low
        high = bound[1] if high > before[1] else high
        return meet((low, high), bound)
    return low, high


def _most(
    before: Mapping[_K, int], now: Mapping[_K, int], *, patient: bool
) -> dict[_K, int]:
    found = dict(before)
    for key, times in now.items():
        was = before.get(key, 0)
        grows = times > was > 0 and not patient
        found[key] = FOREVER if grows else max(was, times)
    return found
