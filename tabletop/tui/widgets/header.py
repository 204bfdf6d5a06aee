"""The header: who looks, where the game stands, and what is saved."""

from collections.abc import Sequence

from tabletop.session.runview import RunView
from tabletop.session.view import CONTROL, PUBLIC, PhaseView, TeamView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.big import big, big_width, can_be_big
from tabletop.tui.widgets.clock import (
    ends_at,
    ink,
    mmss,
    reading,
    short_clock,
    state_line,
)
from tabletop.tui.widgets.grammar import pips, seat_mark, team_of
from tabletop.tui.widgets.line import BLANK, Line, first_fit, joined, line

WIDE = 100
"""Cells from which the header has three rows."""
MANY_ROUNDS = 16


def round_line(view: View) -> Line:
    """`Month ●●◉○○ 3 of 8`; of many rounds, only the numbers."""
    signs = glyphs()
    row: list[str | tuple[str, str]] = [(f"{view.round_label} ", "$muted")]
    if view.rounds <= MANY_ROUNDS:
        now = max(1, view.round)
        row += [
            (signs.round_done * (now - 1) + signs.round_now, "$accent"),
            (signs.round_to_come * (view.rounds - now), "$dim"),
            " ",
        ]
    return line(*row, (f"{view.round} of {view.rounds}", "bold"))


def phase_forms(view: View) -> list[Line]:
    """The phases, from all of them to the present one alone."""
    if view.over is not None:
        mark = (" THE END ", "bold $on-accent on $accent")
        return [line(mark, (f" {view.over.title}", "bold")), line(mark)]
    drawn = [_phase(phase) for phase in view.phases]
    dash = line((f" {glyphs().rule * 2} ", "$line"))
    whole = [part for phase in drawn for part in (dash, phase)][1:]
    now = [_phase(phase) for phase in view.phases if phase.state == "now"]
    place = next((i for i, p in enumerate(view.phases, 1) if p.state == "now"), 0)
    short = [line((f" {place}/{len(drawn)}", "$muted"))] if place else []
    return [
        line(*whole),
        joined(drawn),
        joined(drawn, " "),
        line(*now, *short),
        *now,
        BLANK,
    ]


def _phase(phase: PhaseView) -> Line:
    signs = glyphs()
    if phase.state == "now":
        words = f" {signs.now} {phase.label.upper()} "
        return line((words, "bold $on-accent on $accent"))
    if phase.state == "done":
        return line((f"{signs.check} {phase.label}", "$muted"))
    return line((f"{signs.timed} {phase.label}", "$muted"))


def what_if_mark() -> Line:
    """That what is played here is not the game that was played."""
    return line((" what-if ", "bold $on-accent on $secondary"))


def saved_lines(view: View, *, saved: bool, what_if: bool = False) -> list[Line]:
    """The number of the move, and whether it is on disk."""
    if saved:
        state = line(("saved ", "$muted"), (glyphs().check, "$good"))
    else:
        state = line((f"{glyphs().cross} not saved", "$warn"))
    if what_if:
        state = line(what_if_mark(), " ", state)
    return [line(("move ", "$muted"), (str(view.move), "bold")), state]


def purse_line(team: TeamView) -> Line:
    """What a team has: points, hand, pile, and what it has done this round."""
    have = pips(team.points, team.points_full, team_style(team.color))
    full = f" of {team.points_full}" if team.points_full else ""
    parts = [
        line(
            ("Points ", "$muted"),
            have,
            " " if have else "",
            (f"{team.points}{full}", "bold"),
        ),
        line(("Hand ", "$muted"), (str(team.hand), "bold")),
        line(("Pile ", "$muted"), (str(team.pile), "bold")),
        line(("Played ", "$muted"), (str(team.played), "bold")),
    ]
    if team.laid:
        parts.append(line(("Laid ", "$muted"), (str(team.laid), "bold")))
    return joined(parts, "   ")


def seats_line(view: View) -> Line:
    """How many of the teams' seats are filled."""
    filled = sum(team.seat != "absent" for team in view.teams)
    full = filled == len(view.teams)
    return line(
        (f"{filled} of {len(view.teams)} seats ", "$muted"),
        (glyphs().pip if full else glyphs().no_pip, "$good" if full else "$warn"),
    )


def info_forms(
    view: View, session: str, *, saved: bool, what_if: bool = False
) -> list[Line]:
    """What is played here, from the longest form to the title alone."""
    title = line((view.title, "bold"))
    dot = f" {glyphs().dot} "
    move, state = saved_lines(view, saved=saved, what_if=what_if)
    facts = joined([move, state, seats_line(view)], dot)
    named = line(("session ", "$muted"), (session, "$muted"), dot) if session else BLANK
    return [
        line(title, "   ", named, facts),
        line(title, "   ", facts),
        line(title, "   ", move, dot, state),
        title,
    ]


def is_done(view: View, run: RunView) -> bool:
    """Whether the game is over, with no exercise to be begun or ended."""
    return view.over is not None and run.state == "open"


def progress(run: RunView, room: int) -> Line:
    """The phase as a bar, and what has gone of it."""
    signs, clock = glyphs(), run.clock
    if not clock.allotted:
        return line((signs.bar_rest * min(40, room), "$line"))
    words = line((f"  {mmss(clock.gone)} gone of {mmss(clock.allotted)}", "$muted"))
    cells = max(0, min(60, room - words.width))
    done = min(cells, cells * clock.gone // clock.allotted)
    return line(
        (signs.bar * done, ink(clock) or "$accent"),
        (signs.bar_rest * (cells - done), "$line"),
        words,
    ).cut(room)


def clock_block(view: View, run: RunView, room: int) -> list[Line]:
    """Three rows: what the clock is about, and the clock in large letters."""
    if is_done(view, run):
        return [BLANK] * 3
    clock = run.clock
    phase = next((p.label for p in view.phases if p.state == "now"), "")
    state = state_line(run)
    if not clock.allotted or run.state == "ended":
        return [BLANK, state, BLANK]
    ends = ends_at(clock)
    about = f"left in {phase}" if clock.left >= 0 else f"over in {phase}"
    words = [
        line((about, "$muted")).cut(max(18, room // 3)),
        state,
        line((f"ends {ends}", "$muted")) if ends else BLANK,
    ]
    style = "$dim" if run.state == "open" else ink(clock) or "$foreground"
    cells = max(row.width for row in words)
    drawn = _big_reading(clock.left, reading(clock), room - cells - 2)
    return [
        line(" " * (cells - row.width), row, "  ", (digits, style))
        for row, digits in zip(words, drawn, strict=True)
    ]


def _big_reading(left: int, words: str, room: int) -> Sequence[str]:
    """The clock in large letters, without its word where room is short."""
    short = words if left >= 0 else f"+{mmss(-left)}"
    for text in (words, short):
        if can_be_big(text) and big_width(text) <= room:
            return big(text)
    return ("", words, "")


class Header(Band):
    """Three rows in a wide window, one in a narrow one."""

    _view: View | None = None
    _saved = True
    _what_if = False
    _session = ""
    _run: RunView | None = None

    def show(
        self,
        view: View,
        *,
        saved: bool = True,
        session: str = "",
        run: RunView | None = None,
        what_if: bool = False,
    ) -> None:
        """Show where the game stands for the seat that looks."""
        rows = self._view is None
        self._view, self._saved = view, saved
        self._session, self._run, self._what_if = session, run, what_if
        self.redraw(layout=rows)

    def tick(self, run: RunView | None) -> None:
        """Show the clock anew, and nothing else, where it has changed."""
        if run != self._run:
            self._run = run
            self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The rows."""
        view = self._view
        if view is None:
            return [BLANK] * (3 if room >= WIDE else 1)
        if room < WIDE:
            return [self._one(room)]
        if self._run is not None and view.seat == CONTROL:
            return self._control(view, self._run, room)
        return self._wide(view, room)

    def _control(self, view: View, run: RunView, room: int) -> list[Line]:
        """Control's: the exercise, the phase, and the clock for the whole room."""
        mark = line((glyphs().cursor, "$accent"), " ")
        right = clock_block(view, run, min(room // 2, 60))
        inner = room - max(row.width for row in right) - mark.width - 4
        place = round_line(view)
        phases = first_fit(max(0, inner - place.width - 4), phase_forms(view))
        info = info_forms(view, self._session, saved=self._saved, what_if=self._what_if)
        left = [
            first_fit(inner, info),
            line(place, "    ", phases).cut(inner),
            progress(run, inner),
        ]
        return [
            line(mark, words).spread(line(more, " "), room)
            for words, more in zip(left, right, strict=True)
        ]

    def _wide(self, view: View, room: int) -> list[Line]:
        name = self._who(view, room // 3)
        run = self._run
        timed = run is not None and not is_done(view, run)
        low = short_clock(run) if run is not None and timed else BLANK
        right = [*self._kept(view), low]
        gap = "   "
        middle_room = (
            room - name[0].width - len(gap) - max(14, *(row.width + 2 for row in right))
        )
        middle = self._middle(view, middle_room)
        return [
            line(left, gap, words).spread(line(more, " "), room)
            for left, words, more in zip(name, middle, right, strict=True)
        ]

    def _kept(self, view: View) -> list[Line]:
        return saved_lines(view, saved=self._saved, what_if=self._what_if)

    def _who(self, view: View, room: int) -> list[Line]:
        """The team in large letters; control and the display by a mark."""
        team = team_of(view.teams, view.seat)
        if team is None:
            mark = (glyphs().cursor, "$accent")
            return [line(mark, " ") for _ in range(3)]
        style = f"bold {team_style(team.color)}"
        sign = line((f" {glyphs().team(team.color, team.letter)} ", style))
        for name in map(clean, (team.name, team.short)):
            if can_be_big(name) and big_width(name) + sign.width <= room:
                return [
                    line(
                        sign if row == 1 else " " * sign.width,
                        (words, team_style(team.color)),
                    )
                    for row, words in enumerate(big(name))
                ]
        plain = line(sign, (team.name, style)).cut(room)
        return [BLANK.pad(plain.width), plain, BLANK.pad(plain.width)]

    def _middle(self, view: View, room: int) -> list[Line]:
        team = team_of(view.teams, view.seat)
        place = round_line(view)
        phases = first_fit(room - place.width - 3, phase_forms(view))
        where = line(place, "   ", phases)
        if team is None:
            seats = (
                ("the display", "$muted")
                if view.seat == PUBLIC
                else seat_mark(view, CONTROL)
            )
            return [
                line((view.title, "bold"), "   ", seats).cut(room),
                where,
                self._rule(view),
            ]
        return [
            where.cut(room),
            line((view.prompt, "bold")).cut(room),
            purse_line(team).cut(room),
        ]

    def _rule(self, view: View) -> Line:
        """How much of the game is over, as a bar under the rounds."""
        signs, cells = glyphs(), 40
        done = cells * max(0, view.round - 1) // max(1, view.rounds)
        return line(
            (signs.bar * done, "$accent"), (signs.bar_rest * (cells - done), "$line")
        )

    def _one(self, room: int) -> Line:
        """Everything in one row; what there is no room for is left out."""
        view = self._view
        if view is None:
            return BLANK
        mark, place = line((glyphs().cursor, "$accent")), round_line(view)
        rights = self._rights(view)
        for phases in phase_forms(view):
            for right in rights:
                if mark.width + place.width + phases.width + right.width + 3 <= room:
                    return line(mark, place, "  ", phases).spread(right, room)
        return line(mark, place).spread(rights[-1], room)

    def _rights(self, view: View) -> list[Line]:
        """Who looks and what is saved, from the longest form to the shortest."""
        who = seat_mark(view, view.seat, 14).cut(14) if view.seat != PUBLIC else BLANK
        move, state = self._kept(view)
        if self._run is not None and not is_done(view, self._run):
            return self._timed(view, who, state, self._run)
        number = line((str(view.move), "bold"))
        quiet = self._saved and not self._what_if
        sign = line((glyphs().check, "$good")) if quiet else state
        forms = [line(who, "  ", move, " ", state), line(who, "  ", number, " ", sign)]
        return [line(form, " ") for form in forms]

    def _timed(self, view: View, who: Line, state: Line, run: RunView) -> list[Line]:
        """The time that is left; a what-if or unsaved game always says what it is."""
        clock = short_clock(run)
        loud = [] if self._saved else [state]
        if self._saved and self._what_if:
            loud = [what_if_mark()]
        own = [] if view.seat == CONTROL else [who]
        forms = [joined([*own, *loud, clock]), joined([*loud, clock])]
        return [line(form, " ") for form in forms]
