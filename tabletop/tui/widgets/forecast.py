"""What a position leads to: the share of each ending, each team's score, how surely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tabletop.session.view import View
from tabletop.study.forecast import Expect, Forecast, Share
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, width
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import chip, seat_mark, team_of
from tabletop.tui.widgets.line import BLANK, Line, hang, line, prose
from tabletop.tui.widgets.turning import whole

NO_ENDING = "no ending"
MOST_NAME, LEAST_BAR = 30, 8


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is known of a forecast, and what is being done for the next one."""

    forecast: Forecast | None = None
    """The last that was finished; it may be of an earlier move."""
    wanted: int = 0
    """The move after which the game is being played on now."""
    working: bool = False
    waits: str = ""
    """What everybody waits for, such as a machine that is being compiled."""
    trouble: str = ""
    hint: str = ""
    method: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)
    """The endings' titles by their ids."""


class ForecastPane(Pane):
    """Bars for endings and scores; shaded where the interval lies, and in figures."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._foreseen = Foreseen()
        self._view: View | None = None

    def show(self, foreseen: Foreseen, view: View) -> None:
        """Show a forecast; the view is for the names of teams."""
        self._foreseen, self._view = foreseen, view
        signs = glyphs()
        self.legend(f"{signs.full} surely  {signs.lost} within the interval")
        self.redraw()

    @property
    def foreseen(self) -> Foreseen:
        """What is shown."""
        return self._foreseen

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """What is being done, the endings, the teams, the method."""
        view, found = self._view, self._foreseen
        if view is None:
            return ()
        lines = self._head(room)
        if found.forecast is not None:
            lines += [*self._teams(found.forecast, view, room), BLANK]
            lines += [*self._endings(found.forecast, room), BLANK]
        if found.method:
            lines.append(line(("How this is measured", "bold $muted")))
        for part in found.method.split("\n\n"):
            lines += [*prose(part.replace("\n", " "), room, "$muted"), BLANK]
        return lines

    def _head(self, room: int) -> list[Line]:
        """From which move, by how many playouts; or what is missing."""
        found = self._foreseen
        wrong: list[Line] = []
        now = found.forecast
        if found.trouble:
            cross = line((f"{glyphs().cross} ", "$bad"))
            wrong = hang(cross, prose(found.trouble, room - 2, "bold"))
            wrong += [*prose(found.hint, room, "$muted"), BLANK]
        if found.trouble and now is None:
            return wrong
        working = line((f"measuring move {found.wanted} ...", "$accent"))
        if now is None:
            text = found.waits or (
                "The game is played on many times from here, by bots."
            )
            return [working, *prose(text, room, "$muted"), BLANK]
        said_of = line(
            (f"{now.playouts:,} playouts", "bold"), (f" from move {now.move}", "$muted")
        )
        more = line(chip("E"), (" more", "$muted"))
        head = said_of.spread(working if found.working else more, room)
        stopped = (
            prose(f"{now.stopped:,} of them the machine stopped itself.", room, "$warn")
            if now.stopped
            else []
        )
        waits = prose(found.waits, room, "$muted") if found.waits else []
        who = f"Every seat played by bots ({now.policy}); the method stands below."
        return [*wrong, head, *prose(who, room, "$muted"), *stopped, *waits, BLANK]

    # Endings.

    def _endings(self, forecast: Forecast, room: int) -> list[Line]:
        shares = sorted(forecast.endings, key=lambda share: -share.games)
        seen = [share for share in shares if share.games]
        never = [self._ending_title(share) for share in shares if not share.games]
        most = max((width(clean(self._ending_title(s))) for s in seen), default=1)
        name = max(10, min(most, MOST_NAME, room - 32))
        lines = [line(("Endings", "bold $muted"))]
        lines += [self._ending(share, name, room) for share in seen]
        if never:
            lines += prose(f"In none of them: {', '.join(never)}.", room, "$muted")
        return lines

    def _ending_title(self, share: Share) -> str:
        if not share.ending:
            return NO_ENDING
        return self._foreseen.titles.get(share.ending, share.ending)

    def _ending(self, share: Share, name: int, room: int) -> Line:
        low, high = percent(share.low), percent(share.high)
        figures = line(
            (f" {percent(share.share):>3} %", "bold"),
            (f"  {low:>2}{to_sign()}{high}", "$muted"),
        ).pad(14)
        left = line(self._ending_title(share)).pad(name) + figures
        cells = max(LEAST_BAR, room - left.width - 1)
        return (left + line(" ") + share_bar(share, cells)).cut(room)

    # Teams.

    def _teams(self, forecast: Forecast, view: View, room: int) -> list[Line]:
        teams = forecast.teams
        if not teams:
            return []
        marks = {expect.team: seat_mark(view, expect.team) for expect in teams}
        name = min(max(mark.width for mark in marks.values()), MOST_NAME, room - 30)
        low = min(expect.worse for expect in teams)
        high = max(expect.better for expect in teams)
        figures = max(len(f"{e.mean:.1f}") for e in teams)
        around = max(len(f"{half(e):.1f}") for e in teams)
        title = "Score to expect"
        said = "a line holds 80 % of results"
        fits = len(title) + len(said) + 2 <= room
        head = line((title, "bold $muted"))
        lines = [head.spread(line((said, "$muted")), room) if fits else head]
        for expect in teams:
            mark = seat_mark(view, expect.team, name).pad(name)
            sign = "+/-" if glyphs().plain else "±"
            left = mark + line(
                (f"  {expect.mean:>{figures}.1f}", "bold"),
                (f" {sign}{half(expect):<{around}.1f} ", "$muted"),
            )
            ends = line((f" {expect.worse:>3}{to_sign()}{expect.better:<3}", "$muted"))
            cells = max(LEAST_BAR, room - left.width - ends.width)
            team = team_of(view.teams, expect.team)
            style = team_style(team.color) if team is not None else "$foreground"
            bar = score_bar(expect, low, high, cells, style)
            lines.append((left + bar + ends).cut(room))
        return lines


def half(expect: Expect) -> float:
    """Half of the 95 % interval."""
    return (expect.high - expect.low) / 2


def percent(share: float) -> int:
    """A share in whole hundredths."""
    return whole(share * 100)


def to_sign() -> str:
    """Between the ends of a range."""
    return "-" if glyphs().plain else "–"


def share_bar(share: Share, cells: int) -> Line:
    """Solid as far as the share surely goes, shaded to where it may go."""
    signs = glyphs()
    solid = whole(share.low * cells)
    end = max(solid, whole(share.high * cells), 1)
    rest = signs.dot * (cells - end)
    return line(
        (signs.full * solid, "$secondary"),
        (signs.lost * (end - solid), "$secondary"),
        (rest, "$line"),
    )


def score_bar(expect: Expect, low: int, high: int, cells: int, style: str) -> Line:
    """A line from what one in ten falls below to what one in ten exceeds; the mean."""
    signs, span = glyphs(), max(1, high - low)

    def at(value: float) -> int:
        return min(cells - 1, max(0, whole((value - low) * (cells - 1) / span)))

    row = [(" ", "")] * cells
    for cell in range(at(expect.worse), at(expect.better) + 1):
        row[cell] = (signs.bar_rest, style)
    for cell in range(at(expect.low), at(expect.high) + 1):
        row[cell] = (signs.bar, f"bold {style}")
    row[at(expect.mean)] = (signs.value, f"bold {style}")
    return line(*row)
