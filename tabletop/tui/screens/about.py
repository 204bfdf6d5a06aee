"""What is known of a deck before it is played."""

from typing import TYPE_CHECKING

from textual.content import Content

from tabletop.tui.glyphs import glyphs
from tabletop.tui.library import DeckEntry
from tabletop.tui.say import lines, say
from tabletop.tui.screens.teams import team_mark
from tabletop.tui.theme import TEAM_COLORS

if TYPE_CHECKING:
    from tabletop.deck.models import DeckModel, Team


def counted(entry: DeckEntry) -> str:
    """Like '4 teams · 3 h': what a list has room for."""
    deck = entry.deck
    if deck is None:
        return ""
    return f"{_many(len(deck.teams), 'team')} {glyphs().dot} {_time(deck)}"


def about(entry: DeckEntry) -> Content:
    """Teams, length, contents; for a broken deck, its first problem."""
    deck = entry.deck
    if deck is None:
        return lines(
            [
                say((entry.problem, "bold")),
                say((f"\n{entry.path}", "$secondary")),
                say(("\nIt can't be played until this is mended.", "$muted")),
            ]
        )
    rows = [_teams(deck), say(f"\n{deck.summary or ''}"), say(_length(deck))]
    rows += [say((_contents(deck), "$muted"))]
    rows += [say((f"\nA session takes about {_time(deck)}.", "$muted"))]
    return lines(rows)


def _teams(deck: "DeckModel") -> Content:
    marks = [
        team_mark(team.name, color_of(team, index), team.letter)
        for index, team in enumerate(deck.teams.values())
    ]
    return Content("   ").join(marks)


def color_of(team: "Team", index: int) -> str:
    """The team's colour, by default in the deck's order."""
    return team.color or TEAM_COLORS[index % len(TEAM_COLORS)]


def _length(deck: "DeckModel") -> str:
    rounds = deck.rounds
    phases = [phase.replace("_", " ") for phase in rounds.minutes]
    of = " and ".join([", ".join(phases[:-1]), phases[-1]] if phases[1:] else phases)
    return f"{_many(rounds.count, rounds.label.lower())} of {of}."


def _contents(deck: "DeckModel") -> str:
    kinds = (
        (deck.cards, "card"), (deck.injects, "inject"), (deck.tracks, "track"),
        (deck.endings, "ending"),
    )  # fmt: skip
    return ", ".join(_many(len(things), name) for things, name in kinds) + "."


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def _time(deck: "DeckModel") -> str:
    """How long a session takes, by the deck's own minutes."""
    minutes = sum(deck.rounds.minutes.values()) * deck.rounds.count
    if minutes < 90:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest:02}" if rest else f"{hours} h"
