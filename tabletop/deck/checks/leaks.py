"""Happenings that tell teams what is hidden from them, and secrets that are in vain.

That a consequence shows is the game: a hidden stock may weigh in a throw of dice, or
stop a card. It is a leak when what is shown can be worked back: a public number that
moves by the hidden one, an inject that comes exactly when it is low.
"""

from collections.abc import Iterator, Sequence

from tabletop.deck.analysis import Analysis
from tabletop.deck.checks.secrets import hidden
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.expressions import Effect, Expr, Name, Span, names
from tabletop.deck.models import Card
from tabletop.deck.reach_env import Env, key_of
from tabletop.deck.reach_flow import Flow, Sink
from tabletop.deck.reach_names import answering
from tabletop.deck.scope import asked_teams
from tabletop.deck.suggest import quoted

_THROUGH = ("min", "max", "abs", "if", "*")
"""Operators whose result tells of a part, if not always."""


def amounts(analysis: Analysis) -> Iterator[Finding]:
    """Changes that others see, by which a hidden number can be worked out."""
    for path, effect in analysis.each_effect():
        value = effect.value
        if value is None or not analysis.runs(path):
            continue
        seers = _seers(analysis, effect)
        for name, span in _told(analysis, value):
            blind = [team for team in seers if hidden(analysis, name, team)]
            if blind:
                yield _worked_out(analysis, path, effect, name, span, blind[0])
                break


def _seers(analysis: Analysis, effect: Effect) -> list[str]:
    """The teams that see what an effect with an amount changes."""
    teams = [*analysis.model.teams]
    if effect.target is None:  # how many cards a team holds is seen by all
        return teams
    return [team for team in teams if not hidden(analysis, effect.target, team)]


def _told(analysis: Analysis, expr: Expr) -> Iterator[tuple[Name, Span]]:
    """The names that whoever knows the result can work out."""
    if expr.type == "bool":
        yield from names(expr)
    elif expr.name is not None:
        yield expr.name, expr.span
    elif expr.op in ("+", "-", "neg"):
        for arg in expr.args:
            yield from _told(analysis, arg)
    elif expr.op in _THROUGH:
        for arg in expr.args[1:] if expr.op == "if" else expr.args:
            yield from _told(analysis, arg)


def _worked_out(
    analysis: Analysis, path: KeyPath, effect: Effect, name: Name, span: Span, team: str
) -> Finding:  # fmt: skip
    shown, target = f"how many cards team `{effect.team}` holds", effect.target
    if target is not None:
        shown = f"`{target.ids[0]}`"
    if target is not None and target.kind == "points":
        shown = f"`{target.ids[0]}.points`"
    word = name.ids[0]
    coarser = _coarser(analysis, name)
    hint = f"change it by something coarser, such as `{coarser}`, or hide both"
    if name.kind != "track" or (effect.value and effect.value.type == "bool"):
        hint = f"let it see `{word}`, or hide what changes as well"
    return Finding(
        "W501",
        f"team `{team}` may not see `{word}`, but sees {shown} change by it",
        Spot(path, span),
        hint=hint,
        related=_where(analysis, name),
    )


def throws(analysis: Analysis) -> Iterator[Finding]:
    """Dice to which a hidden number is added: who is told of a throw is told of it."""
    if analysis.faulty:
        return
    for path, happening in analysis.happenings:
        here = (*path, "roll", "modifier")
        expr = analysis.expr(*here)
        if expr is None or analysis.reach.runs(*path) == 0:
            continue
        audience = getattr(happening, "audience", None)
        told = [*analysis.model.teams] if audience is None else audience
        for name, span in _told(analysis, expr):
            blind = [team for team in told if hidden(analysis, name, team)]
            if blind:
                word = name.ids[0]
                message = f"team `{blind[0]}` may not see `{word}`, but sees it added"
                yield Finding(
                    "W501",
                    f"{message} to the dice",
                    Spot(here, span),
                    hint=f"add something coarser, such as `{_coarser(analysis, name)}`",
                    related=_where(analysis, name),
                )
                break


def comings(analysis: Analysis) -> Iterator[Finding]:
    """Injects and outcomes that come exactly when something hidden is so."""
    teams = [*analysis.model.teams]
    for key, inject in analysis.model.injects.items():
        told = teams if inject.audience is None else inject.audience
        said = f"learns of it when {quoted(key)} comes"
        hint = "limit its `audience` to those who see it, or let it come by another way"
        yield from _by(analysis, ("injects", key, "when"), told, said, hint)
    for path, happening in analysis.happenings:
        audience = getattr(happening, "audience", None)
        told = teams if audience is None else audience
        for index, outcome in enumerate(happening.outcomes):
            if outcome.text is not None:
                here = (*path, "outcomes", index, "when")
                said = "learns of it by this outcome's `text`"
                hint = "leave out `text`, or the condition on what is hidden"
                yield from _by(analysis, here, told, said, hint)


def _by(
    analysis: Analysis, path: KeyPath, told: Sequence[str], said: str, hint: str
) -> Iterator[Finding]:
    """What teams learn of hidden names when a condition is seen to hold."""
    expr, reach = analysis.expr(*path), analysis.reach
    before = reach.env
    if path[2] == "outcomes":
        before = answering(before, getattr(analysis.model, str(path[0]))[path[1]])
    env = reach.logic.given(expr, before, holds=True) if expr is not None else None
    if expr is None or env is None:
        return
    for name, span in names(expr):
        blind = [team for team in told if hidden(analysis, name, team)]
        if blind and _narrowed(analysis, expr, name, env):
            message = f"team `{blind[0]}` may not see `{name.ids[0]}`, but {said}"
            where = _where(analysis, name)
            yield Finding("W501", message, Spot(path, span), hint=hint, related=where)
            return


def _narrowed(analysis: Analysis, expr: Expr, name: Name, env: Env) -> bool:
    """Whether one knows more of a name when a condition is known to hold."""
    before = analysis.reach.env
    if any(name.ids[0] in key for key in env.own if key_of(name) != key):
        return True  # a sum, or its track
    parts = [node for node in _nodes(expr) if node.name == name]
    return env.name(parts[0], name) != before.name(parts[0], name)


def _nodes(expr: Expr) -> Iterator[Expr]:
    yield expr
    for arg in expr.args:
        yield from _nodes(arg)


def questions(analysis: Analysis) -> Iterator[Finding]:
    """Teams that are asked by an inject that they are not told of."""
    for key, inject in analysis.model.injects.items():
        for index, ask in enumerate(inject.ask):
            left_out = [
                team
                for team in asked_teams(ask)
                if inject.audience is not None and team not in inject.audience
            ]
            if left_out:
                message = f"team `{left_out[0]}` is asked, but not told of the inject"
                spot = Spot(("injects", key, "ask", index, "prompt"))
                here = Spot(("injects", key, "audience"))
                hint = "add it to `audience`"
                where = ((here, "only these are told"),)
                yield Finding("W501", message, spot, hint=hint, related=where)


def _coarser(analysis: Analysis, name: Name) -> str:
    """A number that tells only roughly what a hidden one is: in some five steps."""
    track = analysis.model.tracks.get(name.ids[0])
    room = track.max - track.min if track is not None else 100
    return f"{name.ids[0]} // {max(2, room // 5)}"


def _where(analysis: Analysis, name: Name) -> tuple[tuple[Spot, str], ...]:
    tables = {"flag": "flags", "fired": "injects", "lasts": "injects"}
    table = tables.get(name.kind, "tracks")
    field = "audience" if table == "injects" else "visible_to"
    return ((Spot((table, name.ids[0], field)), "it is hidden here"),)


def idle_secrets(analysis: Analysis) -> Iterator[Finding]:
    """Hidden tracks that make no difference to anybody who may see them."""
    flow = Flow.of(analysis)
    for key, track in analysis.model.tracks.items():
        if track.visible_to is None:
            continue
        seers = frozenset(track.visible_to or analysis.model.teams)
        known = f"<track {key}>"
        if known not in analysis.causes.sites or not _is_read(analysis, key):
            continue  # that alone is reported
        if known not in flow.behind_names(_felt(analysis, flow, seers, known)):
            who = " or ".join(f"`{team}`" for team in track.visible_to)
            message = f"nothing that team {who} sees depends on `{key}`"
            if not track.visible_to:
                message = f"nothing that a team sees depends on `{key}`"
            spot = Spot(("tracks", key, "visible_to"))
            hint = "a secret should matter to those who keep it"
            yield Finding("W502", message, spot, hint=hint)


def _is_read(analysis: Analysis, track: str) -> bool:
    exprs = [*analysis.texts.exprs.values()]
    for _, effect in analysis.each_effect():
        own = effect.target is not None and effect.target.ids[0] == track
        if effect.value is not None and not own:
            exprs.append(effect.value)
    bands = any(rule.track == track for rule in analysis.model.rules.values())
    return bands or any(
        name.ids[:1] == (track,) and name.kind in ("track", "band")
        for expr in exprs
        for name, _ in names(expr)
    )


def _felt(
    analysis: Analysis, flow: Flow, teams: frozenset[str], but: str
) -> Iterator[str]:
    """The names behind what some teams see, and the other names that they see."""

    def concerns(sink: Sink) -> bool:
        return sink.teams is None or bool(sink.teams & teams)

    for sink in filter(concerns, flow.sinks):
        yield from sink.reads
    for kind, table in (("track", "tracks"), ("flag", "flags")):
        for id_, model in getattr(analysis.model, table).items():
            seen = model.visible_to is None or teams & {*model.visible_to}
            if seen and (key := f"<{kind} {id_}>") != but:
                yield key
    for path, happening in analysis.happenings:
        audience = getattr(happening, "audience", None)
        if isinstance(happening, Card) or audience is None or teams & {*audience}:
            yield f"({path[0]} {path[1]})"
