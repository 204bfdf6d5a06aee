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
    """The seat that the facilitator's key leads to, if there is one.

    From control to the team that must act, and from there back. When no team must act,
    from control through all teams that persons play, in turn, and back to control: so
    each can read in private what was told to it.
    """
    if CONTROL not in persons:
        return None
    teams = [seat for seat in persons if seat != CONTROL]
    must = [seat for seat in waiting if seat != CONTROL]
    if now == CONTROL:
        return next(iter([*must, *teams]), None)
    after = [CONTROL] if must or now not in teams else teams[teams.index(now) + 1 :]
    return next(iter(after), CONTROL)


def needs_curtain(now: SeatId | None, after: SeatId, persons: Sequence[SeatId]) -> bool:
    """Whether the screen must be covered before `after` may look at it."""
    return after != now and len(persons) > 1
