"""The same deck with its teams acting in the reverse order.

To see what it is worth to act first, the same games are played both ways: here the
lowest initiative acts first, and of equal ones the team that comes last in the deck.
"""

from collections.abc import Sequence
from dataclasses import replace

from tabletop.engine import layout as at
from tabletop.engine.program import Program

JUMPS = (at.X_JUMP, at.X_JUMP_FALSE, at.X_AND, at.X_OR)
MOST_INITIATIVE = 1 << 40
"""Initiative counts up to this much here, in either direction, so that a multiple of
it can still be counted with."""


def has_order(program: Program) -> bool:
    """Whether teams act one after the other, and there are several."""
    return len(program.teams) > 1


def reversed_order(program: Program) -> Program:
    """A program in which whoever acts last acts first; its states stay laid out so."""
    return replace(program, words=reversed_words(program.words))


def reversed_words(words: Sequence[int]) -> list[int]:
    """The same for the words of a program, whatever stands behind them.

    Each team's initiative becomes a negative multiple of itself, plus the team's
    number. The code stands behind all that is there, which stays as it is.
    """
    new = [int(word) for word in words]
    for team in range(new[at.H_TEAMS]):
        row = new[at.H_TEAM] + team * at.TEAM_WORDS
        begin = len(new)
        new += code_for(new, new[row + at.T_INITIATIVE], begin, team)
        new[row + at.T_INITIATIVE] = begin
    return new


def code_for(words: list[int], pc: int, begin: int, team: int) -> list[int]:
    """A team's initiative as code that begins at `begin`."""
    if pc == 0:
        return [at.X_CONST, team, at.X_RETURN, 0]
    code = moved(words, pc, begin)
    return [
        *code,
        at.X_CONST, MOST_INITIATIVE, at.X_MIN, 0,
        at.X_CONST, -MOST_INITIATIVE, at.X_MAX, 0,
        at.X_CONST, -at.MAX_TEAMS, at.X_MUL, 0, at.X_CONST, team, at.X_ADD, 0,
        at.X_RETURN, 0,
    ]  # fmt: skip


def moved(words: list[int], pc: int, begin: int) -> list[int]:
    """An expression's code without its end, as it is at another place."""
    code: list[int] = []
    start = pc
    while words[pc] != at.X_RETURN:
        op, operand = words[pc : pc + 2]
        code += (op, operand + begin - start if op in JUMPS else operand)
        pc += 2
    return code
