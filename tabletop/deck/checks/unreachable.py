"""Cards, rules and endings that nothing leads to, or that wait for themselves."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Place, Spot
from tabletop.deck.expressions import MAX_POINTS, names
from tabletop.deck.models import Card, Rule
from tabletop.deck.reach_causes import Unit
from tabletop.deck.reach_env import key_of
from tabletop.deck.reach_names import points_key
from tabletop.deck.reach_reasons import dotted, span_of

_FIELDS = {"cards": "requires", "rules": "when", "endings": "when"}


def endings(analysis: Analysis) -> Iterator[Finding]:
    """Endings without a condition that no effect and no last round leads to."""
    named = {effect.ending for _, effect in analysis.each_effect()}
    named.add(analysis.model.rounds.ending or "")
    for key, ending in analysis.model.endings.items():
        if ending.when is None and key not in named:
            message = f"nothing leads to the ending `{key}`"
            hint = "it has no `when`, no `end(...)`, and is not that of the last round"
            spot = Spot(("endings", key), part="header")
            yield Finding("W406", message, spot, hint=hint)


def hands(analysis: Analysis) -> Iterator[Finding]:
    """Cards that no team ever holds."""
    drawn = {effect.team for _, effect in analysis.each_effect() if effect.op == "draw"}
    given = {effect.card for _, effect in analysis.each_effect() if effect.op == "give"}
    unheld: dict[str, list[KeyPath]] = {}
    for path, card in analysis.cards:
        team = analysis.model.teams[card.team]
        if team.hand == 0 and card.team not in drawn and path[1] not in given:
            unheld.setdefault(card.team, []).append(path)
    for id_, (path, *others) in unheld.items():
        message = f"team `{id_}` never holds a card, so nobody plays this one"
        if others:
            message += f", nor its {len(others)} other{'s' * (len(others) > 1)}"
        hand = (Spot(("teams", id_, "hand")), "its hand is empty")
        yield Finding("W406", message, Spot(path, part="header"), related=(hand,))


def moments(analysis: Analysis) -> Iterator[Finding]:
    """Rules whose moment never comes."""
    for key, rule in analysis.model.rules.items():
        spot = Spot(("rules", key, "at"))
        if rule.at == "after_inject" and not analysis.model.injects:
            message = "the deck has no injects, so this rule never runs"
            yield Finding("W406", message, spot)
        elif rule.at == "band" and rule.track is not None:
            yield from _band(analysis, key, rule, rule.track)


def _band(analysis: Analysis, key: str, rule: Rule, track: str) -> Iterator[Finding]:
    reach, watched = analysis.reach, f"<track {track}>"
    known = reach.env.values.get(watched)
    if known is None or watched in analysis.causes.excused:
        return
    ends = [band.to for band in analysis.model.tracks[track].bands[:-1]]
    if not any(known[0] <= end < known[1] for end in ends):
        message = f"`{track}` never leaves its band, so this rule never runs"
        hint = f"it starts at {analysis.model.tracks[track].start:,}"
        hint += f" and stays within {span_of(known)}"
        yield Finding("W406", message, Spot(("rules", key, "track")), hint=hint)


def late(analysis: Analysis) -> Iterator[Finding]:
    """What is scheduled so late that the game is over by then."""
    rounds = analysis.model.rounds.count
    for path, effect in analysis.each_effect():
        if effect.op == "schedule" and effect.rounds >= rounds:
            message = "this never comes due: the game is over by then"
            hint = f"the game has {rounds} rounds, and counting begins in the first"
            yield Finding("W406", message, Spot(path), hint=hint)


def circles(analysis: Analysis) -> Iterator[Finding]:
    """Cards, rules and endings that wait for themselves or for each other."""
    for circle in analysis.causes.circles():
        yield _circle(analysis, circle)


def _circle(analysis: Analysis, circle: list[Unit]) -> Finding:
    code, (table, id_) = "W406", circle[0]
    for unit in circle:
        if unit[0] == "cards":
            code, (table, id_) = "W405", unit
            break
    start = circle.index((table, id_))
    turned = [*circle[start:], *circle[:start]]
    chain = " -> ".join(f"`{unit[1]}`" for unit in [*turned, turned[0]])
    what = "card" if table == "cards" else table[:-1]
    message = f"{what} `{id_}` waits for itself"
    if len(circle) > 1:
        message = f"{what} `{id_}` waits for itself: {chain}"
    spot = Spot((table, id_, _FIELDS[table]))
    others: list[tuple[Spot | Place, str]] = [
        (Spot((t, i, _FIELDS[t])), f"`{i}` waits here") for t, i in turned[1:]
    ]
    given = _given_by(analysis, turned[0])
    hint = f"only it sets what it waits for: `{dotted(given)}`" if given else ""
    return Finding(code, message, spot, hint=hint, related=tuple(others))


def _given_by(analysis: Analysis, unit: Unit) -> KeyPath | None:
    """The effect of a card or rule on something that it waits for itself."""
    expr = analysis.expr(*unit, _FIELDS[unit[0]])
    wanted = {key_of(name) for name, _ in names(expr)} if expr is not None else set()
    for key in sorted(wanted):
        for path, _ in analysis.causes.sites.get(key, ()):
            if path[:2] == unit:
                return path
    return None


def costs(analysis: Analysis) -> Iterator[Finding]:
    """Cards that cost more than whoever may hold them ever has."""
    given: dict[str, set[str]] = {}
    for _, effect in analysis.each_effect():
        if effect.op == "give":
            given.setdefault(effect.card, set()).add(effect.team)
    for path, card in analysis.cards:
        holders = [card.team, *sorted(given.get(str(path[1]), ()))]
        most = {team: _most(analysis, team) for team in holders}
        if card.cost > max(most.values()):
            yield _too_dear(analysis, path, card, most[card.team])


def _most(analysis: Analysis, team: str) -> int:
    key = points_key(team)
    sites = analysis.causes.sites.get(key, ())
    if key in analysis.causes.excused and sites:
        return MAX_POINTS
    return analysis.reach.env.values.get(key, (0, MAX_POINTS))[1]


def _too_dear(analysis: Analysis, path: KeyPath, card: Card, most: int) -> Finding:
    message = f"it costs {card.cost}, and team `{card.team}` has {most}"
    if analysis.causes.sites.get(points_key(card.team)):
        message += " at most"
    points = (Spot(("teams", card.team, "points")), "its points")
    related = (points,) if "points" in _set(analysis, card.team) else ()
    return Finding("W405", message, Spot((*path, "cost")), related=related)


def _set(analysis: Analysis, team: str) -> set[str]:
    return analysis.model.teams[team].model_fields_set
