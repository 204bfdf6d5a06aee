"""The one place to look: what is to be done now, who is waited for, what is next."""

from collections.abc import Sequence

from tabletop.session.view import CONTROL, InjectView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import wrap
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.grammar import quoted, seat_mark, team_mark, team_of
from tabletop.tui.widgets.header import WIDE
from tabletop.tui.widgets.line import BLANK, Line, first_fit, joined, line
from tabletop.tui.widgets.teams import ASKED, STATUS

LABEL = 10
"""Cells for the words at the left in a wide window."""
NARROW_LABEL = 6


def just_fired(view: View) -> InjectView | None:
    """The last inject of this phase, if any; those that opened it count."""
    injects = {inject.id: inject for inject in view.injects}
    for entry in reversed(view.log):
        for change in reversed(entry.changes):
            if change.kind == "inject" and change.subject in injects:
                return injects[change.subject]
        if entry.kind == "advance" or entry.round < view.round:
            break
    return None


def next_due(view: View) -> InjectView | None:
    """The inject that comes next by the schedule."""
    due = [i for i in view.injects if i.state == "scheduled" and i.round >= view.round]
    return min(due, key=lambda inject: inject.round, default=None)


def waiting_line(view: View) -> Line:
    """Whom the game waits for, and for what."""
    waits = [seat for seat in view.to_act if seat != view.seat]
    parts = []
    for seat in waits:
        team = team_of(view.teams, seat)
        if team is None:
            parts.append(seat_mark(view, seat))
        else:
            style = "$warn" if team.status in ASKED else ""
            parts.append(
                line(team_mark(team), (f" {STATUS.get(team.status, '')}", style))
            )
    return joined(parts, f"  {glyphs().dot}  ")


def next_forms(view: View) -> list[Line]:
    """What comes next, from the longest form to none."""
    inject = next_due(view)
    if inject is None:
        return [BLANK]
    head = line(("next ", "$muted"), (f"{glyphs().timed} ", "$accent"))
    when = (
        inject.when
        if inject.round == view.round
        else f"{view.round_label} {inject.round}"
    )
    title = line(head, inject.title)
    return [
        line(title, (f"  {when}", "$muted")),
        title,
        line(head, (when, "$muted")),
        BLANK,
    ]


class CueBand(Band):
    """What to do now: three rows for control, two or none for a team."""

    DEFAULT_CSS = """
    CueBand {
        background: $panel;
    }
    """
    _view: View | None = None

    def show(self, view: View) -> None:
        """Show what the seat is to do."""
        self._view = view
        self.redraw(layout=True)

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
        """What to read aloud, what to do then, whom to wait for and what comes next."""
        inject = just_fired(view)
        words = room - self._label("", room).width - 1
        if inject is not None and inject.read:
            rows = self._said(inject, room, words)
        else:
            prompt = [line((text, "bold")) for text in wrap(view.prompt, words, 2)]
            rows = self._labelled("now", prompt, room) + self._soon(view, room, words)
        rows = [*rows, BLANK, BLANK][:2]
        here = view.seat in view.to_act
        waiting = line(
            self._label("waiting", room),
            waiting_line(view) or line(("you" if here else "nobody", "$muted")),
        )
        coming = first_fit(max(0, room - waiting.width - 2), next_forms(view))
        return [*rows, waiting.spread(line(coming, " "), room)]

    def _soon(self, view: View, room: int, words: int) -> list[Line]:
        """What to have ready for the inject that is due next in this round."""
        inject = next_due(view)
        if inject is None or inject.round != view.round or not inject.cue:
            return []
        said = line((f"{inject.title}: ", "$muted"), (inject.cue, "$muted")).cut(words)
        return [line(self._label("soon", room, strong=False), said)]

    def _said(self, inject: InjectView, room: int, words: int) -> list[Line]:
        read = wrap(quoted(inject.read), words, 1 if inject.cue and room >= WIDE else 2)
        said = [line((text, "bold")) for text in read]
        rows = self._labelled("say now", said, room)
        if len(rows) < 2 and inject.cue:
            cue = line(inject.cue).cut(words)
            rows.append(line(self._label("then", room, strong=False), cue))
        return rows

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
