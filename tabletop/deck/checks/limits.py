"""How large a deck may be, so that its state stays small enough to play fast."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, Spot
from tabletop.deck.expressions import MAX_CARDS

MAX_TRACKS = 500
"""Tracks and flags together."""
MAX_SCHEDULED = 20_000
"""Places that schedule something, times the rounds it may wait."""
MAX_ASKS = 6
"""Questions of one card or inject."""


def limits(analysis: Analysis) -> Iterator[Finding]:
    """What there is too much of."""
    model = analysis.model
    cards = sum(card.copies for card in model.cards.values())
    tracks = len(model.tracks) + len(model.flags)
    sites = sum(effect.op == "schedule" for _, effect in analysis.each_effect())
    slots = sites * (model.rounds.count + 1)
    if cards > MAX_CARDS:
        yield _too_many("cards with their copies", cards, MAX_CARDS, "cards")
    if tracks > MAX_TRACKS:
        yield _too_many("tracks and flags", tracks, MAX_TRACKS, "tracks")
    if slots > MAX_SCHEDULED and analysis.draft.whole("rounds", "count"):
        said = "scheduled effects times rounds"
        yield _too_many(said, slots, MAX_SCHEDULED, "rounds")
    for path, happening in analysis.happenings:
        if len(happening.ask) > MAX_ASKS:
            message = f"{len(happening.ask)} questions; there may be {MAX_ASKS}"
            yield Finding("E005", message, Spot((*path, "ask"), part="key"))


def _too_many(said: str, found: int, most: int, table: str) -> Finding:
    message = f"{found:,} {said}; a deck may have {most:,}"
    return Finding("E005", message, Spot((table,), part="key"))
