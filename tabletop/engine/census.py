"""What happened in many games, counted: the form of it, whoever counts.

Whole numbers that add up in any order, so that parts of a study may be counted apart.
"""

from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

NEVER = -1
"""Stands for the first game of what has not happened."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something of a deck that games may reach: a card, an option, a rule ..."""

    kind: str
    """card, option, outcome, row, lasting, rule, inject or ending; or term, a part of
    a condition that is joined to others by `and` or `or`, or a whole one."""
    name: str
    """How it is called everywhere, unique within its kind: a card's, inject's, rule's
    or ending's id; `CARD.OPTION` (`CARD.N.OPTION` where asks of one card share option
    ids, N from 1); `CARD.row2`, `CARD.outcome1`, from 1; for a term the path of its
    condition and its place in it, such as `cards.strike.requires#2`."""
    path: tuple[str | int, ...]
    """Where it stands in the deck's data; of a term, its condition."""
    text: str
    """What people call it: its title or label, or the text of a term."""
    span: tuple[int, int] | None = None
    """Of a term: its place in the condition's text."""


@dataclass(slots=True)
class Count:
    """How often a thing happened."""

    hits: int = 0
    games: int = 0
    """Games in which it happened at least once."""
    first_game: int = NEVER
    """The least number of such a game."""
    first_round: int = 0
    """The earliest round of any game in which it happened; 0 for none."""

    def add(self, other: "Count") -> None:
        """Adds the count of other games."""
        self.hits += other.hits
        self.games += other.games
        if other.games:
            known = (self.first_game, other.first_game)
            self.first_game = min(game for game in known if game != NEVER)
            rounds = (self.first_round, other.first_round)
            self.first_round = min(round_ for round_ in rounds if round_)


@dataclass
class Census:
    """Counts over the games of one program."""

    games: int = 0
    moves: int = 0
    stopped: int = 0
    """Games that the machine stopped itself; they count below, too, as far as they
    came."""
    first_stopped: int = NEVER
    seen: dict[str, list[Count]] = field(default_factory=dict)
    """For each kind but 'term', a count for each thing, in the order of `things`."""
    offered: dict[str, list[int]] = field(default_factory=dict)
    """For 'card' and 'option': decisions at which it was a legal choice."""
    chosen: dict[str, list[int]] = field(default_factory=dict)
    """The same: decisions at which it was what the team did."""
    waited: list[int] = field(default_factory=list)
    """For each card: rounds in which it was in its team's hand as play closed (where
    orders are laid: as they were revealed), over all games."""
    terms: list[tuple[int, int]] = field(default_factory=list)
    """For each term: how often it was looked at and held, and did not."""
    lengths: Counter[int] = field(default_factory=Counter)
    """Games by their number of moves, control's openings of phases among them."""
    rounds: Counter[int] = field(default_factory=Counter)
    """Games by their last round."""
    by_last_round: Counter[int] = field(default_factory=Counter)
    """Games that ended only because the last round was over, by their ending's index.
    """
    scores: list[Counter[int]] = field(default_factory=list)
    """For each team, games by its score."""
    best: list[int] = field(default_factory=list)
    """For each team, games in which no team scored more."""
    best_alone: list[int] = field(default_factory=list)
    """For each team, games in which every other team scored less."""
    successes: list[int] = field(default_factory=list)
    """For each team, games that it would call a success; 0 where the deck does not say
    what would be one."""
    turns: list[int] = field(default_factory=list)
    """For each team, rounds in which it was to decide in play: its turns."""
    few: list[int] = field(default_factory=list)
    """For each team, turns that began with less than `counting.FEW` cards that it could
    play or lay."""
    real: Counter[int] = field(default_factory=Counter)
    """Games by their decisions with more than one legal move."""
    tracks: list[list[Counter[int]]] = field(default_factory=list)
    """For each round (0 is the start) and track: games by the track's value as that
    round closed; a game that ended in a round counts in it and not after."""
    options: list[list[Counter[int]]] = field(default_factory=list)
    """For each round (from 1; 0 is empty) and team: decisions by how many legal moves
    there were."""

    def add(self, other: "Census") -> None:
        """Adds the counts of other games of the same program, in any order."""
        self.games += other.games
        self.moves += other.moves
        self.stopped += other.stopped
        known = [game for game in (self.first_stopped, other.first_stopped)
                 if game != NEVER]  # fmt: skip
        self.first_stopped = min(known, default=NEVER)
        for kind, counts in other.seen.items():
            ours = self.seen.setdefault(kind, [])
            ours += [Count() for _ in counts[len(ours) :]]
            for mine, count in zip(ours, counts, strict=True):
                mine.add(count)
        for name in NUMBERS:
            setattr(self, name, _sum(getattr(self, name), getattr(other, name)))
        for name in COUNTERS:
            setattr(self, name, _join(getattr(self, name), getattr(other, name)))
        for kind in other.offered:
            self.offered[kind] = _sum(self.offered.get(kind, []), other.offered[kind])
            self.chosen[kind] = _sum(self.chosen.get(kind, []), other.chosen[kind])
        pairs = zip_longest(self.terms, other.terms, fillvalue=(0, 0))
        self.terms = [(a + c, b + d) for (a, b), (c, d) in pairs]


NUMBERS = ("waited", "best", "best_alone", "successes", "turns", "few")
COUNTERS = (
    "lengths", "rounds", "by_last_round", "scores", "tracks", "options", "real",
)  # fmt: skip


def _sum(ours: list[int], theirs: list[int]) -> list[int]:
    """Two lists of counts added; one may be empty."""
    return [a + b for a, b in zip_longest(ours, theirs, fillvalue=0)]


def _join(ours: Any, theirs: Any) -> Any:
    """Counters, or lists of them however deep, added."""
    if not ours or not theirs:
        return theirs or ours
    if isinstance(ours, Counter):
        return Counter(dict(sorted((ours + theirs).items())))
    return [_join(a, b) for a, b in zip_longest(ours, theirs, fillvalue=None)]
