"""Conditions, and parts of them, that never or always hold.

Each is looked at three times: with the bounds of tracks alone, then with what names can
come to in a game at all (see `reach`), then with what the rest of the condition says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Confidence, Finding, KeyPath, Spot
from tabletop.deck.expressions import Expr, Name
from tabletop.deck.intervals import Interval
from tabletop.deck.reach_env import Env, Facts, key_of
from tabletop.deck.reach_logic import ALWAYS, NEVER, Logic
from tabletop.deck.reach_names import answering, rows
from tabletop.deck.reach_reasons import Reason, reason

_CODES = {NEVER: "W401", ALWAYS: "W402"}
_SAID = {NEVER: "can never hold", ALWAYS: "always holds"}


def conditions(analysis: Analysis) -> Iterator[Finding]:
    """Conditions that never or always hold."""
    looker = _Looker.of(analysis)
    for path, expr in analysis.texts.exprs.items():
        if analysis.asked(path):
            yield from looker.look(path, expr)
    for path, effect in analysis.each_effect():
        if effect.value is not None and analysis.runs(path):
            yield from looker.look(path, effect.value)


@dataclass
class _Looker:
    """Looks at the conditions of a deck."""

    analysis: Analysis
    logic: Logic
    bounds: Env
    """With the bounds of names alone."""
    values: Env
    """With what names can come to, as far as nothing else is to blame for that."""
    shown: Env

    @classmethod
    def of(cls, analysis: Analysis) -> "_Looker":
        if analysis.faulty:
            bounds = Env(Facts.of(analysis.model))
            return cls(analysis, Logic(), bounds, bounds, bounds)
        reach = analysis.reach
        without = analysis.causes.excused
        known = {k: v for k, v in reach.env.values.items() if k not in without}
        bounds = Env(reach.env.facts)
        return cls(analysis, reach.logic, bounds, Env(bounds.facts, known), reach.env)

    def look(self, path: KeyPath, expr: Expr) -> Iterator[Finding]:
        """What is settled in one text."""
        # A plain `true` or `false` is meant as it stands.
        if expr.op == "const" and expr.span[1] - expr.span[0] <= len("false"):
            return
        bounds, values = (self._here(path, env) for env in (self.bounds, self.values))
        if bounds is not None and values is not None:
            yield from self._visit(_Text(path, bounds, values, values), expr)

    def _here(self, path: KeyPath, env: Env) -> Env | None:
        """What else is known at a place: the answers, or the totals of a row."""
        model = self.analysis.model
        if path[0] in ("cards", "injects") and len(path) > 3:
            happening = getattr(model, str(path[0]))[path[1]]
            if path[2] == "outcomes":
                return answering(env, happening)
            if path[2] == "roll" and path[3] == "table":
                totals = dict(
                    rows(self.analysis, self.logic, env, path[:3], happening.roll)
                ).get(int(path[4]), (0, 0))
                if totals[0] > totals[1]:
                    return None
                return env.with_own({key_of(Name("roll")): totals})
        return env

    def _visit(self, text: "_Text", expr: Expr) -> Iterator[Finding]:
        """What is settled in an expression and in its parts."""
        if expr.type == "bool" and expr.op != "const":
            found = [*self._settled(text, expr)]
            if found:
                yield from found
                return
        tangled = self.logic.tangled(expr)
        if expr.op in ("and", "or") and not tangled:
            yield from self._parts(text, expr)
        elif expr.op == "if" and not tangled:
            yield from self._choice(text, expr)
        else:
            for arg in expr.args:
                yield from self._visit(text, arg)

    def _settled(self, text: "_Text", expr: Expr) -> Iterator[Finding]:
        value = self.logic.verdict(expr, text.values)
        if value not in _CODES:
            return
        if expr.op in ("and", "or") and (expr.op == "and") == (value == NEVER):
            yield from self._culprit(text, expr)
            return
        if self.logic.verdict(expr, text.alone) != value:
            yield self._with(text, expr, (), value, "")
            return
        sure = self.logic.verdict(expr, text.bounds) == value
        why = reason(self.analysis, expr, self.shown, bounds_only=sure)
        yield _finding(text.path, expr, value, why, "certain" if sure else "likely")

    def _culprit(self, text: "_Text", expr: Expr) -> Iterator[Finding]:
        """The part that settles the whole: by itself, or with those before it."""
        holds = expr.op == "and"
        settled = NEVER if holds else ALWAYS
        for arg in expr.args:
            if self.logic.range(arg, text.values) == settled:
                yield from self._settled(text, arg)
                return
        before: list[Expr] = []
        for arg in expr.args:
            here = self._given(before, text.values, holds=holds)
            if here is None or self.logic.range(arg, here) == settled:
                yield self._with(
                    text, arg, before, settled, f"so the whole {_SAID[settled]}"
                )
                return
            before.append(arg)

    def _parts(self, text: "_Text", expr: Expr) -> Iterator[Finding]:
        """Parts that the others settle, so that they say nothing."""
        holds, kept = expr.op == "and", list(expr.args)
        chained = _chained(expr)
        for arg in expr.args:
            others = [other for other in kept if other is not arg]
            here = self._given(others, text.values, holds=holds)
            bounds = self._given(others, text.bounds, holds=holds)
            if here is None or bounds is None:
                return
            value = self.logic.range(arg, here)
            alone = self.logic.range(arg, text.values)
            if alone not in _CODES and value in _CODES:
                if not chained and not (value == ALWAYS and _one_of_many(arg)):
                    yield self._with(text, arg, others, value, "it may be left out")
                kept = others
            elif alone not in _CODES or not chained:
                # What another part rules out is not told once more inside of this one.
                own = _Text(text.path, bounds, here, text.alone)
                yield from self._visit(own if arg.op in ("and", "or") else text, arg)

    def _choice(self, text: "_Text", expr: Expr) -> Iterator[Finding]:
        test, *results = expr.args
        yield from self._visit(text, test)
        for result, holds in zip(results, (True, False), strict=True):
            here = self.logic.given(test, text.values, holds=holds)
            bounds = self.logic.given(test, text.bounds, holds=holds)
            if here is not None and bounds is not None:
                yield from self._visit(
                    _Text(text.path, bounds, here, text.alone), result
                )

    def _given(self, exprs: Sequence[Expr], env: Env, *, holds: bool) -> Env | None:
        here: Env | None = env
        for expr in exprs:
            here = self.logic.given(expr, here, holds=holds) if here else None
        return here

    def _with(
        self,
        text: "_Text",
        arg: Expr,
        others: Sequence[Expr],
        value: Interval,
        hint: str,
    ) -> Finding:
        """A part that is settled by the others; by one of them alone if that does."""
        guilty = self._guilty(text, arg, others, value)
        related = tuple((Spot(text.path, other.span), "with this") for other in guilty)
        return Finding(
            _CODES[value],
            f"this {_SAID[value]} beside the rest of the condition",
            Spot(text.path, arg.span),
            hint=hint,
            related=related,
        )

    def _guilty(
        self, text: "_Text", arg: Expr, others: Sequence[Expr], value: Interval
    ) -> Sequence[Expr]:
        for other in others:
            for holds in (True, False):
                here = self.logic.given(other, text.values, holds=holds)
                if here is not None and self.logic.range(arg, here) == value:
                    return [other]
        return others


@dataclass(frozen=True)
class _Text:
    """Where a text stands, and what is known there."""

    path: KeyPath
    bounds: Env
    values: Env
    alone: Env
    """The same without what the rest of the text says."""


def _one_of_many(expr: Expr) -> bool:
    """Whether it rules out what could not be anyway, such as another ending: more
    than enough, but said on purpose."""
    name = expr.args[0].name if expr.op == "not" else None
    return name is not None and name.kind in ("ending", "playing", "answer")


def _chained(expr: Expr) -> bool:
    """Whether it is one comparison in a row, such as `0 <= x < 5`."""
    return any(
        left.span[1] > right.span[0]
        for left, right in zip(expr.args[:-1], expr.args[1:], strict=True)
    )


def _finding(
    path: KeyPath, expr: Expr, value: Interval, why: Reason, sure: Confidence
) -> Finding:
    return Finding(
        _CODES[value],
        f"this {_SAID[value]}",
        Spot(path, expr.span),
        hint=why.hint,
        related=why.related,
        confidence=sure,
    )
