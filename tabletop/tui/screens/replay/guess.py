"""As you would have: a team's decisions again, one by one; choose, then see theirs.

Shows what the team knew at that moment and nothing that came later.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widget import Widget
from textual.widgets import OptionList

from tabletop.errors import TabletopError
from tabletop.report.guesses import Guess, Guesses, as_html, as_text
from tabletop.session.guessing import Decision, Guessing, Verdict
from tabletop.session.replaying import Alternative
from tabletop.session.view import Move, MoveView, View
from tabletop.study.forecast import Expect
from tabletop.study.turning import Option
from tabletop.tui.attempt import attempt, done
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.brief import BriefScreen
from tabletop.tui.screens.csvfile import PathScreen, write_text
from tabletop.tui.screens.layout import PaneTabs, Table
from tabletop.tui.screens.log import LogScreen
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.widgets import LogPane, PreviewPane, SituationPane, TracksPane
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.cue import count
from tabletop.tui.widgets.grammar import seat_mark
from tabletop.tui.widgets.line import Line, line
from tabletop.tui.widgets.preview import card_of
from tabletop.tui.widgets.verdict import Judged, SummaryPane, VerdictPane

Measure = Callable[[int], Awaitable[Sequence[Option]]]
"""What each move promised that the team had at the move with a number."""
Previews = Callable[[int], Sequence[Alternative]]
"""The moves that the team had at the move with a number, and what each would do."""


@dataclass(frozen=True)
class Sitting:
    """What a game looks like from the seat that is taken."""

    guessing: Guessing
    previews: Previews
    measure: Measure | None = None
    """None where nothing can be measured."""
    playouts: int = 0
    method: str = ""
    save: Path | None = None


class GuessHead(Band):
    """Which decision of how many, whose, and when."""

    DEFAULT_CSS = """
    GuessHead {
        height: 2;
        background: $panel;
    }
    """
    _view: View | None = None
    _place = _many = 0
    _words = ""

    def show(self, view: View, place: int, many: int, words: str = "") -> None:
        """Show the place; the view tells the team and the moment."""
        self._view, self._place, self._many, self._words = view, place, many, words
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """Two rows: the place and the moment; what is to be done."""
        view = self._view
        if view is None:
            return ()
        dot = glyphs().dot
        phase = next((p.label for p in view.phases if p.id == view.phase), view.phase)
        where = line(
            (f" {self._place} / {self._many} ", "bold $on-accent on $accent"),
            "  ",
            seat_mark(view, view.seat),
            (f"   {view.round_label} {view.round} {dot} {phase}", "$muted"),
        )
        prompt = self._words or view.prompt
        mode = line(("as you would have ", "bold $warn"))
        return [where.spread(mode, room), line(" ", (prompt, "bold")).cut(room)]


class GuessTable(Table):
    """The decision, and what the team knew when it made it."""

    PANES = (
        ("Decision", "#guess-decision"),
        ("Tracks", "#guess-tracks"),
        ("Situation", "#guess-situation"),
        ("Log", "#guess-log"),
    )
    NUMBERED = False  # digits choose moves

    tracks = getters.query_one("#guess-tracks", TracksPane)
    rows = getters.query_one("#guess-moves", Rows)
    preview = getters.query_one("#guess-preview", PreviewPane)
    verdict = getters.query_one("#guess-verdict", VerdictPane)

    def compose(self) -> ComposeResult:
        """What is known beside what is to be decided."""
        yield TracksPane(id="guess-tracks")
        with Vertical(id="guess-decision"):
            yield Rows(id="guess-moves")
            yield PreviewPane(id="guess-preview")
            yield VerdictPane(id="guess-verdict")
        yield SituationPane(id="guess-situation")
        yield LogPane(id="guess-log")

    def focus_in(self, pane: Widget) -> Widget:
        """The pane of the decision takes no keys; what stands in it does."""
        if pane.id != "guess-decision":
            return pane
        return self.verdict if self.verdict.display else self.rows

    def show(self, view: View) -> None:
        """Show what the team knew."""
        self.tracks.show(view)
        self.query_one(SituationPane).show(view)
        log = self.query_one(LogPane)
        log.show(view)
        log.follow_end()

    def show_preview(self) -> None:
        """The screen shows it, as the cursor moves."""

    def show_part(self, *, judged: bool) -> None:
        """The moves to choose from, or the verdict on the choice."""
        self.rows.display = self.preview.display = not judged
        self.verdict.display = judged
        (self.verdict if judged else self.rows).focus()


class GuessScreen(Dialog[None]):
    """A team's decisions, one after the other, then what came of it."""

    AUTO_FOCUS = ""
    HELP_TITLE: ClassVar[str] = "As you would have"
    HELP_TEXT: ClassVar[str] = (
        "You sit in the team's seat and see what it saw. Choose; then you see what it "
        "chose, what it meant, and what the rules made of either. Nothing that came "
        "later is shown. What each move promised is measured in the background, from "
        "what the team knew."
    )
    AROUND: ClassVar[tuple[str, ...]] = (
        "guess.back", "guess.brief", "guess.log", "play.next", "guess.end", "leave"
    )  # fmt: skip
    CHOOSING = ("guess.choose", "guess.number", "guess.skip", *AROUND)
    JUDGED = ("guess.on", *AROUND)
    OVER = ("guess.save", "guess.back", "scroll", "leave")
    HINTS = CHOOSING
    BINDINGS = bindings(
        "guess.number", "guess.on", "guess.skip", "guess.back", "guess.brief",
        "guess.log", "guess.end", "guess.save", "play.next",
    )  # fmt: skip

    head = getters.query_one(GuessHead)
    board = getters.query_one(GuessTable)
    tabs = getters.query_one(PaneTabs)
    summary = getters.query_one(SummaryPane)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self._sitting = sitting
        self._numbers = sitting.guessing.decisions()
        self._place = 0
        self._decision: Decision | None = None
        self._had: Sequence[Alternative] = ()
        self._verdicts: dict[int, Verdict] = {}
        """By the place of the decision."""
        self._measured: dict[int, Sequence[Option]] = {}
        """By the number of the move."""
        self._asked: set[int] = set()
        self._trouble = ""

    # What is shown.

    def compose_body(self) -> ComposeResult:
        """The head, the table, and the summary that takes its place."""
        yield GuessHead()
        yield PaneTabs(id="tabs")
        with Container(id="guess-place"):
            yield GuessTable(id="guess-table")
        yield SummaryPane(id="guess-summary", classes="pane")

    def on_mount(self) -> None:
        """Begin with the first decision."""
        super().on_mount()
        self.summary.display = False
        self.summary.title("Summary")
        self._show(0)

    @property
    def over(self) -> bool:
        """Whether the summary is shown."""
        return self._place >= len(self._numbers)

    @property
    def judged(self) -> bool:
        """Whether this decision has been answered."""
        return not self.over and self._place in self._verdicts

    def _show(self, place: int) -> None:
        """Show a decision, or past the last of them the summary."""
        self._place = max(0, min(place, len(self._numbers)))
        self.query_one("#guess-place").display = not self.over
        self.tabs.display = self.has_class("-narrow") and not self.over
        self.summary.display = self.over
        if self.over:
            self._show_summary()
        else:
            self._show_decision()
        self.refresh_bindings()

    def _show_decision(self) -> None:
        number = self._numbers[self._place]
        guessing = self._sitting.guessing
        decision = attempt(self.app, lambda: guessing.decision(self._place))
        if decision is None:
            return
        self._decision, self._had = decision, self._sitting.previews(number)
        self.head.show(decision.view, self._place + 1, len(self._numbers))
        self.board.show(decision.view)
        self.board.rows.show(
            [self._row(i, o) for i, o in enumerate(decision.view.moves, 1)]
        )
        self.board.rows.put_cursor("move-1")
        self.board.open(1)
        self.board.show_part(judged=self.judged)
        self._show_preview()
        self._show_verdict()
        self._show_tabs()
        self._measure(number)

    def _row(self, number: int, offer: MoveView) -> Row:
        view = self._decision.view if self._decision is not None else None
        card = card_of(view, offer.move.item) if view is not None else None
        spends = card is not None and offer.move.kind in ("play", "lay") and card.cost
        cost = count(card.cost, "point") if card is not None and spends else ""
        key = line((f"{number:>2} ", "bold $accent")).plain
        return Row(f"move-{number}", f"{key} {offer.label}", (cost, "$muted"))

    @property
    def move(self) -> Move | None:
        """The move that the cursor is on."""
        row = self.board.rows.chosen
        if self._decision is None or row is None:
            return None
        return self._decision.view.moves[int(row.removeprefix("move-")) - 1].move

    @on(OptionList.OptionHighlighted)
    def _show_preview(self) -> None:
        """What the move under the cursor would do, as far as the team could know."""
        decision, move = self._decision, self.move
        if decision is None:
            return
        found = next((a.preview for a in self._had if a.move == move), None)
        view = self.board.preview_view(decision.view)
        self.board.preview.show(found, view)

    def _show_verdict(self) -> None:
        verdict = self._verdicts.get(self._place)
        if verdict is None:
            return
        number = verdict.decision.number
        self.board.verdict.show(
            Judged(
                verdict,
                self._promised(number, verdict.ours.move),
                self._promised(number, verdict.theirs.move),
                measuring=number in self._asked and number not in self._measured,
                playouts=self._sitting.playouts,
                trouble=self._trouble,
            )
        )

    def _promised(self, number: int, move: Move) -> Expect | None:
        options = self._measured.get(number, ())
        return next((o.expect for o in options if o.move == move), None)

    def _show_tabs(self) -> None:
        self.tabs.show(self.board.names, self.board.open_pane)

    def hints(self) -> tuple[str, ...]:
        """The keys of what is shown."""
        if self.over:
            return self.OVER
        return self.JUDGED if self.judged else self.CHOOSING

    # Choosing.

    @on(OptionList.OptionSelected)
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        selected.stop()
        decision, move = self._decision, self.move
        if decision is None or move is None or self.judged:
            return
        guessing = self._sitting.guessing
        verdict = attempt(self.app, lambda: guessing.choose(decision, move))
        if verdict is not None:
            self._verdicts[self._place] = verdict
            self.board.show_part(judged=True)
            self._show_verdict()
            self.refresh_bindings()

    def can_number(self, number: int) -> bool:
        """While it is to be chosen, and there are so many."""
        moves = self._decision.view.moves if self._decision is not None else ()
        return not self.over and not self.judged and number <= len(moves)

    def action_number(self, number: int) -> None:
        """Put the cursor on a move."""
        self.board.rows.put_cursor(f"move-{number}")
        self.board.rows.focus()

    def can_go_on(self) -> bool:
        """Once it was chosen."""
        return self.judged

    def action_go_on(self) -> None:
        """To the next decision; after the last, the summary."""
        self._show(self._place + 1)

    def can_skip(self) -> bool:
        """A decision that has not been answered."""
        return not self.over and not self.judged

    def action_skip(self) -> None:
        """Leave it out."""
        self._show(self._place + 1)

    def can_before(self) -> bool:
        """There is one before."""
        return self._place > 0

    def action_before(self) -> None:
        """One back; what was answered stays answered."""
        self._show(self._place - 1)

    def can_next_pane(self) -> bool:
        """While there are panes."""
        return not self.over

    def action_next_pane(self) -> None:
        """To the next pane; in a narrow window, open it."""
        if self.has_class("-narrow"):
            self.board.open(self.board.open_pane % len(self.board.panes) + 1)
            self._show_tabs()
        else:
            self.focus_next()

    def can_brief(self) -> bool:
        """While a decision is shown."""
        return not self.over

    def action_brief(self) -> None:
        """What the team was told at the start."""
        if self._decision is not None:
            self.app.push_screen(BriefScreen(self._decision.view))

    def can_log(self) -> bool:
        """While a decision is shown."""
        return not self.over

    def action_log(self) -> None:
        """What had happened until then, as the team knew it."""
        if self._decision is not None:
            self.app.push_screen(LogScreen(self._decision.view))

    # Measuring.

    @work(group="guess")
    async def _measure(self, number: int) -> None:
        """What each move promised; it is drawn when it comes."""
        if self._sitting.measure is None or number in self._asked:
            return
        self._asked.add(number)
        try:
            options = await self._sitting.measure(number)
        except asyncio.CancelledError:
            self._asked.discard(number)
            return
        except TabletopError as error:
            self._asked.discard(number)
            self._trouble = error.message
        else:
            self._measured[number], self._trouble = options, ""
        if self.is_mounted:
            self._show_verdict()
            if self.over:
                self._show_summary()

    # The end.

    def can_summary(self) -> bool:
        """While there is something before it."""
        return not self.over

    def action_summary(self) -> None:
        """Stop here."""
        self._show(len(self._numbers))

    @property
    def guesses(self) -> Guesses:
        """What was answered, with what is known of it now."""
        guessing = self._sitting.guessing
        view = self._decision.view if self._decision else guessing.decision(0).view
        team = view.names.get(view.seat, view.seat)
        made = [self._guess(v) for _, v in sorted(self._verdicts.items())]
        return Guesses(
            view.title, team, view.round_label, len(self._numbers), made,
            self._sitting.playouts, self._sitting.method,
        )  # fmt: skip

    def _guess(self, verdict: Verdict) -> Guess:
        number = verdict.decision.number
        ours = self._promised(number, verdict.ours.move)
        theirs = self._promised(number, verdict.theirs.move)
        off = 0.0
        if ours is not None and theirs is not None and not verdict.same:
            off = hypot(ours.high - ours.low, theirs.high - theirs.low) / 2
        return Guess(
            number, verdict.decision.view.round, verdict.ours.label,
            verdict.theirs.label, verdict.intent, verdict.same,
            ours.mean if ours else None, theirs.mean if theirs else None, off,
        )  # fmt: skip

    def _show_summary(self) -> None:
        many = len(self._numbers)
        if self._decision is not None:
            words = f"{count(len(self._verdicts), 'decision')} answered"
            self.head.show(self._decision.view, len(self._verdicts), many, words)
        self.summary.show(self.guesses)
        self.summary.focus()

    def can_save(self) -> bool:
        """There is something to be saved."""
        return self.over and bool(self._verdicts)

    @work(exclusive=True, group="dialog")
    async def action_save(self) -> None:
        """Write the summary: a page where the name ends with .html, else text."""
        guesses, save = self.guesses, self._sitting.save
        beside = save if save is not None else Path("game.jsonl")
        seat = self._decision.view.seat if self._decision is not None else "team"
        default = str(beside.with_name(f"{beside.stem}-as-{seat}.html"))
        title = "Save the summary: .html for a page, .txt for text"
        path = await self.app.push_screen_wait(
            PathScreen(title, default, must_exist=False)
        )
        if path is None:
            return
        page = path.suffix.lower() in (".html", ".htm")
        text = as_html(guesses) if page else as_text(guesses)
        if done(self.app, lambda: write_text(path, text)):
            self.notify(f"The summary is in {path}", markup=False)
