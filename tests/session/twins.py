"""Games of two that differ only in what a seat may not know, for the tests."""

import random

from tabletop.session.session import Session
from tabletop.session.view import CONTROL, PUBLIC
from tabletop.testing.twins import Secrets, trace_of, with_state
from tests.engine.games import some_move

__all__ = ["Secrets", "clock", "moved", "seats", "trace_of", "with_state"]


def clock() -> str:
    """A time that stands still."""
    return "2026-03-01T09:00:00Z"


def moved(session: Session, chance: random.Random) -> None:
    """Makes a move that is possible: a team's or anything that control may do."""
    tree = session.tree
    state = tree.state()
    move = tree.codec.decode(some_move(tree.program, state, chance), state)
    seat = move.team if tree.seat_of(move) != tree.program.control else CONTROL
    session.submit(seat, move, note="because" if seat == CONTROL else "")


def seats(session: Session) -> tuple[str, ...]:
    """Everybody but control."""
    return (*session.tree.program.teams, PUBLIC)
