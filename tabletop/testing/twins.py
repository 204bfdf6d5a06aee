"""What a seat may not know, worked out from the deck alone; and states that differ
in nothing else.

Nothing here uses `engine.imagine`, whose work it checks.
"""

import random
from array import array
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace

from tabletop.deck.expressions import Name, names
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.session.session import Session
from tabletop.session.tree import Tree
from tabletop.session.view import PUBLIC

ROW = tuple[int, ...]
"""A row of the machine's trace."""


class Secrets:
    """What one team may not know of a game."""

    def __init__(self, tree: Tree, seat: str) -> None:
        """`seat` is a team or the display."""
        self.tree = tree
        self.program = tree.program
        self.words = tree.program.words
        self.model = tree.deck.model
        self.seat = seat
        self.teams = self.program.teams

    # --- what is hidden by the deck

    def told(self, seers: Sequence[str] | None) -> bool:
        """Whether this seat is among those who are told."""
        who = self.teams if self.seat == PUBLIC else (self.seat,)
        return seers is None or set(who) <= set(seers)

    def hidden_targets(self) -> list[int]:
        """The tracks and flags that the seat may not see."""
        hidden = [not self.told(t.visible_to) for t in self.model.tracks.values()]
        hidden += [not self.told(f.visible_to) for f in self.model.flags.values()]
        return [i for i, each in enumerate(hidden) if each]

    def hidden_injects(self) -> list[int]:
        """The injects that the seat is not told of."""
        injects = self.model.injects.values()
        return [i for i, each in enumerate(injects) if not self.told(each.audience)]

    def hidden_name(self, name: Name) -> bool:
        """Whether a name stands for something hidden."""
        if name.kind in ("track", "band"):
            return not self.told(self.model.tracks[name.ids[0]].visible_to)
        if name.kind == "flag":
            return not self.told(self.model.flags[name.ids[0]].visible_to)
        if name.kind in ("fired", "lasts") and name.ids[0] in self.model.injects:
            return not self.told(self.model.injects[name.ids[0]].audience)
        return False

    def hidden_rules(self) -> list[int]:
        """The rules that run or not by something hidden."""
        found = []
        for i, (id_, rule) in enumerate(self.model.rules.items()):
            expr = self.tree.deck.expr("rules", id_, "when") if rule.when else None
            read = [name for name, _ in names(expr)] if expr else []
            read += [Name("track", (rule.track,))] if rule.track else []
            if any(map(self.hidden_name, read)):
                found.append(i)
        return found

    def hidden_origin(self, origin: int) -> bool:
        """Whether the seat may not know of a cause."""
        kind, number = divmod(origin, at.CAUSE)
        inject = number - len(self.program.cards)
        if kind == at.BY_HAPPENING:
            return inject in self.hidden_injects()
        return kind == at.BY_RULE and number in self.hidden_rules()

    def set_going(self) -> list[int]:
        """Words that count what hidden causes have set going for later."""
        words, width = self.words, self.program.rounds + 1
        found: list[int] = []
        for i in range(len(self.program.sites)):
            row = words[at.H_SITE] + i * at.SITE_WORDS
            if self.hidden_origin(words[row + at.K_ORIGIN]):
                start = words[at.H_S_SITE] + i * width
                found += range(start, start + width)
        for i, id_ in enumerate(self.program.lastings):
            happening = self.program.happenings.index(id_)
            if self.hidden_origin(at.BY_HAPPENING * at.CAUSE + happening):
                found.append(words[at.H_S_LASTING] + i)
        return found

    # --- words of the state

    def plain_words(self) -> set[int]:
        """Words that the seat may not know, cards and answers apart."""
        words, tracks = self.words, len(self.program.tracks)
        found = {words[at.H_S_TARGET] + i for i in self.hidden_targets()}
        found |= {words[at.H_S_BAND] + i for i in self.hidden_targets() if i < tracks}
        found |= {words[at.H_S_RULE] + i for i in self.hidden_rules()}
        found |= set(self.set_going())
        for i in range(len(self.program.injects)):
            found |= {words[at.H_S_INJECT] + i, words[at.H_S_DUE] + i}
        found |= {words[at.H_S_FIRED] + i for i in self.hidden_injects()}
        return found | {at.S_FORCED} | set(range(at.S_DIE, at.S_FRAME))

    def foreign_cards(self) -> list[int]:
        """The cards of other teams: the seat is not told when control vetoes one."""
        owners = [card.team for card in self.model.cards.values()]
        return [i for i, owner in enumerate(owners) if owner != self.seat]

    def held(self, state: Sequence[int]) -> set[int]:
        """The cards that the seat holds or has laid; of these it is told."""
        if self.seat == PUBLIC:
            return set()
        i = self.teams.index(self.seat)
        row = self.words[at.H_TEAM] + i * at.TEAM_WORDS
        found: set[int] = set()
        for start, count in (
            (at.T_S_HAND, at.H_S_HAND),
            (at.T_S_LAID, at.H_S_LAID),
        ):
            place = self.words[row + start]
            found |= set(state[place : place + state[self.words[count] + i]])
        return found

    def lists(self, state: Sequence[int]) -> Iterator[list[int]]:
        """For each team, the places of its cards that are unknown, hand first."""
        for i, team in enumerate(self.teams):
            row = self.words[at.H_TEAM] + i * at.TEAM_WORDS
            place = {
                name: (self.words[row + start], state[self.words[count] + i])
                for name, start, count in (
                    ("hand", at.T_S_HAND, at.H_S_HAND),
                    ("laid", at.T_S_LAID, at.H_S_LAID),
                    ("pile", at.T_S_PILE, at.H_S_PILE),
                )
            }
            open_ = ["hand", "laid"] if team == self.seat else []
            if self.keeps_all(i):
                open_ += ["hand", "laid"]
            if state[at.S_STAGE] == at.FLOW_RESOLVE:
                open_.append("laid")
            yield [
                start + k
                for name, (start, count) in place.items()
                if name not in open_
                for k in range(count)
            ]

    def keeps_all(self, team: int) -> bool:
        """Whether a team's own cards stay in its hand, also when it lays them."""
        return self.words[self.words[at.H_TEAM] + team * at.TEAM_WORDS + at.T_HAND] < 0

    def kept_orders(self, state: Sequence[int]) -> Iterator[tuple[list[int], str]]:
        """The places of unknown orders whose cards stay in their owner's hand."""
        for i, team in enumerate(self.teams):
            shown = team == self.seat or state[at.S_STAGE] == at.FLOW_RESOLVE
            if self.keeps_all(i) and not shown:
                row = self.words[at.H_TEAM] + i * at.TEAM_WORDS
                start, count = self.words[row + at.T_S_LAID], self.words[at.H_S_LAID]
                places = range(start, start + state[count + i])
                yield [p for p in places if self.owner(state[p]) == team], team

    def owner(self, card: int) -> str:
        """The team whose card it is."""
        return self.model.cards[self.program.cards[card]].team

    def answers(self, state: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Words with answers given in secret, and how many options there were."""
        for depth in range(state[at.S_DEPTH]):
            f = at.S_FRAME + depth * at.FRAME_WORDS
            id_ = self.program.happenings[state[f + at.F_HAPPENING]]
            model = self.tree.names.happenings[id_]
            for ask in model.ask if model.answers == "secret" else []:
                for team in [ask.team] if ask.team else ask.teams:
                    word = f + at.F_ANSWER + self.teams.index(team)
                    if team != self.seat and state[word]:
                        yield word, len(ask.options)

    def unknown_words(self, state: Sequence[int]) -> set[int]:
        """Every word that the seat may not know."""
        found = self.plain_words() | {word for word, _ in self.answers(state)}
        vetoed = set(self.foreign_cards()) - self.held(state)
        found |= {self.words[at.H_S_REST] + card for card in vetoed}
        found.update(*(places for places, _ in self.kept_orders(state)))
        return found.union(*map(set, self.lists(state)))

    # --- twins

    def twin(self, state: Sequence[int], chance: random.Random) -> list[int]:
        """A state that differs only in what the seat may not know."""
        new = list(state)
        self._targets(new, chance)
        self._injects(new, chance)
        for word in self.set_going():
            new[word] = chance.randint(0, 2)
        held = self.held(state)
        for card in self.foreign_cards():
            if card not in held and chance.random() < 0.3:
                new[self.words[at.H_S_REST] + card] ^= at.VETO
        for places in self.lists(state):
            cards = [state[place] for place in places]
            chance.shuffle(cards)
            for place, card in zip(places, cards, strict=True):
                new[place] = card
        self._sort_hands(new)
        self._orders(new, chance)
        for word, options in self.answers(state):
            new[word] = chance.randint(1, options)
        for word in range(at.S_DICE, at.S_FRAME):
            new[word] = chance.getrandbits(32) | 1
        new[at.S_FORCED] = chance.randint(0, 3)
        for i in range(new[at.S_FORCED]):
            new[at.S_DIE + i] = chance.randint(1, 6)
        return new

    def _targets(self, new: list[int], chance: random.Random) -> None:
        words = self.words
        for i in self.hidden_targets():
            row = words[at.H_TARGET] + i * at.TARGET_WORDS
            low, high = words[row + at.G_LOW], words[row + at.G_HIGH]
            new[words[at.H_S_TARGET] + i] = chance.randint(low, high)
            if i < len(self.program.tracks):
                bands = max(1, words[row + at.G_BANDS])
                new[words[at.H_S_BAND] + i] = chance.randrange(bands)
        for i in self.hidden_rules():
            new[words[at.H_S_RULE] + i] = chance.randint(0, new[at.S_ROUND])

    def _injects(self, new: list[int], chance: random.Random) -> None:
        words, hidden = self.words, self.hidden_injects()
        for i in range(len(self.program.injects)):
            states = [at.INJECT_WAITS, at.INJECT_HELD, at.INJECT_SKIPPED]
            if i in hidden:
                states.append(at.INJECT_FIRED)
                new[words[at.H_S_FIRED] + i] = chance.randint(0, 2)
            if i in hidden or new[words[at.H_S_INJECT] + i] != at.INJECT_FIRED:
                new[words[at.H_S_INJECT] + i] = chance.choice(states)
                new[words[at.H_S_DUE] + i] = chance.randint(0, self.program.rounds)

    def _orders(self, new: list[int], chance: random.Random) -> None:
        """Other orders of teams whose cards stay in their hands meanwhile."""
        cards = list(self.model.cards.values())
        for places, team in self.kept_orders(new):
            own = [i for i, card in enumerate(cards) if card.team == team]
            own = [i for i in own if not cards[i].response]
            laid = chance.sample(own, len(places))
            for place, card in zip(places, laid, strict=True):
                new[place] = card

    def _sort_hands(self, new: list[int]) -> None:
        """A hand is kept in the deck's order, whatever is in it."""
        for i in range(len(self.teams)):
            row = self.words[at.H_TEAM] + i * at.TEAM_WORDS
            start, count = self.words[row + at.T_S_HAND], self.words[at.H_S_HAND] + i
            new[start : start + new[count]] = sorted(new[start : start + new[count]])

    # --- the trace

    def visible(self, trace: Sequence[ROW]) -> list[ROW]:
        """The rows of a trace that the seat may know, without their causes."""
        rows = [self._row(row) for row in trace]
        return [row for row in rows if row]

    def _row(self, row: ROW) -> ROW:
        kind, a, _, c = row[:4]
        other = kind in (at.TR_DRAW, at.TR_LAY, at.TR_ANSWER)
        if other and self.seat != self.teams[a] and (kind != at.TR_ANSWER or c):
            return kind, a
        if kind == at.TR_LOOK:
            return ()
        if kind == at.TR_LOOK or (kind == at.TR_SET and a in self.hidden_targets()):
            return ()
        if kind == at.TR_RULE and a in self.hidden_rules():
            return ()
        if kind in (at.TR_VETO, at.TR_LIFT) and not self._bit(row[2]):
            return ()
        if kind == at.TR_SHOW and c and not self._bit(1 << (c - 1)):
            return ()
        return row[:4]

    def _bit(self, mask: int) -> bool:
        """Whether the seat's team is in a mask; the display never is."""
        return self.seat in self.teams and mask >> self.teams.index(self.seat) & 1 == 1


def with_state(session: Session, state: Sequence[int]) -> Session:
    """The same game, with another state at its current place."""
    tree = session.tree
    twin = copy(tree)
    twin._path = (-1, ())
    twin.nodes = dict(tree.nodes)
    twin.nodes[tree.head] = replace(tree.now, state=array("q", state))
    twin.notes, twin.turns = list(tree.notes), list(tree.turns)
    other = Session(twin, session.seats, None, session.clock)
    other._lines = session._lines  # its moves go on being counted
    return other


def trace_of(session: Session) -> list[ROW]:
    """The machine's trace of the current move, made anew."""
    tree = session.tree
    node = tree.now
    before = tree.state(node.parent)
    rows: list[tuple[int, int, int, int, int, int]] = []
    if node.move is not None:
        code = tree.codec.encode(node.move, before)
        machine.perform(tree.program.words, before, code, rows)
    return [*rows]
