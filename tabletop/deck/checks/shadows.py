"""Endings and rules that another one always comes before, and what is there twice."""

from collections.abc import Iterator, Sequence

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.expressions import Effect, Expr, names
from tabletop.deck.models import Ending, Rule
from tabletop.deck.reach_env import Env, key_of
from tabletop.deck.reach_logic import ALWAYS, NEVER
from tabletop.deck.reach_names import bounds_of, clamped

MOST = 100
"""Endings, or rules of one moment, that are compared with each other."""


def endings(analysis: Analysis) -> Iterator[Finding]:
    """Endings that can't be reached, since one before them holds whenever they do."""
    model = analysis.model
    order = sorted(model.endings, key=lambda id_: -model.endings[id_].priority)[:MOST]
    for place, key in enumerate(order):
        for other in order[:place]:
            if _hides(analysis, other, key):
                yield _hidden(analysis, other, key)
                break


def _hides(analysis: Analysis, first: str, key: str) -> bool:
    """Whether an ending that is tested before another holds whenever that one does."""
    endings_ = analysis.model.endings
    earlier, later = endings_[first], endings_[key]
    if later.at == "always" and earlier.at != "always":
        return False
    one, other = (analysis.expr("endings", id_, "when") for id_ in (first, key))
    return one is not None and other is not None and _implies(analysis, other, one)


def _implies(analysis: Analysis, one: Expr, other: Expr) -> bool:
    """Whether a condition holds whenever another one does, which it sometimes does."""
    reach = analysis.reach
    if reach.logic.range(other, reach.env) == ALWAYS:
        return False  # that alone is reported
    env = reach.logic.given(one, reach.env, holds=True)
    return env is not None and reach.logic.range(other, env) == ALWAYS


def _hidden(analysis: Analysis, first: str, key: str) -> Finding:
    endings_ = analysis.model.endings
    message = f"ending `{first}` always comes before this one, `{key}`"
    hint = "it stands before it in the deck"
    if endings_[first].priority != endings_[key].priority:
        hint = f"its priority is {endings_[first].priority}, and this one's"
        hint += f" {endings_[key].priority}"
    first_when = Spot(("endings", first, "when"))
    return Finding(
        "W408",
        message,
        Spot(("endings", key, "when")),
        hint=hint + _other_ways(analysis, endings_[key], key),
        related=((first_when, f"`{first}` holds then, too"),),
    )


def _other_ways(analysis: Analysis, ending: Ending, key: str) -> str:
    ends = any(effect.ending == key for _, effect in analysis.each_effect())
    if ends or analysis.model.rounds.ending == key:
        return "; it is reached in another way, but never by its `when`"
    return ""


# --- rules


def rules(analysis: Analysis) -> Iterator[Finding]:
    """Rules that never run, since one before them sees to that."""
    moments: dict[tuple[str, str | None], list[str]] = {}
    for key, rule in analysis.model.rules.items():
        same = moments.setdefault((rule.at, rule.track), [])
        for other in same[:MOST]:
            if _prevents(analysis, other, key, same[same.index(other) + 1 :]):
                message = f"rule `{other}` runs before this one, `{key}`, and after it"
                message += f" {_then(analysis, other)}"
                spot = Spot(("rules", key, "when"))
                where = Spot(("rules", other), part="header")
                related = ((where, "whenever this one would run, it runs first"),)
                yield Finding("W408", message, spot, related=related)
                break
        same.append(key)


def _then(analysis: Analysis, first: str) -> str:
    effects = analysis.texts.effects.get(("rules", first, "effects"), ())
    if any(effect.op == "end" for effect in effects):
        return "the game is over"
    return "this never holds"


def _prevents(analysis: Analysis, first: str, key: str, between: Sequence[str]) -> bool:
    """Whether after a rule another one's condition never holds, though it could."""
    rules_, reach = analysis.model.rules, analysis.reach
    one, other = (analysis.expr("rules", id_, "when") for id_ in (first, key))
    if other is None or rules_[first].once is not None:
        return False
    if not (reach.runs("rules", first) and reach.runs("rules", key)):
        return False
    if _touches(analysis, between, other) or rules_[key].at == "band":
        return False
    before = reach.logic.given(one, reach.env, holds=True) if one else reach.env
    if before is None or (one is not None and not _implies(analysis, other, one)):
        return False
    after = _after(analysis, rules_[first], ("rules", first, "effects"), before)
    return after is None or reach.logic.range(other, after) == NEVER


def _touches(analysis: Analysis, between: Sequence[str], expr: Expr) -> bool:
    """Whether some rules change anything that a condition reads."""
    read = {name.ids for name, _ in names(expr)}
    return any(
        effect.target is None or effect.target.ids in read
        for key in between
        for effect in analysis.texts.effects.get(("rules", key, "effects"), ())
    )


def _after(analysis: Analysis, rule: Rule, path: KeyPath, env: Env) -> Env | None:
    """What is known after a rule has run; None when it ends the game."""
    for effect in analysis.texts.effects.get(path, ()):
        if effect.op == "end":
            return None
        env = _done(analysis, effect, env)
    return env


def _done(analysis: Analysis, effect: Effect, env: Env) -> Env:
    if effect.target is None or effect.value is None:
        return env.dealt()
    key, bound = key_of(effect.target), bounds_of(analysis, effect.target)
    by = analysis.reach.logic.range(effect.value, env)
    was = env.own.get(key, env.values.get(key, bound))
    to = (was[0] + by[0], was[1] + by[1]) if effect.op == "add" else by
    return env.with_own({**env.without(key), key: clamped(to, bound)})


# --- what is there twice


def repeated(analysis: Analysis) -> Iterator[Finding]:
    """Rules and outcomes with the same condition and effects, and effects twice in a
    list."""
    yield from _same_rules(analysis)
    yield from _same_outcomes(analysis)
    for path, effects in analysis.texts.effects.items():
        first: dict[str, int] = {}
        for index, effect in enumerate(effects):
            said = _plain(effect.text)
            if said in first:
                where = Spot((*path, first[said]))
                message = "this effect is there twice in the same list"
                related = ((where, "first here"),)
                yield Finding("W409", message, Spot((*path, index)), related=related)
            first.setdefault(said, index)


def _same_rules(analysis: Analysis) -> Iterator[Finding]:
    first: dict[object, str] = {}
    for key, rule in analysis.model.rules.items():
        effects = tuple(map(_plain, rule.effects))
        same = (rule.at, rule.track, rule.once, _plain(rule.when or ""), effects)
        if same in first:
            message = f"rule `{key}` is the same as rule `{first[same]}`"
            spot = Spot(("rules", key), part="header")
            where = Spot(("rules", first[same]), part="header")
            yield Finding("W409", message, spot, related=((where, "the first one"),))
        first.setdefault(same, key)


def _same_outcomes(analysis: Analysis) -> Iterator[Finding]:
    for path, happening in analysis.happenings:
        first: dict[object, int] = {}
        for index, outcome in enumerate(happening.outcomes):
            same = (_plain(outcome.when), *map(_plain, outcome.effects))
            if same in first and outcome.effects:
                message = "this outcome is the same as one before it"
                spot = Spot((*path, "outcomes", index, "when"))
                where = Spot((*path, "outcomes", first[same], "when"))
                related = ((where, "the first one"),)
                yield Finding("W409", message, spot, related=related)
            first.setdefault(same, index)


def _plain(text: str) -> str:
    """A text without the differences that mean nothing."""
    return "".join(text.split()) if '"' not in text and "'" not in text else text
