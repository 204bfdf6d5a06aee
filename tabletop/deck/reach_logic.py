"""What expressions come to in an environment, and what a condition tells when it holds.

Comparisons are taken as sums of names against zero, so that `dike < water` and
`water <= dike` are seen to exclude each other. Everything errs to the side of what
might be: a result is exact, or wider than the truth.
"""

from collections.abc import Callable, Iterator, Sequence

from tabletop.deck.expressions import OPPOSITE, Expr, Name
from tabletop.deck.intervals import BOOL, Interval, bounds, hull
from tabletop.deck.reach_env import Env, Key, Sum, join, key_of, meet

NEVER: Interval = (0, 0)
ALWAYS: Interval = (1, 1)
_FAR = 2**62
DEEPEST = 3
"""Levels of `and`, `or` and `if` that are seen together."""
LARGEST = 10
"""Conditions in one another that are seen together."""


class Logic:
    """Works out expressions; remembers the sums that they are."""

    def __init__(self) -> None:
        self._sums: dict[int, Sum] = {}
        self._differences: dict[int, Sum] = {}
        self._depths: dict[int, tuple[int, int]] = {}
        self._parts: dict[Key, Expr] = {}

    # --- values

    def range(self, expr: Expr, env: Env) -> Interval:
        """What an expression can come to: a number, or 0 and 1 for a condition."""
        if expr.op == "const":
            return expr.value, expr.value
        if expr.op == "name" and expr.name is not None:
            return self._named(expr, expr.name, env)
        if expr.op in OPPOSITE:
            return self._compared(expr, env)
        if expr.op in ("+", "-"):
            return self._sum_range(self.sum(expr, env), env)
        special = _RANGES.get(expr.op)
        if special is not None and not self.tangled(expr):
            return special(self, expr, env)
        found = bounds(expr.op, [self.range(arg, env) for arg in expr.args])
        key = self._key(expr) if env.own else ""
        return meet(found, env.own[key]) if key in env.own else found

    def verdict(self, expr: Expr, env: Env) -> Interval:
        """What a condition comes to, looked at twice: also by what follows if it holds,
        and if it does not."""
        found = self.range(expr, env)
        if found == BOOL and expr.op in ("and", "or"):
            for holds, settled in ((True, NEVER), (False, ALWAYS)):
                if self.given(expr, env, holds=holds) is None:
                    return settled
        return found

    def tangled(self, expr: Expr) -> bool:
        """Whether conditions lie so deep in others that they are only looked at one by
        one: each level would double the work."""
        depth, size = self._measure(expr)
        return depth > DEEPEST or size > LARGEST

    def _measure(self, expr: Expr) -> tuple[int, int]:
        """Levels of conditions, and how many there are."""
        known = self._depths.get(id(expr))
        if known is None:
            below = [self._measure(arg) for arg in expr.args]
            own = int(expr.op in _RANGES)
            depth = own + max((depth for depth, _ in below), default=0)
            known = depth, own + sum(size for _, size in below)
            self._depths[id(expr)] = known
            self._parts[f"#{id(expr)}"] = expr  # keeps its id its own
        return known

    def _named(self, expr: Expr, name: Name, env: Env) -> Interval:
        if name.kind in ("chose", "asked"):
            return self._sum_range(self.sum(expr, env), env)
        return env.name(expr, name)

    def _compared(self, expr: Expr, env: Env) -> Interval:
        found = self._difference(expr, env)
        low, high = self._sum_range(found, env)
        return bounds(expr.op, [(low, high), (0, 0)])

    def _and(self, expr: Expr, env: Env) -> Interval:
        return self._chain(expr, env, until=False)

    def _or(self, expr: Expr, env: Env) -> Interval:
        return self._chain(expr, env, until=True)

    def _chain(self, expr: Expr, env: Env, *, until: bool) -> Interval:
        """`and` ends with the first part that does not hold, `or` with one that does:
        each part is seen with what the ones before it have told."""
        settled, sure = (ALWAYS, NEVER) if until else (NEVER, ALWAYS)
        found, here = sure, env
        for arg in expr.args:
            value = self.range(arg, here)
            if value == settled:
                return settled
            if value != sure:
                found = BOOL
            narrowed = self.given(arg, here, holds=not until)
            if narrowed is None:
                return settled
            here = narrowed
        return found

    def _if(self, expr: Expr, env: Env) -> Interval:
        test, then, other = expr.args
        cases = [
            self.range(result, here)
            for result, holds in ((then, True), (other, False))
            if (here := self.given(test, env, holds=holds)) is not None
        ]
        # What can't be at all may come to anything.
        return hull(cases) if cases else (expr.low, expr.high)

    # --- sums

    def sum(self, expr: Expr, env: Env) -> Sum:
        """An expression as a sum; a yes or no counts as 1 or 0."""
        known = self._sums.get(id(expr))
        if known is None:
            known = self._sums[id(expr)] = self._sum(expr, env)
            self._parts[f"#{id(expr)}"] = expr
        return known

    def _sum(self, expr: Expr, env: Env) -> Sum:
        if expr.op == "const":
            return Sum((), expr.value)
        if expr.op in ("+", "-"):
            left, right = (self.sum(arg, env) for arg in expr.args)
            return left.plus(right.scaled(1 if expr.op == "+" else -1))
        if expr.op == "neg":
            return self.sum(expr.args[0], env).scaled(-1)
        if expr.op == "not":
            return Sum((), 1).plus(self.sum(expr.args[0], env).scaled(-1))
        if expr.op == "*":
            left, right = (self.sum(arg, env) for arg in expr.args)
            if not left.parts or not right.parts:
                many, one = (left, right) if left.parts else (right, left)
                return many.scaled(one.constant)
        if expr.name is not None and expr.name.kind == "asked":
            return Sum((), len(env.answers.options))
        if expr.name is not None and expr.name.kind == "chose":
            chosen = env.answers.chosen(expr.name.ids[0])
            return Sum.of({self._key(name): 1 for name in chosen}, 0)
        return Sum(((self._key(expr), 1),), 0)

    def _key(self, expr: Expr) -> Key:
        """The key of a part that is taken as a whole."""
        if expr.name is not None and expr.name.kind in ("chose", "asked"):
            key = f"<{expr.name.kind} #{id(expr)}>"  # another sum in another place
        elif expr.name is not None:
            key = key_of(expr.name)
        elif expr.op == "const":
            key = str(expr.value)
        else:
            key = f"({expr.op} {' '.join(self._key(arg) for arg in expr.args)})"
        self._parts.setdefault(key, expr)
        return key

    def _difference(self, expr: Expr, env: Env) -> Sum:
        """Of a comparison: what is compared with zero."""
        known = self._differences.get(id(expr))
        if known is None:
            left, right = (self.sum(arg, env) for arg in expr.args)
            known = self._differences[id(expr)] = left.plus(right.scaled(-1))
            self._parts[f"#{id(expr)}"] = expr
        return known

    def _part(self, key: Key, env: Env) -> Interval:
        return self.range(self._parts[key], env)

    def _scaled(self, key: Key, factor: int, env: Env) -> Interval:
        low, high = self._part(key, env)
        return (low * factor, high * factor) if factor > 0 else (
            high * factor, low * factor,
        )  # fmt: skip

    def _sum_range(self, found: Sum, env: Env) -> Interval:
        low = high = 0
        parts = dict(found.parts)
        for ends in self._answered(parts, env):
            low, high = low + ends[0], high + ends[1]
        for key, factor in parts.items():
            ends = self._scaled(key, factor, env)
            low, high = low + ends[0], high + ends[1]
        if len(found.parts) > 1 and env.own:
            form, share = found.form()
            if form in env.own:
                ends = env.own[form][0] * share, env.own[form][1] * share
                low, high = max(low, min(ends)), min(high, max(ends))
        return low + found.constant, high + found.constant

    def _answered(self, parts: dict[Key, int], env: Env) -> Iterator[Interval]:
        """What the answers of each team add, of which exactly one holds; they are taken
        out of the parts."""
        for team, options in env.answers.options.items():
            keys = [key_of(Name("answer", (team, option))) for option in options]
            ranges = {key: env.own.get(key, BOOL) for key in keys}
            sure = [key for key in keys if ranges[key] == ALWAYS]
            open_ = sure or [key for key in keys if ranges[key] != NEVER]
            worth = [parts.get(key, 0) for key in open_]
            for key in keys:
                parts.pop(key, None)
            if worth:
                yield min(worth), max(worth)

    # --- what a condition tells

    def given(self, expr: Expr, env: Env, *, holds: bool) -> Env | None:
        """What is known when a condition holds, or does not; None if it can't be so."""
        if expr.op == "const":
            return env if bool(expr.value) == holds else None
        if expr.op == "name" and expr.name is not None:
            return self._told(expr, expr.name, env, holds=holds)
        if expr.op == "not":
            return self.given(expr.args[0], env, holds=not holds)
        if self.tangled(expr):
            return env
        if expr.op in ("and", "or"):
            if (expr.op == "and") == holds:
                return self._all(expr.args, env, holds=holds)
            return self._any(expr.args, env, holds=holds)
        if expr.op == "if":
            return self._either(expr, env, holds=holds)
        return self._given_compared(expr, env, holds=holds)

    def _all(self, exprs: Sequence[Expr], env: Env, *, holds: bool) -> Env | None:
        here: Env | None = env
        for _ in range(2 if len(exprs) > 1 else 1):
            for expr in exprs:
                here = self.given(expr, here, holds=holds) if here else None
        return here

    def _any(self, exprs: Sequence[Expr], env: Env, *, holds: bool) -> Env | None:
        """One of them holds (or fails), and the ones before it do not."""
        cases: list[Env] = []
        here: Env | None = env
        for expr in exprs:
            if here is None:
                break
            case = self.given(expr, here, holds=holds)
            if case is not None:
                cases.append(case)
            here = self.given(expr, here, holds=not holds)
        return join(cases) if cases else None

    def _either(self, expr: Expr, env: Env, *, holds: bool) -> Env | None:
        test, then, other = expr.args
        cases = []
        for result, way in ((then, True), (other, False)):
            here = self.given(test, env, holds=way)
            case = self.given(result, here, holds=holds) if here else None
            if case is not None:
                cases.append(case)
        return join(cases) if cases else None

    def _told(self, expr: Expr, name: Name, env: Env, *, holds: bool) -> Env | None:
        key = key_of(name)
        wanted = ALWAYS if holds else NEVER
        here = env.restrict(key, wanted, env.name(expr, name))
        if name.kind == "answer":
            return here and self._one_of(env.answers.group(name), here)
        if here is not None and holds and key in env.facts.groups:
            group = env.facts.groups[key]
            if any(env.own.get(k) == ALWAYS for k in group if k != key):
                return None
            others = dict.fromkeys(group, NEVER)
            return here.with_own({**here.own, **others, key: ALWAYS})
        return here

    def _one_of(self, keys: Sequence[Key], env: Env) -> Env | None:
        """Exactly one of some names holds."""
        ranges = {key: env.own.get(key, BOOL) for key in keys}
        sure = [key for key, found in ranges.items() if found == ALWAYS]
        left = [key for key, found in ranges.items() if found != NEVER]
        if len(sure) > 1 or not left:
            return None
        if not sure and len(left) > 1:
            return env
        told = dict.fromkeys(keys, NEVER) | {(sure or left)[0]: ALWAYS}
        return env.with_own({**env.own, **told})

    def _given_compared(self, expr: Expr, env: Env, *, holds: bool) -> Env | None:
        found = self._difference(expr, env)
        now = self._sum_range(found, env)
        op = expr.op if holds else OPPOSITE[expr.op]
        wanted = meet(_wanted(op, now), now)
        if wanted[0] > wanted[1]:
            return None
        if not found.parts:
            return env
        return self._narrow_sum(found, env, wanted, now)

    def _narrow_sum(
        self, found: Sum, env: Env, wanted: Interval, now: Interval
    ) -> Env | None:
        """What is known when a sum is in a range: each part in what others leave."""
        here: Env | None = env
        low, high = wanted[0] - found.constant, wanted[1] - found.constant
        if len(found.parts) > 1 and wanted != now:
            form, share = found.form()
            known = env.own.get(form, (-_FAR, _FAR))
            here = env.restrict(form, _divided(low, high, share), known)
        ends = [self._scaled(key, factor, env) for key, factor in found.parts]
        least, most = sum(end[0] for end in ends), sum(end[1] for end in ends)
        for (key, factor), end in zip(found.parts, ends, strict=True):
            if here is None:
                return None
            room = _divided(low - (most - end[1]), high - (least - end[0]), factor)
            here = self._restrict_part(key, room, here)
        return here

    def _restrict_part(self, key: Key, wanted: Interval, env: Env) -> Env | None:
        expr = self._parts[key]
        here = env.restrict(key, wanted, self.range(expr, env))
        if here is None or here is env:
            return here
        if expr.name is not None:
            return self._follow(expr.name, key, here)
        return self._push(expr, here.own[key], here)

    def _follow(self, name: Name, key: Key, env: Env) -> Env | None:
        """What else is known when a name is: of a band its track, of one answer the
        team's others."""
        if name.kind == "answer":
            return self._one_of(env.answers.group(name), env)
        ends = env.facts.bands.get(name.ids[0], ()) if name.kind == "band" else ()
        if not ends:
            return env
        low, high = env.own[key]
        wanted = (
            ends[low - 1] + 1 if low > 0 else -_FAR,
            ends[high] if high < len(ends) - 1 else _FAR,
        )
        track = key_of(Name("track", name.ids))
        known = env.own.get(track) or env.values.get(track, (-_FAR, _FAR))
        return env.restrict(track, wanted, known)

    def _push(self, expr: Expr, wanted: Interval, env: Env) -> Env | None:
        """What is known of the parts of `//`, `min` and `max` when it is in a range."""
        low, high = wanted
        args = list(expr.args)
        if expr.op == "//" and args[1].op == "const" and args[1].value > 0:
            by = args[1].value
            wanted, args = (low * by, high * by + by - 1), args[:1]
        elif expr.op == "min":
            wanted = low, _FAR
        elif expr.op == "max":
            wanted = -_FAR, high
        else:
            return env
        here: Env | None = env
        for arg in args:
            if here is None:
                return None
            found = self.sum(arg, here)
            now = self._sum_range(found, here)
            fits = meet(wanted, now)
            if fits[0] > fits[1]:
                return None
            if fits != now and found.parts:
                here = self._narrow_sum(found, here, fits, now)
        return here


def _wanted(op: str, now: Interval) -> Interval:
    """The part of a range in which it compares so with zero."""
    low, high = now
    match op:
        case "<":
            return low, -1
        case "<=":
            return low, 0
        case ">":
            return 1, high
        case ">=":
            return 0, high
        case "==":
            return 0, 0
        case _:
            return low + (low == 0), high - (high == 0)


def _divided(low: int, high: int, by: int) -> Interval:
    """The whole numbers that times `by` are in a range."""
    if by < 0:
        low, high, by = -high, -low, -by
    return -(-low // by), high // by


_RANGES: dict[str, Callable[[Logic, Expr, Env], Interval]] = {
    "and": Logic._and,
    "or": Logic._or,
    "if": Logic._if,
}
