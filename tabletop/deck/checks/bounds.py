"""Values against the bounds of their tracks, and bands against both."""

from collections.abc import Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.expressions import MAX_POINTS, Effect
from tabletop.deck.intervals import Interval
from tabletop.deck.models import Track


def tracks(analysis: Analysis) -> Iterator[Finding]:
    """Tracks whose bounds are the wrong way round, or that start outside of them."""
    for key, track in analysis.tracks:
        path = ("tracks", key)
        if track.min >= track.max:
            message = f"`min` {track.min:,} is not below `max` {track.max:,}"
            part = "max" if "max" in track.model_fields_set else "min"
            yield Finding("E302", message, Spot((*path, part)))
        elif not track.min <= track.start <= track.max:
            message = f"`start` {track.start:,} is outside of {_range(track)}"
            yield Finding("E302", message, Spot((*path, "start")))


def bands(analysis: Analysis) -> Iterator[Finding]:
    """Bands that are out of order, outside of the track, or do not fill it."""
    for key, track in analysis.tracks:
        if track.bands and track.min < track.max:
            yield from _bands(track, ("tracks", key, "bands"))


def _bands(track: Track, path: KeyPath) -> Iterator[Finding]:
    before = track.min - 1
    last = len(track.bands) - 1
    for index, band in enumerate(track.bands):
        spot = Spot((*path, index, "to"))
        if band.to <= before:
            message = f"the band ends at {band.to:,}, and {before:,} is already taken"
            if index == 0:
                message = f"the band ends at {band.to:,}, below the track's least value"
            yield Finding("E310", message, spot, hint="bands go from low to high")
        elif index < last and band.to >= track.max:
            message = f"the track ends at {track.max:,}, so no later band is reached"
            yield Finding("E310", message, spot)
        elif index == last and band.to < track.max:
            rest = f"{band.to + 1:,} to {track.max:,}"
            message = f"the last band leaves {rest} without a name"
            yield Finding("E310", message, spot, f"write {track.max}")
        before = max(before, band.to)


def set_values(analysis: Analysis) -> Iterator[Finding]:
    """Effects that set a track to what it cannot be."""
    for path, effect, (low, high) in _changes(analysis, "set"):
        value = effect.value
        if value is not None and (value.low > high or value.high < low):
            amount = f"{value.low:,}" if value.low == value.high else "this"
            message = f"{amount} is outside of {low:,} to {high:,}"
            yield Finding("E302", message, Spot(path, value.span))


def amounts(analysis: Analysis) -> Iterator[Finding]:
    """Effects that add more than the whole range of their track."""
    for path, effect, (low, high) in _changes(analysis, "add"):
        value, room = effect.value, high - low
        if value is not None and (value.low > room or value.high < -room):
            message = f"this always runs into the bounds, {low:,} to {high:,}"
            hint = "to go to a bound on purpose, set it with `=`"
            yield Finding("W302", message, Spot(path, value.span), hint=hint)


def _changes(analysis: Analysis, op: str) -> Iterator[tuple[KeyPath, Effect, Interval]]:
    """Changes of numbers with the bounds of what they change."""
    for path, effect in analysis.each_effect():
        if effect.op != op or effect.target is None:
            continue
        if effect.target.kind == "points":
            yield path, effect, (0, MAX_POINTS)
        elif effect.target.kind == "track":
            track = analysis.symbols.ids("track")[effect.target.ids[0]]
            if track is not None and track.min < track.max:
                yield path, effect, (track.min, track.max)


def _range(track: Track) -> str:
    return f"{track.min:,} to {track.max:,}"
