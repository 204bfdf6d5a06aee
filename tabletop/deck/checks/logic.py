"""Cards that nobody can ever play."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, Spot
from tabletop.deck.expressions import names
from tabletop.deck.reach_env import key_of
from tabletop.deck.reach_logic import NEVER


def unplayable(analysis: Analysis) -> Iterator[Finding]:
    """Cards that cost more than their team ever has, and responses to nothing."""
    gaining = set(_gaining(analysis))
    inviting = {card.team for _, card in analysis.cards if card.invites_response}
    for path, card in analysis.cards:
        most = None if card.team in gaining else _most_points(analysis, card.team)
        if analysis.faulty and most is not None and card.cost > most:
            message = f"it costs {card.cost}, and team `{card.team}` has {most}"
            yield Finding("W405", message, Spot((*path, "cost")))
        if card.response and not analysis.faulty and not inviting - {card.team}:
            message = "no other team's card invites a response"
            yield Finding("W405", message, Spot((*path, "response"), part="key"))


def out_of_turn(analysis: Analysis) -> Iterator[Finding]:
    """Cards for while another one waits for responses, that are no responses."""
    logic, env = analysis.reach.logic, analysis.reach.env
    for path, card in analysis.cards:
        expr = analysis.expr(*path, "requires")
        if card.response or expr is None or logic.range(expr, env) == NEVER:
            continue
        waiting = [name for name, _ in names(expr) if name.kind == "playing"]
        calm = env.with_own(dict.fromkeys(map(key_of, waiting), NEVER))
        if waiting and logic.range(expr, calm) == NEVER:
            message = "it waits for a card that is being played, and is no response"
            hint = f"write `response = true` in [cards.{path[1]}]"
            yield Finding("W405", message, Spot((*path, "requires")), hint=hint)


def _most_points(analysis: Analysis, key: str) -> int | None:
    """The most points that a team ever has; None when it can't be known."""
    team = analysis.symbols.ids("team").get(key)
    if team is None or team.carry:
        return None
    if isinstance(team.points, int):
        return team.points
    expr = analysis.expr("teams", key, "points")
    return None if expr is None else max(0, expr.high)


def _gaining(analysis: Analysis) -> Iterator[str]:
    """The teams whose points some effect changes."""
    for _, effect in analysis.each_effect():
        if effect.target is not None and effect.target.kind == "points":
            yield effect.target.ids[0]
