"""Ranges of names while a condition is known to hold, and of sums of names.

An `Env` says what every name can be at some point of a game. Conditions narrow it: with
`dike < water` known, the sum `dike - water` is known to be at most -1, and so is each
name as far as the other's range allows. Where an `Env` is not sure it allows too much,
never too little.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import gcd

from tabletop.deck.expressions import Expr, Name
from tabletop.deck.intervals import Interval
from tabletop.deck.models import Ask, DeckModel
from tabletop.deck.scope import asked_teams

Key = str
"""A name, or a part of an expression that is taken as a whole, as text."""


def key_of(name: Name) -> Key:
    """The key of a name; no key of one is a part of another's.

    >>> key_of(Name("track", ("front",)))
    '<track front>'
    """
    return f"<{' '.join((name.kind, *name.ids))}>"


@dataclass(frozen=True)
class Sum:
    """A whole number as a sum of parts with their factors, and a constant."""

    parts: tuple[tuple[Key, int], ...]
    constant: int

    @classmethod
    def of(cls, parts: Mapping[Key, int], constant: int) -> "Sum":
        """The sum of parts, each key once, in the order of the keys."""
        kept = sorted((key, factor) for key, factor in parts.items() if factor)
        return cls(tuple(kept), constant)

    def scaled(self, by: int) -> "Sum":
        """The sum times a whole number."""
        parts = {key: factor * by for key, factor in self.parts}
        return Sum.of(parts, self.constant * by)

    def plus(self, other: "Sum") -> "Sum":
        """The sum of two sums."""
        parts = dict(self.parts)
        for key, factor in other.parts:
            parts[key] = parts.get(key, 0) + factor
        return Sum.of(parts, self.constant + other.constant)

    def form(self) -> tuple[Key, int]:
        """What is known of it is kept under this key: without the constant, divided by
        what all factors share and with its sign; and what it was divided by."""
        share = gcd(*(factor for _, factor in self.parts))
        share = -share if self.parts[0][1] < 0 else share
        return "+".join(f"{f // share}{key}" for key, f in self.parts), share


@dataclass
class Facts:
    """What of a deck ranges depend on, however a game goes."""

    bands: Mapping[str, tuple[int, ...]]
    """The last value of each band, by track."""
    groups: Mapping[Key, tuple[Key, ...]]
    """Names of which one at most holds at a time, by each of them."""

    @classmethod
    def of(cls, model: DeckModel) -> "Facts":
        """The facts of a deck."""
        bands = {
            key: tuple(band.to for band in track.bands)
            for key, track in model.tracks.items()
        }
        return cls(
            bands, _groups((("playing", model.cards), ("ending", model.endings)))
        )


def _groups(kinds: Iterable[tuple[str, Iterable[str]]]) -> dict[Key, tuple[Key, ...]]:
    found: dict[Key, tuple[Key, ...]] = {}
    for kind, ids in kinds:
        keys = tuple(key_of(Name(kind, (id_,))) for id_ in ids)
        found.update(dict.fromkeys(keys, keys))
    return found


@dataclass
class Answers:
    """The options of each team that a card or inject asks."""

    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, asks: Iterable[Ask]) -> "Answers":
        """Those of some questions."""
        return cls(
            {
                team: tuple(option.id for option in ask.options)
                for ask in asks
                for team in asked_teams(ask)
            }
        )

    def group(self, name: Name) -> tuple[Key, ...]:
        """All answers of the team that the name is an answer of."""
        team = name.ids[0]
        return tuple(key_of(Name("answer", (team, o))) for o in self.options[team])

    def chosen(self, option: str) -> list[Expr]:
        """The answers that choose an option, as names."""
        return [
            Expr("name", "bool", name=Name("answer", (team, option)), high=1)
            for team, options in self.options.items()
            if option in options
        ]


@dataclass
class Env:
    """What each name can be at some point of a game."""

    facts: Facts
    values: Mapping[Key, Interval] = field(default_factory=dict)
    """Ranges of names as they are always; a name that is not there has its bounds."""
    answers: Answers = field(default_factory=Answers)
    own: dict[Key, Interval] = field(default_factory=dict)
    """Ranges that are known here, of names, parts and sums."""

    def with_own(self, own: dict[Key, Interval]) -> "Env":
        """The same deck and answers with other things known."""
        return Env(self.facts, self.values, self.answers, own)

    def name(self, expr: Expr, name: Name) -> Interval:
        """What a name can be."""
        key = key_of(name)
        if name.kind == "roll":  # each dice table has bounds of its own
            return self.own.get(key, (expr.low, expr.high))
        found = self.values.get(key, (expr.low, expr.high))
        if key in self.own:
            found = meet(found, self.own[key])
        ends = self.facts.bands.get(name.ids[0], ()) if name.kind == "band" else ()
        if ends:
            track = key_of(Name("track", name.ids))
            known = self.own.get(track) or self.values.get(track)
            if known is not None:
                now = band_at(ends, known[0]), band_at(ends, known[1])
                found = meet(found, now)
        return found

    def restrict(self, key: Key, found: Interval, now: Interval) -> "Env | None":
        """With one more thing known of what is `now` known; None if it can't be."""
        low, high = meet(found, now)
        if low > high:
            return None
        if (low, high) == now:
            return self
        return self.with_own({**self.own, key: (low, high)})

    def dealt(self) -> "Env":
        """What stays known when cards change hands."""
        return self.with_own({k: v for k, v in self.own.items() if "<hand " not in k})

    def without(self, key: Key) -> dict[Key, Interval]:
        """What stays known when a name changes."""
        band = key.replace("<track ", "<band ")
        return {
            other: known
            for other, known in self.own.items()
            if key not in other and band not in other
        }


def band_at(ends: tuple[int, ...], value: int) -> int:
    """The number of the band that a value is in."""
    for index, end in enumerate(ends[:-1]):
        if value <= end:
            return index
    return len(ends) - 1


def meet(a: Interval, b: Interval) -> Interval:
    """What is in both ranges; its low is above its high when nothing is."""
    return max(a[0], b[0]), min(a[1], b[1])


def join(envs: Iterable[Env]) -> Env:
    """What is known when any one of some environments may be the case."""
    first, *others = envs
    own = {}
    for key, (low, high) in first.own.items():
        ranges = [env.own[key] for env in others if key in env.own]
        if len(ranges) == len(others):
            lows, highs = (
                [low, *(r[0] for r in ranges)],
                [high, *(r[1] for r in ranges)],
            )
            own[key] = min(lows), max(highs)
    return first.with_own(own)
