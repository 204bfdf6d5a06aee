"""The whole schedule of injects in columns, and the chosen one with all it says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.message import Message

from tabletop.session.view import InjectView, Preview, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean, width
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.effects import brief_effect
from tabletop.tui.widgets.facts import fact_lines
from tabletop.tui.widgets.grammar import (
    empty,
    heading,
    quoted,
    seats_signs,
    team_mark,
)
from tabletop.tui.widgets.injects import (
    in_order,
    legend,
    moment,
    state_forms,
    state_sign,
)
from tabletop.tui.widgets.line import (
    Line,
    first_fit,
    flow,
    hang,
    joined,
    line,
    prose,
)
from tabletop.tui.widgets.preview import preview_lines

ROOMY, BROAD = 110, 140
"""Cells from which what is expected has a column, and from which the cue has."""
LEAST = 16
"""Cells that the texts behind it keep when titles are long."""
STUCK = 9
"""Cells of the mark before a contingency's title."""
LABEL = 10
"""Cells for the words beside an inject's texts."""
GONE = {"fired": "It has been fired.", "skipped": "It was crossed out."}
"""What is said of an inject whose time is over."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells for each column; 0 where there is no room for it."""

    number: int
    moment: int
    title: int
    sender: int
    state: int
    expects: int
    cue: int

    @classmethod
    def of(cls, injects: Sequence[InjectView], room: int, teams: int) -> "Widths":
        """Columns for a pane of that width: the right ones first, then the title."""
        number = len(str(len(injects)))
        when = 13 if room >= ROOMY else 5
        state = 26 if room >= BROAD else 20 if room >= ROOMY else 16
        sender = 14 if room >= ROOMY and any(i.sender for i in injects) else 0
        used = number + when + state + teams + 8 + (sender + 3 if sender else 0)
        rest = room - used
        longest = max(width(clean(i.title)) + STUCK * i.contingency for i in injects)
        title = rest if room < ROOMY else max(24, min(longest + 1, rest - LEAST))
        expects = rest - title - 2 if room >= ROOMY else 0
        cue = expects // 2 if room >= BROAD else 0
        return cls(number, when, title, sender, state, expects - cue, cue)


def holds(inject: InjectView, view: View, words: str) -> bool:
    """Whether an inject's texts hold these words."""
    names = [team.name for team in view.teams if team.id in inject.audience]
    place = f"{view.round_label} {inject.round}" if inject.round else "bank"
    spare = "contingency" if inject.contingency else ""
    texts = (
        inject.title, inject.text, inject.read, inject.sender, inject.state,
        inject.expects, inject.cue, inject.when, place, spare, *names,
    )  # fmt: skip
    return all(word in " ".join(texts).casefold() for word in words.casefold().split())


class MselPane(ChoicePane):
    """Every inject in one row each, by rounds; those without a round are the bank's."""

    @dataclass
    class InjectHighlighted(Message):
        """The cursor is on another inject."""

        inject_id: str

    _view: View | None = None
    _all: tuple[InjectView, ...] = ()
    _shown: tuple[InjectView, ...] = ()
    _words = ""

    def show(self, view: View, words: str = "") -> None:
        """Show the injects that hold some words; the cursor stays on its inject."""
        before = self.ids()
        self._view, self._words = view, words
        self._all = in_order(view)
        self._shown = tuple(i for i in self._all if holds(i, view, words))
        due = (i.id for i in self._shown if i.state == "scheduled")
        self.keep_cursor(before, next(due, None))
        if not self._shown:
            self._selected = None
        self.legend(legend(), "")
        self.redraw()

    def ids(self) -> Sequence[str]:
        """The injects' ids, as they are drawn."""
        return [inject.id for inject in self._shown]

    def highlighted(self, item: str) -> None:
        """Tell that the cursor is on another inject."""
        self.post_message(self.InjectHighlighted(item))

    @property
    def inject(self) -> InjectView | None:
        """The inject under the cursor."""
        return next((i for i in self._shown if i.id == self._selected), None)

    def number_of(self, inject: str) -> int:
        """An inject's place in the whole schedule, from 1."""
        return [i.id for i in self._all].index(inject) + 1

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """Rounds with their injects; then the bank."""
        view = self._view
        if view is None or not self._shown:
            return [Block(self._empty(room, rows))]
        widths = Widths.of(self._all, room, len(view.teams))
        found: list[Block] = []
        last = -1
        for inject in self._shown:
            if inject.round != last:
                last = inject.round
                found.append(Block([self._heading(last, view, room)]))
            found.append(Block([self._row(inject, view, widths, room)], inject.id))
        return found

    def _empty(self, room: int, rows: int) -> list[Line]:
        if self._words:
            return empty(room, rows, "No inject holds these words.")
        return empty(
            room, rows, "There are no injects.", "i writes one, a adds them from a CSV."
        )

    def _heading(self, number: int, view: View, room: int) -> Line:
        if not number:
            return heading("In the bank, by hand or on a condition", room)
        now = number == view.round
        words = f"{view.round_label} {number}{'  now' if now else ''}"
        return heading(words, room, "bold $accent" if now else "bold $muted")

    def _row(self, inject: InjectView, view: View, widths: Widths, room: int) -> Line:
        """Number, sign, moment, title; from and to; the state; what is expected."""
        here = inject.id == self.selected
        past = inject.state in GONE
        style = "bold" if here else "$muted" if past else ""
        number = f"{self.number_of(inject.id):>{widths.number}} "
        parts = [
            line(
                (glyphs().cursor if here else " ", "$accent"),
                (number, "$muted"),
                state_sign(inject),
                (f" {self._moment(inject, view, widths.moment)}", "$muted"),
            ),
            self._title(inject, style).pad(widths.title),
            self._from(inject, widths.sender),
            seats_signs(view.teams, inject.audience),
            line("  ", self._state(inject, view, widths.state).pad(widths.state)),
        ]
        texts = ((inject.expects, widths.expects), (inject.cue, widths.cue))
        parts += [
            line("  ", line((text, "$muted")).pad(cells - 2))
            for text, cells in texts
            if cells > 2
        ]
        row = line(*parts).pad(room)
        return row.on("$raise") if here else row

    def _moment(self, inject: InjectView, view: View, cells: int) -> str:
        words = moment(inject)
        phase = next((p.label for p in view.phases if p.id == inject.phase), "")
        if cells > 6 and phase and words not in ("when", "hand"):
            words = f"{phase}, end" if inject.moment == "end" else phase
        return line(words).pad(cells).plain + " "

    def _title(self, inject: InjectView, style: str) -> Line:
        mark = ("if stuck ", "$warn") if inject.contingency else ""
        return line(mark, (inject.title, style))

    def _from(self, inject: InjectView, cells: int) -> Line:
        if not cells:
            return line(" ")
        arrow = (f" {glyphs().becomes} " if inject.sender else "   ", "$muted")
        return line(" ", line((inject.sender, "$muted")).pad(cells), arrow)

    def _state(self, inject: InjectView, view: View, cells: int) -> Line:
        if inject.state == "scheduled":
            due = inject.round == view.round
            return line(("due", "bold $accent") if due else ("due", ""))
        return first_fit(cells, state_forms(inject))


class InjectPane(Pane):
    """One inject whole: when, from whom and to whom, all its texts, its effects."""

    _inject: InjectView | None = None
    _view: View | None = None
    _preview: Preview | None = None

    def show(
        self, inject: InjectView | None, view: View, preview: Preview | None = None
    ) -> None:
        """Show an inject and, with a preview, what it would do if it fired now."""
        if self._inject is None or inject is None or inject.id != self._inject.id:
            self.scroll_to(y=0, animate=False)
        self._inject, self._view, self._preview = inject, view, preview
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """When and to whom; then every text that it has."""
        inject, view = self._inject, self._view
        if inject is None or view is None:
            return empty(room, rows, "No inject is chosen.")
        parts = (
            ("read", quoted(inject.read) if inject.read else "", "italic"),
            ("text", inject.text, ""),
            ("cue", inject.cue, ""),
            ("expects", inject.expects, ""),
            ("headline", inject.headline, "bold"),
        )
        found = [self._when(inject, view).cut(room), self._who(inject, view, room)]
        found += self._would(room)
        for label, text, style in parts:
            if text:
                found += self._labelled(label, prose(text, room - LABEL, style))
        found += self._effects(inject, room)
        return [*found, *self._facts(inject, room, rows - len(found))]

    def _labelled(self, label: str, lines: Sequence[Line]) -> list[Line]:
        return hang(line((label, "$muted")).pad(LABEL), lines)

    def _when(self, inject: InjectView, view: View) -> Line:
        label = f"{view.round_label} {inject.round}" if inject.round else "no round"
        words = [label, inject.when, inject.now]
        marks = [
            "contingency" if inject.contingency else "",
            "written during the game" if inject.written else "",
        ]
        said = f" {glyphs().dot} ".join(word for word in (*words, *marks) if word)
        state = "due" if inject.state == "scheduled" else inject.state
        return line((f"{state:<{LABEL - 1}} ", "bold $accent"), (said, "$muted"))

    def _who(self, inject: InjectView, view: View, room: int) -> Line:
        told = [team_mark(t) for t in view.teams if t.id in inject.audience]
        everybody = len(told) == len(view.teams)
        names = line(("all teams", "")) if everybody else joined(told, ", ")
        sender = inject.sender or "Control"
        arrow = (f" {glyphs().becomes} ", "$muted")
        return line(
            line(("from", "$muted")).pad(LABEL), sender, arrow, names or "nobody"
        ).cut(room)

    def _effects(self, inject: InjectView, room: int) -> list[Line]:
        if not inject.effects:
            return []
        found = flow([brief_effect(e) for e in inject.effects], room - LABEL, ",  ")
        return self._labelled("effects", found)

    def _facts(self, inject: InjectView, room: int, left: int) -> list[Line]:
        """What it is built on, in whole where that needs no other scrolling."""
        if not inject.facts:
            return []
        ids = [fact.id for fact in inject.facts]
        whole = fact_lines(inject.facts, ids, room - LABEL)
        fits = len(whole) <= left or left < 0
        words = whole if fits else prose(", ".join(ids), room - LABEL, "", 1)
        return self._labelled("built on", words) if left else []

    def _would(self, room: int) -> list[Line]:
        if self._preview is None:
            return []
        would = preview_lines(self._preview, self._view, room - LABEL)
        nothing = [line(("nothing would change", "$muted"))]
        return self._labelled("if fired", would or nothing)


def without_texts(view: View) -> View:
    """The view for a preview beside the inject, which shows the texts already."""
    return replace(view, hand=(), hands={}, injects=())
