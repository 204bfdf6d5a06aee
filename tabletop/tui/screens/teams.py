"""A team's name as it stands in a text: glyph, name, colour."""

from textual.content import Content

from tabletop.session.view import CONTROL, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line
from tabletop.tui.theme import team_style


def team_mark(name: str, color: str, letter: str | None = None) -> Content:
    """A team by its glyph (its letter on plain terminals), its name and its colour."""
    sign = glyphs().team(color, letter or name[:1].upper())
    return line((f"{sign} {name}", f"bold {team_style(color)}"))


def team_name(view: View, seat: str) -> Content:
    """The name of a seat that this view knows."""
    for team in view.teams:
        if team.id == seat:
            return team_mark(team.name, team.color, team.letter)
    if seat == CONTROL:
        return line((f"{glyphs().control} Control", "bold"))
    return line((view.names.get(seat, seat), "bold"))
