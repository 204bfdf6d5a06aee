"""A game that begins with something else than its deck says, for tests of decks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.cards import add_to_hand, owner, pull_card, take_from_hand
from tabletop.engine.flow import run
from tabletop.engine.program import Program, seed_key
from tabletop.engine.words import band_of
from tabletop.errors import MoveError
from tabletop.session.facts import TraceRow


@dataclass(frozen=True)
class Start:
    """What a game begins with, where that is not what its deck says."""

    values: Mapping[str, int] = field(default_factory=dict)
    """Tracks and flags, before the round opens."""
    round: int = 1
    """The first round that is played. Injects due before it don't come."""
    played: Mapping[str, int] = field(default_factory=dict)
    """By card: how often it was played before."""
    fired: Sequence[str] = ()
    """Injects that have come before."""
    dice: Sequence[int] = ()
    """The first dice, at most eight."""
    points: Mapping[str, int] = field(default_factory=dict)
    """By team: its points once the round has opened."""
    hands: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By team: the cards that it holds once the round has opened."""


def begin(
    program: Program, seed: int, game: int, start: Start | None, trace: list[TraceRow]
) -> list[int]:
    """The start of a game, carried on to its first stop.

    Raises MoveError for a hand that can't be dealt.
    """
    state = program.new_state()
    words, key = program.words, seed_key(seed)
    machine.lay_out(words, state, key, game)
    if start is not None:
        _before(program, state, start)
    run(words, state, trace)
    if start is not None:
        _after(program, state, start)
    return state


def _before(program: Program, state: list[int], start: Start) -> None:
    """What holds as the first round opens."""
    words = program.words
    for name, value in start.values.items():
        state[words[at.H_S_TARGET] + program.targets.index(name)] = value
    for track in range(len(program.tracks)):
        state[words[at.H_S_BAND] + track] = band_of(words, state, track)
    for card, times in start.played.items():
        state[words[at.H_S_PLAYED] + program.cards.index(card)] = times
    state[at.S_ROUND] = start.round - 1
    for inject in range(len(program.injects)):
        if 0 < state[words[at.H_S_DUE] + inject] < start.round:
            state[words[at.H_S_INJECT] + inject] = at.INJECT_SKIPPED
    for id_ in start.fired:
        inject = program.injects.index(id_)
        state[words[at.H_S_INJECT] + inject] = at.INJECT_FIRED
        state[words[at.H_S_FIRED] + inject] = 1
    for i, die in enumerate(start.dice):
        state[at.S_DIE + i] = die
    state[at.S_FORCED] = len(start.dice)


def _after(program: Program, state: list[int], start: Start) -> None:
    """What holds once the round has opened."""
    if state[at.S_OVER] or not (start.points or start.hands):
        return
    if state[at.S_STAGE] <= at.FLOW_HANDS:
        raise MoveError(
            "something is asked before the round has opened",
            "Begin without `hand` and `points`, and give cards by rulings.",
        )
    for team, points in start.points.items():
        slot = program.words[at.H_S_POINTS] + program.teams.index(team)
        state[slot] = points
    for team in start.hands:
        _empty(program, state, program.teams.index(team))
    for team, cards in start.hands.items():
        for card in cards:
            _hand_out(program, state, team, card)


def _empty(program: Program, state: list[int], team: int) -> None:
    """Puts a team's hand back into the piles that its cards came from."""
    words = program.words
    row = words[at.H_TEAM] + team * at.TEAM_WORDS
    hand = words[row + at.T_S_HAND]
    held = state[hand : hand + state[words[at.H_S_HAND] + team]]
    for card in held:
        take_from_hand(words, state, team, card)
        home = owner(words, card)
        row = words[at.H_TEAM] + home * at.TEAM_WORDS
        if words[row + at.T_HAND] < 0:
            add_to_hand(words, state, home, card)
            continue
        count = state[words[at.H_S_PILE] + home]
        state[words[row + at.T_S_PILE] + count] = card
        state[words[at.H_S_PILE] + home] = count + 1


def _hand_out(program: Program, state: list[int], team: str, card: str) -> None:
    index = program.cards.index(card)
    found = pull_card(program.words, state, index) == 1
    place = program.teams.index(team)
    if not found or add_to_hand(program.words, state, place, index) == 0:
        raise MoveError(
            f"{team} can't hold {card} as the game begins",
            "There are not so many copies of it, or its hand is full.",
        )
