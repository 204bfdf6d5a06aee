"""Questions: somebody is asked, once, and can always answer."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.models import Ask
from tabletop.deck.scope import asked_teams


def _asks(analysis: Analysis) -> Iterator[tuple[KeyPath, Ask]]:
    for path, happening in analysis.happenings:
        for index, ask in enumerate(happening.ask):
            yield (*path, "ask", index), ask


def asked(analysis: Analysis) -> Iterator[Finding]:
    """Questions to nobody, and teams that are asked twice by one card or inject."""
    for path, happening in analysis.happenings:
        first: dict[str, Spot] = {}
        for index, ask in enumerate(happening.ask):
            here = (*path, "ask", index)
            if ask.team is not None and ask.teams:
                message = "either `team` or `teams`, not both"
                yield Finding("E305", message, Spot((*here, "teams"), part="key"))
                continue
            if not asked_teams(ask):
                message, hint = "nobody is asked", "name the `team` or the `teams`"
                yield Finding("E305", message, Spot(here, part="header"), hint=hint)
            for team, spot in _teams(here, ask):
                if team in first:
                    yield _twice(team, spot, first[team])
                first.setdefault(team, spot)


def _teams(path: KeyPath, ask: Ask) -> Iterator[tuple[str, Spot]]:
    if ask.team is not None:
        yield ask.team, Spot((*path, "team"))
    for index, team in enumerate(ask.teams):
        yield team, Spot((*path, "teams", index))


def _twice(team: str, spot: Spot, first: Spot) -> Finding:
    return Finding(
        "E305",
        f"team `{team}` is asked twice",
        spot,
        hint="a card or inject asks each team at most one question",
        related=((first, "first asked here"),),
    )


def options(analysis: Analysis) -> Iterator[Finding]:
    """Questions without an option that is always open, and options of one name."""
    for path, ask in _asks(analysis):
        if all(option.requires is not None for option in ask.options):
            message = "every option has a condition, so there may be no answer"
            hint = "leave out `requires` in one of them"
            yield Finding("E304", message, Spot((*path, "prompt")), hint=hint)
        first: dict[str, Spot] = {}
        for index, option in enumerate(ask.options):
            spot = Spot((*path, "options", index, "id"))
            if option.id in first:
                message = f"option `{option.id}` is given twice"
                related = ((first[option.id], "first given here"),)
                yield Finding("E012", message, spot, related=related)
            first.setdefault(option.id, spot)


def outcomes(analysis: Analysis) -> Iterator[Finding]:
    """Outcomes of answers that nobody is asked for."""
    for path, happening in analysis.happenings:
        if happening.outcomes and not happening.ask:
            message = "nothing is asked here, so nothing follows from the answers"
            yield Finding("E305", message, Spot((*path, "outcomes"), part="key"))
