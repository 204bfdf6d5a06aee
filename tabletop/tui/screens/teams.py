"""A team's name as it stands in a text: glyph, name, colour."""

from textual.content import Content

from tabletop.session.view import CONTROL, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import say

COLORS = ("red", "blue", "yellow", "violet", "teal", "pink")
"""The colours that teams get in the deck's order."""


def team_mark(name: str, color: str, letter: str | None = None) -> Content:
    """A team by its glyph (its letter on plain terminals), its name and its colour."""
    sign = glyphs().team(color, letter or name[:1].upper())
    return say((f"{sign} {name}", f"bold $team-{color}"))


def team_name(view: View, seat: str) -> Content:
    """The name of a seat that this view knows."""
    for team in view.teams:
        if team.id == seat:
            return team_mark(team.name, team.color, team.letter)
    if seat == CONTROL:
        return say((f"{glyphs().control} Control", "bold"))
    return say((view.names.get(seat, seat), "bold"))
