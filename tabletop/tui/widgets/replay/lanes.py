"""Who moved when: a lane for each team and for control, on the axis of the chart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tabletop.session.replaying import Moment
from tabletop.session.view import CONTROL, SeatId, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.grammar import seat_mark, team_of
from tabletop.tui.widgets.line import BLANK, Line, Span, line
from tabletop.tui.widgets.replay.axis import LEFT, RIGHT, Axis, AxisPane, rounds_of
from tabletop.tui.widgets.replay.chart import Turn, spans

MARK_TONES = {
    "!!": "$good", "!": "$good", "!?": "$warn", "?!": "$warn", "?": "$bad",
    "??": "$bad",
}  # fmt: skip
"""The ink of each mark."""


@dataclass(frozen=True, slots=True)
class Traffic:
    """What the lanes show of a line of play."""

    view: View
    moments: Sequence[Moment]
    count: int
    """Places on the axis."""
    turns: Sequence[Turn] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    """Marks by the number of the move."""
    bookmarks: frozenset[int] = frozenset()
    """Places that somebody bookmarked."""
    hits: frozenset[int] = frozenset()
    """Places at which the words that are looked for stand."""

    @property
    def seats(self) -> tuple[SeatId, ...]:
        """A lane for each of them."""
        return (*(team.id for team in self.view.teams), CONTROL)

    def sign_of(self, moment: Moment) -> Span | None:
        """What stands for a moment in the lane of whoever moved."""
        if mark := self.marks.get(moment.number):
            return mark[0], f"bold {MARK_TONES.get(mark, '$foreground')}"
        if moment.seat == CONTROL or moment.kind in ("inject", "ruling", "phase"):
            return control_sign(moment)
        team = team_of(self.view.teams, moment.seat)
        if team is None:
            return None
        return glyphs().team(team.color, team.letter), team_style(team.color)


def control_sign(moment: Moment) -> Span | None:
    """A ruling or an inject; nothing for what control does besides."""
    if moment.kind == "ruling":
        return glyphs().control, "bold $warn"
    return (glyphs().timed, "$accent") if moment.injects else None


def turn_sign(turn: Turn) -> Span:
    """The number of a turning point, on the tone of its change."""
    ground = "$good" if turn.change > 0 else "$bad"
    return str(turn.number)[-1], f"bold $on-accent on {ground}"


class LanesPane(AxisPane):
    """Signs of moves, injects, rulings, marks and turning points; then the ruler."""

    DEFAULT_CSS = """
    LanesPane {
        height: auto;
    }
    """
    can_focus = False
    _traffic: Traffic | None = None
    _place = 0
    _known: tuple[int, dict[SeatId, dict[int, Span]]] = (-1, {})
    _counts: Mapping[SeatId, int] = {}

    def show(self, traffic: Traffic, place: int) -> None:
        """Show a line of play with the cursor at a place."""
        before = self._traffic
        self._traffic, self._place = traffic, place
        self._known = (-1, {})
        same = before is not None and before.seats == traffic.seats
        signs = glyphs()
        self.legend(
            f"{signs.timed} inject  {signs.control} ruling  {signs.mark} bookmark",
            f"{signs.timed} inject  {signs.control} ruling",
        )
        self.redraw(layout=not same)

    def places(self) -> int:
        """Those of the line of play."""
        return self._traffic.count if self._traffic is not None else 1

    def go(self, place: int) -> None:
        """Put the cursor on another place."""
        self._place = place
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """A row for each seat, then the ruler."""
        traffic, cells = self._traffic, room - LEFT - RIGHT
        if traffic is None or cells < 2:
            return [BLANK]
        axis = Axis(traffic.count, cells)
        if self._known[0] != cells:
            self._known = (cells, lanes(traffic, axis))
            self._counts = Counter(m.seat for m in traffic.moments if m.number)
        cursor = axis.column(self._place)
        found = [self._lane(seat, axis, cursor) for seat in traffic.seats]
        return [*found, self._ruler(axis, cursor)]

    def _lane(self, seat: SeatId, axis: Axis, cursor: int) -> Line:
        traffic = self._traffic
        if traffic is None:
            return BLANK
        signs = self._known[1][seat]
        moment = traffic.moments[min(self._place, len(traffic.moments) - 1)]
        row = [self._cell(signs, column, cursor) for column in range(axis.cells)]
        if moment.seat == seat and moment.number:
            sign = traffic.sign_of(moment) or (glyphs().dot, "")
            known = signs.get(cursor, sign)
            fitting = known if " on " in known[1] else sign
            row[cursor] = (fitting[0], "bold $accent on $panel")
        many = self._counts[seat]
        name = line(seat_mark(traffic.view, seat, LEFT - 1)).pad(LEFT)
        count = line((f"{many:>{RIGHT - 2}}", "$muted"))
        return line(name, Line(tuple(spans(row))), count)

    @staticmethod
    def _cell(signs: Mapping[int, Span], column: int, cursor: int) -> Span:
        if column == cursor:
            sign = signs.get(column)
            if sign is not None and " on " in sign[1]:
                return sign
            return glyphs().cursor_line, "$accent on $panel"
        sign = signs.get(column)
        if sign is None:
            return glyphs().lane, "$line"
        return sign if column < cursor or " on " in sign[1] else (sign[0], "$dim")

    def _ruler(self, axis: Axis, cursor: int) -> Line:
        """Bookmarks and what was found; under the cursor the number of the move."""
        traffic = self._traffic
        if traffic is None:
            return BLANK
        row: list[Span] = [(" ", "")] * axis.cells
        for place in traffic.hits:
            row[axis.column(place)] = (glyphs().dot, "bold $secondary")
        for place in traffic.bookmarks:
            row[axis.column(place)] = (glyphs().mark, "bold $secondary")
        number = traffic.moments[min(self._place, len(traffic.moments) - 1)].number
        words = f"{glyphs().pointer} move {number}"
        start = cursor
        if start + len(words) > axis.cells + RIGHT:
            words = f"move {number} {glyphs().pointer}"
            start = max(0, cursor + 1 - len(words))
        drawn = line(" " * LEFT, Line(tuple(spans(row[:start]))), (words, "$accent"))
        return line(drawn, Line(tuple(spans(row[start + len(words) :]))))


def lanes(traffic: Traffic, axis: Axis) -> dict[SeatId, dict[int, Span]]:
    """The sign in each column of each lane; of several, the one that matters most."""
    found: dict[SeatId, dict[int, tuple[int, Span]]] = {s: {} for s in traffic.seats}
    turns = {turn.place: turn for turn in traffic.turns}

    def put(seat: SeatId, column: int, weight: int, sign: Span | None) -> None:
        lane = found.get(seat)
        known = lane.get(column) if lane is not None else None
        if lane is not None and sign and (known is None or weight > known[0]):
            lane[column] = (weight, sign)

    for moment in traffic.moments[1:]:
        column = axis.column(moment.place)
        seat = moment.seat if moment.seat in found else CONTROL
        marked = moment.number in traffic.marks
        weight = 2 if marked else 1 if moment.kind == "ruling" else 0
        put(seat, column, weight, traffic.sign_of(moment))
        if moment.injects:
            put(CONTROL, column, 0, (glyphs().timed, "$accent"))
        if moment.place in turns:
            put(seat, column, 3, turn_sign(turns[moment.place]))
    return {
        seat: {column: sign for column, (_, sign) in lane.items()}
        for seat, lane in found.items()
    }


class Timeline(AxisPane, Band):
    """All lanes in one row, for windows in which they have no place."""

    DEFAULT_CSS = """
    Timeline {
        height: 1;
        background: $background;
    }
    """
    before, after = 1, 1
    _traffic: Traffic | None = None
    _place = 0
    _known: tuple[int, list[Span]] = (-1, [])

    def show(self, traffic: Traffic, place: int) -> None:
        """Show a line of play with the cursor at a place."""
        self._traffic, self._place = traffic, place
        self._known = (-1, [])
        self.redraw()

    def places(self) -> int:
        """Those of the line of play."""
        return self._traffic.count if self._traffic is not None else 1

    def go(self, place: int) -> None:
        """Put the cursor on another place."""
        self._place = place
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """One row: whoever moved last in a column gives it its sign."""
        traffic, cells = self._traffic, room - 2
        if traffic is None or cells < 2:
            return [BLANK]
        axis = Axis(traffic.count, cells)
        if self._known[0] != cells:
            self._known = (cells, self._signs(traffic, axis))
        row = list(self._known[1])
        cursor = axis.column(self._place)
        for column in range(cursor + 1, cells):
            sign, style = row[column]
            row[column] = (sign, style if " on " in style else "$dim")
        moment = traffic.moments[min(self._place, len(traffic.moments) - 1)]
        here = traffic.sign_of(moment) or (glyphs().cursor_line, "")
        row[cursor] = (here[0], "bold $on-accent on $accent")
        return [line(" ", Line(tuple(spans(row))), " ")]

    @staticmethod
    def _signs(traffic: Traffic, axis: Axis) -> list[Span]:
        row: list[Span] = [(glyphs().lane, "$line")] * axis.cells
        for by_column in lanes(traffic, axis).values():
            for column, sign in by_column.items():
                if " on " not in row[column][1]:
                    row[column] = sign
        for place, _ in rounds_of(traffic.moments)[1:]:
            column = axis.column(place)
            if row[column][0] == glyphs().lane:
                row[column] = (glyphs().cursor_line, "$muted")
        return row
