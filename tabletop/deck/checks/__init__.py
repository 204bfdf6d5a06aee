"""What can be wrong with a deck whose fields and texts are right one by one.

A check is a function from a deck under analysis to findings. To add one, write it in
a module here and list it: below, among the errors, when the deck can't be played with
it, else among the warnings in `depth`, which playing does not wait for.
"""

from collections.abc import Callable, Iterator, Sequence

from tabletop.deck.analysis import Analysis
from tabletop.deck.checks import (
    asks,
    bounds,
    dice,
    endings,
    ids,
    limits,
    references,
    schedule,
    secrets,
)
from tabletop.deck.diagnostics import Finding, Report, Spot

OUR_FAULT = "this is not the deck's fault; please report it"
Check = Callable[[Analysis], Iterator[Finding]]

ERRORS: Sequence[Check] = (
    ids.reserved,
    ids.namespaces,
    references.references,
    bounds.tracks,
    bounds.bands,
    bounds.set_values,
    dice.tables,
    asks.asked,
    asks.options,
    asks.outcomes,
    schedule.phases,
    schedule.injects,
    schedule.hot_washes,
    schedule.lasting,
    schedule.rules,
    endings.sure_ending,
    secrets.secrets,
    limits.limits,
)


def warnings(*, faulty: bool) -> Sequence[Check]:
    """The checks that playing a deck does not wait for, loaded only now.

    Of a `faulty` deck, which has errors, only those that do not follow what can happen.
    """
    from tabletop.deck.checks.depth import DESPITE_ERRORS, WARNINGS

    return DESPITE_ERRORS if faulty else WARNINGS


def run(analysis: Analysis, checks: Sequence[Check], report: Report) -> None:
    """Run checks; one that fails is itself reported, and stops no other."""
    for check in checks:
        try:
            report.findings += list(check(analysis))
        except Exception as error:
            message = f"check `{check.__name__}` failed: {error!r}"[:300]
            report.add("E900", message, Spot(), hint=OUR_FAULT)
