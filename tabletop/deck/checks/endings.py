"""Endings: one is sure to come, and each can come."""

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


def unreachable(analysis: Analysis) -> Iterator[Finding]:
    """Endings without a condition that no effect and no last round leads to."""
    if analysis.faulty:
        return
    reached = {effect.ending for _, effect in analysis.each_effect()}
    reached.add(analysis.model.rounds.ending or "")
    for key, ending in analysis.model.endings.items():
        if ending.when is None and key not in reached:
            message = f"nothing leads to the ending `{key}`"
            hint = "it has no `when`, no `end(...)`, and is not that of the last round"
            spot = Spot(("endings", key), part="header")
            yield Finding("W406", message, spot, hint=hint)
