"""The one place to look: what is to be done now, who is waited for, what is next."""

from collections.abc import Sequence

from tabletop.session.runview import RunView
from tabletop.session.view import CONTROL, InjectView, LogEntry, PhaseView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import wrap
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.clock import mmss, stalled, stands
from tabletop.tui.widgets.grammar import (
    quoted,
    seat_mark,
    team_mark,
    team_of,
    team_sign,
)
from tabletop.tui.widgets.header import WIDE
from tabletop.tui.widgets.line import BLANK, Line, first_fit, joined, line
from tabletop.tui.widgets.teams import ASKED, STATUS, waited

LABEL = 10
"""Cells for the words at the left in a wide window."""
NARROW_LABEL = 6
TOLD = ("inject", "outcome", "cancel")
"""Kinds of changes that are read out where the keyboard is passed on."""
STUCK_KEY = "F"
"""The key that leads to the inject that is kept for a stall."""


def just_fired(view: View) -> InjectView | None:
    """The last inject of this phase, if any; those that opened it count."""
    return next(iter(fired_now(view)), None)


def fired_now(view: View) -> list[InjectView]:
    """The injects of this phase, the last one first; those that opened it count."""
    injects = {inject.id: inject for inject in view.injects}
    found: list[InjectView] = []
    for entry in reversed(view.log):
        found += [
            injects[change.subject]
            for change in reversed(entry.changes)
            if change.kind == "inject" and change.subject in injects
        ]
        if opens_phase(entry):
            break
    return found


def thrown(view: View, inject: InjectView) -> str:
    """What the dice of an inject came to when it fired, like '2, It is the servers'."""
    for entry in reversed(view.log):
        came = [each for each in entry.changes if each.subject == inject.id]
        roll = next((each for each in came if each.kind == "roll"), None)
        if roll is not None:
            words = roll.text.partition(": ")[2]
            return ", ".join(filter(None, (str(roll.after), words)))
        if any(each.kind == "inject" for each in came):
            break
    return ""


def opens_phase(entry: LogEntry) -> bool:
    """Whether a phase or a round began with an entry of the log."""
    return any(change.kind in ("phase", "round") for change in entry.changes)


def read_out(view: View, since: int) -> list[str]:
    """What this phase has brought to be read to everybody, after an entry's number."""
    found: list[str] = []
    for entry in reversed(view.log):
        if entry.number <= since:
            break
        found = told(entry) + found
        if opens_phase(entry):
            break
    return found


def missed(view: View, since: int) -> list[str]:
    """What came for everybody after an entry, before this phase opened."""
    found: list[str] = []
    before: list[str] = []
    for entry in view.log:
        if entry.number > since:
            if opens_phase(entry):
                before = found[:]
            found += told(entry)
    return before


def told(entry: LogEntry) -> list[str]:
    """The words of an entry that everybody is to hear: news, and how cards ended."""
    return [
        f"{change.cause.title}: {change.text}"
        if change.kind != "inject" and change.cause is not None
        else change.text
        for change in entry.changes
        if change.kind in TOLD
    ]


def place_of(view: View, inject: InjectView) -> tuple[int, int, bool]:
    """When an inject is due: its round, its phase's place, and whether at its end."""
    order = [phase.id for phase in view.phases]
    place = order.index(inject.phase) if inject.phase in order else 0
    return inject.round, place, inject.moment == "end"


def next_due(view: View) -> InjectView | None:
    """The inject that comes next by the schedule."""
    due = [i for i in view.injects if i.state == "scheduled" and i.round >= view.round]
    return min(due, key=lambda inject: place_of(view, inject), default=None)


def next_phase(view: View) -> PhaseView | None:
    """The phase of this round that comes after the present one."""
    return next((phase for phase in view.phases if phase.state == "to come"), None)


def contingency(view: View) -> InjectView | None:
    """The inject that is kept for the moment when play stalls."""
    ready = {move.move.item for move in view.moves if move.move.kind == "fire"}
    spare = (i for i in view.injects if i.contingency and i.state == "hand")
    return next((inject for inject in spare if inject.id in ready), None)


def owing_line(view: View, seat: str, run: RunView | None = None) -> Line:
    """A seat that owes a move, what it owes, and for how long."""
    team = team_of(view.teams, seat)
    if team is None:
        return seat_mark(view, seat)
    style = "$warn" if team.status in ASKED else ""
    words = f" {STATUS.get(team.status, '')}"
    if team.status == "to play" and team.points:
        words += f", {count(team.points, 'point')}"
    time = waited(team, run)
    since = (f" {time}", "bold $warn") if time else ""
    return line(team_mark(team), (words, style), since)


def waiting_line(view: View, run: RunView | None = None) -> Line:
    """Whom the game waits for, and for what."""
    waits = [seat for seat in view.to_act if seat != view.seat]
    dot = f"  {glyphs().dot}  "
    return joined((owing_line(view, seat, run) for seat in waits), dot)


def unspent_forms(view: View) -> list[Line]:
    """The teams that don't owe a move now and still have points to spend."""
    teams = [t for t in view.teams if t.points and t.status == "waits"]
    if view.phase != "play" or not teams:
        return []
    dot = f"  {glyphs().dot}  "
    said = [
        line(team_mark(team), (f" still has {count(team.points, 'point')}", "$muted"))
        for team in teams
    ]
    short = [line(team_sign(team), (f" {team.points}", "$muted")) for team in teams]
    return [
        joined(said, dot),
        line(("still to spend ", "$muted"), joined(short)),
    ]


def count(number: int, thing: str) -> str:
    """`1 point`, `2 points`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def waiting_forms(view: View, run: RunView | None) -> list[Line]:
    """Who owes what, from the longest form to the shortest."""
    here = view.seat in view.to_act
    owing = waiting_line(view, run)
    if not owing:
        owing = line(("you" if here else "nobody", "$muted"))
    dot = f"  {glyphs().dot}  "
    return [*(line(owing, dot, form) for form in unspent_forms(view)), owing]


def when_due(view: View, inject: InjectView, run: RunView | None) -> Line:
    """When the next inject comes: by the clock, by the phase, or by the round."""
    if inject.round != view.round:
        return line((f"{view.round_label} {inject.round}", "$muted"))
    _, place, at_end = place_of(view, inject)
    now = next((i for i, p in enumerate(view.phases) if p.state == "now"), 0)
    soon = (place, at_end) in ((now, True), (now + 1, False))
    if soon and run is not None and run.clock.running and run.clock.left > 0:
        return line((f"in {mmss(run.clock.left)}", "bold $accent"))
    return line((inject.when, "$muted"))


def counted_down(view: View, run: RunView | None) -> tuple[str, str]:
    """The inject that the running clock brings next and when; else nothing."""
    inject = next_due(view)
    words = when_due(view, inject, run).plain if inject is not None else ""
    soon = inject is not None and words.startswith("in ") and words != inject.when
    return (inject.id, words) if inject is not None and soon else ("", "")


def next_forms(view: View, run: RunView | None = None) -> list[Line]:
    """What comes next, from the longest form to none."""
    phase = next_phase(view)
    shown = run is not None and phase is not None and view.over is None
    label = phase.label if phase is not None else ""
    after = line("   ", (f"{glyphs().becomes} ", "$accent"), label) if shown else BLANK
    inject = next_due(view) if view.over is None else None
    if inject is None:
        return [after, BLANK]
    head = line(("next ", "$muted"), (f"{glyphs().timed} ", "$accent"))
    when = when_due(view, inject, run)
    title = line(head, inject.title)
    return [
        line(title, "  ", when, after),
        line(title, "  ", when),
        title,
        line(head, when),
        BLANK,
    ]


def asked(questions: Sequence[str], room: int, most: int) -> list[str]:
    """Questions, each in a row of its own where all of them fit so."""
    apart = [row for question in questions for row in wrap(question, room, most + 1)]
    if len(apart) <= most:
        return apart
    return wrap(f"  {glyphs().dot}  ".join(questions), room, most)


def bold(rows: Sequence[str]) -> list[Line]:
    """Rows in bold."""
    return [line((words, "bold")) for words in rows]


class CueBand(Band):
    """What to do now: three rows for control, two or none for a team."""

    DEFAULT_CSS = """
    CueBand {
        background: $panel;
    }
    """
    _view: View | None = None
    _run: RunView | None = None
    _suggests = False

    def show(
        self, view: View, run: RunView | None = None, *, suggests: bool = False
    ) -> None:
        """Show what the seat is to do; `suggests` StartEx while it is not declared."""
        rows = self._view is None or self._view.seat != view.seat
        self._view, self._run, self._suggests = view, run, suggests
        self.redraw(layout=rows or view.seat != CONTROL)

    def tick(self, run: RunView | None) -> None:
        """Show how long is waited for, and nothing else, where it has changed."""
        if run != self._run:
            self._run = run
            self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """Control is told what to say; a team reads its prompt in a wide header."""
        view = self._view
        if view is None:
            return ()
        if view.seat == CONTROL:
            return self._control(view, room)
        return () if room >= WIDE else self._team(view, room)

    def _team(self, view: View, room: int) -> list[Line]:
        """The prompt, and whom the game waits for."""
        label = self._label("now", room, chip=view.seat in view.to_act)
        prompt = wrap(view.prompt, room - label.width - 1, 2)
        waiting = waiting_line(view)
        lines = [line(label, (words, "bold")) for words in prompt[:1]] or [label]
        if len(prompt) > 1:
            return [*lines, line(" " * label.width, (prompt[1], "bold"))]
        if waiting:
            return [*lines, line(self._label("wait", room), waiting).cut(room)]
        return [*lines, BLANK]

    def _control(self, view: View, room: int) -> list[Line]:
        """What to say, what to do then, whom to wait for and what comes next."""
        first = self._state_row(room)
        if room < WIDE and self._run is not None and self._run.state == "open":
            first = []  # the header says so, and what is to be read needs the row
        rows = [*first, *self._what(view, room, 2 - len(first)), BLANK, BLANK][:2]
        label = self._label("waiting", room)
        spare = contingency(view) if stalled(self._run) else None
        coming = [self._stuck(spare), BLANK] if spare else next_forms(view, self._run)
        waits = waiting_forms(view, self._run)
        least = label.width + waits[-1].width + 2
        right = first_fit(max(0, room - least), coming)
        shown = first_fit(max(0, room - label.width - right.width - 2), waits)
        return [*rows, line(label, shown).spread(line(right, " "), room)]

    def _stuck(self, inject: InjectView) -> Line:
        """The inject that is kept for a stall, and the key that leads to it."""
        return line(
            ("stuck? ", "bold $warn"), (STUCK_KEY, "bold $accent"), "  ", inject.title
        )

    def _state_row(self, room: int) -> list[Line]:
        """A row that says that what is done now is no play for the record."""
        state = self._run.state if self._run is not None else ""
        mark, words = {
            "practice": ("practice", "off the record; t declares StartEx"),
            "paused": ("paused", "PauseEx: the clock stands; space goes on"),
            "ended": ("EndEx", "the exercise is over; t opens it again"),
            "open": ("before", "t starts the exercise; until then no clock runs"),
        }.get(state, ("", ""))
        if state == "running" and stands(self._run):
            mark, words = "stopped", "the clock stands; space starts it"
        if not mark or (state == "open" and not self._suggests):
            return []
        style = "$muted" if state == "open" else "bold $on-accent on $warn"
        chip = line((f" {mark.upper()} " if state != "open" else f" {mark} ", style))
        gap = max(2, LABEL + 1 - chip.width) if room >= WIDE else 1
        return [line(chip, " " * gap, (words, "$warn")).cut(room)]

    def _what(self, view: View, room: int, rows: int) -> list[Line]:
        """What to read aloud now: an inject, what opens the phase, or the prompt."""
        words = room - self._label("", room).width - 1
        inject = just_fired(view)
        run = self._run
        if inject is not None and inject.read and view.over is None:
            return self._said(view, inject, room, rows)
        if run is not None and run.asks:
            return self._labelled("ask", bold(asked(run.asks, words, rows)), room)
        if run is not None and run.say and view.over is None:
            text = wrap(quoted(run.say), words, rows)
            return self._labelled("say now", bold(text), room)
        prompt = bold(wrap(view.prompt, words, rows))
        return self._labelled("now", prompt, room) + self._soon(view, room, words)

    def _soon(self, view: View, room: int, words: int) -> list[Line]:
        """What to have ready for the inject that is due next in this round."""
        inject = next_due(view)
        if inject is None or inject.round != view.round or not inject.cue:
            return []
        said = line((f"{inject.title}: ", "$muted"), (inject.cue, "$muted")).cut(words)
        return [line(self._label("soon", room, strong=False), said)]

    def _said(self, view: View, inject: InjectView, room: int, most: int) -> list[Line]:
        """What to read aloud, then what its dice came to and what is to be done."""
        words = room - self._label("", room).width - 1
        then = self._then(thrown(view, inject), inject.cue)
        aloud = 1 if then and room >= WIDE else most
        read = wrap(quoted(inject.read), words, aloud)
        rows = self._labelled("say now", bold(read), room)
        if len(rows) < most and then:
            label = self._label("then", room, strong=False)
            rows.append(line(label, then.cut(words)))
        return rows

    @staticmethod
    def _then(dice: str, cue: str) -> Line:
        """A throw that the program has made already comes before the cue."""
        made = [line("thrown: ", (dice, "bold"))] if dice else []
        gap = f"  {glyphs().dot}  "
        return joined([*made, *([line(cue)] if cue else [])], gap)

    def _labelled(self, label: str, lines: Sequence[Line], room: int) -> list[Line]:
        first = self._label(label, room, chip=True)
        indent = " " * first.width
        return [
            line(first if not i else indent, words) for i, words in enumerate(lines)
        ]

    def _label(
        self, label: str, room: int, *, chip: bool = False, strong: bool = True
    ) -> Line:
        """A word at the left, in a column of its own."""
        cells = LABEL if room >= WIDE else NARROW_LABEL
        short = label if room >= WIDE else label[:4].strip()
        if chip:
            mark = line((f" {short.upper()} ", "bold $on-accent on $accent"))
            return mark.pad(cells + 1)
        style = "bold $warn" if strong else "$muted"
        return line((f" {short}", style)).pad(cells + 1)
