"""Who sits where: people, built-in bots, programs from outside, nobody."""

import re
from collections.abc import Mapping

from tabletop.deck.deck import Deck
from tabletop.engine import layout as at
from tabletop.errors import UsageError
from tabletop.session.view import CONTROL

PERSON = "person"
ABSENT = "absent"
"""Nobody sits there: control moves for the team."""
AUTO = "auto"
"""For control alone: phases open by themselves."""
BOTS = {
    "bot:random": at.BOT_RANDOM,
    "bot:first": at.BOT_FIRST,
    "bot:greedy": at.BOT_GREEDY,
}
"""The built-in bots that need no budget, and the machine's number for each."""
SEARCH = "bot:search"
"""The bot that plays games on in its mind; `bot:search:500` does so 500 times."""
PLAYOUTS = 1_000
"""Playouts of a decision by the search bot, unless its name says otherwise."""
MOST_PLAYOUTS = 1_000_000
OUTSIDE = "exec:"
"""A program from outside, by the command that starts it. Naming it starts nothing."""
MOST_COMMAND = 2_000
"""Characters in that command."""
BOT_NAMES = (*BOTS, f"{SEARCH}[:PLAYOUTS]")
"""The built-in bots as messages list them."""


def bot_code(who: str) -> int | None:
    """The machine's number of a built-in bot, its budget included; None for another.

    >>> bot_code("bot:greedy"), bot_code("bot:search:500"), bot_code("bot:search:0")
    (2, 8003, None)
    """
    if who in BOTS:
        return BOTS[who]
    if who == SEARCH:
        return at.BOT_SEARCH + at.BOT_BUDGET * PLAYOUTS
    name, _, number = who.rpartition(":")
    if name != SEARCH or not re.fullmatch(r"[1-9][0-9]{0,6}", number):
        return None
    budget = int(number)
    return at.BOT_SEARCH + at.BOT_BUDGET * budget if budget <= MOST_PLAYOUTS else None


def is_bot(who: str) -> bool:
    """Whether a built-in bot is meant."""
    return bot_code(who) is not None


def is_outside(who: str) -> bool:
    """Whether a program from outside is meant, by the command that starts it.

    >>> is_outside("exec:python3 player.py"), is_outside("exec:"), is_outside("person")
    (True, False, False)
    """
    command = who.removeprefix(OUTSIDE)
    return command != who and bool(command.strip()) and len(command) <= MOST_COMMAND


def check_seats(deck: Deck, seats: Mapping[str, str]) -> dict[str, str]:
    """Every seat with who sits there, people where nothing is said.

    Control sits by itself when one team at most is a person's and none is absent.
    Raises UsageError for a seat or a player that does not exist.
    """
    teams = tuple(deck.model.teams)
    for seat, who in seats.items():
        check_seat(teams, seat, who)
    full = {team: seats.get(team, PERSON) for team in teams}
    people = sum(who == PERSON for who in full.values())
    alone = people <= 1 and ABSENT not in full.values()
    full[CONTROL] = seats.get(CONTROL, AUTO if alone else PERSON)
    if full[CONTROL] == AUTO and ABSENT in full.values():
        raise UsageError(
            "an absent team needs a person as control, who moves for it",
            "Give control to a person, or the team to a bot.",
        )
    return full


def check_seat(teams: tuple[str, ...], seat: str, who: str) -> None:
    """Raises UsageError unless the seat exists and may be filled so."""
    if seat == CONTROL:
        known: tuple[str, ...] = (PERSON, AUTO)
        fits = who in known
    elif seat in teams:
        known = (PERSON, ABSENT, *BOT_NAMES, f"{OUTSIDE}COMMAND")
        fits = who in (PERSON, ABSENT) or is_bot(who) or is_outside(who)
    else:
        raise UsageError(
            f"there is no seat '{seat}'",
            f"The seats are: {', '.join((*teams, CONTROL))}.",
        )
    if not fits:
        raise UsageError(
            f"'{who}' can't sit at {seat}", f"Possible are: {', '.join(known)}."
        )
