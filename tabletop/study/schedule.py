"""Which injects a team has to reckon with: the deck's own, at the deck's own times.

What control has held, moved, skipped or written does not count: a team can't know it.
"""

from tabletop.engine import layout as at
from tabletop.engine.program import Program
from tabletop.engine.relayout import has_passed
from tabletop.engine.words import holds


def expect_injects(program: Program, known: list[int], seat: int, own: int) -> None:
    """Lets the first `own` injects come, in a state that holds what a team knows.

    One whose moment has passed, or whose condition holds already, does not come again:
    unseen it has come before, or control keeps it back.
    """
    P = program.words
    for inject in range(own):
        if known[P[at.H_S_FIRED] + inject] > 0:
            continue
        row = P[at.H_INJECT] + inject * at.INJECT_WORDS
        due = P[row + at.I_ROUND]
        if due == 0 and P[row + at.I_TERMS] == 0:
            continue  # by hand alone
        if not is_gone(program, known, row):
            known[P[at.H_S_INJECT] + inject] = at.INJECT_WAITS
            known[P[at.H_S_DUE] + inject] = due
        elif P[row + at.I_HIDDEN] >> seat & 1:
            known[P[at.H_S_FIRED] + inject] = 1


def is_gone(program: Program, known: list[int], row: int) -> bool:
    """Whether an inject would have come by now; `row` is where it stands."""
    P = program.words
    if P[row + at.I_TERMS] == 0:
        return has_passed(known, P[row + at.I_ROUND], P[row + at.I_PLACE])
    settled = known[at.S_DEPTH] == 0
    return settled and holds(P, known, P[row + at.I_TERM], P[row + at.I_TERMS]) == 1
