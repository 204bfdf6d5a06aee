"""Panes: side by side in a wide window, one at a time in a narrow one."""

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tabletop.session.view import View
from tabletop.tui.say import line


class PaneTabs(Static):
    """The panes' names and numbers, where only one of them has room."""

    def show(self, names: Sequence[str], now: int) -> None:
        """Show the names; the open pane's stands out."""
        looks = ["bold on $panel" if n == now else "$muted" for n in numbers(names)]
        self.update(
            Content("  ").join(
                line((f" {number} ", "bold $accent"), (f"{name} ", look))
                for number, name, look in zip(numbers(names), names, looks, strict=True)
            )
        )


def numbers(names: Sequence[str]) -> range:
    """The numbers that lead to these panes."""
    return range(1, len(names) + 1)


class Table(Container):
    """The panes of one seat. Subclasses compose them and name them in their order."""

    PANES: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Name and selector of each pane, in the order of their numbers."""
    HINTS: ClassVar[tuple[str, ...]] = ()

    NUMBERED: ClassVar[bool] = True
    """Whether digits lead to the panes when they stand side by side."""
    FIRST: ClassVar[int] = 1
    """The pane that is open at first."""

    open_pane = 1
    """The number of the pane that is open in a narrow window."""

    def show(self, view: View) -> None:
        """Draw what a seat may know; cursors and typed text stay."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Number the panes and open the first."""
        for number, (name, selector) in enumerate(self.PANES, 1):
            pane = self.query_one(selector)
            pane.add_class("pane", "numbered")
            pane.border_title = line(f"{number} {name}" if self.NUMBERED else name)
        self.open(self.FIRST)

    def show_preview(self) -> None:
        """Show what the chosen thing would do."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """A preview says more where there is room."""
        self.show_preview()

    def preview_view(self, view: View) -> View:
        """The view for a preview; where it is short, without the texts of cards.

        A narrow window shows the chosen thing whole beside its list.
        """
        if self.screen.has_class("-narrow"):
            return replace(view, hand=(), hands={}, injects=())
        return view

    def open(self, number: int) -> None:
        """Open the pane with this number, and put the cursor in it."""
        if not 1 <= number <= len(self.PANES):
            return
        self.open_pane = number
        for index, (_, selector) in enumerate(self.PANES, 1):
            self.query_one(selector).set_class(index == number, "-open")
        for column in self.query(".column"):
            column.set_class(bool(column.query(".-open")), "-open")
        target = self.pane(number)
        if target.focusable:
            target.focus()

    def in_sight(self, number: int) -> bool:
        """Whether the pane with this number has a place in a window of this size."""
        return all(node.display for node in self.pane(number).ancestors_with_self)

    def pane(self, number: int) -> Widget:
        """The pane with this number."""
        return self.query_one(self.PANES[number - 1][1])

    @property
    def names(self) -> list[str]:
        """The panes' names."""
        return [name for name, _ in self.PANES]
