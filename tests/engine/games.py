"""Playing on the bare machine, in low gear, for the engine's tests."""

import random
from collections.abc import Iterator
from typing import SupportsIndex, cast, overload

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.engine import machine, playout
from tabletop.engine.compile import compile_deck
from tabletop.engine.program import Program, seed_key
from tabletop.testing.making import large, numbered
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

POLICIES = (at.BOT_RANDOM, at.BOT_FIRST, at.BOT_GREEDY)


def some_decks(generated: int) -> dict[str, Deck]:
    """The shipped decks, a large one, and the first so many made by chance."""
    made = {f"made {number}": numbered(number) for number in range(generated)}
    shipped = {"tutorial": deck(TUTORIAL), "bright-days": deck(BRIGHT_DAYS)}
    return {**shipped, "large": large(), **made}


def some_programs(generated: int) -> dict[str, Program]:
    """The programs of those decks."""
    return {name: compile_deck(each) for name, each in some_decks(generated).items()}


class Guarded(list[int]):
    """A list that refuses every index from the end and every slice out of bounds."""

    @overload
    def __getitem__(self, place: SupportsIndex) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> list[int]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> int | list[int]:
        """Read a word, which must be there."""
        if isinstance(place, slice) or cast("int", place) >= 0:
            return super().__getitem__(place)
        raise IndexError(f"read at {place}")

    def __setitem__(self, place: SupportsIndex | slice, word: object) -> None:
        """Write a word, which must be there."""
        if isinstance(place, slice) or cast("int", place) < 0:
            raise IndexError(f"write at {place}")
        super().__setitem__(place, cast("int", word))


def start(program: Program, seed: int, game: int = 0) -> list[int]:
    """The state at the start of a game."""
    state = program.new_state()
    machine.set_up(program.words, state, seed_key(seed), game, None)
    return state


def legal(program: Program, state: list[int], seat: int) -> list[int]:
    """A seat's legal moves."""
    room = [0] * program.move_room()
    return room[: machine.legal_moves(program.words, state, seat, room)]


def owing(program: Program, state: list[int]) -> list[int]:
    """The seats that owe a move; control's is the last."""
    seats = range(program.control + 1)
    return [seat for seat in seats if machine.owes(program.words, state, seat)]


def after(program: Program, state: list[int], move: int) -> list[int]:
    """The state after a move; the one before stays as it is."""
    new = list(state)
    machine.perform(program.words, new, move, None)
    return new


def ruling(program: Program, chance: random.Random) -> int:
    """Any ruling, possible or not."""
    kind = chance.randint(at.MV_FORWARD, at.MV_RESEED)
    team = chance.randrange(len(program.teams))
    items = {
        at.MV_FORWARD: len(program.injects), at.MV_DIE: 1,
        at.MV_SET: len(program.targets), at.MV_ADD: len(program.targets),
        at.MV_RESEED: 1,
    }  # fmt: skip
    item = chance.randrange(max(1, items.get(kind, len(program.cards))))
    if kind in items or kind in (at.MV_VETO, at.MV_LIFT):
        team = 0
    most = program.rounds if kind == at.MV_FORWARD else 40
    value = chance.randint(-1, most) if kind in items else 0
    if kind == at.MV_REVEAL:
        value = chance.randint(0, len(program.teams))
    return machine.encode(kind, team, item, value)


def some_move(program: Program, state: list[int], chance: random.Random) -> int:
    """A move that is possible: a team's or, at times, anything that control may do."""
    moves = legal(program, state, chance.choice(owing(program, state)))
    if chance.random() < 0.06:
        moves = legal(program, state, program.control) or moves
    elif chance.random() < 0.1:
        room, control = [0] * program.move_room(), program.control
        wishes = [ruling(program, chance) for _ in range(16)]
        cards = range(len(program.cards))
        wishes += [machine.encode(at.MV_LIFT, 0, card, 0) for card in cards]
        may = [
            wish
            for wish in wishes
            if machine.is_legal(program.words, state, control, wish, room)
        ]
        kinds = sorted({move % at.MOVE_TEAM for move in may})
        kind = chance.choice(kinds or [0])
        moves = [move for move in may if move % at.MOVE_TEAM == kind] or moves
    return chance.choice(moves)


def walk(
    program: Program, seed: int, chance: random.Random, most: int = 400
) -> Iterator[tuple[list[int], int, list[int]]]:
    """A game of moves by chance: each state, the move, and the state after it."""
    state = start(program, seed)
    for _ in range(most):
        if state[at.S_OVER]:
            return
        move = some_move(program, state, chance)
        new = after(program, state, move)
        yield state, move, new
        state = new


def guarded_game(
    program: Program, words: list[int], game: int, policy: int, most: int
) -> int:
    """Plays a game on guarded lists, at most so many moves: how many it were."""
    made = [Guarded(program.new_state()) for _ in range(3)]
    state, known, trial = made
    policies = Guarded([policy] * len(program.teams))
    moves = Guarded([0] * program.move_room())
    machine.set_up(words, state, Guarded(seed_key(5)), game, None)
    for number in range(most):
        if playout.play_out(words, state, policies, moves, known, trial, 1) == 0:
            playout.write_row(words, state, number, Guarded([0] * 2000), 0)
            return number
        if state[at.S_ERROR]:
            return number
    return most
