"""The master scenario events list: every inject, to look at and to steer."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.widgets import Input

from tabletop.session.view import InjectView, Move, Preview, View
from tabletop.tui.keys import bindings
from tabletop.tui.say import line
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.team_table import offered
from tabletop.tui.widgets import PreviewPane
from tabletop.tui.widgets.msel import GONE, InjectPane, MselPane, without_texts

if TYPE_CHECKING:
    from tabletop.tui.screens.steering import Steering


class MselScreen(Dialog[None]):
    """The schedule over the whole screen; it stays while injects are steered."""

    AUTO_FOCUS = "#msel"
    HINTS = (
        "msel.fire", "msel.hold", "msel.release", "msel.move", "msel.skip", "msel.back",
        "msel.write", "msel.find", "msel.load", "msel.save", "move", "leave",
    )  # fmt: skip
    BINDINGS = bindings(
        "msel.fire", "msel.hold", "msel.release", "msel.move", "msel.skip", "msel.back",
        "msel.write", "msel.find", "msel.load", "msel.save",
    )  # fmt: skip
    HELP_TITLE: ClassVar[str] = "The schedule of injects"
    HELP_TEXT: ClassVar[str] = (
        "Everything that control sends in, by rounds; the bank holds what comes by "
        "hand or on a condition. Below stands the chosen inject, with what it would "
        "change if it were fired now. An inject marked 'if stuck' is kept for the "
        "moment when play stalls."
    )

    list = getters.query_one("#msel", MselPane)
    find = getters.query_one("#msel-find", Input)

    def __init__(self, table: "Steering", view: View) -> None:
        super().__init__()
        self._table = table
        self._view = view

    def compose_body(self) -> ComposeResult:
        """The list; below it the words to find, the chosen inject, its preview."""
        yield MselPane(id="msel", classes="pane")
        find = Input(id="msel-find", compact=True, placeholder="words to find")
        find.display = False
        yield find
        yield Container(
            Horizontal(
                InjectPane(id="msel-inject", classes="pane"),
                PreviewPane(id="msel-preview", classes="pane"),
            ),
            id="msel-chosen",
        )

    def on_mount(self) -> None:
        """Show the view that there was."""
        super().on_mount()
        self.list.border_title = line("Schedule of injects (MSEL)")
        self.query_one("#msel-preview").border_title = line("If fired now")
        self.show(self._view)

    def show(self, view: View) -> None:
        """Show a view; the cursor stays on its inject."""
        self._view = view
        self.list.show(view, self.find.value)
        self.show_chosen()

    @on(MselPane.InjectHighlighted)
    def show_chosen(self) -> None:
        """Show the inject under the cursor, and what it would do."""
        inject = self.list.inject
        preview = self._previewed(inject)
        pane = self.query_one(InjectPane)
        number = f"{self.list.number_of(inject.id)}  " if inject else ""
        pane.border_title = line(number, inject.title if inject else "")
        narrow = self.has_class("-narrow")
        pane.show(inject, self._view, preview if narrow else None)
        other = self.query_one(PreviewPane)
        other.show(preview, without_texts(self._view))
        self.refresh_bindings()

    def on_resize(self) -> None:
        """In a narrow window the preview stands under the texts."""
        self.call_after_refresh(self.show_chosen)

    def _previewed(self, inject: InjectView | None) -> Preview | None:
        """What firing it now would do; of one that can't fire, only why not."""
        if inject is None:
            return None
        move = offered(self._view, "fire", inject.id)
        found = self._table.preview_of(move) if move is not None else None
        note = GONE.get(inject.state, "It can't be fired now.")
        move = Move("fire", item=inject.id)
        return found or Preview(move, inject.title, (), notes=(note,))

    # Keys.

    def _move(self, kind: str) -> Move | None:
        """The move of this kind that the rules offer for the chosen inject."""
        inject = self.list.inject
        if inject is None or self._table.game.read_only:
            return None
        return offered(self._view, kind, inject.id)

    def can_steer(self, kind: str) -> bool:
        """What the rules offer; one that was crossed out is put back by that key."""
        inject = self.list.inject
        gone = inject is not None and inject.state == "skipped"
        return self._move(kind) is not None and not (kind == "release" and gone)

    def action_steer(self, kind: str) -> None:
        """Fire, hold, let go or cross out the chosen inject."""
        move = self._move(kind)
        if move is not None and self._table.make(move):
            # A key pressed twice must not make a second move.
            self._view = replace(self._view, moves=())

    def can_put_back(self) -> bool:
        """Only one that was crossed out."""
        inject = self.list.inject
        gone = inject is not None and inject.state == "skipped"
        return gone and self._move("release") is not None

    def action_put_back(self) -> None:
        """Back into the schedule."""
        self.action_steer("release")

    def can_forward(self) -> bool:
        """One that has not been fired, while there are rounds."""
        return self.list.inject is not None and self._table.may_move(self.list.inject)

    def action_forward(self) -> None:
        """To a round that is asked for."""
        if self.list.inject is not None:
            self._table.move_inject(self.list.inject)

    def can_write_inject(self) -> bool:
        """As at the table."""
        return self._table.can_write_inject()

    def action_write_inject(self) -> None:
        """The form for an inject."""
        self._table.action_write_inject()

    def can_load(self) -> bool:
        """As at the table."""
        return self._table.can_write_inject()

    def action_load(self) -> None:
        """Injects from a file."""
        self._table.load_msel()

    def action_save(self) -> None:
        """The schedule into a file."""
        self._table.save_msel()

    # Finding.

    def action_find(self) -> None:
        """Type the words that are looked for."""
        self.find.display = True
        self.find.focus()

    @on(Input.Changed, "#msel-find")
    def _found(self) -> None:
        self.show(self._view)

    @on(Input.Submitted, "#msel-find")
    def _keep_found(self) -> None:
        self.list.focus()

    def action_leave(self) -> None:
        """From what was found to the whole list; from there to the table."""
        if self.find.display:
            self.find.value = ""
            self.find.display = False
            self.list.focus()
        else:
            self.dismiss(None)
