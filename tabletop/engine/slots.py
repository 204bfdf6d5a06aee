"""Where each of a deck's names stands in the state."""

from collections.abc import Sequence
from dataclasses import dataclass

from tabletop.deck.expressions import Name
from tabletop.deck.models import Card, DeckModel
from tabletop.engine import layout as at

GIVEN_ROOM = 32
"""Cards of other teams that a hand has room for."""
ORDERS_ROOM = 16
"""Orders that a team can lay in a round."""


def index(ids: Sequence[str]) -> dict[str, int]:
    """The place of each id."""
    return {name: i for i, name in enumerate(ids)}


def own_cards(model: DeckModel, team: str) -> list[tuple[str, Card]]:
    """A team's cards in the deck's order."""
    return [(id_, card) for id_, card in model.cards.items() if card.team == team]


@dataclass(frozen=True)
class TeamLists:
    """Where a team's lists of cards stand in the state, and how long they may grow."""

    hand: int
    hand_cap: int
    pile: int
    discard: int
    pile_cap: int
    laid: int
    laid_cap: int


class Slots:
    """The layout of a deck's state; its attributes are offsets and indices."""

    def __init__(self, model: DeckModel, endings: Sequence[str], sites: int) -> None:
        """Lays out the state of a deck that schedules from `sites` places."""
        self.model = model
        self.teams = index(tuple(model.teams))
        self.tracks = index(tuple(model.tracks))
        self.flags = index(tuple(model.flags))
        self.cards = index(tuple(model.cards))
        self.injects = index(tuple(model.injects))
        self.endings = index(endings)
        happenings = {**model.cards, **model.injects}
        self.happenings = index(tuple(happenings))
        self.lastings = index(tuple(h for h, x in happenings.items() if x.lasting))
        self.end = at.STATE_HEAD
        self._fixed_tables(sites)
        self.lists = tuple(self._team_lists(team) for team in model.teams)
        self.digest = self.end
        self.end += at.SCRATCH_HEAD
        self.mark = self._table(len(model.rules))
        self.stack = self._table(at.STACK)
        self.count = self._table(len(model.cards))

    def _table(self, words: int) -> int:
        start = self.end
        self.end += words
        return start

    def _fixed_tables(self, sites: int) -> None:
        teams, cards, injects = len(self.teams), len(self.cards), len(self.injects)
        self.target = self._table(len(self.tracks) + len(self.flags))
        self.points = self._table(teams)
        self.passed = self._table(teams)
        self.order = self._table(teams)
        self.plays = self._table(teams)
        self.answer = self._table(teams)
        self.hand = self._table(teams)
        self.pile = self._table(teams)
        self.discard = self._table(teams)
        self.laid = self._table(teams)
        self.band = self._table(len(self.tracks))
        self.played = self._table(cards)
        self.rest = self._table(cards)
        self.inject = self._table(injects)
        self.due = self._table(injects)
        self.fired = self._table(injects)
        self.rule = self._table(len(self.model.rules))
        self.lasting = self._table(len(self.lastings))
        self.site = self._table(sites * (self.model.rounds.count + 1))

    def _team_lists(self, team: str) -> TeamLists:
        own = sum(card.copies for _, card in own_cards(self.model, team))
        total = sum(card.copies for card in self.model.cards.values())
        hand_cap = own + min(total - own, GIVEN_ROOM)
        laid_cap = min(hand_cap, ORDERS_ROOM)
        return TeamLists(
            hand=self._table(hand_cap),
            hand_cap=hand_cap,
            pile=self._table(own),
            discard=self._table(own),
            pile_cap=own,
            laid=self._table(laid_cap),
            laid_cap=laid_cap,
        )

    def target_index(self, name: Name) -> int:
        """Index of a track, a flag or a team's points among the targets."""
        if name.kind == "track":
            return self.tracks[name.ids[0]]
        if name.kind == "flag":
            return len(self.tracks) + self.flags[name.ids[0]]
        return len(self.tracks) + len(self.flags) + self.teams[name.ids[0]]

    def word(self, name: Name) -> int | None:
        """The word that holds a name's value as it is, or None."""
        if name.kind in ("track", "flag", "points"):
            return self.target + self.target_index(name)
        if name.kind == "round":
            return at.S_ROUND
        if name.kind == "roll":
            return at.S_ROLL
        tables = {
            "hand": (self.hand, self.teams),
            "plays": (self.plays, self.teams),
            "played": (self.played, self.cards),
            "fired": (self.fired, self.injects),
        }
        if name.kind not in tables:
            return None
        start, ids = tables[name.kind]
        return start + ids[name.ids[0]]
