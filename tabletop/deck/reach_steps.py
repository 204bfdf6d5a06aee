"""One look at everything that a deck does: what can happen when so much can already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.expressions import MAX_COUNT, MAX_POINTS, Effect, Expr, Name
from tabletop.deck.intervals import BOOL, Interval, hull
from tabletop.deck.models import Card, Happening, Roll, Rule
from tabletop.deck.reach_env import Env, Key, key_of, meet
from tabletop.deck.reach_logic import NEVER, Logic
from tabletop.deck.reach_names import (
    answering,
    bounds_of,
    clamped,
    given_points,
    points_key,
    rows,
    starts,
)
from tabletop.deck.scope import asked_teams

FOREVER = 10**12
"""As often as one likes."""
PLAYS = 100
"""Cards that a team may play in one round."""
_KEPT = ("<track ", "<flag ", "<band ", "<round")
"""What a card's condition still tells of when its effects run: playing it changes
points, hands and counts."""


@dataclass(frozen=True, slots=True)
class Change:
    """An effect on a track, a flag or points, as far as it can go."""

    path: KeyPath
    adds: bool
    to: Interval
    """What it can make of it."""
    by: Interval
    """What it can add."""
    times: int


@dataclass
class Pass:
    """What can happen: before a look what is known to be possible, after it what is."""

    analysis: Analysis
    logic: Logic
    env: Env
    runs: dict[KeyPath, int] = field(default_factory=dict)
    """How often at most: cards, injects, rules, options, rows and outcomes, by path;
    a card's plays by its path and "played"."""
    due: dict[str, int] = field(default_factory=dict)
    """How often a card or inject is scheduled."""
    draws: frozenset[str] = frozenset()
    """Teams that draw by an effect."""
    given: frozenset[tuple[str, str]] = frozenset()
    """Cards, and the teams that they are given to."""
    ends: frozenset[str] = frozenset()
    """Endings that an effect leads to."""
    open: frozenset[KeyPath] = frozenset()
    """Endings whose condition can hold."""
    changes: dict[Key, list[Change]] = field(default_factory=dict)

    def same(self, other: "Pass") -> bool:
        """Whether as much is possible."""
        return (self.env.values, self.runs, self.due, self.draws) == (
            other.env.values, other.runs, other.due, other.draws,
        ) and (self.given, self.ends, self.open) == (
            other.given, other.ends, other.open,
        )  # fmt: skip

    def look(self) -> "Pass":
        """What can happen, given what is possible so far."""
        return _Look(self).all()


class _Look:
    """Goes through the deck once."""

    def __init__(self, before: Pass) -> None:
        self.before = before
        self.analysis, self.model = before.analysis, before.analysis.model
        self.logic, self.env = before.logic, before.env
        self.rounds = self.model.rounds.count
        self.now = Pass(before.analysis, before.logic, before.env)

    def all(self) -> Pass:
        """What can happen."""
        self._cards()
        for key, inject in self.model.injects.items():
            path: KeyPath = ("injects", key)
            times = 1 + self.before.due.get(key, 0)
            self._happening(path, inject, times, self.env)
        self._rules()
        self._endings()
        self.now.env = Env(self.env.facts, self._values())
        return self.now

    def _set(self, path: KeyPath, times: int) -> int:
        """Notes how often something happens at most."""
        if times > 0:
            self.now.runs[path] = min(times, FOREVER)
        return times

    # --- cards and injects

    def _cards(self) -> None:
        for key, card in self.model.cards.items():
            path: KeyPath = ("cards", key)
            env = self._playable(key, card)
            plays = self._plays(key, card) if env is not None else 0
            self._set((*path, "played"), plays)
            due = self.before.due.get(key, 0)
            if env is None or due > 0 or card.invites_response:
                env = self.env
            else:
                kept = {k: v for k, v in env.own.items() if _lasts(k)}
                env = env.with_own(kept)
            self._happening(path, card, plays + due, env)

    def _playable(self, key: str, card: Card) -> Env | None:
        """What is known as a card is played; None when its condition never holds."""
        requires = self.analysis.expr("cards", key, "requires")
        if requires is None:
            return self.env
        return self.logic.given(requires, self.env, holds=True)

    def _plays(self, key: str, card: Card) -> int:
        """How often a card is played at most."""
        holders = [
            team for team in self.holders(key, card) if self._most(team) >= card.cost
        ]
        if card.response and not self._invited(holders):
            return 0
        times = PLAYS * self.rounds * len(holders)
        if card.limit is not None:
            times = min(times, card.limit)
        if card.cooldown is not None:
            times = min(times, -(-self.rounds // (card.cooldown + 1)))
        if card.cost > 0:
            times = min(times, sum(self._affords(t, card.cost) for t in holders))
        return times

    def holders(self, key: str, card: Card) -> list[str]:
        """The teams that can have a card in their hand."""
        team = self.model.teams[card.team]
        draws = team.hand == "all" or team.hand > 0 or card.team in self.before.draws
        own = [card.team] if draws else []
        return [*own, *(t for c, t in sorted(self.before.given) if c == key)]

    def _most(self, team: str) -> int:
        """The most points that a team ever has."""
        return self.env.values.get(points_key(team), (0, MAX_POINTS))[1]

    def _affords(self, team: str, cost: int) -> int:
        """How often a team can pay so much in a game, at most."""
        if points_key(team) in self._gains:
            return FOREVER
        given = given_points(self.analysis, self.logic, self.env, team)
        if self.model.teams[team].carry:
            return self.rounds * given // cost
        return self.rounds * (given // cost)

    @cached_property
    def _gains(self) -> frozenset[Key]:
        """The points that some effect changes."""
        return frozenset(
            key_of(effect.target)
            for _, effect in self.analysis.each_effect()
            if effect.target is not None and effect.target.kind == "points"
        )

    def _invited(self, holders: Sequence[str]) -> bool:
        """Whether a card of another team can wait for responses."""
        return any(
            self.before.runs.get(("cards", key, "played"), 0) > 0
            and any(a != b for a in self.holders(key, card) for b in holders)
            for key, card in self.model.cards.items()
            if card.invites_response
        )

    def _happening(self, path: KeyPath, model: Happening, times: int, env: Env) -> None:
        if self._set(path, times) <= 0:
            return
        self._effects((*path, "effects"), env, times)
        if model.roll is not None:
            self._roll((*path, "roll"), model.roll, times)
        self._asks(path, model, times)
        lasting = model.lasting
        if lasting is not None and self.rounds > 1:
            again = FOREVER if lasting.rounds is None else times * lasting.rounds
            until = self.analysis.expr(*path, "lasting", "until")
            here = self._unless(until)
            if here is not None:
                again = self._set((*path, "lasting"), min(self.rounds - 1, again))
                self._effects((*path, "lasting", "effects"), here, again)

    def _unless(self, until: Expr | None) -> Env | None:
        if until is None:
            return self.env
        return self.logic.given(until, self.env, holds=False)

    def _roll(self, path: KeyPath, roll: Roll, times: int) -> None:
        for index, totals in rows(self.analysis, self.logic, self.env, path, roll):
            if totals[0] <= totals[1]:
                here = self.env.with_own({key_of(Name("roll")): totals})
                self._set((*path, "table", index), times)
                self._effects((*path, "table", index, "effects"), here, times)

    def _asks(self, path: KeyPath, model: Happening, times: int) -> None:
        for number, ask in enumerate(model.ask):
            teams = len(asked_teams(ask))
            for index, _ in enumerate(ask.options):
                here = (*path, "ask", number, "options", index)
                requires = self.analysis.expr(*here, "requires")
                if requires is None or self.logic.given(requires, self.env, holds=True):
                    self._set(here, times * teams)
                    self._effects((*here, "effects"), self.env, times * teams)
        for index, _ in enumerate(model.outcomes):
            here = (*path, "outcomes", index)
            env = self._holding(answering(self.env, model), (*here, "when"))
            if env is not None:
                self._set(here, times)
                self._effects((*here, "effects"), env, times)

    # --- rules and endings

    def _rules(self) -> None:
        for key, rule in self.model.rules.items():
            path: KeyPath = ("rules", key)
            times = self._moments(rule)
            env = self._holding(self.env, (*path, "when"))
            if env is not None and self._set(path, times) > 0:
                self._effects((*path, "effects"), env, times)

    def _moments(self, rule: Rule) -> int:
        """How often the moment of a rule comes at most."""
        kinds = {"after_play": "cards", "after_inject": "injects"}
        if rule.at in kinds:
            kind, runs = kinds[rule.at], self.before.runs
            times = sum(n for p, n in runs.items() if p[0] == kind and len(p) == 2)
        elif rule.at == "band":
            times = FOREVER if self.crosses(rule) else 0
        else:
            times = self.rounds
        if rule.once is not None:
            times = min(times, 1 if rule.once == "game" else self.rounds)
        return min(times, FOREVER)

    def crosses(self, rule: Rule) -> bool:
        """Whether the track that a rule watches can be in more than one band."""
        name = Name("band", (rule.track or "",))
        bands = len(self.env.facts.bands.get(name.ids[0], ()))
        expr = Expr("name", "int", name=name, high=max(0, bands - 1))
        low, high = self.env.name(expr, name)
        return low < high

    def _endings(self) -> None:
        for key, ending in self.model.endings.items():
            path: KeyPath = ("endings", key)
            holds = ending.when is not None and (
                self._holding(self.env, (*path, "when")) is not None
            )
            if holds:
                self.now.open |= {path}
            if holds or key in self.now.ends or key == self.model.rounds.ending:
                self._set(path, 1)

    def _holding(self, env: Env, path: KeyPath) -> Env | None:
        """What is known when the condition at a path holds; None when it never does."""
        expr = self.analysis.expr(*path)
        return env if expr is None else self.logic.given(expr, env, holds=True)

    # --- effects

    def _effects(self, path: KeyPath, env: Env, times: int) -> None:
        """A list of effects, each with what the ones before it have done."""
        for index, effect in enumerate(self.analysis.texts.effects.get(path, ())):
            env = self._effect((*path, index), effect, env, times)

    def _effect(self, path: KeyPath, effect: Effect, env: Env, times: int) -> Env:
        if effect.target is not None and effect.value is not None:
            return self._change(path, effect, env, times)
        now = self.now
        if effect.op == "draw":
            now.draws |= {effect.team}
        elif effect.op == "give":
            now.given |= {(effect.card, effect.team)}
        elif effect.op == "end":
            now.ends |= {effect.ending}
        elif effect.op == "schedule" and effect.rounds < self.rounds:
            if effect.effect is not None:
                self._effect(path, effect.effect, self.env, times)
            else:
                what = effect.card or effect.inject
                now.due[what] = min(now.due.get(what, 0) + times, FOREVER)
        return env.dealt()

    def _change(self, path: KeyPath, effect: Effect, env: Env, times: int) -> Env:
        if effect.target is None or effect.value is None:
            return env
        key, target = key_of(effect.target), effect.target
        bound = bounds_of(self.analysis, target)
        by = self.logic.range(effect.value, env)
        was = meet(env.values.get(key, bound), env.own.get(key, bound))
        to = (was[0] + by[0], was[1] + by[1]) if effect.op == "add" else by
        to = clamped(to, bound)
        change = Change(path, effect.op == "add", to, by, times)
        self.now.changes.setdefault(key, []).append(change)
        return env.with_own({**env.without(key), key: to})

    # --- what follows for the names

    def _values(self) -> dict[Key, Interval]:
        values = {}
        for key, start in starts(self.analysis).items():
            values[key] = self._value(key, start)
        for team in self.model.teams:
            most = given_points(self.analysis, self.logic, self.env, team)
            if self.model.teams[team].carry:
                most = min(MAX_POINTS, most * self.rounds)
            values[points_key(team)] = self._value(points_key(team), (0, most))
        values.update(self._counts())
        return values

    def _value(self, key: Key, start: Interval) -> Interval:
        """What a name can be: by its last change, and by all changes together."""
        changes = self.now.changes.get(key, ())
        if not changes:
            return start
        last = hull([start, *(change.to for change in changes)])
        low, high = hull([start, *(change.to for change in changes if not change.adds)])
        low += sum(min(0, c.by[0]) * c.times for c in changes if c.adds)
        high += sum(max(0, c.by[1]) * c.times for c in changes if c.adds)
        return meet(last, (low, high))

    def _counts(self) -> Iterator[tuple[Key, Interval]]:
        runs = self.now.runs
        for path, happening in self.analysis.happenings:
            id_ = str(path[1])
            card = isinstance(happening, Card)
            times = runs.get((*path, "played") if card else path, 0)
            kind = "played" if card else "fired"
            yield key_of(Name(kind, (id_,))), (0, min(times, MAX_COUNT))
            if happening.lasting is not None:
                held = runs.get(path, 0) > 0
                yield key_of(Name("lasts", (id_,))), BOOL if held else NEVER
            if isinstance(happening, Card) and happening.invites_response:
                yield key_of(Name("playing", (id_,))), BOOL if times else NEVER
        for key in self.model.endings:
            held = runs.get(("endings", key), 0) > 0
            yield key_of(Name("ending", (key,))), BOOL if held else NEVER


def _lasts(key: Key) -> bool:
    """Whether playing a card leaves what is known under a key as it is."""
    return all(
        name.startswith(_KEPT) for name in (f"<{part}" for part in key.split("<")[1:])
    )
