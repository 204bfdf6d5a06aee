"""Labels that narrow places would cut."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.display import width

NARROW = 12
"""Columns for the name of a track, a team, a card, an inject or an ending."""
NARROW_BAND = 10
NARROW_FLAG = 18
TITLE = 36
"""Columns for a card's title, in two lines."""
HEADLINE = 22
"""Letters that fit on the public display."""


def labels(analysis: Analysis) -> Iterator[Finding]:
    """Labels without a short form that are too wide, and wide titles."""
    model = analysis.model
    for key, team in model.teams.items():
        yield from _label(("teams", key), "name", team.name, team.short)
    for key, track in model.tracks.items():
        yield from _label(("tracks", key), "label", track.label, track.short)
        for index, band in enumerate(track.bands):
            here = ("tracks", key, "bands", index)
            yield from _label(here, "label", band.label, band.short, NARROW_BAND)
    for key, ending in model.endings.items():
        yield from _label(("endings", key), "title", ending.title, ending.short)
    for path, happening in analysis.happenings:
        yield from _label(path, "title", happening.title, happening.short)


def titles(analysis: Analysis) -> Iterator[Finding]:
    """Texts that have no short form and are too wide for their place."""
    for key, flag in analysis.model.flags.items():
        yield from _wide(("flags", key, "label"), flag.label, NARROW_FLAG)
    for path, card in analysis.cards:
        if card.short is not None:
            yield from _wide((*path, "title"), card.title, TITLE)
    for path, happening in analysis.happenings:
        yield from _wide((*path, "headline"), happening.headline or "", HEADLINE)


def _label(
    path: KeyPath, key: str, text: str, short: str | None, most: int = NARROW
) -> Iterator[Finding]:
    hint = "" if short else f"add `short`, with at most {most} columns"
    yield from _wide((*path, "short" if short else key), short or text, most, hint)


def _wide(path: KeyPath, text: str, most: int, hint: str = "") -> Iterator[Finding]:
    found = width(text)
    if found > most:
        message = f"this is {found} columns wide; where it is narrow, {most} are shown"
        yield Finding("W601", message, Spot(path), hint=hint)
