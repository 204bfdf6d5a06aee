"""Who sits where, from the command line: players are attached to a game, or changed."""

import argparse
import contextlib
import os
import signal
from collections.abc import Iterator, Mapping
from types import FrameType
from typing import TYPE_CHECKING

from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.session.session import Session


def check(arguments: argparse.Namespace, teams: Mapping[str, object]) -> None:
    """Refuse players that can't be had, before anything is begun. Raises UsageError."""
    from tabletop.session.seats import check_seat, is_outside

    for seat, who in arguments.seat:
        check_seat(tuple(teams), seat, who)
        if is_outside(who):
            from tabletop.bots.outside import check_command

            check_command(who)
    if arguments.stand_in:
        check_seat(tuple(teams), next(iter(teams)), arguments.stand_in)
        if is_outside(arguments.stand_in):
            raise UsageError(
                "a program can't stand in for a program",
                "Name person, absent or a bot.",
            )


def bring(session: "Session", arguments: argparse.Namespace) -> None:
    """Give seats as the options say, start their programs, and replace lost ones.

    Raises UsageError for seats that can't be filled so.
    """
    from tabletop.session.game import in_order
    from tabletop.session.seats import check_seats, is_outside

    wanted = dict(arguments.seat)
    session.stand_in = arguments.stand_in
    seats = check_seats(session.deck, {**session.seats, **wanted})
    if any(map(is_outside, wanted.values())):
        from tabletop.bots.outside import seat_players

        seat_players(session, wanted, patience=arguments.patience)
    for seat, who in in_order(wanted):
        if session.seats[seat] != seats[seat]:
            session.set_seat(seat, who)
    session.replace_unattached()


@contextlib.contextmanager
def watched() -> Iterator[None]:
    """A block in which programs end with this one, however it is told to end."""
    from tabletop.bots.wire import end_all

    def end(number: int, _frame: FrameType | None) -> None:
        end_all()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    names = ("SIGTERM", "SIGHUP", "SIGQUIT")
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    numbers = [each for each in known if signal.getsignal(each) is signal.SIG_DFL]
    for number in numbers:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in numbers:
            signal.signal(number, signal.SIG_DFL)
