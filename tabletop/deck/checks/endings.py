"""Endings: one of them is sure to come."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, Spot


def sure_ending(analysis: Analysis) -> Iterator[Finding]:
    """A deck that does not say what the last round comes to."""
    if analysis.model.rounds.ending is not None:
        return
    if not analysis.draft.whole("rounds", "ending"):
        return
    yield Finding(
        "E308",
        "no ending is sure: after the last round, none of them may hold",
        Spot(("rounds",), part="header"),
        hint='name the ending of the last round: `ending = "..."` in [rounds]',
    )
