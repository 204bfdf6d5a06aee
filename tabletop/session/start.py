"""A game that begins with something else than its deck says, for tests of decks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from tabletop.deck.models import POINTS_LIMIT
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.cards import add_to_hand, owner, take_from_hand, take_from_list
from tabletop.engine.flow import run
from tabletop.engine.program import Program, seed_key
from tabletop.engine.words import band_of
from tabletop.errors import MoveError
from tabletop.session.facts import TraceRow

MOST_DIE = 999
"""The greatest number that a die may show."""


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


def as_table(start: Start | None) -> dict[str, Any]:
    """A start as the first line of a save holds it; empty for none."""
    if start is None:
        return {}
    plain = asdict(start) | {
        "fired": list(start.fired),
        "dice": list(start.dice),
        "hands": {team: list(held) for team, held in start.hands.items()},
    }
    return {key: value for key, value in plain.items() if value != _NOTHING[key]}


def from_table(table: Mapping[str, Any]) -> Start | None:
    """The start that a save holds; None for an empty one.

    Raises ValueError when it is none.
    """
    for key, value in table.items():
        if key not in _SHAPES or not _SHAPES[key](value):
            raise ValueError(f"the start has {key[:40]} = {str(value)[:40]}")
    if not table:
        return None
    fixed: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in table.items()
    }
    if "hands" in table:
        fixed["hands"] = {team: tuple(held) for team, held in table["hands"].items()}
    return Start(**fixed)


def _whole(value: object) -> bool:
    return type(value) is int and abs(value) < at.BIG


def _counts(value: object) -> bool:
    return isinstance(value, dict) and all(map(_whole, value.values()))


def _wholes(value: object) -> bool:
    return isinstance(value, list) and all(map(_whole, value))


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _lists(value: object) -> bool:
    return isinstance(value, dict) and all(map(_texts, value.values()))


_NOTHING: Mapping[str, object] = {
    **asdict(Start()), "fired": [], "dice": [], "hands": {},
}  # fmt: skip
_SHAPES: Mapping[str, Callable[[object], bool]] = {
    "values": _counts, "round": _whole, "played": _counts, "fired": _texts,
    "dice": _wholes, "points": _counts, "hands": _lists,
}  # fmt: skip


def begin(
    program: Program, seed: int, game: int, start: Start | None, trace: list[TraceRow]
) -> list[int]:
    """The start of a game, carried on to its first stop.

    Raises MoveError for a hand that can't be dealt.
    """
    state = lay_out(program, seed, game, start)
    run(program.words, state, trace)
    finish(program, state, start)
    return state


def lay_out(program: Program, seed: int, game: int, start: Start | None) -> list[int]:
    """The state of a game before its first round opens.

    Raises MoveError for a start that can't be.
    """
    state = program.new_state()
    machine.lay_out(program.words, state, seed_key(seed), game)
    if start is not None:
        check(program, start)
        _before(program, state, start)
    return state


def check(program: Program, start: Start) -> None:
    """Raises MoveError for names that there are none of, and for values too large."""
    flagged = program.tracks + program.flags
    for names, known in (
        (start.values, flagged), (start.played, program.cards),
        (start.fired, program.injects), (start.points, program.teams),
        (start.hands, program.teams),
        ([card for held in start.hands.values() for card in held], program.cards),
    ):  # fmt: skip
        for name in names:
            if name not in known:
                raise MoveError(f"the game can't begin with {name[:40]}: it has none")
    bounds = [("the round", start.round, 1, program.rounds)]
    bounds += [("a die", die, 1, MOST_DIE) for die in start.dice]
    bounds += [("the number of dice", len(start.dice), 0, at.DICE_KEPT)]
    for name, value in start.values.items():
        row = program.words[at.H_TARGET]
        row += program.targets.index(name) * at.TARGET_WORDS
        low, high = program.words[row + at.G_LOW], program.words[row + at.G_HIGH]
        bounds.append((name, value, low, high))
    bounds += [(n, v, 0, at.COUNT_LIMIT) for n, v in start.played.items()]
    bounds += [(f"{n}.points", v, 0, POINTS_LIMIT) for n, v in start.points.items()]
    for name, value, low, high in bounds:
        if not low <= value <= high:
            raise MoveError(
                f"the game can't begin with {name} at {value}: {low} to {high}"
            )


def finish(program: Program, state: list[int], start: Start | None) -> None:
    """Gives the points and hands that are to hold once the round has opened.

    Raises MoveError for a hand that can't be dealt.
    """
    if start is not None:
        _after(program, state, start)


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
            _hand_out(program, state, team, card, tuple(start.hands))


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


def _hand_out(
    program: Program, state: list[int], team: str, card: str, dealt: Sequence[str]
) -> None:
    """Gives a card from its owner's pile, or from a hand that is not `dealt`."""
    index, place = program.cards.index(card), program.teams.index(team)
    if not _fetch(program, state, index, dealt) or not add_to_hand(
        program.words, state, place, index
    ):
        raise MoveError(
            f"{team} can't hold {card} as the game begins",
            "There are not so many copies of it, or its hand is full.",
        )


def _fetch(program: Program, state: list[int], card: int, dealt: Sequence[str]) -> bool:
    """Takes a card from where it is; False when each copy is in a hand just dealt."""
    words = program.words
    home = owner(words, card)
    row = words[at.H_TEAM] + home * at.TEAM_WORDS
    pile, count = words[row + at.T_S_PILE], words[at.H_S_PILE] + home
    if take_from_list(state, pile, count, card) == 1:
        return True
    others = (i for i, id_ in enumerate(program.teams) if id_ not in dealt)
    return any(take_from_hand(words, state, team, card) for team in others)
