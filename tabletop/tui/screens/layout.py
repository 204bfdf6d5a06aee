"""Panes: side by side in a wide window, one at a time in a narrow one."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.containers import Container
from textual.widget import Widget

from tabletop.session.view import View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line as said
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.line import Line, joined, line

Panes = Sequence[tuple[str, str]]
"""Name and selector of each pane, in the order of their numbers."""


class PaneTabs(Band):
    """The panes' names and numbers, where only one of them has room."""

    DEFAULT_CSS = """
    PaneTabs {
        background: $background;
    }
    """
    _names: Sequence[str] = ()
    _now = 0
    _right = ""
    _news: Collection[str] = ()

    def show(
        self,
        names: Sequence[str],
        now: int,
        right: str = "",
        news: Collection[str] = (),
    ) -> None:
        """Show the names; the open pane's stands out, those with news have a mark."""
        after = (names, now, right, news)
        if after != (self._names, self._now, self._right, self._news):
            self._names, self._now, self._right, self._news = after
            self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """One row."""
        tabs = joined(
            (self._tab(number, name) for number, name in enumerate(self._names, 1)), " "
        )
        more = line(("tab", "bold $accent"), (" next", "$muted"))
        right = line(more, (f"   {self._right}" if self._right else "", "$muted"), " ")
        if tabs.width + right.width + 2 > room:
            return [tabs.pad(room)]
        return [tabs.spread(right, room)]

    def _tab(self, number: int, name: str) -> Line:
        here = number == self._now
        tab = line(
            (f" {number}", "bold $accent"),
            (f" {name} ", "bold" if here else "$muted"),
            (f"{glyphs().pip} " if name in self._news else "", "$warn"),
        )
        return tab.on("$raise") if here else tab


def numbers(names: Sequence[str]) -> range:
    """The numbers that lead to these panes."""
    return range(1, len(names) + 1)


class Table(Container):
    """The panes of one seat. Subclasses compose them and name them in their order."""

    PANES: ClassVar[Panes] = ()
    """Name and selector of each pane, in the order of their numbers."""
    HINTS: ClassVar[tuple[str, ...]] = ()

    NUMBERED: ClassVar[bool] = True
    """Whether digits lead to the panes when they stand side by side."""
    FIRST: ClassVar[str] = ""
    """The pane that is open at first: its selector; by default the first."""

    _open = ""

    def show(self, view: View) -> None:
        """Draw what a seat may know; cursors and typed text stay."""
        raise NotImplementedError

    @property
    def panes(self) -> Panes:
        """The panes that a window of this size has."""
        return self.PANES

    @property
    def open_pane(self) -> int:
        """The number of the pane that is open in a narrow window."""
        selectors = [selector for _, selector in self.panes]
        return selectors.index(self._open) + 1 if self._open in selectors else 1

    @property
    def narrow(self) -> bool:
        """Whether one pane is shown at a time."""
        return self.screen.has_class("-narrow")

    def on_mount(self) -> None:
        """Number the panes and open the first."""
        for _, selector in self.PANES:
            self._dress(selector)
        self._name_panes()
        first = self.FIRST or self.PANES[0][1]
        self.open([selector for _, selector in self.panes].index(first) + 1)

    def _dress(self, selector: str) -> None:
        """Let the styles know a pane."""
        self.query_one(selector).add_class("pane", "numbered")

    def _name_panes(self) -> None:
        """Put each pane's name, and its number where digits lead to it, in its border.

        In a narrow window the tabs have both.
        """
        for number, (name, selector) in enumerate(self.panes, 1):
            words = f"{number} {name}" if self.NUMBERED else name
            self.query_one(selector).border_title = said(words)

    def show_preview(self) -> None:
        """Show what the chosen thing would do."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """A preview says more where there is room."""
        self._name_panes()
        if self._open not in [selector for _, selector in self.panes]:
            self.open(1)
        self.show_preview()

    def preview_view(self, view: View) -> View:
        """The view for a preview; where it is short, without the texts of cards.

        A narrow window shows the chosen thing whole beside its list.
        """
        if self.narrow:
            return replace(view, hand=(), hands={}, injects=())
        return view

    def open(self, number: int) -> None:
        """Open the pane with this number, and put the cursor in it."""
        if not 1 <= number <= len(self.panes):
            return
        self._mark_open(self.panes[number - 1][1])
        target = self.focus_in(self.pane(number))
        if target.focusable:
            target.focus()
        else:  # behind a curtain its place is given with the next refresh
            self.call_after_refresh(target.focus)

    def focus_in(self, pane: Widget) -> Widget:
        """What takes the keys when a pane is gone to."""
        return pane

    def _mark_open(self, opened: str) -> None:
        """Let a pane be the one that a narrow window shows."""
        self._open = opened
        for _, selector in self.panes:
            self.query_one(selector).set_class(selector == opened, "-open")
        for column in self.query(".column"):
            column.set_class(bool(column.query(".-open")), "-open")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane with the cursor is the one that is left when the window shrinks."""
        holders = {f"#{node.id}" for node in event.widget.ancestors_with_self}
        found = next((s for _, s in self.panes if s in holders), None)
        if found is not None and found != self._open:
            self._mark_open(found)

    def in_sight(self, number: int) -> bool:
        """Whether the pane with this number has a place in a window of this size."""
        return all(node.display for node in self.pane(number).ancestors_with_self)

    def pane(self, number: int) -> Widget:
        """The pane with this number."""
        return self.query_one(self.panes[number - 1][1])

    @property
    def names(self) -> list[str]:
        """The panes' names."""
        return [name for name, _ in self.panes]
