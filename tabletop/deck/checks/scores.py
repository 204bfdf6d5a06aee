"""Scores and successes that come out the same however the game ends."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, Spot
from tabletop.deck.expressions import Expr, Name, names
from tabletop.deck.intervals import BOOL, Interval, exact, hull
from tabletop.deck.reach_env import key_of
from tabletop.deck.reach_logic import ALWAYS, NEVER


def same(analysis: Analysis) -> Iterator[Finding]:
    """Objectives that are worth the same in every game, or ask in vain how it ended;
    and what would be a success in every game, or in none."""
    for team, model in analysis.model.teams.items():
        wanted = analysis.expr("teams", team, "success")
        if wanted is not None:
            yield from _success(analysis, ("teams", team, "success"), wanted)
        for index, _ in enumerate(model.objectives):
            path = ("teams", team, "objectives", index, "score")
            expr = analysis.expr(*path)
            if expr is not None:
                yield from _objective(analysis, path, expr)


def _objective(
    analysis: Analysis, path: tuple[str | int, ...], expr: Expr
) -> Iterator[Finding]:
    by_ending = _by_ending(analysis, expr)
    asks = any(name.kind == "ending" for name, _ in names(expr))
    if any(key_of(n) in analysis.causes.excused for n, _ in names(expr)):
        return
    if by_ending and (low_high := hull([*by_ending.values()]))[0] == low_high[1]:
        message = f"this is worth {low_high[0]:,} in every game"
        hint = "so it tells no ending from another"
        yield Finding("W603", message, Spot(path), hint=hint)
    elif asks and len(by_ending) > 1 and _in_vain(analysis, expr):
        message = "this asks how the game ended, and is worth the same either way"
        yield Finding("W603", message, Spot(path))


def _success(
    analysis: Analysis, path: tuple[str | int, ...], expr: Expr
) -> Iterator[Finding]:
    if any(key_of(n) in analysis.causes.excused for n, _ in names(expr)):
        return
    reach = analysis.reach
    least, most = reach.logic.range(expr, reach.env)
    low, high = hull([*_by_ending(analysis, expr).values()] or [BOOL])
    if low == high and least < most:  # else the check of conditions tells it
        message = f"this is a success in {'every game' if low else 'no game'}"
        hint = "so it tells no game from another"
        yield Finding("W603", message, Spot(path), hint=hint)


def _by_ending(analysis: Analysis, expr: Expr) -> dict[str, Interval]:
    """What a score can be, by each ending that can come."""
    reach, found = analysis.reach, {}
    for key in analysis.model.endings:
        if reach.runs("endings", key) > 0:
            others = dict.fromkeys(map(_key, analysis.model.endings), NEVER)
            env = reach.env.with_own({**others, _key(key): ALWAYS})
            found[key] = reach.logic.range(expr, env)
    return found


def _key(ending: str) -> str:
    return key_of(Name("ending", (ending,)))


def _in_vain(analysis: Analysis, expr: Expr) -> bool:
    """Whether a score is the same sum whichever ending comes."""
    plain = {_plain(_given(expr, key)) for key in analysis.model.endings}
    return len(plain) == 1


def _given(expr: Expr, ending: str) -> Expr:
    """A score as it is counted after one ending."""
    if expr.name is not None and expr.name.kind == "ending":
        value = int(expr.name.ids[0] == ending)
        return Expr("const", "bool", value=value, low=value, high=value)
    args = tuple(_given(arg, ending) for arg in expr.args)
    if expr.op == "if" and args[0].op == "const":
        return args[1] if args[0].value else args[2]
    if args and all(arg.op == "const" for arg in args):
        value = exact(expr.op, [arg.value for arg in args])
        return Expr("const", expr.type, value=value, low=value, high=value)
    if expr.op in ("and", "or"):
        return _logic(expr, args)
    return Expr(expr.op, expr.type, args, expr.value, expr.name)


def _logic(expr: Expr, args: tuple[Expr, ...]) -> Expr:
    """A condition without the parts that are known."""
    settling = int(expr.op == "or")
    if any(arg.op == "const" and arg.value == settling for arg in args):
        return Expr("const", "bool", value=settling, low=settling, high=settling)
    kept = tuple(arg for arg in args if arg.op != "const")
    return kept[0] if len(kept) == 1 else Expr(expr.op, "bool", kept)


def _plain(expr: Expr) -> str:
    """An expression as text, equal for equal ones."""
    if expr.op == "const":
        return str(expr.value)
    if expr.name is not None:
        return key_of(expr.name)
    return f"({expr.op} {' '.join(map(_plain, expr.args))})"
