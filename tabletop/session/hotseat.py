"""Whose turn it is to look at the screen, when several share one keyboard."""

from collections.abc import Sequence

from tabletop.session.view import CONTROL, SeatId


def first_seat(waiting: Sequence[SeatId], persons: Sequence[SeatId]) -> SeatId:
    """The seat whose view opens a game; control's when no person plays."""
    return next(iter([*waiting, *persons]), CONTROL)


def next_seat(now: SeatId, waiting: Sequence[SeatId], *, stays: bool = False) -> SeatId:
    """The seat that should look next: whoever looks now, unless another must act.

    `stays` keeps the facilitator's view open whoever must act.
    """
    if stays or not waiting or now in waiting:
        return now
    return waiting[0]


def other_side(
    now: SeatId, waiting: Sequence[SeatId], persons: Sequence[SeatId]
) -> SeatId | None:
    """The seat on the other side of the facilitator's key, if there is one.

    From a team it leads to control; from control to the team that must act, else to
    the first team that a person plays.
    """
    if CONTROL not in persons:
        return None
    if now != CONTROL:
        return CONTROL
    teams = [seat for seat in [*waiting, *persons] if seat != CONTROL]
    return teams[0] if teams else None


def needs_curtain(now: SeatId | None, after: SeatId, persons: Sequence[SeatId]) -> bool:
    """Whether the screen must be covered before `after` may look at it."""
    return after != now and len(persons) > 1
