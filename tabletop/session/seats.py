"""Who sits where: people, built-in bots, nobody."""

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
"""The built-in bots, and the machine's number for each."""


def check_seats(deck: Deck, seats: Mapping[str, str]) -> dict[str, str]:
    """Every seat with who sits there, people where nothing is said.

    Control sits by itself when exactly one team is a person and the others are bots.
    Raises UsageError for a seat or a player that does not exist.
    """
    teams = tuple(deck.model.teams)
    for seat, who in seats.items():
        check_seat(teams, seat, who)
    full = {team: seats.get(team, PERSON) for team in teams}
    people = sum(who == PERSON for who in full.values())
    alone = people <= 1 and all(who in (PERSON, *BOTS) for who in full.values())
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
    elif seat in teams:
        known = (PERSON, ABSENT, *BOTS)
    else:
        raise UsageError(
            f"there is no seat '{seat}'",
            f"The seats are: {', '.join((*teams, CONTROL))}.",
        )
    if who not in known:
        raise UsageError(
            f"'{who}' can't sit at {seat}", f"Possible are: {', '.join(known)}."
        )
