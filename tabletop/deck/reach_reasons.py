"""Why a condition is settled: what the names in it can be, and what changes them."""

from collections.abc import Iterator
from dataclasses import dataclass

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import KeyPath, Place, Spot
from tabletop.deck.expressions import Expr, Name, names
from tabletop.deck.intervals import Interval
from tabletop.deck.reach_env import Env, key_of
from tabletop.deck.reach_steps import FOREVER, Change

Related = tuple[Spot | Place, str]
SHOWN = 2
"""Effects that are shown one by one; more are counted."""
_COUNTED = {"played": "played", "fired": "fired"}


@dataclass(frozen=True)
class Reason:
    """Why something is so."""

    hint: str = ""
    related: tuple[Related, ...] = ()


def reason(analysis: Analysis, expr: Expr, env: Env, *, bounds_only: bool) -> Reason:
    """Why an expression comes to what it does.

    `bounds_only`: the bounds of tracks alone say so, whatever happens.
    """
    told: dict[str, list[Related]] = {}
    for name in dict.fromkeys(name for name, _ in names(expr)):
        if bounds_only:
            if sentence := _by_bounds(analysis, name):
                told[sentence] = []
            continue
        sentence, spots = _by_values(analysis, name, env)
        if sentence:
            told[sentence] = spots
    shown = tuple(spot for spots in told.values() for spot in spots)
    return Reason("; ".join(told), shown)


def _by_bounds(analysis: Analysis, name: Name) -> str:
    model = analysis.model
    if name.kind == "track" and name.ids[0] in model.tracks:
        track = model.tracks[name.ids[0]]
        return f"`{name.ids[0]}` is always {span_of((track.min, track.max))}"
    if name.kind == "band" and name.ids[0] in model.tracks:
        last = len(model.tracks[name.ids[0]].bands) - 1
        return f"`{name.ids[0]}.band` is always 0 to {last}"
    if name.kind == "round":
        return f"`round` is 1 to {model.rounds.count}"
    return ""


def _by_values(analysis: Analysis, name: Name, env: Env) -> tuple[str, list[Related]]:
    if name.kind in ("track", "band"):
        return _track(analysis, name.ids[0], env)
    found = env.values.get(key_of(name))
    if name.kind in _COUNTED and found is not None:
        times = "never" if found[1] == 0 else f"{_times(found[1])} at most"
        return f"`{name.ids[0]}` is {_COUNTED[name.kind]} {times}", []
    if name.kind == "points" and found is not None:
        return f"team `{name.ids[0]}` has {span_of(found)} points", []
    return _by_bounds(analysis, name), []


def _track(analysis: Analysis, id_: str, env: Env) -> tuple[str, list[Related]]:
    """What a track can be, and by which effects."""
    key = key_of(Name("track", (id_,)))
    track, found = analysis.model.tracks.get(id_), env.values.get(key)
    if track is None or found is None or found == (track.min, track.max):
        return _by_bounds(analysis, Name("track", (id_,))), []
    changes = analysis.reach.last.changes.get(key, [])
    paths = [*dict.fromkeys(change.path for change in changes)]
    who = f"{len(paths)} effects change"
    if len(paths) <= SHOWN:
        listed = " and ".join(f"`{dotted(path)}`" for path in paths)
        who = f"only {listed} change{'s' if len(paths) == 1 else ''}"
    said = f"`{id_}` starts at {track.start:,} and {who} it"
    start: Related = (Spot(("tracks", id_, "start")), f"it starts at {track.start:,}")
    shown = [*_shown(changes)] if len(paths) <= SHOWN else []
    return f"{said}: it stays within {span_of(found)}", [start, *shown]


def _shown(changes: list[Change]) -> Iterator[Related]:
    for change in {change.path: change for change in changes}.values():
        what = f"sets it to {span_of(change.to)}"
        if change.adds:
            what = f"adds {span_of(change.by)}"
        often = "" if change.times >= FOREVER else f", {_times(change.times)} at most"
        yield Spot(change.path), f"this {what}{often}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number:,} times")


def span_of(found: Interval) -> str:
    """A range in words: '3 to 9', or '3' alone.

    >>> span_of((3, 9)), span_of((3, 3))
    ('3 to 9', '3')
    """
    low, high = found
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def dotted(path: KeyPath) -> str:
    """A path as people write it.

    >>> dotted(("cards", "x", "effects", 0))
    'cards.x.effects[0]'
    """
    words = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(words).removeprefix(".")
