"""A pane with a cursor: blocks of lines, gone through with the keys or the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region

from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.line import Line


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together; with an id, the cursor can be on them."""

    lines: Sequence[Line]
    id: str = ""


class ChoicePane(Pane):
    """A pane whose blocks can be gone through with the keys and chosen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Previous", show=False),
        Binding("down", "move(1)", "Next", show=False),
        Binding("pageup", "page(-1)", "Page up", show=False),
        Binding("pagedown", "page(1)", "Page down", show=False),
        Binding("home", "to_end(0)", "First", show=False),
        Binding("end", "to_end(-1)", "Last", show=False),
        Binding("enter", "choose", "Choose", show=False),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._selected: str | None = None
        self._places: dict[str, range] = {}

    def ids(self) -> Sequence[str]:
        """Ids of what can be chosen, in their order."""
        raise NotImplementedError

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """The pane's contents."""
        raise NotImplementedError

    def highlighted(self, item: str) -> None:
        """Called when the cursor has moved."""

    def chosen(self, item: str) -> None:
        """Called when something was chosen."""

    @property
    def selected(self) -> str | None:
        """The id of what the cursor is on."""
        return self._selected

    @selected.setter
    def selected(self, item: str | None) -> None:
        if item is None or item == self._selected or item not in self.ids():
            return
        self._selected = item
        self.redraw()
        self._reveal()
        self.highlighted(item)

    def keep_cursor(self, before: Sequence[str], preferred: str | None = None) -> None:
        """After a change: stay on the same thing, else where it was, else begin."""
        now = self.ids()
        if self._selected in now:
            return
        place = before.index(self._selected) if self._selected in before else -1
        if place >= 0 and now:
            self._selected = now[min(place, len(now) - 1)]
        else:
            self._selected = preferred or next(iter(now), None)

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The blocks' lines, one after the other."""
        lines: list[Line] = []
        places: dict[str, range] = {}
        for block in self.blocks(room, rows):
            if block.id:
                places[block.id] = range(len(lines), len(lines) + len(block.lines))
            lines += block.lines
        self._places = places
        return lines

    def built(self) -> None:
        """Keep the cursor in view."""
        self.call_after_refresh(self._reveal)

    def _reveal(self) -> None:
        place = self._places.get(self._selected or "")
        if place:
            region = Region(0, place.start, 1, len(place))
            self.scroll_to_region(region, animate=False, force=True)

    def action_move(self, step: int) -> None:
        """To the next or the previous one."""
        ids = list(self.ids())
        if ids:
            now = ids.index(self._selected) if self._selected in ids else -1
            self.selected = ids[max(0, min(len(ids) - 1, now + step))]

    def action_page(self, direction: int) -> None:
        """As many on as a page holds."""
        place = self._places.get(self._selected or "", range(1))
        self.action_move(direction * max(1, self.room.height // max(1, len(place))))

    def action_to_end(self, place: int) -> None:
        """To the first or the last one."""
        ids = self.ids()
        if ids:
            self.selected = ids[place]

    def action_choose(self) -> None:
        """Choose what the cursor is on."""
        if self._selected is not None:
            self.chosen(self._selected)

    def on_focus(self) -> None:
        """Show the cursor."""
        self.redraw()

    def on_blur(self) -> None:
        """Show where the cursor was."""
        self.call_next(self.redraw)  # when the focus is gone

    def at(self, x: int, y: int) -> str | None:
        """What is drawn at a place, from the first line's beginning."""
        return next((item for item, rows in self._places.items() if y in rows), None)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; a click on what it is on chooses it."""
        place = event.get_content_offset(self)
        if place is None:
            return
        found = self.at(place.x, place.y + self.scroll_offset.y)
        if found is None:
            return
        if found == self._selected:
            self.chosen(found)
        else:
            self.selected = found
