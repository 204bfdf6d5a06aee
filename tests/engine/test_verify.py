"""A program that passes `verify` never leaves its tables, however wrong it is."""

import random
from dataclasses import replace

import pytest

from tabletop.engine import layout as at
from tabletop.engine.compile import compile_deck
from tabletop.engine.program import Program
from tabletop.engine.verify import UnsoundProgramError, verify
from tabletop.testing.making import numbered
from tests.engine.games import POLICIES, guarded_game, some_programs

GENERATED = 30
SHIPPED = [*some_programs(0).values()]
PROGRAMS = [compile_deck(numbered(number)) for number in range(GENERATED)]
MUTANTS = 3_000


def mutated(program: Program, chance: random.Random) -> Program:
    """The program with one or two words changed, many of them offsets and counts."""
    words = list(program.words)
    teams = (words[at.H_TEAM], words[at.H_TARGET])
    for _ in range(chance.randint(1, 2)):
        start, end = chance.choice(((0, at.HEAD), teams, (at.HEAD, len(words))))
        place = chance.randrange(start, end)
        near = words[place] + chance.randint(-12, 12)
        like = words[chance.randrange(start, end)]
        words[place] = chance.choice((near, near, like, chance.randint(-3, 60)))
    return replace(program, words=words)


def accepted(program: Program) -> bool:
    """Whether a program passes."""
    try:
        verify(program)
    except UnsoundProgramError:
        return False
    return True


def test_mutants_are_refused_or_stay_within_their_tables() -> None:
    passed = moves = 0
    for number in range(MUTANTS):
        chance = random.Random(number)
        mutant = mutated(chance.choice(PROGRAMS), chance)
        if accepted(mutant):
            passed += 1
            policy = chance.choice(POLICIES)
            moves += guarded_game(mutant, mutant.words, number, policy, 60)
    assert MUTANTS // 10 < passed < MUTANTS * 9 // 10
    assert moves > MUTANTS


def with_word(program: Program, place: int, word: int) -> Program:
    """The program with one word set."""
    words = list(program.words)
    words[place] = word
    return replace(program, words=words)


def head(place: int) -> int:
    """The deck's word at a place of the head."""
    return PROGRAM.words[place]


def first(table: int, width: int, place: int, wanted: int) -> int:
    """Where the first record stands whose word at `place` is the wanted one."""
    end = PROGRAM.words[table + 1]
    rows = range(PROGRAM.words[table], end, width)
    return next(row for row in rows if PROGRAM.words[row + place] == wanted)


PROGRAM = SHIPPED[1]
WORDS = PROGRAM.words
ROLL = first(at.H_HAPPENING, at.HAPPENING_WORDS, at.P_ROLL, 0)
GIVE = first(at.H_EFFECT, at.EFFECT_WORDS, at.E_OP, at.FX_ADD)
LATER = first(at.H_EFFECT, at.EFFECT_WORDS, at.E_OP, at.FX_SCHEDULE)
ASKED = first(at.H_HAPPENING, at.HAPPENING_WORDS, at.P_QUESTIONS, 2)
CORRUPTIONS = {
    "size": (at.H_SIZE, 1),
    "state too large": (at.H_STATE, 1 << 30),
    "no team": (at.H_TEAMS, 0),
    "seven teams": (at.H_TEAMS, 7),
    "less than no flags": (at.H_FLAGS, -4),
    "rounds without end": (at.H_ROUNDS, 1 << 30),
    "points among the hands": (at.H_S_POINTS, head(at.H_S_HAND)),
    "two tables in one place": (at.H_S_DUE, head(at.H_S_INJECT)),
    "a table in the scratch words": (at.H_S_PLAYS, head(at.H_S_STACK)),
    "a stack among the tracks": (at.H_S_STACK, head(at.H_S_TARGET)),
    "tables out of order": (at.H_CARD, head(at.H_ENDING)),
    "a pile in a hand": (
        head(at.H_TEAM) + at.T_S_PILE, WORDS[head(at.H_TEAM) + at.T_S_HAND],
    ),
    "less than no cards": (head(at.H_TEAM) + at.T_OWNS, -1),
    "a longer hand": (head(at.H_TEAM) + at.T_HAND_CAP, 10_000),
    "another team's card": (head(at.H_OWN), len(PROGRAM.cards)),
    "card without a team": (head(at.H_CARD) + at.C_TEAM, -1),
    "condition elsewhere": (head(at.H_CARD) + at.C_TERMS, 1 << 20),
    "term outside the state": (head(at.H_TERM) + at.M_SLOT, head(at.H_STATE)),
    "term in mid-expression": (head(at.H_TERM) + at.M_CODE, head(at.H_CODE) + 1),
    "code that jumps out": (head(at.H_CODE), at.X_JUMP),
    "unknown instruction": (head(at.H_CODE), 99),
    "stack underflow": (head(at.H_CODE), at.X_ADD),
    "no return": (head(at.H_CODE_END) - 2, at.X_CONST),
    "effect on another word": (GIVE + at.E_SLOT, at.S_DEPTH),
    "unknown effect": (GIVE + at.E_OP, 40),
    "something due in the past": (LATER + at.E_VALUE, -3),
    "unknown dice": (ROLL + at.P_ROLL, 1 << 20),
    "no sides": (head(at.H_ROLL) + at.D_SIDES, 0),
    "rows elsewhere": (head(at.H_ROLL) + at.D_ROW, -2),
    "a team asked twice": (
        head(at.H_QUESTION) + at.QUESTION_WORDS * WORDS[ASKED + at.P_QUESTION],
        WORDS[
            head(at.H_QUESTION)
            + at.QUESTION_WORDS * (WORDS[ASKED + at.P_QUESTION] + 1)
        ],
    ),
    "a question without options": (head(at.H_QUESTION) + at.Q_OPTIONS, 0),
    "rule of a moment": (head(at.H_MOMENT) + 2 * at.MOMENTS, head(at.H_RULES)),
    "unknown ending": (at.H_LAST_ENDING, head(at.H_ENDINGS)),
    "inject after the end": (head(at.H_INJECT) + at.I_ROUND, 200),
}  # fmt: skip


@pytest.mark.parametrize("place", CORRUPTIONS.values(), ids=CORRUPTIONS)
def test_a_corrupt_program_is_refused(place: tuple[int, int]) -> None:
    corrupt = with_word(PROGRAM, *place)
    assert corrupt.words != WORDS, "nothing was changed"
    with pytest.raises(UnsoundProgramError):
        verify(corrupt)


@pytest.mark.parametrize("size", [0, 10, at.HEAD])
def test_a_program_that_is_cut_off_is_refused(size: int) -> None:
    with pytest.raises(UnsoundProgramError):
        verify(replace(PROGRAM, words=WORDS[:size]))


def test_every_deck_passes() -> None:
    for program in [*SHIPPED, *PROGRAMS]:
        verify(program)
