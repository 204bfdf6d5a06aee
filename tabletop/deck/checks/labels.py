"""Labels that narrow places would cut."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.display import width

NARROW = 12
"""Columns for a track, a team or a card."""
NARROW_BAND = 10
HEADLINE = 22
"""Letters that fit on the public display."""


def labels(analysis: Analysis) -> Iterator[Finding]:
    """Labels without a short form that are too wide, and wide headlines."""
    model = analysis.model
    for key, team in model.teams.items():
        yield from _label(("teams", key), "name", team.name, team.short)
    for key, track in model.tracks.items():
        yield from _label(("tracks", key), "label", track.label, track.short)
        for index, band in enumerate(track.bands):
            here = ("tracks", key, "bands", index)
            yield from _label(here, "label", band.label, band.short, NARROW_BAND)
    for path, happening in analysis.happenings:
        if path[0] == "cards":
            yield from _label(path, "title", happening.title, happening.short)
        if happening.headline is not None and width(happening.headline) > HEADLINE:
            message = _message(happening.headline, HEADLINE)
            yield Finding("W601", message, Spot((*path, "headline")))


def _label(
    path: KeyPath, key: str, text: str, short: str | None, most: int = NARROW
) -> Iterator[Finding]:
    if width(short or text) <= most:
        return
    message = _message(short or text, most)
    hint = "" if short else f"add `short`, with at most {most} columns"
    yield Finding("W601", message, Spot((*path, "short" if short else key)), hint=hint)


def _message(text: str, most: int) -> str:
    return f"this is {width(text)} columns wide; where it is narrow, {most} are shown"
