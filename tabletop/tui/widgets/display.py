"""The public display: what a room sees, in type that can be read from afar.

Draws the display's own view and the run of the exercise; knows no game and no save.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from tabletop.session.runview import RunView
from tabletop.session.view import Headline, TeamView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.billboard import fitting, headline, named
from tabletop.tui.widgets.displaystanding import LARGE, standing_lines
from tabletop.tui.widgets.displaystates import Notice, notice_lines, plain_prose
from tabletop.tui.widgets.displaytop import top_lines
from tabletop.tui.widgets.displaytracks import grid
from tabletop.tui.widgets.grammar import team_mark, team_sign
from tabletop.tui.widgets.line import BLANK, Line, flow, joined, line

STATUS = {
    "to play": ("to play", "bold"), "answers": ("answering", "bold $warn"),
    "responds": ("may respond", "bold $warn"), "lays": ("lays orders", "bold"),
    "passed": ("passed", "$muted"), "waits": ("waits", "$muted"),
}  # fmt: skip
AIRY = 20
"""Rows from which a blank line stands between the headline and its sentences."""
ROWS_OF_NEWS = 0.47
"""The headline and its sentences take at most this part of the lower screen."""


def margin(columns: int) -> int:
    """Cells that stay free at the left and at the right."""
    return 3 if columns >= 84 else 2 if columns >= 64 else 1


class DisplayTop(Band):
    """Round, clock, phases: the part that changes every second."""

    DEFAULT_CSS = """
    DisplayTop {
        background: $background;
    }
    """
    _view: View | None = None
    _run: RunView | None = None

    def show(self, view: View, run: RunView) -> None:
        """Show where the game stands, and its clock."""
        self._view, self._run = view, run
        before = len(self._lines)
        self.redraw()
        if len(self._lines) != before:
            self.refresh(layout=True)

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """As many rows as the height of the screen allows."""
        if self._view is None or self._run is None:
            return ()
        edge = margin(room)
        lines = top_lines(self._view, self._run, room - 2 * edge, self.app.size.height)
        return [line(" " * edge, each) for each in lines]


class DisplayBody(Band):
    """Headline, what stands, tracks, teams: the part that changes with a move."""

    DEFAULT_CSS = """
    DisplayBody {
        background: $background;
        height: 1fr;
    }
    """
    _view: View | None = None
    _practice = False
    _lit: AbstractSet[str] = frozenset()

    def show(self, view: View, *, practice: bool, lit: AbstractSet[str]) -> None:
        """Show a view, unless it is shown; the tracks in `lit` have just changed."""
        same = view is self._view and practice == self._practice
        if not same or lit != self._lit:
            self._view, self._practice, self._lit = view, practice, lit
            self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """Exactly as many rows as there are."""
        if self._view is None or rows < 1:
            return ()
        edge = margin(room)
        inner = room - 2 * edge
        lines = body_lines(self._view, inner, rows, self._lit, practice=self._practice)
        return [line(" " * edge, each.cut(inner)) for each in lines[:rows]]


class DisplayNotice(Band):
    """A word on the whole screen."""

    DEFAULT_CSS = """
    DisplayNotice {
        background: $background;
        height: 1fr;
    }
    """
    _notice: Notice | None = None

    def show(self, notice: Notice) -> None:
        """Show a notice."""
        self._notice = notice
        self.redraw()

    @property
    def name_shown(self) -> str:
        """Which state is shown; empty when none is."""
        return self._notice.name if self._notice is not None else ""

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The notice in the middle."""
        if self._notice is None or rows < 1:
            return ()
        edge = margin(room)
        lines = notice_lines(self._notice, room - 2 * edge, rows)
        return [line(" " * edge, each) for each in lines]


# --- the lower part


@dataclass(frozen=True, slots=True)
class News:
    """The headline, and what stands below it."""

    text: str
    more: str
    style: str


def body_lines(
    view: View, room: int, rows: int, lit: AbstractSet[str], *, practice: bool
) -> list[Line]:
    """Headline, what stands, tracks and teams in so many rows."""
    air = [BLANK] if rows >= 16 else []
    foot = _foot(view.teams, room, rows)
    news = _news_lines(news_of(view), view.teams, room, rows)
    stands = standing_lines(view, room, rows)
    practised = [practice_line(room)] if practice else []
    head = [*practised, *air, *news, *air, *stands]
    after = [] if stands and rows < LARGE else air  # the tracks need the row more
    left = rows - len(head) - len(foot) - len(after)
    tracks = grid(
        [track for track in view.tracks if not track.secret],
        room, left, view.rounds, lit,
    )  # fmt: skip
    spare = max(0, rows - len(head) - len(tracks) - len(foot))
    return [*head, *tracks, *[BLANK] * spare, *foot]


def practice_line(room: int) -> Line:
    """What may not be forgotten while people practise."""
    words = (" PRACTICE ", "bold $on-accent on $warn")
    return line(words, ("  off the record", "bold $warn")).cut(room)


def news_of(view: View) -> News:
    """The latest headline; an older one, or the deck's title, before there is one."""
    latest: Headline | None = view.headlines[-1] if view.headlines else None
    if latest is None:
        return News(view.title, plain_prose(view.brief), "$foreground")
    if latest.round < view.round:
        when = f"{view.round_label} {latest.round}: "
        return News(latest.text, when + latest.more, "$muted")
    return News(latest.text, latest.more, "$foreground")


def _news_lines(
    news: News, teams: Sequence[TeamView], room: int, rows: int
) -> list[Line]:
    """The headline as large as it fits; a blank line; one to three lines of text."""
    most = max(1, int(rows * ROWS_OF_NEWS))
    text = 3 if rows >= 17 else 2 if rows >= 10 else 1 if rows >= 7 else 0
    words = fitting(news.more, room, text) if text else []
    gap = [BLANK] if rows >= AIRY and words else []
    large = headline(
        news.text, room, max(1, most - min(1, len(words)) - len(gap)), news.style,
        greatest=max(1, rows // 14),
    )  # fmt: skip
    style = "bold" if news.style == "$foreground" else "bold $muted"
    return [*large, *gap, *(named(each, teams, style) for each in words)]


def _foot(teams: Sequence[TeamView], room: int, rows: int) -> list[Line]:
    """What every team is doing, under a rule."""
    if rows < 4:
        return []
    rule = [line((glyphs().rule * room, "$line"))] if rows >= 11 else []
    edge = [BLANK] if rows >= 18 else []
    return [*rule, *_teams(teams, room, 2 if rows >= 9 else 1), *edge]


def _teams(teams: Sequence[TeamView], room: int, most: int) -> list[Line]:
    """All teams in one row, evenly spread; in more rows, or in short, if need be."""
    full = [_state(team, team_mark(team)) for team in teams]
    brief = [replace(team, name=team.short) for team in teams]
    short = [_state(team, team_mark(team)) for team in brief]
    for parts in (full, short):
        spare = room - sum(part.width for part in parts)
        if spare >= 3 * (len(parts) - 1):
            return [_spread(parts, room)]
    for parts in (full, short):
        lines = flow(parts, room, "   ")
        if len(lines) <= most and all(part.width <= room for part in parts):
            return lines
    signs = [_state(team, team_sign(team)) for team in teams]
    return flow(signs, room, "   ")[:most]


def _state(team: TeamView, mark: Line) -> Line:
    words, style = STATUS.get(team.status, (team.status, ""))
    return line(mark, (f" {words}", style))


def _spread(parts: Sequence[Line], room: int) -> Line:
    """Parts with the same space before, between and after them."""
    spare = room - sum(part.width for part in parts)
    gap = max(3, spare // (len(parts) + 1)) if parts else 0
    row = joined(parts, " " * gap)
    return row.center(room) if row.width <= room else joined(parts, "   ")
