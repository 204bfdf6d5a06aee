"""Where a game turned: the moves that moved a team's expectation most, and what of it
was choice and what luck. The better move stays hidden until somebody asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from textual.message import Message

from tabletop.session.view import SeatId, View
from tabletop.study.turning import Option, TurningPoint
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, width
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.grammar import arrow, chip, seat_mark, signed, team_of
from tabletop.tui.widgets.line import (
    BLANK,
    Line,
    Part,
    first_fit,
    flow,
    hang,
    line,
    prose,
)

State = Literal["none", "running", "stopped", "done", "failed"]
"""none: nobody has asked yet. stopped: what was done until then is kept."""
METHOD_ID = "method"
"""What the cursor is on when it has gone past the last turning point."""
MOST_WHO, MOST_BAR = 17, 6
WIDE_ROOM = 96
"""Cells from which the names of teams are whole and bars long."""
SMALL = 0.5
"""A part that is less than this is not spoken of."""


@dataclass(frozen=True, slots=True)
class Studied:
    """How far the search for turning points is, and what it has found."""

    state: State = "none"
    team: SeatId = ""
    """Whose expectation it is about."""
    points: Sequence[TurningPoint] = ()
    done: int = 0
    total: int = 0
    """Moves that are measured, and that there are."""
    playouts: int = 0
    policy: str = "random"
    open: frozenset[int] = field(default_factory=frozenset)
    """Numbers of the moves whose better move may be read."""
    trouble: str = ""
    """Why it failed."""
    waits: str = ""
    """What everybody waits for, such as a machine that is being compiled."""
    method: str = ""
    """How it is measured, what is assumed, what it can't tell."""


def whole(value: float) -> int:
    """Points as they are read out: the nearest whole number, halves away from 0."""
    return int(value + 0.5) if value >= 0 else -int(0.5 - value)


def played(point: TurningPoint, view: View) -> str:
    """What the move was, without the name of whoever made it."""
    chosen = next((o.label for o in point.step.options if o.chosen), "")
    if chosen:
        return bare(chosen)
    team = team_of(view.teams, point.step.seat)
    name = team.name if team is not None else "Control"
    return point.step.title.removeprefix(name).strip() or point.step.title


def bare(label: str) -> str:
    """A move's label without the word that says that it is played.

    >>> bare("Play Resume the war"), bare("Pass")
    ('Resume the war', 'Pass')
    """
    first, _, rest = label.partition(" ")
    return rest if rest and first in ("Play", "Lay") else label


def swing_line(change: float) -> Line:
    """Up or down, by how many points, in the tone of it."""
    points = whole(change)
    tone = "$good" if points > 0 else "$bad" if points < 0 else "$muted"
    return line((f"{arrow(points)}{abs(points)}", f"bold {tone}"))


def bar(choice: float, luck: float, most: float, cells: int) -> Line:
    """A swing as a bar: solid what was chosen, shaded what was luck.

    Where the two go against each other, the greater one gives the whole bar its look.
    """
    swing = choice + luck
    length = max(1, min(cells, whole(abs(swing) * cells / most))) if most else 0
    tone = "$good" if swing >= 0 else "$bad"
    if choice * luck < 0:
        solid = length if abs(choice) > abs(luck) else 0
    else:
        solid = whole(length * choice / swing) if swing else 0
    signs = glyphs()
    return line((signs.full * solid, tone), (signs.lost * (length - solid), tone)).pad(
        cells
    )


def turned(point: TurningPoint, team: str) -> str:
    """What kind of turn it was, in a sentence."""
    against = "for" if point.after >= point.before else "against"
    mover = {
        "luck": "Here luck turned the game",
        "inject": "This inject turned the game",
        "ruling": "This ruling turned the game",
    }.get(point.step.kind, "Here the game turned")
    return f"{mover} {against} {team}."


def parts(point: TurningPoint) -> str:
    """How much of the swing was choice and how much luck, in words."""
    if point.step.kind != "choice":
        return {
            "luck": "Nobody chose it: all of it is what the rules threw and drew.",
            "inject": "No team chose it: all of it counts as luck.",
            "ruling": "Control decided it: no team's choice is in it.",
        }[point.step.kind]
    if abs(point.luck) < SMALL:
        return "All of it was the choice; what came of it was as could be expected."
    if abs(point.choice) < SMALL:
        return (
            "The choice cost or won nothing: all of it was luck, in dice, cards and "
            "what the others did not know."
        )
    choice, luck = signed(whole(point.choice)), signed(whole(point.luck))
    return f"Of that {choice} was the choice, and {luck} the luck that followed."


class TurningPane(ChoicePane):
    """The list of turning points, the sentence for the chosen one, and the method."""

    @dataclass
    class PointChosen(Message):
        """The cursor went to a turning point: the number of its move."""

        number: int

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._studied = Studied()
        self._view: View | None = None
        self._last = ""
        self._here = 0
        self._at_method = False
        """Whether the cursor was led to the method."""

    # What there is to choose.

    def show(self, studied: Studied, view: View) -> None:
        """Show how far the search is; the view is for the names of teams."""
        before = self.ids()
        self._studied, self._view = studied, view
        self.keep_cursor(before)
        if self._selected == METHOD_ID and not self._at_method:
            self._selected = None  # it is read by whoever goes to it
        if self._selected is None and studied.points:
            self._selected = self._last = str(studied.points[0].step.number)
        self.legend(*self._legends_of(studied))
        self.redraw(layout=False)

    @staticmethod
    def _legends_of(studied: Studied) -> tuple[str, ...]:
        signs = glyphs()
        key = f"{signs.full} choice  {signs.lost} luck"
        said = "measured by playouts, not by opinion"
        if studied.points:
            return (f"{key}   {said}", said, key)
        return (said,)

    def ids(self) -> Sequence[str]:
        """The numbers of the moves, then the method."""
        found = [str(point.step.number) for point in self._studied.points]
        return [*found, METHOD_ID] if self._studied.method else found

    @property
    def point(self) -> TurningPoint | None:
        """The turning point that the sentence below the list is about."""
        wanted = self.selected if self.selected != METHOD_ID else self._last
        points = self._studied.points
        found = (p for p in points if str(p.step.number) == wanted)
        return next(found, points[0] if points else None)

    def go_to(self, number: int) -> None:
        """The moment that is shown; a turning point gets the cursor, told to nobody."""
        if number != self._here:
            self._here = number
            self.redraw()
        if str(number) in self.ids() and str(number) != self.selected:
            self._selected = self._last = str(number)
            self.redraw()

    def chosen(self, item: str) -> None:
        """Go there, wherever else the replay has been stepped to."""
        self.highlighted(item)

    def highlighted(self, item: str) -> None:
        """Tell where the cursor went."""
        self._at_method = item == METHOD_ID
        if item != METHOD_ID:
            self._last = item
            self.post_message(self.PointChosen(int(item)))

    # How it is drawn.

    def _reveal(self) -> None:
        """The list is seen from its beginning, as far as that shows the cursor too."""
        place = self._places.get(self.selected or "")
        if place and place.stop <= self.room.height:
            self.scroll_to(y=0, animate=False)
        else:
            super()._reveal()

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """The progress, the list, the chosen point, the method."""
        studied, view = self._studied, self._view
        if view is None:
            return ()
        head = [Block(self._progress(room))]
        if not studied.points:
            return [*head, Block(self._nothing(room)), *self._method(room)]
        found = Columns.of(studied, view, room)
        listed = [
            Block([self._row(found, place, point, room)], str(point.step.number))
            for place, point in enumerate(studied.points, 1)
        ]
        head.append(Block([found.heading(room)]))
        return [*head, *listed, Block(self._about(room)), *self._method(room)]

    def _progress(self, room: int) -> list[Line]:
        """How far it is, drawn where the result will stand."""
        studied = self._studied
        stop = line(chip("esc"), (" stop here and keep them", "$muted"))
        go_on = line(chip("a"), (" go on with the rest", "$muted"))
        if studied.state == "running":
            said = line(
                (f"Measured {studied.done} of {studied.total} moves ", "bold"),
                progress_bar(studied.done, studied.total, 16),
            )
            waits = prose(studied.waits, room, "$muted") if studied.waits else []
            if room >= 70:
                return [said.spread(stop, room), *waits]
            return [said.cut(room), stop.cut(room), *waits]
        if studied.state == "stopped":
            said = line(
                ("Stopped: ", "bold $warn"),
                (f"{studied.done} of {studied.total} moves are measured.", ""),
            )
            return [said.spread(go_on, room) if room >= 76 else said.cut(room)]
        if studied.state == "failed":
            again = line(chip("a"), (" try again", "$muted"))
            said_lines = prose(studied.trouble, room - 2, "bold")
            cross = line((f"{glyphs().cross} ", "$bad"))
            return [*hang(cross, said_lines), again.cut(room)]
        return []

    def _nothing(self, room: int) -> list[Line]:
        """What is not there yet, what it would be, and the key for it."""
        studied = self._studied
        if studied.state == "none":
            said = (
                "Nothing is measured yet. From every place of this line the game is "
                "played on many times, by bots: what the teams could expect, where "
                "that changed most, and whether by choice or by luck."
            )
            key = line(chip("a"), (" analyse this line, in the background", "$muted"))
            return [*prose(said, room), BLANK, key.cut(room), BLANK]
        if studied.state == "done":
            return prose("No move changed much of what could be expected.", room)
        return []

    def _row(
        self, found: "Columns", place: int, point: TurningPoint, room: int
    ) -> Line:
        view = self._view
        assert view is not None, "rows are drawn for a view"
        here = self.point is point
        tone = "$good" if point.after >= point.before else "$bad"
        cursor = glyphs().cursor if str(point.step.number) == self.selected else " "
        row = line(
            (cursor, "$accent"),
            (f"{place}", f"bold $background on {tone}"),
            (f" {point.step.number:<{found.move}} ", "$muted"),
            seat_mark(view, point.step.seat, found.who).pad(found.who + 1),
            line((played(point, view), "bold" if here else "")).pad(found.played),
            " ",
            swing_line(point.after - point.before).pad(found.swing),
            bar(point.choice, point.luck, found.most, found.bar),
            " ",
        )
        row += self._better(point).cut(max(1, room - row.width))
        return row.pad(room).on("$raise") if here and self.has_focus else row

    def _better(self, point: TurningPoint) -> Line:
        """The best move that there was, once it may be read."""
        if point.best is None:
            none = "-" if glyphs().plain else "—"
            return line((none, "$dim"))
        if point.step.number not in self._studied.open:
            return line(("hidden ", "$dim"), ("t", "bold $accent"), (" or ", "$dim"),
                        ("s", "bold $accent"))  # fmt: skip
        return line(bare(point.best.label))

    def _about(self, room: int) -> list[Line]:
        """The sentence for the chosen point, and what to do with it."""
        point, view = self.point, self._view
        if point is None or view is None:
            return []
        studied = self._studied
        place = list(studied.points).index(point) + 1
        tone = "$good" if point.after >= point.before else "$bad"
        mark = line(" ", (f"{place}", f"bold $background on {tone}"), " ")
        inner = room - mark.width
        sentence = self._sentences(point, view, inner)
        return [BLANK, *hang(mark, sentence), BLANK,
                *hang(line("   "), self._keys(point, view, place, inner))]  # fmt: skip

    def _sentences(self, point: TurningPoint, view: View, room: int) -> list[Line]:
        team = team_of(view.teams, point.team)
        name = team.name if team is not None else point.team
        before, after = whole(point.before), whole(point.after)
        what = (
            f"Before this move {name} could expect {before} points; after it, {after}."
        )
        first = line((turned(point, name), "bold"), f"  {what}")
        lines = [first] if first.width <= room else [
            *prose(turned(point, name), room, "bold"), *prose(what, room)
        ]  # fmt: skip
        lines += prose(f"{parts(point)} {self._measured(point)}", room, "$muted")
        return lines

    def _measured(self, point: TurningPoint) -> str:
        """From how many playouts, and how widely their results lie."""
        count = f"{self._studied.playouts:,} playouts"
        many = len(point.step.options)
        each = f" of each of the {many} moves there were" if many > 1 else ""
        spread = next((e for e in point.step.after.teams if e.team == point.team), None)
        if spread is None:
            return f"From {count}{each}."
        lie = f"80 % of results lie within {spread.worse} and {spread.better}."
        return f"From {count}{each}. {lie}"

    def _keys(
        self, point: TurningPoint, view: View, place: int, room: int
    ) -> list[Line]:
        number, many = point.step.number, len(self._studied.points)
        lines: list[Line] = []
        if number != self._here:
            there = line(chip(glyphs().enter), (" go to this move", "$muted"))
            return [line(there, (f"   {place} of {many}", "$muted")).cut(room)]
        opened = number in self._studied.open
        if point.step.options and not opened:
            lines += [first_fit(room, [
                line(("Try it yourself before you look: ", "bold"),
                     ("what would you have played as ", "$muted"),
                     seat_mark(view, point.step.seat), ("?", "$muted")),
                line(("Try it yourself before you look.", "bold")),
            ])]  # fmt: skip
        elif point.step.options:
            lines += self._options(point, room)
        try_it, show = ("t", "try another move"), ("s", "show the moves it had")
        keys = [try_it] + ([show] if point.step.options and not opened else [])
        keys += [("]", "next turning point")]
        drawn = [line(chip(key), (f" {verb}", "$muted")) for key, verb in keys]
        drawn.append(line((f"{place} of {many}", "$muted")))
        return [*lines, *flow(drawn, room, "   ")]

    def _options(self, point: TurningPoint, room: int) -> list[Line]:
        """Every move that the team had, the best first, with what it could expect."""
        options = point.step.options
        most = max((width(clean(o.label)) for o in options), default=1)
        name = min(most, max(12, room - 34))
        head = line(("What each could expect", "bold $muted"))
        return [head, *(option_line(o, name).cut(room) for o in options)]

    def _method(self, room: int) -> list[Block]:
        """How it is measured, always below what was measured."""
        method = self._studied.method
        if not method:
            return []
        here = self.selected == METHOD_ID
        cursor = glyphs().cursor if here else " "
        head = line((cursor, "$accent"), ("How this is measured", "bold $muted"))
        text = [
            line("  ", words)
            for part in method.split("\n\n")
            for words in (*prose(part.replace("\n", " "), room - 2, "$muted"), BLANK)
        ]
        gap = [BLANK] if self._studied.points else []
        return [Block(gap), Block([head, *text], METHOD_ID)]


def option_line(option: Option, name: int) -> Line:
    """A move, what the team that chose could expect after it, and how surely."""
    signs, expect = glyphs(), option.expect
    mark: Part = (f"{signs.check} ", "$accent") if option.chosen else "  "
    off = (expect.high - expect.low) / 2
    return line(
        mark,
        line((option.label, "bold" if option.chosen else "")).pad(name),
        (f"  {whole(expect.mean):>4}", "bold"),
        (f" {plus_minus()}{off:.1f}", "$muted"),
        ("  chosen" if option.chosen else "", "$muted"),
    )


def plus_minus() -> str:
    """The sign before half of an interval."""
    return "+/-" if glyphs().plain else "±"


def progress_bar(done: int, total: int, cells: int) -> Line:
    """How far something is."""
    signs = glyphs()
    full = done * cells // total if total else 0
    return line(
        (signs.bar * full, "$accent"), (signs.bar_rest * (cells - full), "$line")
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the list's columns, so that its rows stand in line."""

    move: int
    who: int
    played: int
    swing: int
    bar: int
    most: float
    """The greatest swing: the longest bar."""

    @classmethod
    def of(cls, studied: Studied, view: View, room: int) -> "Columns":
        """Columns for these points; in a narrow room signs stand for names."""
        points = studied.points
        move = max(4, *(len(str(p.step.number)) for p in points))
        marks = [seat_mark(view, p.step.seat).width for p in points]
        who = min(MOST_WHO if room >= WIDE_ROOM else 14, max(4, *marks))
        most = max(abs(p.after - p.before) for p in points)
        swing = max(len(str(whole(most))) + 2, 5)
        bar_cells = MOST_BAR if room >= WIDE_ROOM else 4
        better = 26 if room >= WIDE_ROOM else 13
        taken = 2 + move + 2 + who + 1 + 1 + swing + bar_cells + 1 + better
        longest = max(width(clean(played(p, view))) for p in points)
        name = max(8, min(longest, room - taken))
        return cls(move, who, name, swing, bar_cells, most)

    def heading(self, room: int) -> Line:
        """What stands in each column."""
        words = (
            f"   {'move':<{self.move}} {'who':<{self.who + 1}}"
            f"{'played':<{self.played}} {'swing':<{self.swing + self.bar}} often better"
        )
        return line((words, "$muted")).cut(room)
