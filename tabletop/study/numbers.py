"""The numbers of a deck that can be turned, and its text with one of them turned.

A number is changed where it stands in the deck's files, which are then read again: so
every check of a deck holds for what is tried, too.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import KeyPath, Place, Report, Spot
from tabletop.deck.expressions import Effect, Span, walk
from tabletop.deck.fields import sites
from tabletop.deck.models import Effects
from tabletop.deck.places import Places
from tabletop.deck.shelves import Stored
from tabletop.deck.sources import Sources, gather
from tabletop.deck.suggest import did_you_mean, listed, quoted
from tabletop.errors import UsageError

TENTH = 10
"""A number is turned by this part of it, by one at least."""
_INTEGER = re.compile(r"[-+]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a deck, and where it stands."""

    path: str
    """Such as 'tracks.us_aid.start' or 'cards.strike.effects[0]'; '#2' is added for
    the second number of one effect."""
    value: int
    """As it is written: 2 in `x -= 2`."""
    spot: Spot


@dataclass(frozen=True, slots=True)
class Turn:
    """A number that is turned to another value."""

    path: str
    before: int
    after: int
    place: Place


def numbers(deck: Deck) -> list[Number]:
    """The starts of tracks, points, costs, and what effects add or set, in the deck's
    order."""
    model = deck.model
    found = [
        Number(f"tracks.{id_}.start", track.start, Spot(("tracks", id_, "start")))
        for id_, track in model.tracks.items()
    ]
    found += [
        Number(f"teams.{id_}.points", team.points, Spot(("teams", id_, "points")))
        for id_, team in model.teams.items()
        if isinstance(team.points, int)
    ]
    found += [
        Number(f"cards.{id_}.cost", card.cost, Spot(("cards", id_, "cost")))
        for id_, card in model.cards.items()
    ]
    return found + list(_in_effects(deck))


def _in_effects(deck: Deck) -> Iterator[Number]:
    for site in sites(deck.model):
        if not isinstance(site.marker, Effects):
            continue
        *path, index = site.path
        effect = deck.effects(*path)[int(index)]
        for number, (value, span) in enumerate(_constants(effect, site.text), 1):
            name = written(site.path) + (f"#{number}" if number > 1 else "")
            yield Number(name, value, Spot(site.path, span))


def _constants(effect: Effect, text: str) -> Iterator[tuple[int, Span]]:
    """The numbers that an effect adds or sets, with their places in the text."""
    if effect.effect is not None:
        yield from _constants(effect.effect, text)
    elif effect.op in ("add", "set") and effect.value is not None:
        for node in walk(effect.value):
            written = text[slice(*node.span)]
            if node.op == "const" and _INTEGER.fullmatch(written):
                yield int(written), node.span


def written(path: KeyPath) -> str:
    """A path as people write it: 'cards.strike.effects[0]'."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).lstrip(".")


def chosen(all_numbers: Sequence[Number], patterns: Sequence[str]) -> list[Number]:
    """The numbers that some patterns name: a path, its beginning, or with `*` in it.

    All of them without patterns. Raises UsageError for one that names none.
    """
    if not patterns:
        return list(all_numbers)
    for pattern in patterns:
        if not any(_fits(number.path, pattern) for number in all_numbers):
            paths = [number.path for number in all_numbers]
            hint = did_you_mean(pattern, paths) or f"Numbers are: {listed(paths)}."
            raise UsageError(f"no number of the deck is called {quoted(pattern)}", hint)
    return [n for n in all_numbers if any(_fits(n.path, p) for p in patterns)]


def _fits(path: str, pattern: str) -> bool:
    if "*" in pattern or "?" in pattern:
        return fnmatchcase(path, pattern.replace("[", "[[]"))
    return path == pattern or path.startswith(
        (f"{pattern}.", f"{pattern}[", f"{pattern}#")
    )


def turns(files: Mapping[str, str], wanted: Sequence[Number]) -> list[Turn]:
    """Each number a tenth lower and higher, and one at least.

    Numbers that stand nowhere in the files, being left to the language, are left out.
    A nought is only turned up.
    """
    sources = Sources(next(iter(files)))
    gather(Stored(files), sources, Report())
    places = Places(sources)
    found = []
    for number in wanted:
        place = _digits(number, places, sources)
        if place is None:
            continue
        step = max(1, round(abs(number.value) / TENTH))
        for after in (number.value - step, number.value + step):
            if after >= 0 or number.value < 0:
                found.append(Turn(number.path, number.value, after, place))
    return found


def _digits(number: Number, places: Places, sources: Sources) -> Place | None:
    """Where a number stands, when it does as digits."""
    index = places.index(sources.file_of(number.spot))
    if index is None or not index.find(number.spot.path)[1]:
        return None
    place = index.place(number.spot)
    text = place.source[place.column - 1 : place.end_column - 1].replace("_", "")
    fits = _INTEGER.fullmatch(text) and int(text) == number.value
    return place if fits else None


def turned(files: Mapping[str, str], turn: Turn) -> dict[str, str]:
    """A deck's files with one number turned."""
    lines = files[turn.place.file].split("\n")
    line = lines[turn.place.line - 1]
    start, end = turn.place.column - 1, turn.place.end_column - 1
    lines[turn.place.line - 1] = f"{line[:start]}{turn.after}{line[end:]}"
    return {**files, turn.place.file: "\n".join(lines)}
