"""What all screens share: the row of keys, help, and a word when they can't fit.

A screen composes and routes; widgets draw; neither decides a rule.
"""

from collections.abc import Iterator
from itertools import islice
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import KEYS, Key, bindings, key_of
from tabletop.tui.palette import KeyCommands
from tabletop.tui.say import line, say
from tabletop.tui.widgets import KeysBar

T = TypeVar("T")

LEAST = Size(80, 24)
"""The smallest terminal in which every screen works."""

WIDE, BROAD = 100, 140
"""Columns from which panes stand side by side, and from which all of them do."""

TALL = 44
"""Rows from which there is room to spare."""

ALWAYS = ("palette", "help")
"""Keys that close every row of keys."""

MOST_HINTS = 10


class TooSmall(Static, can_focus=True):
    """Covers a screen that can't fit, says what it needs, and takes the keys."""

    def fit(self, size: Size) -> None:
        """Name the size that is needed and the one there is."""
        needed = f"{LEAST.width} x {LEAST.height}"
        self.update(
            say(
                ("This window is too small.\n\n", "bold"),
                f"It needs {needed}; it is {size.width} x {size.height}.\n",
                ("Make it larger, or the letters smaller.\n", "$muted"),
                ("The game waits.", "$muted"),
            )
        )


class TableScreen(Screen[T]):
    """A screen with a row of keys; it covers itself while the window is too small."""

    HINTS: ClassVar[tuple[str, ...]] = ()
    """Ids of the keys in its row, the most wanted first."""
    HELP_TITLE: ClassVar[str] = ""
    """What help calls this screen."""
    HELP_TEXT: ClassVar[str] = ""
    """What help says of it, before its keys."""
    BINDINGS = bindings("help", "look")
    COMMANDS = {KeyCommands}  # noqa: RUF012 - as Textual declares it

    cramped = False
    """Whether the window is too small just now."""
    _before_cramped: Widget | None = None

    def compose(self) -> ComposeResult:
        """The screen's own widgets, then the keys, then the cover."""
        yield from self.compose_body()
        yield KeysBar(id="keys")
        yield TooSmall(id="too-small")

    def compose_body(self) -> ComposeResult:
        """The screen's own widgets."""
        yield from ()

    def on_mount(self) -> None:
        """Follow the keys that work and the size of the window."""
        self.bindings_updated_signal.subscribe(self, self._show_keys)
        self.set_class(glyphs().plain, "-plain")
        self._fit(self.app.size)

    @on(events.Resize)
    @on(events.ScreenResume)
    def _fit_again(self) -> None:
        self._fit(self.app.size)

    def _fit(self, size: Size) -> None:
        """Set the classes that the styles ask for, and cover or uncover."""
        # Textual's own breakpoints don't reach a screen that a dialog covers.
        self.set_class(size.width < WIDE, "-narrow")
        self.set_class(size.width >= WIDE, "-wide")
        self.set_class(size.width >= BROAD, "-broad")
        self.set_class(size.height >= TALL, "-tall")
        self._set_cover(
            size, too_small=size.width < LEAST.width or size.height < LEAST.height
        )

    def _set_cover(self, size: Size, *, too_small: bool) -> None:
        """Take the focus away while covered, and give it back afterwards."""
        cover = self.query_one(TooSmall)
        if too_small:
            cover.fit(size)
        if too_small == self.cramped:
            return
        self.cramped = too_small
        cover.display = too_small
        if too_small:
            self._before_cramped = self.focused
            cover.focus()
        elif self._before_cramped is not None:
            self._before_cramped.focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing works under the cover; else the screen decides."""
        if self.cramped:
            return False
        return self.can(action, parameters)

    def can(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Whether an action makes sense now; its key is shown only then.

        A screen says so for `action_x` in a method `can_x`; without one it does.
        """
        can = getattr(self, f"can_{action}", None)
        return can is None or bool(can(*parameters))

    def hints(self) -> tuple[str, ...]:
        """Ids of the keys that the row of keys offers, the most wanted first."""
        return self.HINTS

    def working_keys(self) -> Iterator[Key]:
        """Every key of `hints` that does something now, in that order."""
        active = [key_of(f.binding.id) for f in self.active_bindings.values()]
        for key_id in self.hints():
            key = KEYS[key_id]
            if not key.action or key in active:
                yield key

    def live_keys(self) -> Iterator[Key]:
        """The working keys, without those that a line being typed swallows."""
        typing = isinstance(self.focused, Input)
        yield from (
            key for key in self.working_keys() if not typing or key.while_typing
        )

    def _show_keys(self, _screen: Screen[T] | None = None) -> None:
        last = [KEYS[key_id] for key_id in ALWAYS]
        shown = [*islice(self.live_keys(), MOST_HINTS - len(last)), *last]
        self.query_one(KeysBar).show([(key.drawn, self.verb(key)) for key in shown])

    def verb(self, key: Key) -> str:
        """What the row of keys calls a key now."""
        return key.verb

    def action_help(self) -> None:
        """Show what this screen is for and what its keys do."""
        # Help is a screen itself; the import would go round in a circle.
        from tabletop.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen.of(self))


class Dialog(TableScreen[T | None], ModalScreen[T | None]):
    """A question or a message over the screen that it belongs to."""

    TITLE_TEXT: ClassVar[str] = ""
    """The words in its border."""
    TONE: ClassVar[str] = ""
    """A class for its border: 'bad', 'warn' or none."""
    HINTS: ClassVar[tuple[str, ...]] = ("leave",)
    AUTO_FOCUS = "#dialog"
    DIALOG_ROOM: ClassVar[int] = 69
    """Cells inside its border, beside a scroll bar."""
    BINDINGS = bindings("leave")

    def compose_body(self) -> ComposeResult:
        """A bordered box around the dialog's own widgets."""
        box = VerticalScroll(*self.compose_dialog(), id="dialog", classes=self.TONE)
        box.border_title = line(self.title_text())
        yield box

    def compose_dialog(self) -> ComposeResult:
        """The dialog's own widgets."""
        yield from ()

    def title_text(self) -> str:
        """The words in the border."""
        return self.TITLE_TEXT

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
