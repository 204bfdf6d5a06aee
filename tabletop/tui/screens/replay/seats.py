"""Whose eyes there are to see with."""

from tabletop.session.view import CONTROL, PUBLIC, SeatId, View


def seats_of(view: View) -> tuple[tuple[SeatId, str], ...]:
    """Every seat and its name: control, the teams, the room."""
    teams = ((team.id, team.name) for team in view.teams)
    return ((CONTROL, "Control"), *teams, (PUBLIC, "the room"))
