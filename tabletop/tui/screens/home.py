"""The first screen: what to do, with which deck."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList, Static

from tabletop import __version__
from tabletop.session.game import Game
from tabletop.tui.ago import ago
from tabletop.tui.attempt import attempt
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.library import (
    DeckEntry,
    Library,
    SaveEntry,
    latest,
    solo_seats,
    tutorial,
)
from tabletop.tui.messages import ReplayWanted
from tabletop.tui.say import line, say
from tabletop.tui.screens.about import about, counted
from tabletop.tui.screens.base import TableScreen
from tabletop.tui.screens.problem import DeckProblemScreen
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.screens.saves import SavesScreen
from tabletop.tui.screens.setup import SetupScreen
from tabletop.tui.widgets import BigName

SEEDS = 1_000_000
"""How many seeds a new game's is drawn from: short enough to be read out."""


@dataclass
class Opened(Message):
    """A game was begun or resumed, and is ready to be played."""

    game: Game


@dataclass
class Found(Message):
    """What there is to play has been read."""

    decks: Sequence[DeckEntry]
    saves: Sequence[SaveEntry]


class HomeScreen(TableScreen[None]):
    """What now? and the decks; a first game is one key away."""

    HINTS = ("move", "home.open", "home.lists", "home.problems", "look", "home.quit")
    HELP_TITLE: ClassVar[str] = "Home"
    HELP_TEXT: ClassVar[str] = (
        "Choose what to do on the left and a deck on the right. Games are saved as "
        "they are played."
    )
    BINDINGS = bindings(
        "home.continue", "home.saves", "home.new", "home.solo", "home.learn",
        "home.problems", "home.quit",
    )  # fmt: skip

    menu = getters.query_one("#menu", Rows)
    shelf = getters.query_one("#decks", Rows)

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._decks: Sequence[DeckEntry] = ()
        self._saves: Sequence[SaveEntry] = ()
        self._found = False
        self._wanted = ""
        """What was asked for before it was known what there is."""

    def compose_body(self) -> ComposeResult:
        """The name, what to do, the decks, and what is known of the chosen one."""
        with Horizontal(id="masthead"):
            yield BigName("TABLETOP", id="name")
            yield Static(_tagline(), id="tagline")
        with Horizontal(id="home"):
            yield Rows(id="menu")
            with Vertical(id="shelf"):
                yield Rows(id="decks")
                yield Static(id="about")

    def on_mount(self) -> None:
        """Show what needs no reading; read the rest meanwhile."""
        super().on_mount()
        self.menu.border_title = line("What now?")
        self.shelf.border_title = line("Decks")
        self._show()
        self.menu.focus()
        self.look_again()

    @work(thread=True, exclusive=True, group="library")
    def look_again(self) -> None:
        """Read the decks and the saves, and tell what was found."""
        self.post_message(Found(self._library.decks(), self._library.saves()))

    @on(Found)
    def _found_them(self, found: Found) -> None:
        first_look, self._found = not self._found, True
        self._decks, self._saves = found.decks, found.saves
        self._show()
        if first_look and latest(found.saves) is None:
            self.menu.put_cursor("learn")
        if self._wanted and self.can_begin(self._wanted):
            self.action_begin(self._wanted)
        self._wanted = ""

    def _show(self) -> None:
        self.menu.show(self._menu_rows())
        self.shelf.show(self._deck_rows())
        self._show_about()

    @property
    def deck(self) -> DeckEntry | None:
        """The deck that the cursor is on."""
        chosen = self.shelf.chosen
        return next((d for d in self._decks if str(d.path) == chosen), None)

    def _menu_rows(self) -> list[Row]:
        """What can be done, each with its key; what can't be done yet says why."""
        save, now = latest(self._saves), datetime.now(UTC)
        title = self.deck.title if self.deck else "choose a deck"
        begun = (
            f"{save.state} {glyphs().dot} {ago(save.changed, now)}"
            if save
            else "no game yet"
        )
        return [
            Row("", "Go on"),
            _row("continue", "c", save.name if save else "Continue", begun, save),
            _row("saves", "o", "Another save", _count(self._saves), self._saves),
            Row("", ""),
            Row("", "Begin"),
            _row("new", "n", "New game", title, self._playable),
            _row("solo", "s", "Alone, against bots", title, self._playable),
            Row("", ""),
            Row("", "Learn"),
            _row("learn", "t", "The tutorial", "ten minutes", tutorial(self._decks)),
        ]

    @property
    def _playable(self) -> bool:
        return self.deck is not None and self.deck.ok

    def _deck_rows(self) -> list[Row]:
        if not self._decks:
            words = "No deck found." if self._found else "Looking for decks ..."
            return [Row("", line((words, "$muted")))]
        return [_deck_row(deck) for deck in self._decks]

    @on(OptionList.OptionHighlighted, "#decks")
    def _show_about(self) -> None:
        """Show what is known of the chosen deck."""
        deck = self.deck
        panel = self.query_one("#about", Static)
        panel.border_title = line(deck.title if deck else "")
        panel.update(about(deck) if deck else "")
        self.menu.show(self._menu_rows())
        self.refresh_bindings()

    @on(OptionList.OptionSelected, "#menu")
    def _do(self, selected: OptionList.OptionSelected) -> None:
        self.action_begin(selected.option_id or "")

    @on(OptionList.OptionSelected, "#decks")
    def _take_deck(self) -> None:
        self.action_begin("new" if self._playable else "problems")

    def can_problems(self) -> bool:
        """Only a broken deck has problems to show."""
        return self.deck is not None and not self.deck.ok

    def can_begin(self, what: str) -> bool:
        """What there is nothing for can't be begun; while it is looked for, it can."""
        return not self._found or any(
            row.live for row in self._menu_rows() if row.id == what
        )

    def action_problems(self) -> None:
        """Show what is wrong with the chosen deck."""
        if self.deck is not None:
            path = self.deck.path
            report = attempt(self.app, lambda: self._library.explain(path))
            self.app.push_screen(DeckProblemScreen(path, report or self.deck.problem))

    @work(exclusive=True, group="begin")
    async def action_begin(self, what: str) -> None:
        """Do one of the things of the menu; a game that opens is told to the app."""
        if not self._found:
            self._wanted = what
            return
        opening = await self._opening(what)
        game = attempt(self.app, opening) if opening is not None else None
        if game is not None:
            self.post_message(Opened(game))

    async def _opening(self, what: str) -> Callable[[], Game] | None:
        """How the wanted game is opened, asking for what is needed."""
        match what:
            case "continue":
                save = latest(self._saves)
                return self._resuming(save.path if save else None)
            case "saves":
                return await self._picked()
            case "learn":
                lesson = tutorial(self._decks)
                return self._lesson(lesson) if lesson else None
            case "new" | "solo" if self.deck is not None and self.deck.deck is not None:
                return await self._set_up(self.deck, alone=what == "solo")
            case "problems":
                self.action_problems()
        return None

    async def _picked(self) -> Callable[[], Game] | None:
        """Ask which save; one that is to be stepped through is told to the app."""
        picked = await self.app.push_screen_wait(SavesScreen(self._saves))
        if picked is not None and picked.replay:
            self.post_message(ReplayWanted(picked.save))
            return None
        return self._resuming(picked.save if picked is not None else None)

    def _resuming(self, path: Path | None) -> Callable[[], Game] | None:
        return partial(self._library.resume, path) if path else None

    def _lesson(self, lesson: DeckEntry) -> Callable[[], Game]:
        seats = solo_seats(lesson)
        return partial(
            self._library.begin, lesson.path, seats, secrets.randbelow(SEEDS)
        )

    async def _set_up(
        self, entry: DeckEntry, *, alone: bool
    ) -> Callable[[], Game] | None:
        """Ask who sits where, then begin."""
        seed = secrets.randbelow(SEEDS)
        screen = SetupScreen(entry, seed=seed, alone=alone)
        setup = await self.app.push_screen_wait(screen)
        if setup is None:
            return None
        return partial(self._library.begin, entry.path, setup.seats, setup.seed)


def _row(row_id: str, key: str, left: str, right: str, live: object) -> Row:
    """One thing to do; its remark says why it can't be done."""
    return Row(
        row_id,
        line("  ", (key, "bold $accent"), f"   {left}"),
        line((right, "$muted")),
        live=bool(live),
    )


def _deck_row(deck: DeckEntry) -> Row:
    signs = glyphs()
    sign = (f"{signs.check} ", "$good") if deck.ok else (f"{signs.cross} ", "$bad")
    remark = counted(deck) if deck.ok else deck.problem
    return Row(str(deck.path), line(sign, deck.title), line((remark, "$muted")))


def _count(saves: Sequence[SaveEntry]) -> str:
    return {0: "none yet", 1: "1 save"}.get(len(saves), f"{len(saves)} saves")


def _tagline() -> Content:
    return say(
        "wargames and exercises in a terminal\n",
        (f"{__version__}\neverything stays on this machine", "$muted"),
    )
