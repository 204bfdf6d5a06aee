"""How facts are put: the same signs, words and order on every pane.

A term is met or not; a team is its sign, its name and its colour; up and down are
signs that touch their number.
"""

from collections.abc import Iterable, Sequence

from tabletop.session.view import CONTROL, SeatId, TeamView, Term, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import wrap
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.line import BLANK, Line, hang, line, prose

TONES = {"good": "$good", "warn": "$warn", "bad": "$bad"}
MANY_PIPS = 9


def tone_style(tone: str) -> str:
    """The ink of a tone; neutral ones are plain, second-level text."""
    return TONES.get(tone, "$muted")


def number(value: int) -> str:
    """A number with a real minus sign."""
    return str(value) if value >= 0 else f"{glyphs().minus}{-value}"


def signed(value: int) -> str:
    """A number with its sign."""
    return f"+{value}" if value > 0 else number(value)


def arrow(step: int) -> str:
    """Up, down or the same."""
    signs = glyphs()
    return signs.up if step > 0 else signs.down if step < 0 else signs.same


def pips(have: int, full: int, style: str) -> Line:
    """Points as filled and empty dots; nothing when they are too many to be counted."""
    most = max(have, full)
    if not 0 < most <= MANY_PIPS:
        return BLANK
    signs = glyphs()
    return line((signs.pip * have, style), (signs.no_pip * (most - have), "$dim"))


def team_sign(team: TeamView) -> Line:
    """A team's sign in its colour."""
    return line((glyphs().team(team.color, team.letter), team_style(team.color)))


def team_mark(team: TeamView, room: int = 0) -> Line:
    """A team's sign and name in its colour; in `room` cells, where that is given."""
    style = f"bold {team_style(team.color)}"
    sign = line((f"{glyphs().team(team.color, team.letter)} ", style))
    full, short = line(sign, (team.name, style)), line(sign, (team.short, style))
    if not room or full.width <= room:
        return full
    return (
        short
        if short.width <= room
        else sign + Line(short.spans[1:]).cut(max(1, room - sign.width))
    )


def team_of(teams: Iterable[TeamView], seat: SeatId) -> TeamView | None:
    """The team with this id."""
    return next((team for team in teams if team.id == seat), None)


def seat_mark(view: View, seat: SeatId, room: int = 0) -> Line:
    """A team's or control's mark."""
    team = team_of(view.teams, seat)
    if team is not None:
        return team_mark(team, room)
    if seat == CONTROL:
        return line((f"{glyphs().control} Control", "bold"))
    return line((view.names.get(seat, seat), "bold"))


def seats_signs(teams: Sequence[TeamView], seats: Sequence[SeatId]) -> Line:
    """A place for each team: its sign when it is among the seats, else a dot."""
    return line(
        *(
            team_sign(team) if team.id in seats else (glyphs().dot, "$dim")
            for team in teams
        )
    )


def quoted(text: str) -> str:
    """Words in quotation marks."""
    signs = glyphs()
    return f"{signs.open_quote}{text}{signs.close_quote}"


def chip(key: str, *, live: bool = True) -> Line:
    """A key that belongs to what stands beside it."""
    return line(
        (f" {key} ", "bold $on-accent on $accent" if live else "$muted on $raise")
    )


def term_lines(term: Term, room: int) -> list[Line]:
    """A condition and whether it is met."""
    signs = glyphs()
    if term.met:
        sign = line((f"{signs.check} ", "$good"))
        return hang(sign, prose(term.text, room - sign.width, "$muted"))
    sign = line((f"{signs.cross} ", "$bad"))
    return hang(sign, prose(term.text, room - sign.width, "bold"))


def refusal(terms: Sequence[Term]) -> str:
    """The first unmet term; empty when there is none."""
    return next((term.text for term in terms if not term.met), "")


def heading(text: str, room: int, style: str = "bold $muted") -> Line:
    """Words with a rule to the right edge."""
    words = line((text, style)).cut(room)
    rest = room - words.width - 1
    return line(words, (f" {glyphs().rule * rest}" if rest > 0 else "", "$line"))


def empty(room: int, rows: int, text: str, more: str = "") -> list[Line]:
    """What is not there, and what comes next, in the middle of a pane."""
    inner = max(10, room - 4)
    said = [line((words, "bold")).center(room) for words in wrap(text, inner)]
    said += [line((words, "$muted")).center(room) for words in wrap(more, inner)]
    return [BLANK] * max(0, (rows - len(said)) // 3) + said
