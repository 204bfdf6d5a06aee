"""Builds a seat's view: from what that seat knows of the state, and nothing else."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.imagine import imagine
from tabletop.session.cardviews import CardReader
from tabletop.session.facts import EVERYBODY, seat_index
from tabletop.session.headlines import headlines
from tabletop.session.injectviews import InjectReader
from tabletop.session.log import LogReader
from tabletop.session.names import plain
from tabletop.session.thinking import shown_seat
from tabletop.session.tree import Node, Tree
from tabletop.session.view import (
    CONTROL,
    PUBLIC,
    CardView,
    EndView,
    FlagView,
    Headline,
    InjectView,
    Move,
    MoveView,
    ObjectiveView,
    PhaseView,
    SeatId,
    TeamView,
    TrackView,
    View,
)

Status = Literal["to play", "answers", "responds", "lays", "passed", "waits"]
STATUS: Mapping[int, Status] = {
    at.W_PLAY: "to play",
    at.W_LAY: "lays",
    at.W_ANSWER: "answers",
    at.W_RESPOND: "responds",
}


def known_state(tree: Tree, seat: SeatId, state: list[int]) -> list[int]:
    """A state with everything removed that a seat may not know."""
    program = tree.program
    index = seat_index(program, seat)
    if index != EVERYBODY:
        known = program.new_state()
        imagine(program.words, state, index, known)
        return known
    known = list(state)
    for team in range(len(program.teams)):
        source, known = known, program.new_state()
        imagine(program.words, source, team, known)
    first = program.words[at.H_S_REST]
    for place in range(first, first + len(program.cards)):
        known[place] %= at.VETO
    return known


class ViewBuilder:
    """Builds the view of one seat at the tree's current place."""

    def __init__(
        self, tree: Tree, seat: SeatId, seats: Mapping[str, str], log: LogReader
    ) -> None:
        """`seats` says who sits where; `log` is the seat's own."""
        self.tree = tree
        self.seat = seat
        self.seats = seats
        self.log = log
        self.program = tree.program
        self.names = tree.names
        self.model = tree.deck.model
        self.true = tree.state()
        self.state = known_state(tree, seat, self.true)
        self.cards = CardReader(self.program, self.names, self.state)

    def build(self) -> View:
        """The view."""
        state, model = self.state, self.model
        team = model.teams.get(self.seat)
        return View(
            seat=self.seat,
            deck=model.id,
            title=model.title,
            brief=model.brief,
            team_brief=team.brief if team else "",
            move=self.tree.head,
            round=state[at.S_ROUND],
            rounds=model.rounds.count,
            round_label=model.rounds.label,
            phase=self.program.phases[state[at.S_PHASE]],
            phases=self.phases(),
            play=model.rounds.play,
            prompt=self.prompt(),
            to_act=self.to_act(),
            teams=tuple(self.team(id_) for id_ in self.program.teams),
            tracks=self.tracks(),
            flags=self.flags(),
            hand=self.hands[self.seat] if team else (),
            hands=self.hands,
            laid=self.cards.laid(self.seat) if team else (),
            asks=() if self.seat == PUBLIC else self.cards.asks(self.seat),
            moves=self.moves(),
            log=self.log.entries(),
            injects=self.injects(),
            objectives=self.objectives(),
            over=self.ending(),
            names=self.known_names(),
            headlines=self.headlines(),
        )

    # --- time

    def phases(self) -> tuple[PhaseView, ...]:
        """The round's phases."""
        now = self.state[at.S_PHASE]
        minutes = self.model.rounds.minutes
        states: tuple[Literal["done"], Literal["now"], Literal["to come"]]
        states = ("done", "now", "to come")
        return tuple(
            PhaseView(id_, plain(id_), minutes[id_], states[(i > now) - (i < now) + 1])
            for i, id_ in enumerate(self.program.phases)
        )

    def to_act(self) -> tuple[SeatId, ...]:
        """The seats that owe a move."""
        P = self.program.words
        seats = (*self.program.teams, CONTROL)
        return tuple(
            seat for i, seat in enumerate(seats) if machine.owes(P, self.state, i) == 1
        )

    def prompt(self) -> str:
        """What this seat is to do now, or whom it waits for."""
        if self.state[at.S_OVER]:
            return "The game is over."
        waiting = self.to_act()
        if self.seat in waiting:
            wait = self.state[at.S_WAIT]
            bare = wait in BARE_PROMPTS and self.seat != CONTROL
            prompts = BARE_PROMPTS if bare and not self._can_play() else OWN_PROMPTS
            return prompts[wait].format(card=self._answered())
        if waiting == (CONTROL,):
            return "Waiting for control to open the next phase."
        who = " and ".join(self.names.team(team) for team in waiting)
        return f"Waiting for {who}: {OTHER_PROMPTS[self.state[at.S_WAIT]]}."

    def _can_play(self) -> bool:
        """Whether a card of this seat's hand can be played now."""
        return any(card.playable for card in self.hands[self.seat])

    def _answered(self) -> str:
        """The card that may be responded to now, in quotation marks."""
        S = self.state
        for depth in reversed(range(S[at.S_DEPTH])):
            frame = at.S_FRAME + depth * at.FRAME_WORDS
            if S[frame + at.F_STAGE] == at.DO_RESPONSES:
                id_ = self.program.happenings[S[frame + at.F_HAPPENING]]
                return f"'{self.names.title(id_)}'"
        return "the card"

    # --- teams

    def team(self, id_: str) -> TeamView:
        """What everybody may know of a team."""
        P, S = self.program.words, self.state
        i = self.program.teams.index(id_)
        full = P[P[at.H_TEAM] + i * at.TEAM_WORDS + at.T_POINTS]
        points = S[P[at.H_S_POINTS] + i]
        return TeamView(
            id=id_,
            name=self.names.team(id_),
            short=self.names.team_short(id_),
            color=self.names.color(id_),
            letter=self.names.letter(id_),
            points=points,
            points_full=max(full, points),
            hand=S[P[at.H_S_HAND] + i],
            pile=S[P[at.H_S_PILE] + i],
            discards=S[P[at.H_S_DISCARD] + i],
            laid=S[P[at.H_S_LAID] + i],
            played=S[P[at.H_S_PLAYS] + i],
            status=self.status(i),
            seat=shown_seat(self.seats.get(id_, "person")),
        )

    def status(self, team: int) -> Status:
        """What a team is doing."""
        P, S = self.program.words, self.state
        if machine.owes(P, S, team) == 1:
            return STATUS[S[at.S_WAIT]]
        in_play = S[at.S_STAGE] in (at.FLOW_TURN, at.FLOW_REVEAL, at.FLOW_RESOLVE)
        return "passed" if S[P[at.H_S_PASSED] + team] and in_play else "waits"

    @cached_property
    def hands(self) -> dict[str, tuple[CardView, ...]]:
        """Every team's hand, for control; else this team's own."""
        if self.seat == CONTROL:
            return {team: self.cards.hand(team) for team in self.program.teams}
        if self.seat == PUBLIC:
            return {}
        return {self.seat: self.cards.hand(self.seat)}

    def objectives(self) -> tuple[ObjectiveView, ...]:
        """What teams score for: a team its own, control everybody's."""
        teams = self.program.teams if self.seat == CONTROL else (self.seat,)
        return tuple(
            ObjectiveView(team, objective.text, self.score(team, i))
            for team in teams
            if team in self.model.teams
            for i, objective in enumerate(self.model.teams[team].objectives)
        )

    def score(self, team: str, objective: int) -> int:
        """What an objective would score now."""
        index = self.program.teams.index(team)
        P = self.program.words
        return machine.score_of(P, list(self.state), index, objective)

    # --- tracks and flags

    def hidden(self, target: int) -> int:
        """A bit for each team that may not see a track or flag."""
        words = self.program.words
        return words[words[at.H_TARGET] + target * at.TARGET_WORDS + at.G_HIDDEN]

    def visible(self, target: int) -> bool:
        """Whether this seat may see a track or flag."""
        index = seat_index(self.program, self.seat)
        mask = self.hidden(target)
        return mask == 0 if index == EVERYBODY else not (mask >> index) & 1

    def seen(self) -> set[str]:
        """The ids of the tracks and flags that this seat may see."""
        targets = (*self.program.tracks, *self.program.flags)
        return {id_ for i, id_ in enumerate(targets) if self.visible(i)}

    def tracks(self) -> tuple[TrackView, ...]:
        """The tracks that this seat may see."""
        ends = round_ends(self.tree.path())
        return tuple(
            self.track(i, id_, ends)
            for i, id_ in enumerate(self.program.tracks)
            if self.visible(i)
        )

    def track(self, index: int, id_: str, ends: Sequence[Node]) -> TrackView:
        """One track."""
        model = self.model.tracks[id_]
        slot = self.program.words[at.H_S_TARGET] + index
        value = self.state[slot]
        before = [node.state[slot] for node in ends]
        return TrackView(
            id=id_,
            label=model.label,
            short=model.short or model.label,
            text=model.text,
            value=value,
            low=model.min,
            high=model.max,
            round_start=before[-1] if before else model.start,
            history=(*(before or [model.start]), value),
            bands=self.names.bands(id_),
            band=self.names.band(id_, value),
            secret=self.hidden(index) != 0,
        )

    def flags(self) -> tuple[FlagView, ...]:
        """The flags that this seat may see."""
        first = len(self.program.tracks)
        slot = self.program.words[at.H_S_TARGET] + first
        return tuple(
            FlagView(
                id_,
                self.model.flags[id_].label,
                bool(self.state[slot + i]),
                self.hidden(first + i) != 0,
                self._seers(id_),
            )
            for i, id_ in enumerate(self.program.flags)
            if self.visible(first + i)
        )

    def _seers(self, flag: str) -> tuple[SeatId, ...]:
        """For control: the teams that alone see a flag."""
        if self.seat != CONTROL:
            return ()
        return tuple(self.model.flags[flag].visible_to or ())

    # --- moves

    def moves(self) -> tuple[MoveView, ...]:
        """Every move this seat may make, in order; rulings are not listed."""
        if self.seat == PUBLIC or self.state[at.S_OVER]:
            return ()
        program = self.program
        room = [0] * program.move_room()
        seat = seat_index(program, self.seat)
        count = machine.legal_moves(program.words, self.state, seat, room)
        moves = [self.tree.codec.decode(code, self.state) for code in room[:count]]
        return tuple(MoveView(move, self.label(move)) for move in moves)

    def label(self, move: Move) -> str:
        """What a move is called in a list of moves."""
        if move.kind == "answer":
            question = self.cards.ask(move.team, self.program.teams.index(move.team))
            for option in question.options:
                if option.id == move.item:
                    return f"Answer: {option.label}"
        if move.kind == "pass":
            return PASS_LABELS.get(self.state[at.S_WAIT], "Pass")
        if move.kind == "advance":
            return self.advance_label()
        return f"{VERBS[move.kind]} {self.names.title(move.item)}"

    def advance_label(self) -> str:
        """What comes when the phase closes, in words."""
        phases = self.program.phases
        now = self.state[at.S_PHASE]
        if now + 1 < len(phases):
            return f"Open {plain(phases[now + 1])}"
        label, number = self.model.rounds.label, self.state[at.S_ROUND]
        if number >= self.model.rounds.count:
            return f"Close the last {label.lower()}"
        return f"Open {label} {number + 1}"

    # --- control

    def injects(self) -> tuple[InjectView, ...]:
        """The schedule, for control."""
        if self.seat != CONTROL:
            return ()
        return InjectReader(self.tree).views()

    # --- the end

    def ending(self) -> EndView | None:
        """How the game ended, if it has."""
        if not self.state[at.S_OVER]:
            return None
        id_ = self.program.endings[self.state[at.S_ENDING] - 1]
        ending = self.model.endings[id_]
        P = self.program.words
        scores = tuple(
            (team, machine.team_score(P, list(self.true), i))
            for i, team in enumerate(self.program.teams)
        )
        successes = tuple(
            (self.program.teams[team], machine.succeeds(P, list(self.true), team) > 0)
            for team in self.program.judging
        )
        return EndView(id_, ending.title, ending.text, scores, successes)

    def headlines(self) -> tuple[Headline, ...]:
        """What was announced, for the display."""
        return headlines(self.names, self.log.entries()) if self.seat == PUBLIC else ()

    def known_names(self) -> dict[str, str]:
        """Names of teams, and titles of the cards this seat can read."""
        names = {team: self.names.team(team) for team in self.program.teams}
        for hand in self.hands.values():
            names |= {card.id: card.title for card in hand}
        return names


VERBS = {
    "play": "Play", "lay": "Lay", "fire": "Fire", "hold": "Hold", "skip": "Skip",
    "release": "Put back",
}  # fmt: skip
PASS_LABELS = {
    at.W_LAY: "Ready: no more orders",
    at.W_RESPOND: "Let it happen",
}
OWN_PROMPTS = {
    at.W_NOTHING: "",
    at.W_ADVANCE: "Open the next phase when the room is ready.",
    at.W_PLAY: "It is your turn: play a card, or pass.",
    at.W_LAY: "Lay your orders face down, then say that you are ready.",
    at.W_ANSWER: "You owe an answer.",
    at.W_RESPOND: "You may respond before {card} takes effect, or pass.",
}
BARE_PROMPTS = {
    at.W_PLAY: "Nothing left to play: pass.",
    at.W_RESPOND: "No card of yours can answer {card} now: pass.",
}
"""What a team is told that has no card to play."""
OTHER_PROMPTS = {
    at.W_NOTHING: "to go on",
    at.W_ADVANCE: "to open the next phase",
    at.W_PLAY: "to play",
    at.W_LAY: "to lay orders",
    at.W_ANSWER: "to answer",
    at.W_RESPOND: "to respond or not",
}


def round_ends(path: Sequence[Node]) -> list[Node]:
    """The last place of each round that is over; rounds only go up along a path."""
    ends = (
        bisect_right(path, number, key=lambda node: node.round)
        for number in range(path[0].round, path[-1].round)
    )
    return [path[end - 1] for end in dict.fromkeys(ends)]
