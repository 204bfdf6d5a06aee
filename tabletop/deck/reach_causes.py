"""What is to blame when something can't happen, so that only that is reported.

A card that can't be played never sets its flag, so no rule that waits for the flag ever
runs. The rule is right; the card is to blame.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.expressions import Effect, Expr, Name
from tabletop.deck.reach_env import Env, Key, key_of
from tabletop.deck.reach_flow import keys_of
from tabletop.deck.reach_logic import NEVER

Unit = tuple[str, str]
"""A card, rule, inject or ending by its table and id."""


@dataclass
class Causes:
    """Names that are what they are because of something else that is reported."""

    analysis: Analysis
    sites: dict[Key, list[tuple[KeyPath, Effect]]] = field(default_factory=dict)
    """Every effect on a track, a flag or points, by what it changes."""
    excused: frozenset[Key] = frozenset()
    """Names that would have other values if something else were mended."""

    @classmethod
    def of(cls, analysis: Analysis) -> "Causes":
        """The causes in a deck without errors."""
        found = cls(analysis)
        for path, effect in analysis.each_effect():
            if effect.target is not None:
                found.sites.setdefault(key_of(effect.target), []).append((path, effect))
        found.excused = frozenset(found._excused())
        return found

    def _excused(self) -> Iterator[Key]:
        model, reach = self.analysis.model, self.analysis.reach
        for key, values in reach.env.values.items():
            if key.startswith("<flag ") and values[0] == values[1]:
                yield key
        for id_ in model.tracks:
            if (key := key_of(Name("track", (id_,)))) not in self.sites:
                yield key
        for key, sites in self.sites.items():
            if not self._active(key).issuperset(path for path, _ in sites):
                yield key
        for kind in ("played", "playing", "lasts", "ending"):
            for key, values in reach.env.values.items():
                if key.startswith(f"<{kind} ") and values == NEVER:
                    yield key

    # --- what waits for itself

    def circles(self) -> list[list[Unit]]:
        """Cards, rules and endings that wait for each other, in a circle each.

        What waits for something that is to blame itself is in none of them.
        """
        waiting = self._waiting()
        freed = self._freed_at_first(waiting)
        while True:
            env = self._env_without(freed)
            free = [unit for unit, expr in waiting.items() if self._may(expr, env)]
            if not free:
                return self._circles(waiting)
            for unit in free:
                del waiting[unit]
                freed |= self._gives(unit)

    def _waiting(self) -> dict[Unit, Expr]:
        """What never happens because of names that are excused, with its condition."""
        analysis, reach = self.analysis, self.analysis.reach
        env = self._env_without(self.excused)
        found: dict[Unit, Expr] = {}
        for table, field_ in (("cards", "requires"), ("rules", "when")):
            for id_ in getattr(analysis.model, table):
                expr = analysis.expr(table, id_, field_)
                runs = reach.runs(table, id_)
                if expr is not None and runs == 0 and self._may(expr, env):
                    found[table, id_] = expr
        for id_ in analysis.model.endings:
            expr = analysis.expr("endings", id_, "when")
            if expr is not None and reach.runs("endings", id_) == 0:
                found["endings", id_] = expr
        return {
            unit: expr
            for unit, expr in found.items()
            if reach.logic.verdict(expr, reach.env) == NEVER
        }

    def _may(self, expr: Expr, env: Env) -> bool:
        return self.analysis.reach.logic.verdict(expr, env) != NEVER

    def _env_without(self, keys: frozenset[Key] | set[Key]) -> Env:
        env = self.analysis.reach.env
        return Env(env.facts, {k: v for k, v in env.values.items() if k not in keys})

    def _freed_at_first(self, waiting: dict[Unit, Expr]) -> set[Key]:
        """Excused names that something else than what waits would give."""
        circular = {key for unit in waiting for key in self._gives(unit)}
        to_blame = {
            key
            for key, sites in self.sites.items()
            for path, _ in sites
            if path[:2] not in waiting and path not in self._active(key)
        }
        return {key for key in self.excused if key not in circular or key in to_blame}

    def _active(self, key: Key) -> set[KeyPath]:
        """The effects on a name that are ever run."""
        changes = self.analysis.reach.last.changes.get(key, ())
        return {change.path for change in changes}

    def _gives(self, unit: Unit) -> set[Key]:
        """The names that would have other values if something happened."""
        kinds = {"cards": ("played", "playing", "lasts"), "endings": ("ending",)}
        own = {key_of(Name(k, (unit[1],))) for k in kinds.get(unit[0], ())}
        return own | self._changed.get(unit, set())

    @cached_property
    def _changed(self) -> dict[KeyPath, set[Key]]:
        """What each card, inject and rule changes."""
        found: dict[KeyPath, set[Key]] = {}
        for key, sites in self.sites.items():
            for path, _ in sites:
                found.setdefault(path[:2], set()).add(key)
        return found

    def _circles(self, waiting: dict[Unit, Expr]) -> list[list[Unit]]:
        """From what waits, to what it waits for, until something comes again."""
        givers: dict[Key, Unit] = {}
        for unit in waiting:
            for key in self._gives(unit):
                givers.setdefault(key, unit)
        found: list[list[Unit]] = []
        seen: set[Unit] = set()
        for start in waiting:
            chain: dict[Unit, None] = {}
            here: Unit | None = start
            while here is not None and here not in chain and here not in seen:
                chain[here] = None
                here = self._waits_for(waiting[here], givers)
            if here in chain:
                units = [*chain]
                found.append(units[units.index(here) :])
            seen.update(chain)
        return found

    def _waits_for(self, expr: Expr, givers: dict[Key, Unit]) -> Unit | None:
        """The first thing that waits itself and would give what a condition needs."""
        wanted = self.excused & frozenset(keys_of(expr))
        needed = [
            key
            for key in sorted(wanted)
            if len(wanted) == 1
            or not self._may(expr, self._env_without(self.excused - {key}))
        ]
        given = (givers.get(key) for key in needed or sorted(wanted))
        return next((unit for unit in given if unit is not None), None)
