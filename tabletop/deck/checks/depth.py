"""The checks in depth: what can be played, and will not be as it was meant."""

from collections.abc import Sequence

from tabletop.deck.checks import (
    Check,
    bounds,
    conditions,
    dice,
    idle,
    ids,
    labels,
    leaks,
    logic,
    loops,
    odds,
    scores,
    shadows,
    style,
    unreachable,
)

DESPITE_ERRORS: Sequence[Check] = (
    ids.look_alikes,
    bounds.amounts,
    dice.unreachable_rows,
    conditions.conditions,
    logic.unplayable,
    leaks.questions,
    labels.labels,
    labels.titles,
    style.long_texts,
    style.look_alikes,
)
"""Those that also make sense of a deck with errors."""

WARNINGS: Sequence[Check] = (
    ids.look_alikes,
    bounds.amounts,
    dice.unreachable_rows,
    conditions.conditions,
    idle.flags,
    idle.tracks,
    idle.without_effect,
    logic.unplayable,
    unreachable.costs,
    unreachable.hands,
    unreachable.circles,
    unreachable.endings,
    unreachable.moments,
    unreachable.late,
    loops.schedules,
    loops.rules,
    shadows.endings,
    shadows.rules,
    shadows.repeated,
    leaks.amounts,
    leaks.comings,
    leaks.questions,
    leaks.idle_secrets,
    labels.labels,
    labels.titles,
    odds.improbable,
    scores.same,
    style.long_texts,
    style.missing,
    style.look_alikes,
)
