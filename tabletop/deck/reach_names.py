"""What names begin as, how far they may go, and what is known where texts stand."""

from collections.abc import Iterable, Iterator

from tabletop.deck.analysis import Analysis
from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.expressions import MAX_POINTS, Name
from tabletop.deck.intervals import BOOL, Interval
from tabletop.deck.models import Happening, Roll
from tabletop.deck.reach_env import Answers, Env, Key, key_of
from tabletop.deck.reach_logic import NEVER, Logic


def points_key(team: str) -> Key:
    """The key of a team's points."""
    return key_of(Name("points", (team,)))


def clamped(found: Interval, bound: Interval) -> Interval:
    """A range after it has run into the bounds."""
    low, high = bound
    return min(max(found[0], low), high), min(max(found[1], low), high)


def bounds_of(analysis: Analysis, name: Name) -> Interval:
    """The bounds of a track, a flag or points."""
    if name.kind == "track":
        track = analysis.model.tracks[name.ids[0]]
        return track.min, track.max
    return BOOL if name.kind == "flag" else (0, MAX_POINTS)


def starts(analysis: Analysis) -> dict[Key, Interval]:
    """What tracks and flags are as the game begins."""
    found = {}
    for key, track in analysis.model.tracks.items():
        found[key_of(Name("track", (key,)))] = track.start, track.start
    for key, flag in analysis.model.flags.items():
        found[key_of(Name("flag", (key,)))] = int(flag.start), int(flag.start)
    return found


def nothing(analysis: Analysis) -> dict[Key, Interval]:
    """What names are when nothing has happened, and nobody has any points."""
    model = analysis.model
    counted: dict[str, Iterable[str]] = {
        "points": model.teams, "played": model.cards, "playing": model.cards,
        "fired": model.injects, "ending": model.endings,
        "lasts": [*model.cards, *model.injects],
    }  # fmt: skip
    zeros = {
        key_of(Name(kind, (id_,))): NEVER
        for kind, ids in counted.items()
        for id_ in ids
    }
    return zeros | starts(analysis)


def limits(analysis: Analysis) -> dict[Key, Interval]:
    """The bounds of all that effects can change."""
    model = analysis.model
    names = [
        *(Name("track", (key,)) for key in model.tracks),
        *(Name("flag", (key,)) for key in model.flags),
        *(Name("points", (key,)) for key in model.teams),
    ]
    return {key_of(name): bounds_of(analysis, name) for name in names}


def given_points(analysis: Analysis, logic: Logic, env: Env, team: str) -> int:
    """The most points that a team is given as a round begins."""
    points = analysis.model.teams[team].points
    if isinstance(points, int):
        return points
    expr = analysis.expr("teams", team, "points")
    high = MAX_POINTS if expr is None else logic.range(expr, env)[1]
    return min(max(0, high), MAX_POINTS)


def rows(
    analysis: Analysis, logic: Logic, env: Env, path: KeyPath, roll: Roll
) -> Iterator[tuple[int, Interval]]:
    """The rows of a dice table with the totals that fall in them; a row that no throw
    reaches has its low above its high."""
    count, sides = (int(part) for part in roll.dice.split("d"))
    modifier = analysis.expr(*path, "modifier")
    low, high = logic.range(modifier, env) if modifier is not None else (0, 0)
    first, last = count + low, count * sides + high
    for index, row in enumerate(roll.table):
        to = last if row.to is None or index == len(roll.table) - 1 else row.to
        yield index, (first, min(to, last))
        first = max(first, to + 1)


def answering(env: Env, model: Happening) -> Env:
    """What is known as the answers to a card or inject are weighed."""
    return Env(env.facts, env.values, Answers.of(model.ask), env.own)
