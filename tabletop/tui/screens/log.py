"""The whole log, on a screen of its own: to read, to narrow down, to go back from."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from textual import getters, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tabletop.session.game import Game
from tabletop.session.view import LogEntry, View
from tabletop.tui.attempt import attempt
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.entry import EntryScreen
from tabletop.tui.screens.look import LookScreen, moves_of
from tabletop.tui.screens.rows import Row
from tabletop.tui.screens.why import WhyScreen
from tabletop.tui.widgets.log import LogPane
from tabletop.tui.widgets.loglist import LogList, LogSorts, sorts
from tabletop.tui.widgets.logtext import BESIDE

MOST_WHY = 4
"""Numbers of one entry that can be asked about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted from the log that the table must do."""

    do: Literal["undo", "note", "bookmark", "show"]
    to: int = 0
    """For undo: the move to go back to; for show: the one to be shown."""


class SortedLog(LogList):
    """The log; left and right narrow it down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "screen.sort('left')", show=False),
        Binding("right", "screen.sort('right')", show=False),
    ]


class LogScreen(Dialog[Asked]):
    """Everything that happened, as this seat may know it, with its causes."""

    AUTO_FOCUS = "#log"
    HINTS: ClassVar[tuple[str, ...]] = (
        "log.open", "log.undo", "log.look", "log.find", "log.sort", "log.why",
        "play.mark", "play.note", "move", "leave",
    )  # fmt: skip
    HELP_TITLE: ClassVar[str] = "The log"
    HELP_TEXT: ClassVar[str] = (
        "Every move with what it caused. Choose any entry to go back to before it or "
        "after it, or to look at the table as it was. A ruling is marked as one; what "
        "was taken back stays readable. Words after / may be a team, a card, "
        "a kind: 'kyiv ruling'."
    )
    BINDINGS = bindings("log.find", "log.undo", "log.look", "log.why", "play.mark",
                        "play.note")  # fmt: skip

    entries = getters.query_one("#log", SortedLog)
    words = getters.query_one("#log-words", Input)

    def __init__(
        self, view: View, game: Game | None = None, *, rewinds: bool = False,
        at: int | None = None,
    ) -> None:  # fmt: skip
        """`rewinds` is whether this seat may go back to any line; `at` an entry."""
        super().__init__()
        self._view = view
        self._game = game
        self._rewinds = rewinds and game is not None and not game.read_only
        self._at = at

    def compose_body(self) -> ComposeResult:
        """What is shown, the log, and a line for words to look for."""
        yield LogSorts(id="log-sorts")
        yield SortedLog(id="log", classes="pane")
        yield Input(
            placeholder="words to look for: a team, a card, 'ruling', 'note' ...",
            id="log-words", select_on_focus=False, compact=True,
        )  # fmt: skip

    def on_mount(self) -> None:
        """Show it, from its end or from the entry that was asked for."""
        super().on_mount()
        self.entries.title("Log")
        self.words.display = False
        self._show(self._view)
        if self._at is not None:
            self.entries.go_to_number(self._at)

    def _show(self, view: View) -> None:
        """Show a view's log; notes name the exercise objectives they are about."""
        aims = dict(self._game.run_view().objectives) if self._game is not None else {}
        self.entries.show(replace(view, names={**aims, **view.names}))
        self.query_one(LogSorts).show(view, self.entries.sort.id)

    def hints(self) -> tuple[str, ...]:
        """While words are typed, enter leads to what they have found."""
        return ("log.found", "leave") if self.words.has_focus else self.HINTS

    # Narrowing down.

    def action_sort(self, key: str) -> None:
        """Show the next sort of entries, or the one before."""
        step = 1 if key == "right" else -1
        choices = sorts(self._view)
        now = choices.index(self.entries.sort)
        self.entries.narrow(choices[(now + step) % len(choices)], self.entries.find)
        self.query_one(LogSorts).show(self._view, self.entries.sort.id)

    def action_find(self) -> None:
        """Take words to look for."""
        self.words.display = True
        self.words.focus()

    @on(Input.Changed, "#log-words")
    def _find(self, changed: Input.Changed) -> None:
        self.entries.narrow(self.entries.sort, changed.value)

    @on(Input.Submitted, "#log-words")
    def _found(self) -> None:
        self.entries.focus()
        self.words.display = bool(self.words.value.strip())

    def action_leave(self) -> None:
        """Out of the line for words; then out of what narrows the log; then away."""
        if self.words.has_focus:
            self._found()
        elif self.entries.find.strip():
            self.words.value = ""
            self.words.display = False
        else:
            self.dismiss(None)

    # What can be done with an entry.

    @on(LogList.Highlighted)
    def _moved(self) -> None:
        self.refresh_bindings()

    @property
    def _moves(self) -> list[int]:
        return moves_of(self._view)

    def _before(self, entry: LogEntry) -> int | None:
        """The last move that stands before an entry, as far as this seat knows."""
        found = None
        for other in self._view.log:
            if other is entry:
                break
            if other.kind not in BESIDE:
                found = other.number
        return found

    def _after(self, entry: LogEntry) -> int | None:
        """The move that an entry is, or stands beside."""
        if entry.kind not in BESIDE:
            return entry.number
        return self._before(entry)

    def _can_return(self, to: int | None) -> bool:
        return self._rewinds and to is not None and to != self._moves[-1]

    def can_back_here(self) -> bool:
        """Before the first entry there is nothing."""
        here = self.entries.selected
        return here is not None and self._can_return(self._before(here))

    def action_back_here(self) -> None:
        """Go back to before the chosen entry."""
        here = self.entries.selected
        to = self._before(here) if here is not None else None
        if to is not None and self._can_return(to):
            self.dismiss(Asked("undo", to))

    def can_look_at(self) -> bool:
        """Only a game can show its past, and only to those who may go there."""
        here = self.entries.selected
        return self._may_look and here is not None and self._after(here) is not None

    @property
    def _may_look(self) -> bool:
        return self._game is not None

    @work(exclusive=True, group="dialog")
    async def action_look_at(self) -> None:
        """Show the table as it was after the chosen entry."""
        here, game = self.entries.selected, self._game
        number = self._after(here) if here is not None else None
        if game is None or number is None:
            return
        seat, now = self._view.seat, self._view.move
        moment = attempt(self.app, lambda: game.view_at(seat, number))
        if moment is not None:
            goal: Literal["go back", ""] = "go back" if self._rewinds else ""
            look = LookScreen(game, moment, self._view, goal=goal, now=now)
            to = await self.app.push_screen_wait(look)
            if to is not None:
                self.dismiss(Asked("undo", to))

    def _numbers(self) -> list[tuple[str, str]]:
        """The tracks that the chosen entry changed: id and label."""
        here = self.entries.selected
        changed = [c.subject for c in here.changes if c.kind == "track"] if here else []
        known = {track.id: track.label for track in self._view.tracks}
        return [(t, known[t]) for t in dict.fromkeys(changed) if t in known][:MOST_WHY]

    def can_why_here(self) -> bool:
        """The chosen entry changed a number that this seat may see."""
        return self._game is not None and bool(self._numbers())

    def action_why_here(self) -> None:
        """Show what made the first number that the entry changed what it is."""
        for track, _ in self._numbers()[:1]:
            self._ask_why(track)

    def _ask_why(self, track: str) -> None:
        if self._game is not None:
            self.app.push_screen(WhyScreen(self._game, self._view, track))

    def can_bookmark(self) -> bool:
        """The present can be marked, by whoever may go back there."""
        return self._rewinds

    def action_bookmark(self) -> None:
        """Mark the present."""
        self.dismiss(Asked("bookmark"))

    def can_note(self) -> bool:
        """A game that is only read is not written to."""
        return self._game is not None and not self._game.read_only

    def action_note(self) -> None:
        """Write a line into the log."""
        self.dismiss(Asked("note"))

    # All of it, listed.

    @on(LogPane.EntryChosen)
    @work(exclusive=True, group="dialog")
    async def _choose(self) -> None:
        here = self.entries.selected
        rows = list(self._can()) if here is not None else []
        if here is None or not rows:
            return
        chosen = await self.app.push_screen_wait(EntryScreen(here, self._view, rows))
        if chosen is None:
            return
        what, _, item = chosen.partition(":")
        if what == "undo":
            self.dismiss(Asked("undo", int(item)))
        elif what == "why":
            self._ask_why(item)
        else:
            await self.run_action(what)

    def _can(self) -> Iterator[Row]:
        """What can be done with the chosen entry now."""
        here = self.entries.selected
        if here is None:
            return
        before, after = self._before(here), self._after(here)
        if self._can_return(before) and before != after:
            yield Row(f"undo:{before}", "Go back to before it", self._takes(before))
        if self._can_return(after):
            words = "Go back to right after it" if before != after else "Go back there"
            yield Row(f"undo:{after}", words, self._takes(after))
        if self.can_look_at():
            yield Row("look_at", "Look at the table as it was then", f"move {after}")
        for track, label in self._numbers() if self._game is not None else ():
            yield Row(f"why:{track}", f"Why is {label} what it is?")
        if after == self._moves[-1] and self.can_bookmark():
            yield Row("bookmark", "Bookmark this moment", glyphs().mark)
        if after == self._moves[-1] and self.can_note():
            yield Row("note", "Write a note here")

    def _takes(self, to: int | None) -> str:
        """How many moves going back to a move takes back."""
        many = sum(number > to for number in self._moves) if to is not None else 0
        return "takes back 1 move" if many == 1 else f"takes back {many} moves"
