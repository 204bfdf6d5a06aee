"""A seat's view as a row of whole numbers, and its moves as numbers, for learners.

Both have the same form for every team of a deck and all of its games. Nothing is read
but the view, so a learner knows what a person in that seat may know.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tabletop.deck.deck import Deck
from tabletop.deck.models import DeckModel
from tabletop.session.view import AskView, Move, TeamView, View

PASS = 0
"""The action that passes."""
MOST_POINTS = 999
MOST_PLAYS = 100
"""Higher counts of plays are shown as this many."""
STATUS = ("to play", "answers", "responds", "lays", "passed", "waits")


@dataclass(frozen=True, slots=True)
class Field:
    """One number of an observation."""

    name: str
    low: int
    high: int


class Sight:
    """How views and moves of one deck become numbers."""

    def __init__(self, deck: Deck) -> None:
        """Takes a deck without errors."""
        self.model: DeckModel = deck.model
        self.teams = tuple(self.model.teams)
        self.cards = tuple(self.model.cards)
        self.places = {id_: place for place, id_ in enumerate(self.cards)}
        self.questions = [*_questions(self.model)]

    # --- observations

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """What each number of an observation is, and its bounds."""
        model = self.model
        most = sum(card.copies for card in model.cards.values())
        phases = [Field(f"phase {id_}", 0, 1) for id_ in model.rounds.minutes]
        return (
            Field("round", 0, model.rounds.count),
            *phases,
            *(field for team in self.teams for field in _team_fields(team, most)),
            *(Field(id_, t.min, t.max) for id_, t in model.tracks.items()),
            *(Field(id_, 0, 1) for id_ in model.flags),
            *(Field(f"held {id_}", 0, c.copies) for id_, c in model.cards.items()),
            *(Field(f"laid {id_}", 0, most) for id_ in self.cards),
            *(Field(f"played {id_}", 0, MOST_PLAYS) for id_ in self.cards),
            *(Field(f"asked {name}", 0, 1) for name, _ in self.questions),
        )

    def values(self, view: View) -> list[int]:
        """What a seat may know, in the order of `fields`.

        A track or flag that it can't see stands at its least value. Of two cards with
        the same title that lie face down, both are counted for each.
        """
        values = [view.round]
        values += [int(view.phase == id_) for id_ in self.model.rounds.minutes]
        for team in view.teams:
            values += _team_values(team)
        tracks = {track.id: track.value for track in view.tracks}
        values += [tracks.get(id_, t.min) for id_, t in self.model.tracks.items()]
        flags = {flag.id: int(flag.value) for flag in view.flags}
        values += [flags.get(id_, 0) for id_ in self.model.flags]
        held = {card.id: card.count for card in view.hand}
        values += [held.get(id_, 0) for id_ in self.cards]
        laid = Counter(view.laid)
        values += [laid[card.title] for card in self.model.cards.values()]
        played = _played(view)
        values += [min(played[id_], MOST_PLAYS) for id_ in self.cards]
        asked = _asked(view)
        return values + [int(_same(asked, each)) for _, each in self.questions]

    # --- actions

    @cached_property
    def actions(self) -> tuple[str, ...]:
        """What each action is: passing, each card, then each place of an answer."""
        most = max((len(options) for _, (_, _, options) in self.questions), default=0)
        cards = (f"card {id_}" for id_ in self.cards)
        return ("pass", *cards, *(f"answer {place}" for place in range(1, most + 1)))

    def moves(self, view: View) -> dict[int, Move]:
        """The legal moves of a team's view, by their actions, in order."""
        return {self.action(each.move, view): each.move for each in view.moves}

    def action(self, move: Move, view: View) -> int:
        """The action of a team's move; of an answer, by its place in the question."""
        if move.kind == "pass":
            return PASS
        if move.kind in ("play", "lay"):
            return 1 + self.places[move.item]
        asked = _asked(view)
        options = [option.id for option in asked.options] if asked else []
        return 1 + len(self.cards) + options.index(move.item)


Question = tuple[str, str, tuple[str, ...]]
"""How a question can be told: who asks it, its words, and its options' ids."""


def _questions(model: DeckModel) -> Iterator[tuple[str, Question]]:
    for id_, happening in {**model.cards, **model.injects}.items():
        for place, ask in enumerate(happening.ask):
            options = tuple(option.id for option in ask.options)
            yield f"{id_} {place}", (happening.title, ask.prompt, options)


def _asked(view: View) -> AskView | None:
    """The question that the view's own seat owes an answer to."""
    return next((ask for ask in view.asks if ask.team == view.seat), None)


def _same(asked: AskView | None, question: Question) -> bool:
    if asked is None:
        return False
    options = tuple(option.id for option in asked.options)
    return (asked.title, asked.prompt, options) == question


def _team_fields(team: str, most: int) -> Iterator[Field]:
    yield Field(f"{team} points", 0, MOST_POINTS)
    for name in ("hand", "pile", "discards", "orders"):
        yield Field(f"{team} {name}", 0, most)
    yield Field(f"{team} plays", 0, MOST_PLAYS)
    for status in STATUS:
        yield Field(f"{team} {status}", 0, 1)


def _team_values(team: TeamView) -> list[int]:
    plays = min(team.played, MOST_PLAYS)
    sizes = [team.points, team.hand, team.pile, team.discards, team.laid, plays]
    return sizes + [int(team.status == status) for status in STATUS]


def _played(view: View) -> Mapping[str, int]:
    """How often each card was played, as the seat's log tells."""
    changes = (change for entry in view.log for change in entry.changes)
    return Counter(change.subject for change in changes if change.kind == "play")
