"""The board at a moment: numbers, flags, hands, questions; beside those of a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.message import Message

from tabletop.session.replaying import Comparison
from tabletop.session.view import SeatId, TrackView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import width
from tabletop.tui.widgets.bar import track_style
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.grammar import arrow, number, seat_mark, team_sign
from tabletop.tui.widgets.line import BLANK, Line, first_fit, flow, line

COLUMN, LEAST_COLUMN = 10, 6
"""Cells for the numbers of one line of play, where there is room and where not."""
STEP = 5
"""Cells for a step."""
ROOM = 42
"""Cells from which there is room."""


@dataclass(frozen=True, slots=True)
class Board:
    """What the pane shows."""

    view: View
    steps: Mapping[str, int] = field(default_factory=dict)
    """By how much the move of this moment changed each number."""
    comparison: Comparison | None = None
    names: tuple[str, str] = ("", "")
    """What the two lines are called."""


class StatePane(ChoicePane):
    """Tracks to choose from, then all that is to be known besides."""

    @dataclass
    class TrackChosen(Message):
        """A track is to be shown in the chart."""

        track: str

    _board: Board | None = None

    def show(self, board: Board) -> None:
        """Show a board; the cursor stays on its track."""
        before = self.ids()
        self._board = board
        self.keep_cursor(before)
        self.redraw()

    def ids(self) -> Sequence[str]:
        """The tracks' ids."""
        return [t.id for t in self._board.view.tracks] if self._board else []

    def chosen(self, item: str) -> None:
        """Tell which track is wanted."""
        self.post_message(self.TrackChosen(item))

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """Numbers, flags, hands, open questions."""
        board = self._board
        if board is None:
            return []
        head = [Block([self._head(board, room)])] if board.comparison else []
        tracks = [Block([self._row(t, board, room)], t.id) for t in board.view.tracks]
        rest = [
            *self._scores(board, room), *self._flags(board, room),
            *self._hands(board, room), *self._asks(board, room),
        ]  # fmt: skip
        air = [BLANK] if rest and rows >= len(head) + len(tracks) + len(rest) else []
        return [*head, *tracks, Block([*air, *rest])]

    def _head(self, board: Board, room: int) -> Line:
        column = _column(room)
        ours, theirs = (_called(name, column) for name in board.names)
        right = line(
            _right(ours, column), " ",
            _right(theirs.under("bold $secondary"), column), " " * STEP,
        )  # fmt: skip
        return BLANK.spread(right, room)

    def _row(self, track: TrackView, board: Board, room: int) -> Line:
        here = self.has_focus and track.id == self.selected
        cursor = line((glyphs().cursor if here else " ", "$accent"))
        if board.comparison is None:
            row = self._alone(track, board, room - 1)
        else:
            row = self._beside(track, board.comparison, room - 1)
        found = line(cursor, row)
        return found.pad(room).on("$raise") if here else found

    def _alone(self, track: TrackView, board: Board, room: int) -> Line:
        """The number, what the move made of it, and the band that it is in."""
        step = board.steps.get(track.id, 0)
        band = track.bands[track.band] if track.band >= 0 else None
        label = line((band.short if band else "", track_style(track))).cut(12)
        right = line(_figure(track.value, step), _step(step), _right(label, 12))
        return _name(track, bool(step), room - right.width - 1).spread(right, room)

    def _beside(self, track: TrackView, comparison: Comparison, room: int) -> Line:
        pair = next((p for p in comparison.pairs if p.id == track.id), None)
        if pair is None:
            return _name(track, False, room)
        names = room - 2 * _column(room + 1) - STEP - 2
        name = _name(track, pair.ours != pair.theirs, names)
        return _pair(name, pair.ours, pair.theirs, room)

    def _scores(self, board: Board, room: int) -> list[Line]:
        """What each team would score at either place."""
        if board.comparison is None:
            return []
        names = room - 2 * _column(room + 1) - STEP - 2
        word = line((" score", "$muted"))
        return [
            _pair(line(" ", seat_mark(board.view, team, names - word.width - 1), word),
                  ours, theirs, room)
            for team, ours, theirs in board.comparison.scores
        ]  # fmt: skip

    def _flags(self, board: Board, room: int) -> list[Line]:
        pairs = board.comparison.pairs if board.comparison else ()
        theirs = {pair.id: pair.theirs for pair in pairs if pair.flag}
        drawn = []
        for flag in board.view.flags:
            value = line((_yes(flag.value), "bold" if flag.value else "$muted"))
            other = theirs.get(flag.id, int(flag.value))
            if other != int(flag.value):
                value = line(value, (f"/{_yes(bool(other))}", "bold $secondary"))
            drawn.append(line((f"{flag.label} ", "$muted"), value))
        return _named("Flags", drawn, room)

    def _hands(self, board: Board, room: int) -> list[Line]:
        drawn = [line(team_sign(t), str(t.hand)) for t in board.view.teams]
        more = [line(("h", "bold $accent"), (" show", "$muted"))]
        return _named("Hands", [*drawn, *(more if board.view.hands else [])], room, " ")

    def _asks(self, board: Board, room: int) -> list[Line]:
        rows = []
        for ask in board.view.asks:
            options = " / ".join(option.label for option in ask.options)
            who = seat_mark(board.view, ask.team, 18)
            rows.append(line("   ", who, (": ", "$muted"), options).cut(room))
        head = line((" Open asks", "$muted"))
        return [head, *rows] if rows else []


def _called(name: str, room: int) -> Line:
    """What a line of play is called, in the column of its numbers."""
    short = name.replace("what-if", "if").removeprefix("as ")
    return first_fit(room, [line((form, "$muted")) for form in (name, short)])


def _column(room: int) -> int:
    return COLUMN if room >= ROOM else LEAST_COLUMN


def _yes(value: bool) -> str:  # noqa: FBT001 - a flag's own value
    return "yes" if value else "no"


def _right(words: Line, room: int) -> Line:
    """Words at the right edge of a column."""
    return line(" " * max(0, room - words.width), words)


def _name(track: TrackView, moved: bool, room: int) -> Line:  # noqa: FBT001
    style = "bold" if moved else ""
    forms = [line((words, style)) for words in (track.label, track.short)]
    return first_fit(max(1, room), forms)


def _figure(value: int, step: int) -> Line:
    return line((f"{number(value):>4}", "bold" if step else ""))


def _step(step: int) -> Line:
    words = f" {arrow(step)}{abs(step) or ''}"
    return line((f"{words:<{STEP}}", "bold" if step else "$dim"))


def _pair(name: Line, ours: int, theirs: int, room: int) -> Line:
    """A number on both lines, and how far the other one is from ours."""
    step = theirs - ours
    left, right, column = number(ours), number(theirs), _column(room + 1)
    figures = line(
        (f"{left:>{column}}", "bold" if step else ""),
        (f" {right:>{column}}", "bold $secondary" if step else "$muted"),
        _step(step),
    )
    return name.cut(room - figures.width - 1).spread(figures, room)


def _named(
    name: str, parts: Sequence[Line], room: int, between: str = "  "
) -> list[Line]:
    """Parts behind a name, in as many rows as they need."""
    if not parts:
        return []
    head = f" {name:<7}"
    rows = flow(parts, room - width(head), between)
    return [
        line((head if not i else " " * width(head), "$muted"), row)
        for i, row in enumerate(rows)
    ]


def steps_of(view: View, changes: Sequence[tuple[str, int]]) -> dict[str, int]:
    """The sum of the steps of each track."""
    known = {track.id for track in view.tracks}
    found: dict[SeatId, int] = {}
    for subject, step in changes:
        if subject in known:
            found[subject] = found.get(subject, 0) + step
    return found
