"""The teams: who they are, what they do now, and what they have left."""

from collections.abc import Sequence

from tabletop.session.runview import RunView
from tabletop.session.view import TeamView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.clock import mmss
from tabletop.tui.widgets.grammar import pips, team_mark, team_sign
from tabletop.tui.widgets.line import BLANK, Line, joined, line

STATUS = {
    "to play": "to play", "answers": "owes an answer", "responds": "may respond",
    "lays": "lays orders", "passed": "passed", "waits": "waits", "thinks": "thinks",
}  # fmt: skip
ACTIVE = ("to play", "lays")
ASKED = ("answers", "responds")
OWES = ("lays", *ASKED)
"""What the table waits for: it is said for how long."""
SHORT = 12
"""Cells of a team's mark where all of them share a row."""
TALL = 30
"""Rows of the window from which teams stand apart."""


def status_sign(team: TeamView) -> tuple[str, str]:
    """A team's status as a sign and its style."""
    signs = glyphs()
    if team.status in ACTIVE:
        return signs.now, "bold $accent"
    if team.status in ASKED:
        return signs.owes, "bold $warn"
    if team.status == "thinks":
        return signs.ellipsis, "$accent"
    return (signs.check if team.status == "passed" else signs.dot), "$muted"


def status_line(team: TeamView, run: RunView | None = None) -> Line:
    """A team's status as a sign and words, and how long it has been waited for."""
    sign, style = status_sign(team)
    time = waited(team, run)
    words = STATUS.get(team.status, team.status)
    if time and team.status == "answers":
        words = "owes answer"
    return line((f"{sign} {words}", style), (f" {time}" if time else "", style))


def waited(team: TeamView, run: RunView | None) -> str:
    """How long the clock has run since the team owes a move; else empty."""
    if run is None or team.status not in OWES:
        return ""
    clock = run.clock
    seconds = clock.gone if team.status == "lays" else clock.idle
    return mmss(seconds) if clock.allotted and seconds > 0 else ""


def points_words(team: TeamView) -> str:
    """Points left, of those it gets."""
    if not team.points_full:
        return f"{team.points} points"
    return f"{team.points} of {team.points_full} points"


def team_lines(
    team: TeamView, room: int, names: int, run: RunView | None = None
) -> list[Line]:
    """Two lines: name, status, points as pips; hand, seat, points in words."""
    name = team_mark(team, names).cut(names).pad(names)
    left = line(name, "  ", status_line(team, run))
    first = left.spread(
        pips(team.points, team.points_full, team_style(team.color)), room
    )
    dot = f" {glyphs().dot} "
    cards = f"{team.hand} cards" if team.hand != 1 else "1 card"
    laid = [f"{team.laid} laid"] if team.laid else []
    words = dot.join([cards, *laid, team.seat.replace(":", ": ", 1)])
    second = line((f"  {words}", "$muted")).spread(
        line((points_words(team), "$muted")), room
    )
    return [first, second]


class TeamsPane(Pane):
    """Every team in two lines."""

    can_focus = False
    _teams: tuple[TeamView, ...] = ()
    _run: RunView | None = None

    def show(self, view: View, run: RunView | None = None) -> None:
        """Show a view's teams."""
        changed = len(view.teams) != len(self._teams)
        self._teams, self._run = view.teams, run
        self.redraw(layout=changed)

    def tick(self, run: RunView | None) -> None:
        """Show how long teams have been waited for, where that has changed."""
        before = [waited(team, self._run) for team in self._teams]
        self._run = run
        if before != [waited(team, run) for team in self._teams]:
            self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The teams, apart from each other where the window is high enough."""
        longest = max((team_mark(team).width for team in self._teams), default=0)
        names = min(longest, max(10, room // 3))
        air = [BLANK] if self.app.size.height >= TALL else []
        lines: list[Line] = []
        for team in self._teams:
            lines += [
                *(air if lines else []),
                *team_lines(team, room, names, self._run),
            ]
        return lines


def strip_forms(teams: Sequence[TeamView]) -> list[Line]:
    """All teams in one row, from the longest form to the shortest."""
    full = [line(team_mark(team), " ", _short_status(team)) for team in teams]
    short = [line(team_mark(team, SHORT), " ", _short_status(team)) for team in teams]
    signs = [line(team_sign(team), " ", _short_status(team)) for team in teams]
    return [joined(full, "    "), joined(full), joined(short), joined(signs)]


def _short_status(team: TeamView) -> Line:
    full = f"/{team.points_full}" if team.points_full else ""
    return line(status_sign(team), (f" {team.points}{full}", "$muted"))


class TeamsStrip(Band):
    """All teams in one row, for narrow windows."""

    _teams: tuple[TeamView, ...] = ()

    def show(self, view: View) -> None:
        """Show a view's teams."""
        self._teams = view.teams
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """One row."""
        forms = strip_forms(self._teams)
        found = next((form for form in forms if form.width <= room), forms[-1])
        return [found.center(room)]
