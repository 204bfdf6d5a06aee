"""A card whole: everything it says, for a place of its own."""

from collections.abc import Sequence

from tabletop.session.view import NOTHING_ASKED, Asking, CardView, TeamView, Term
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.asking import asking_lines
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.card import cost_line
from tabletop.tui.widgets.effects import row_lines, whole_effect
from tabletop.tui.widgets.facts import fact_lines
from tabletop.tui.widgets.grammar import team_mark, team_of, term_lines
from tabletop.tui.widgets.line import BLANK, Line, line, prose

INDENT = 2
EFFECT_WIDTH = 44


def whole(
    card: CardView,
    room: int,
    points: int,
    teams: Sequence[TeamView] = (),
    asking: Asking = NOTHING_ASKED,
) -> list[Line]:
    """Everything that a card says, section by section."""
    inner = room - INDENT
    dice = [found for row in card.rows for found in row_lines(row, inner)]
    cells = min(inner, EFFECT_WIDTH)
    effects = [row for effect in card.effects for row in whole_effect(effect, cells)]
    asked = asking_lines(asking, teams, inner)
    sections = (
        ("", prose(card.text, inner, "italic $muted")),
        ("Does", [*effects, *prose(card.lasting, inner)]),
        (f"Dice {glyphs().dice} {card.dice}", dice),
        ("Asks", asked or [_asked(seat, teams) for seat in card.asks]),
        ("Now", _terms(card.terms, inner)),
        ("Marks", prose(", ".join(card.notes), inner)),
        ("Built on", fact_lines(card.facts, card.source, inner)),
    )
    return [
        _head(card, room, points, teams),
        *(row for title, lines in sections for row in _section(title, lines, room)),
    ]


def _head(card: CardView, room: int, points: int, teams: Sequence[TeamView]) -> Line:
    team = team_of(teams, card.team)
    cost = line(("costs ", "$muted"), (str(card.cost), "bold"), " ")
    pips = cost_line(card, points, teams) if card.cost else BLANK
    return (team_mark(team) if team else BLANK).spread(line(cost, pips), room)


def _section(title: str, lines: Sequence[Line], room: int) -> list[Line]:
    if not lines:
        return []
    head = [line((title, "bold $muted")).cut(room)] if title else []
    indent = " " * INDENT
    return [BLANK, *head, *(line(indent, row).cut(room) for row in lines)]


def _asked(seat: str, teams: Sequence[TeamView]) -> Line:
    team = team_of(teams, seat)
    return team_mark(team) if team else line(seat)


def _terms(terms: Sequence[Term], room: int) -> list[Line]:
    return [found for term in terms for found in term_lines(term, room)]


class CardFull(Pane):
    """One card, as high as it needs to be."""

    DEFAULT_CSS = """
    CardFull {
        height: auto;
    }
    """
    _card: CardView | None = None
    _points = 0
    _teams: tuple[TeamView, ...] = ()
    _asking = NOTHING_ASKED

    def show(
        self,
        card: CardView,
        points: int | None = None,
        teams: tuple[TeamView, ...] = (),
        asking: Asking = NOTHING_ASKED,
    ) -> None:
        """Show a card; with the points its team has, and the teams it may name.

        `asking` is what it asks, where that is known.
        """
        self._card = card
        self._points = card.cost if points is None else points
        self._teams = teams
        self._asking = asking
        self.redraw(layout=True)

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The card's sections."""
        if self._card is None:
            return ()
        return whole(self._card, room, self._points, self._teams, self._asking)
