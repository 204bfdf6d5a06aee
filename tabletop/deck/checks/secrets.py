"""Conditions that would tell a team what it may not see.

Whether a card can be played is shown to its team, and so is its score; its points and
the order of turns are shown to all. Each must follow from what those who see it may
see, or it would give the hidden value away.
"""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.expressions import Name, names
from tabletop.deck.scope import asked_teams

Shown = tuple[KeyPath, list[str], str]
"""An expression's path, the teams that see its result, and what they see."""


def secrets(analysis: Analysis) -> Iterator[Finding]:
    """Hidden tracks, flags and injects in what a team is shown."""
    for path, teams, said in _shown(analysis):
        expr = analysis.expr(*path)
        for name, span in names(expr) if expr is not None else ():
            blind = [team for team in teams if hidden(analysis, name, team)]
            if not blind:
                continue
            word = name.ids[0]
            table, field = _told(name)
            yield Finding(
                "E501",
                f"team `{blind[0]}` may not see `{word}`, but would learn of it here",
                Spot(path, span),
                said,
                f"let it see it ([{table}.{word}] {field}), or use something else",
                ((Spot((table, word, field)), "it is hidden here"),),
            )


def _shown(analysis: Analysis) -> Iterator[Shown]:
    for path, card in analysis.cards:
        said = "the team sees whether it may play the card"
        yield (*path, "requires"), [card.team], said
    for path, happening in analysis.happenings:
        for number, ask in enumerate(happening.ask):
            for index, _ in enumerate(ask.options):
                here = (*path, "ask", number, "options", index, "requires")
                yield here, asked_teams(ask), "the team sees whether this is open"
    everybody = [*analysis.model.teams]
    for key, team in analysis.model.teams.items():
        here = ("teams", key)
        yield (*here, "points"), everybody, "every team sees the points"
        yield (*here, "initiative"), everybody, "every team sees whose turn it is"
        yield (*here, "success"), [key], "the team sees whether it has succeeded"
        for index, _ in enumerate(team.objectives):
            score = (*here, "objectives", index, "score")
            yield score, [key], "the team sees its score"


def _told(name: Name) -> tuple[str, str]:
    """The table of a name, and its field that says who may see it."""
    if name.kind in ("fired", "lasts"):
        return "injects", "audience"
    return "flags" if name.kind == "flag" else "tracks", "visible_to"


def hidden(analysis: Analysis, name: Name, team: str) -> bool:
    """Whether a name reads something that a team may not see."""
    seers: list[str] | None = None
    model = analysis.model
    if name.kind in ("track", "band") and name.ids[0] in model.tracks:
        seers = model.tracks[name.ids[0]].visible_to
    elif name.kind == "flag" and name.ids[0] in model.flags:
        seers = model.flags[name.ids[0]].visible_to
    elif name.kind in ("fired", "lasts") and name.ids[0] in model.injects:
        seers = model.injects[name.ids[0]].audience
    return seers is not None and team not in seers
