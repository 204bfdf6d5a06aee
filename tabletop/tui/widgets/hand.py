"""A hand of cards: side by side where there is room, else a list and one card whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tabletop.session.view import CardView, TeamView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.card import CARD_ROWS, LEAST_ROWS, Look, framed, row_line
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.grammar import empty
from tabletop.tui.widgets.line import BLANK, Line, line

WIDE_CARD, NARROW_CARD = 22, 18
GAP = 2
LIFT = 1
"""Rows by which the chosen card stands higher."""
SIDE_BY_SIDE = 96
"""Cells from which cards are laid side by side."""
MOST_CARDS = 9
"""Cards that have a key of their own; more of them are a list."""
WITH_CARD = 62
"""Cells from which the chosen card stands beside the list."""


def card_width(count: int, room: int) -> int:
    """How wide each of some cards is; 0 when they have no room side by side."""
    if not 0 < count <= MOST_CARDS or room < SIDE_BY_SIDE:
        return 0
    each = min(WIDE_CARD, (room - GAP * (count - 1)) // count)
    if each < NARROW_CARD:
        each = (room - (count - 1)) // count
    return each if each >= NARROW_CARD - 2 else 0


def beside(
    columns: Sequence[Sequence[Line]], gap: int, rows: int, room: int
) -> list[Line]:
    """Blocks of lines next to each other, in the middle of `room`."""
    widths = [max((row.width for row in column), default=0) for column in columns]
    before = (room - sum(widths) - gap * (len(columns) - 1)) // 2
    lines = []
    for row in range(rows):
        parts = [
            (column[row] if row < len(column) else BLANK).pad(width)
            for column, width in zip(columns, widths, strict=True)
        ]
        spaced = [part for found in parts for part in (" " * gap, found)][1:]
        lines.append(line(" " * max(0, before), *spaced))
    return lines


class HandPane(ChoicePane):
    """A team's cards, to look at and to choose from."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Previous card", show=False),
        Binding("right", "move(1)", "Next card", show=False),
    ]

    @dataclass
    class CardHighlighted(Message):
        """The cursor is on another card."""

        card_id: str

    @dataclass
    class CardChosen(Message):
        """A card is wanted."""

        card_id: str

    _cards: tuple[CardView, ...] = ()
    _points = 0
    _teams: tuple[TeamView, ...] = ()

    def show(
        self, cards: Sequence[CardView], points: int, teams: tuple[TeamView, ...] = ()
    ) -> None:
        """Show these cards; the cursor stays on its card."""
        before = self.ids()
        self._cards, self._points, self._teams = tuple(cards), points, teams
        playable = (card.id for card in self._cards if card.playable)
        self.keep_cursor(before, next(playable, None))
        self.redraw()

    def ids(self) -> Sequence[str]:
        """The cards' ids."""
        return [card.id for card in self._cards]

    def highlighted(self, item: str) -> None:
        """Tell that the cursor is on another card."""
        self.post_message(self.CardHighlighted(item))

    def chosen(self, item: str) -> None:
        """Tell that a card is wanted."""
        self.post_message(self.CardChosen(item))

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """Cards in their frames, or a list."""
        if not self._cards:
            more = "It is filled when the next round begins."
            return [Block(empty(room, rows, "The hand is empty.", more))]
        if card_width(len(self._cards), room) and rows > LEAST_ROWS:
            return [Block(self._spread_out(room, rows))]
        return self._listed(room, rows)

    def _look(self, card: CardView, number: int, size: tuple[int, int]) -> Look:
        return Look(
            size=size,
            points=self._points,
            number=number if number <= MOST_CARDS else 0,
            chosen=card.id == self.selected,
            focused=self.has_focus,
            teams=self._teams,
        )

    def _spread_out(self, room: int, rows: int) -> list[Line]:
        """The cards side by side; the chosen one is lifted."""
        cells = card_width(len(self._cards), room)
        height = min(CARD_ROWS, rows - LIFT)
        above = (rows - height - LIFT) // 2
        columns = []
        for number, card in enumerate(self._cards, 1):
            drawn = framed(card, self._look(card, number, (cells, height)))
            lift = 0 if card.id == self.selected else LIFT
            columns.append([*[BLANK] * (above + lift), *drawn])
        fits = len(columns) * (cells + GAP) - GAP <= room
        return beside(columns, GAP if fits else 1, rows, room)

    def _listed(self, room: int, rows: int) -> list[Block]:
        """One line a card; the chosen one whole beside them, where there is room."""
        whole: list[Line] = []
        if room >= WITH_CARD and rows >= LEAST_ROWS:
            whole = self._whole(rows)
            room -= WIDE_CARD + GAP
        blocks = [
            Block([self._row(card, number, room)], card.id)
            for number, card in enumerate(self._cards, 1)
        ]
        return self._with_card(blocks, whole, room) if whole else blocks

    def _whole(self, rows: int) -> list[Line]:
        place = self.ids().index(self.selected) if self.selected else 0
        size = (WIDE_CARD, min(CARD_ROWS, rows))
        return framed(
            self._cards[place], self._look(self._cards[place], place + 1, size)
        )

    def _with_card(
        self, blocks: list[Block], whole: list[Line], room: int
    ) -> list[Block]:
        """The list with the chosen card at its right, level with what is in view."""
        top = min(self.scroll_offset.y, max(0, len(blocks) - len(whole)))
        gap = " " * GAP
        found = []
        for row in range(max(len(blocks), len(whole))):
            block = blocks[row] if row < len(blocks) else Block([BLANK])
            inside = 0 <= row - top < len(whole)
            right = whole[row - top] if inside else BLANK
            found.append(Block([line(block.lines[0].pad(room), gap, right)], block.id))
        return found

    def _row(self, card: CardView, number: int, room: int) -> Line:
        look = self._look(card, number, (0, 0))
        row = row_line(card, number, room - 1, look)
        if not look.chosen:
            return line(" ", row)
        mark = (glyphs().cursor, "$accent" if look.focused else "$dim")
        return line(mark, row).pad(room).on("$raise")

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the whole card level with the rows in view."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.redraw()

    def at(self, x: int, y: int) -> str | None:
        """The card at a place."""
        cells = card_width(len(self._cards), self.room.width)
        if not cells or self._places:
            return super().at(x, y)
        fits = len(self._cards) * (cells + GAP) - GAP <= self.room.width
        step = cells + (GAP if fits else 1)
        before = (self.room.width - len(self._cards) * step + step - cells) // 2
        place, inside = divmod(x - before, step)
        if 0 <= place < len(self._cards) and inside < cells:
            return self._cards[place].id
        return None
