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


def head_sections() -> list[tuple[str, int, int]]:
    """The parts of a state that every deck has."""
    words = [(name, place, place + 1) for name, place in at.HEAD_NAMES.items()]
    frames = [
        (f"frame {i}", start, start + at.FRAME_WORDS)
        for i in range(at.FRAMES)
        for start in [at.S_FRAME + i * at.FRAME_WORDS]
    ]
    dice = [("die", at.S_DIE, at.S_DICE), ("dice", at.S_DICE, at.S_CARDS)]
    return [*words, *dice, ("cards", at.S_CARDS, at.S_FRAME), *frames]


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
        self.sections: list[tuple[str, int, int]] = head_sections()
        """Name, start and end of each part of the state that its digest covers."""
        self.end = at.STATE_HEAD
        self._fixed_tables(sites)
        self.lists = tuple(self._team_lists(team) for team in model.teams)
        self.digest = self.end
        self.end += at.SCRATCH_HEAD
        self.mark = self._table(len(model.rules))
        self.stack = self._table(at.STACK)
        self.count = self._table(len(model.cards))

    def _table(self, words: int, name: str = "") -> int:
        start = self.end
        self.end += words
        if name:
            self.sections.append((name, start, self.end))
        return start

    def _fixed_tables(self, sites: int) -> None:
        teams, cards, injects = len(self.teams), len(self.cards), len(self.injects)
        self.target = self._table(len(self.tracks) + len(self.flags), "targets")
        self.points = self._table(teams, "points")
        self.passed = self._table(teams, "passed")
        self.order = self._table(teams, "order")
        self.plays = self._table(teams, "plays")
        self.answer = self._table(teams, "answer")
        self.hand = self._table(teams, "hand")
        self.pile = self._table(teams, "pile")
        self.discard = self._table(teams, "discard")
        self.laid = self._table(teams, "laid")
        self.band = self._table(len(self.tracks), "bands")
        self.played = self._table(cards, "played")
        self.rest = self._table(cards, "rest")
        self.inject = self._table(injects, "inject")
        self.due = self._table(injects, "due")
        self.fired = self._table(injects, "fired")
        self.rule = self._table(len(self.model.rules), "rules")
        self.lasting = self._table(len(self.lastings), "lasting")
        self.site = self._table(sites * (self.model.rounds.count + 1), "scheduled")

    def _team_lists(self, team: str) -> TeamLists:
        own = sum(card.copies for _, card in own_cards(self.model, team))
        total = sum(card.copies for card in self.model.cards.values())
        hand_cap = own + min(total - own, GIVEN_ROOM)
        laid_cap = min(hand_cap, ORDERS_ROOM)
        return TeamLists(
            hand=self._table(hand_cap, f"hand of {team}"),
            hand_cap=hand_cap,
            pile=self._table(own, f"pile of {team}"),
            discard=self._table(own, f"discards of {team}"),
            pile_cap=own,
            laid=self._table(laid_cap, f"orders of {team}"),
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
