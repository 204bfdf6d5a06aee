"""The header: who looks, where the game stands, and what is saved."""

from collections.abc import Sequence

from tabletop.session.view import CONTROL, PUBLIC, PhaseView, TeamView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean
from tabletop.tui.theme import team_style
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.big import big, big_width, can_be_big
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


def saved_lines(view: View, *, saved: bool) -> list[Line]:
    """The number of the move, and whether it is on disk."""
    if saved:
        state = line(("saved ", "$muted"), (glyphs().check, "$good"))
    else:
        state = line((f"{glyphs().cross} not saved", "$warn"))
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


class Header(Band):
    """Three rows in a wide window, one in a narrow one."""

    _view: View | None = None
    _saved = True

    def show(self, view: View, *, saved: bool = True) -> None:
        """Show where the game stands for the seat that looks."""
        self._view = view
        self._saved = saved
        self.redraw(layout=True)

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The rows."""
        if self._view is None:
            return [BLANK] * (3 if room >= WIDE else 1)
        return self._wide(self._view, room) if room >= WIDE else [self._one(room)]

    def _wide(self, view: View, room: int) -> list[Line]:
        name = self._who(view, room // 3)
        right = [*saved_lines(view, saved=self._saved), BLANK]
        gap = "   "
        middle_room = room - name[0].width - len(gap) - 14
        middle = self._middle(view, middle_room)
        return [
            line(left, gap, words).spread(line(more, " "), room)
            for left, words, more in zip(name, middle, right, strict=True)
        ]

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
        move, state = saved_lines(view, saved=self._saved)
        number = line((str(view.move), "bold"))
        sign = line((glyphs().check, "$good")) if self._saved else state
        forms = [line(who, "  ", move, " ", state), line(who, "  ", number, " ", sign)]
        return [line(form, " ") for form in forms]
