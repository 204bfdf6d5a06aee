"""A question to a team takes over its screen: the answers side by side, previewed."""

from typing import ClassVar, NamedTuple

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from tabletop.session.game import Game
from tabletop.session.view import AskView, Move, OptionView, Preview, View
from tabletop.tui.attempt import quietly
from tabletop.tui.keys import bindings
from tabletop.tui.palette import KeyCommands, OptionCommands
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.intent import IntentLine
from tabletop.tui.screens.problem import RefusalScreen
from tabletop.tui.widgets import (
    AskPane,
    Header,
    KeysBar,
    SituationPane,
    StandsBand,
    TracksPane,
)

STANDS_ROWS = 3
"""Rows for what stands already, to choose by."""
LEAST_TABLE = 5
"""Rows that the panes below the question need to tell anything."""
TALL = 32
"""Rows below the header from which on those panes are always there."""


class Answer(NamedTuple):
    """The answer as a move, and why it is given."""

    move: Move
    note: str


class AskScreen(Dialog[Answer]):
    """One question; the table can be looked at first, and the question waits."""

    AUTO_FOCUS = "#ask-options"
    HINTS = ("ask.number", "ask.answer", "ask.more", "ask.table")
    HELP_TITLE: ClassVar[str] = "You are asked"
    HELP_TEXT: ClassVar[str] = (
        "A card or control asks your team a question. Each answer shows what it would "
        "do. The question waits until it is answered."
    )
    COMMANDS = {KeyCommands, OptionCommands}  # noqa: RUF012 - as Textual declares it
    BINDINGS = bindings("ask.table")

    pane = getters.query_one(AskPane)
    intent = getters.query_one(IntentLine)

    def __init__(self, game: Game, view: View, ask: AskView, draft: str = "") -> None:
        super().__init__()
        self._game = game
        self._view = view
        self._ask = ask
        self.draft = draft
        self._more = False
        """Whether not all of the question is in sight."""

    def compose_body(self) -> ComposeResult:
        """Who one is, the question, the line, and what is known."""
        yield Header(id="header")
        yield StandsBand(id="stands")
        with Vertical(id="ask"):
            yield AskPane(id="ask-options")
            yield IntentLine()
        with Horizontal(id="ask-table"):
            yield SituationPane(id="ask-situation", classes="pane")
            yield TracksPane(id="ask-tracks", classes="pane")

    def on_mount(self) -> None:
        """Show the question with a preview of every answer."""
        super().on_mount()
        box = self.query_one("#ask")
        box.border_title = line("? You are asked")
        previews = {option.id: self._preview(option) for option in self._ask.options}
        self.pane.show(self._ask, previews, self._view)
        self._show_table()
        self.intent.fill(self.draft)

    def hints(self) -> tuple[str, ...]:
        """Reading on is offered where something does not fit."""
        return tuple(h for h in self.HINTS if h != "ask.more" or self._more)

    def on_resize(self) -> None:
        """Share the rows again, once the header has its size."""
        self.call_after_refresh(self._share_rows)

    def _share_rows(self) -> None:
        """The answers get the rows that they need, the panes below what is left."""
        box, table = self.query_one("#ask"), self.query_one("#ask-table")
        others = (*self.query(Header), *self.query(StandsBand), *self.query(KeysBar))
        free = self.size.height - sum(each.outer_size.height for each in others)
        frame = box.gutter.height + self.intent.outer_size.height
        frame += self.pane.styles.margin.height
        needs = frame + self.pane.virtual_size.height
        table.display = free >= TALL or free - needs >= LEAST_TABLE
        most = free - LEAST_TABLE if table.display else free
        self.pane.styles.max_height = max(1, most - frame)
        self._more = needs > most
        self._show_keys()

    def _show_table(self) -> None:
        """What the team knows, to decide by."""
        situation, tracks = self.query_one(SituationPane), self.query_one(TracksPane)
        situation.border_title = line("Situation")
        tracks.border_title = line("Tracks you can see")
        saved = self._game.path is not None
        what_if = self._game.what_if
        self.query_one(Header).show(self._view, saved=saved, what_if=what_if)
        self.query_one(StandsBand).show(self._view, STANDS_ROWS)
        situation.show(self._view)
        tracks.show(self._view)

    def _preview(self, option: OptionView) -> Preview | None:
        """What an answer would do; nothing of one that can't be given."""
        if not option.open:
            return None
        move = self._move(option.id)
        return quietly(lambda: self._game.preview(self._view.seat, move))

    def _move(self, option: str) -> Move:
        return Move("answer", team=self._ask.team, item=option)

    @on(AskPane.OptionChosen)
    def _choose(self, chosen: AskPane.OptionChosen) -> None:
        """Ask why, unless the answer is closed: then say why it is."""
        option = next(o for o in self._ask.options if o.id == chosen.option_id)
        if option.open:
            self.intent.start()
        else:
            self.app.push_screen(
                RefusalScreen(f"{option.label} can't be chosen now:", option.terms)
            )

    @property
    def open_options(self) -> list[OptionView]:
        """The answers that may be given."""
        return [option for option in self._ask.options if option.open]

    @on(Input.Submitted)
    def _submit(self) -> None:
        if self.pane.selected:
            self.give(self.pane.selected)

    def give(self, option: str) -> None:
        """Answer, with what was typed as the reason."""
        self.dismiss(Answer(self._move(option), self.intent.text))

    @on(Input.Changed)
    def _keep_draft(self, changed: Input.Changed) -> None:
        self.draft = changed.value

    def action_leave(self) -> None:
        """From the line back to the answers; from the answers to the table."""
        if self.intent.typing:
            self.pane.focus()
        else:
            self.dismiss(None)
