"""Who sits where, from the command line and from what is usual."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.deck.deck import Deck

CONTROL = "control"
PERSON = "person"
POLICIES = ("random", "first", "greedy")
TEAM_CHOICES = (PERSON, "absent", *(f"bot:{policy}" for policy in POLICIES))
CONTROL_CHOICES = (PERSON, "auto")


def assign(deck: "Deck", wishes: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every seat of the deck with who sits there: the wishes, else a person.

    Control runs by itself when one person plays against bots alone.
    """
    chosen = dict(wishes)
    teams = list(deck.model.teams)
    for seat, who in chosen.items():
        known(seat, [*teams, CONTROL], "seat")
        known(who, CONTROL_CHOICES if seat == CONTROL else TEAM_CHOICES, "player")
    seats = {team: chosen.get(team, PERSON) for team in teams}
    seats[CONTROL] = chosen.get(CONTROL) or _usual_control(seats)
    return seats


def _usual_control(seats: Mapping[str, str]) -> str:
    persons = sum(who == PERSON for who in seats.values())
    bots = sum(who.startswith("bot:") for who in seats.values())
    alone = persons == 1 and persons + bots == len(seats)
    return "auto" if alone else PERSON


def viewpoint(deck: "Deck", seat: str) -> str:
    """The seat, if the deck has it."""
    return known(seat, [*deck.model.teams, CONTROL, "public"], "seat")


def policies(deck: "Deck", words: Sequence[str]) -> dict[str, str]:
    """Each team's policy: `greedy` is for all, `kyiv=greedy` for one of them."""
    teams = list(deck.model.teams)
    general = [word for word in words if "=" not in word] or ["random"]
    chosen = dict.fromkeys(teams, known(general[-1], POLICIES, "policy"))
    for team, _, policy in (word.partition("=") for word in words if "=" in word):
        known(team, teams, "team")
        chosen[team] = known(policy, POLICIES, "policy")
    return chosen


def known(name: str, names: Sequence[str], kind: str) -> str:
    """The name if it is one of these; else an error that suggests the nearest."""
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=1)
    guess = f"Did you mean '{near[0]}'? " if near else ""
    raise UsageError(
        f"there is no {kind} '{name}'", f"{guess}It is one of: {', '.join(names)}."
    )
