"""Whole games by whatever players: built-in bots, and programs from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tabletop.bots.outside import PATIENCE, check_command, seat_players
from tabletop.deck.deck import Deck
from tabletop.session.seats import AUTO, is_outside
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, SeatId


@dataclass(frozen=True, slots=True)
class Failed:
    """A player from outside that was replaced during the game."""

    seat: SeatId
    trouble: str
    detail: str


def play_with(session: Session) -> tuple[Failed, ...]:
    """Plays a game to its end, or until a person must move: which players failed.

    Players from outside must be attached; one that fails is replaced.
    """
    failed = []
    while (thought := session.next_thought()) is not None:
        decided = thought.decide()
        session.carry_out(thought, decided)
        if decided.trouble:
            failed.append(Failed(thought.seat, decided.trouble, decided.detail))
    return tuple(failed)


def play_game(
    deck: Deck, players: Mapping[SeatId, str], *, seed: int, game: int = 0,
    patience: float = PATIENCE, path: Path | None = None,
) -> tuple[Session, tuple[Failed, ...]]:  # fmt: skip
    """A game of a seed, played by `bot:...` and `exec:...` on every team's seat.

    The session is open; whoever calls closes it. Raises UsageError for a player that
    there is not, before anything is begun.
    """
    for who in filter(is_outside, players.values()):
        check_command(who)
    seats = {**players, CONTROL: AUTO}
    session = Session.new(deck, seed=seed, game=game, seats=seats, path=path)
    try:
        seat_players(session, seats, patience=patience)
        return session, play_with(session)
    except BaseException:
        session.close()
        raise
