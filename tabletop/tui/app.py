"""The program on the screen: two workplaces, home and the table, and what they share.

Shows views and submits moves; reads no deck itself and decides no rule.
"""

import gc
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.constants import TEXTUAL_ANIMATIONS
from textual.screen import Screen
from textual.scrollbar import ScrollBar, ScrollBarRender

from tabletop.session.game import Game
from tabletop.tui.attempt import attempt
from tabletop.tui.glyphs import glyphs
from tabletop.tui.library import Library
from tabletop.tui.messages import (
    CameBack,
    GameLeft,
    ReplayLeft,
    ReplayRead,
    ReplayWanted,
    TrialBegun,
)
from tabletop.tui.screens.home import HomeScreen, Opened
from tabletop.tui.shelf import Shelf
from tabletop.tui.theme import THEMES, register, variable_defaults

if TYPE_CHECKING:
    from tabletop.session.editing import EditedDeck
    from tabletop.session.replaying import Replay
    from tabletop.tui.screens.edited import EditedGame

    Edited = tuple[EditedGame, EditedDeck]

STYLES = Path(__file__).parent / "styles"
BOT_PAUSE = 0.7
"""Seconds between two moves of bots, so that people can follow."""


class PlainScrollBarRender(ScrollBarRender):
    """Draws scroll bars by their ground alone, without parts of blocks."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class TabletopApp(App[Path | None]):
    """Ends with the save of the game that was open, so that it can be named."""

    TITLE = "tabletop"
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        STYLES / "widgets.tcss",
        STYLES / "app.tcss",
        STYLES / "steering.tcss",
        STYLES / "display.tcss",
        STYLES / "replay.tcss",
        STYLES / "study.tcss",
    ]
    ENABLE_COMMAND_PALETTE = True

    def __init__(
        self, library: Library, *, game: Game | None = None, pause: float | None = None,
        replay: "Replay | None" = None, edited: "Edited | None" = None,
    ) -> None:  # fmt: skip
        """`edited` is a game whose deck is edited while it is played."""
        super().__init__()
        register(self)
        plain = glyphs().plain
        ScrollBar.renderer = PlainScrollBarRender if plain else ScrollBarRender
        self.theme = THEMES[0]
        self.library = library
        self.game = edited[0] if edited is not None else game
        self.edited = edited
        self.replay = replay
        """The save that is stepped through, also while another line is played."""
        still = TEXTUAL_ANIMATIONS == "none"
        self.pause = (0.0 if still else BOT_PAUSE) if pause is None else pause
        self.add_mode("home", partial(HomeScreen, library))

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, so that every theme can be used."""
        return dict(variable_defaults(self.current_theme))

    def on_mount(self) -> None:
        """Begin with the game or the replay that was given, else at home."""
        if self.game is not None:
            self.play(self.game)
        elif self.replay is not None:
            self.show_replay(self.replay)
        else:
            self.switch_mode("home")

    @on(Opened)
    def _open(self, opened: Opened) -> None:
        self.play(opened.game)

    def play(self, game: Game) -> None:
        """Go to the table with a game."""
        # It draws on much that the first screen does without.
        from tabletop.tui.screens.play import PlayScreen

        screen: Callable[[], PlayScreen] = partial(PlayScreen, game, pause=self.pause)
        if self.edited is not None and self.edited[0] is game:
            from tabletop.tui.screens.edited import EditedPlayScreen

            screen = partial(EditedPlayScreen, *self.edited, pause=self.pause)
        self.game = game
        self.add_mode("play", screen)
        self.switch_mode("play")
        if not self.is_headless:
            self.call_after_refresh(leave_in_peace)

    @on(GameLeft)
    async def _close(self) -> None:
        """Let the save go; back to the replay it was played from, else home."""
        await self._leave("play", "replay" if self.replay is not None else "home")

    @on(ReplayWanted)
    async def _show_replay(self, wanted: ReplayWanted) -> None:
        """Let the game go that is open, and step through a save.

        A game that is played from a replay leads back to that.
        """
        if self.game is not None and self.replay is not None:
            await self._leave("play", "replay")
            return
        from tabletop.session.replaying import Replay

        replay = attempt(self, lambda: Replay.open(wanted.save))
        if replay is None:
            return
        if self.game is not None:
            await self._leave("play", "home")
        self.show_replay(replay)

    def show_replay(self, replay: "Replay") -> None:
        """Step through a save."""
        # It draws on much that the first screen and the table do without.
        from tabletop.tui.screens.replay.screen import ReplayScreen

        self.replay = replay
        self.add_mode("replay", partial(ReplayScreen, replay))
        self.switch_mode("replay")
        if not self.is_headless:
            self.call_after_refresh(leave_in_peace)

    @on(TrialBegun)
    def _play_on(self, begun: TrialBegun) -> None:
        self.play(begun.game)

    @on(ReplayRead)
    def _keep_replay(self, read: ReplayRead) -> None:
        self.replay = read.replay

    @on(ReplayLeft)
    async def _close_replay(self) -> None:
        await self._leave("replay", "home")

    async def _leave(self, mode: str, after: str) -> None:
        """From one workplace to another; what was open on the first is let go."""
        await self.switch_mode(after)
        await self.remove_mode(mode)
        self._let_go_game()
        if after == "replay":
            self.screen.post_message(CameBack())
        else:
            self._let_go_replay()
        if isinstance(self.screen, HomeScreen):
            self.screen.look_again()

    def _let_go(self) -> None:
        self._let_go_game()
        self._let_go_replay()

    def _let_go_game(self) -> None:
        if self.game is not None:
            self.game.close()
            self.game = None

    def _let_go_replay(self) -> None:
        if self.replay is not None:
            self.replay.close()
            self.replay = None

    async def action_quit(self) -> None:
        """Leave; every move is on disk already."""
        path = self.game.path if self.game is not None else None
        self._let_go()
        self.exit(path)

    def action_next_look(self) -> None:
        """Dark, light, high contrast, and round again."""
        now = THEMES.index(self.theme) if self.theme in THEMES else -1
        self.theme = THEMES[(now + 1) % len(THEMES)]

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Commands that every screen has."""
        yield SystemCommand(
            "Look", "Dark, light or high contrast", self.action_next_look
        )
        yield SystemCommand("Quit", "Leave; a game is saved as it is", self.action_quit)


def leave_in_peace() -> None:
    """Let the search for unused memory leave out what is there to stay.

    A long game is many objects; looking through them all holds a key up for a tenth of
    a second and more.
    """
    gc.collect()
    gc.freeze()


def run_home() -> Path | None:
    """Open the first screen; the save of the game that was being played when it ends.

    A fault of ours ends the program with a failure, after Textual has shown it.
    """
    return _run(TabletopApp(Shelf()))


def run_session(session: Game) -> Path | None:
    """Go to the table with a game; its save, when the program is left from there."""
    return _run(TabletopApp(Shelf(), game=session))


def run_edited(session: "EditedGame", deck: "EditedDeck") -> Path | None:
    """The same, while the game's deck is edited beside it."""
    return _run(TabletopApp(Shelf(), edited=(session, deck)))


def run_replay(replay: "Replay") -> None:
    """Step through a save until the program is left."""
    _run(TabletopApp(Shelf(), replay=replay))


def _run(app: TabletopApp) -> Path | None:
    path = app.run()
    if app.return_code:
        raise SystemExit(app.return_code)
    return path
