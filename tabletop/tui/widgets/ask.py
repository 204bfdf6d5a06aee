"""A question with its answers side by side, each with what it would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tabletop.session.view import NOTHING_ASKED, AskView, OptionView, Preview, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.asking import together_lines
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.effects import effect_line
from tabletop.tui.widgets.grammar import chip, quoted, refusal, seat_mark
from tabletop.tui.widgets.line import BLANK, Line, hang, line, prose
from tabletop.tui.widgets.preview import preview_lines

LEAST_COLUMN = 36
"""Cells that an answer needs to stand beside another one."""
GAP = 2
EFFECT_WIDTH = 44
MOST_TOLD = 5
"""Lines of what an inject tells the team alone."""
MOST_TEXT = 6
"""Lines of an answer's own text."""
NONE = "No effect of its own."
LATER = "Nothing by itself; see below."
MARK = 6
"""Cells for an answer's number."""


class AskPane(ChoicePane):
    """The answers to choose from; number keys move the cursor, enter chooses."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "Previous answer", show=False),
        Binding("right", "move(1)", "Next answer", show=False),
        *(
            Binding(str(n), f"number({n})", f"Answer {n}", show=False)
            for n in range(1, 10)
        ),
    ]

    @dataclass
    class OptionHighlighted(Message):
        """The cursor is on another answer."""

        option_id: str

    @dataclass
    class OptionChosen(Message):
        """An answer is wanted."""

        option_id: str

    _ask: AskView | None = None
    _previews: Mapping[str, Preview | None] = {}
    _view: View | None = None

    def show(
        self,
        ask: AskView,
        previews: Mapping[str, Preview | None],
        view: View | None = None,
    ) -> None:
        """Show a question; with a view, who asks and the bands of tracks."""
        before = self.ids()
        self._ask, self._previews, self._view = ask, dict(previews), view
        is_open = (option.id for option in ask.options if option.open)
        self.keep_cursor(before, next(is_open, None))
        self.redraw(layout=True)

    def ids(self) -> Sequence[str]:
        """The answers' ids."""
        return [option.id for option in self._ask.options] if self._ask else ()

    def highlighted(self, item: str) -> None:
        """Tell that the cursor is on another answer."""
        self.post_message(self.OptionHighlighted(item))

    def chosen(self, item: str) -> None:
        """Tell that an answer is wanted."""
        self.post_message(self.OptionChosen(item))

    def action_number(self, number: int) -> None:
        """To the answer with this number."""
        ids = self.ids()
        if number <= len(ids):
            self.selected = ids[number - 1]

    def action_page(self, direction: int) -> None:
        """Read on: the answers are few, and what they lead to stands below them."""
        rows = max(1, self.room.height - 1)
        self.scroll_relative(y=direction * rows, animate=False)

    def _reveal(self) -> None:
        """With the first answers the question, with the last what all lead to."""
        place = self._places.get(self._selected or "")
        starts = {rows.start for rows in self._places.values()}
        if place and place.start == min(starts):
            self.scroll_to(y=0, animate=False)
        elif place and place.start == max(starts):
            self.scroll_to(y=place.start, animate=False)
        else:
            super()._reveal()

    def columns(self, room: int) -> int:
        """How many answers stand side by side."""
        count = len(self.ids())
        most = max(1, (room + GAP) // (LEAST_COLUMN + GAP))
        return count if count <= min(3, most) else min(2, most)

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """The question, then the answers in rows."""
        ask = self._ask
        if ask is None:
            return ()
        count = self.columns(room)
        cells = (room - GAP * (count - 1)) // count
        found = [Block([*self._question(ask, room), BLANK])]
        for first in range(0, len(ask.options), count):
            group = ask.options[first : first + count]
            drawn = [self._option(o, first + i + 1, cells) for i, o in enumerate(group)]
            height = max(map(len, drawn))
            lines = [
                self._side_by_side(drawn, group, row, cells) for row in range(height)
            ]
            here = next((o.id for o in group if o.id == self.selected), group[0].id)
            found += [Block(lines, here), Block([BLANK])]
        after = self._after(room)
        return [*found, Block(after)] if after else found[:-1]

    def _after(self, room: int) -> list[Line]:
        """What all answers together lead to."""
        shown = (preview.asking for preview in self._previews.values() if preview)
        teams = self._view.teams if self._view else ()
        return together_lines(next(shown, NOTHING_ASKED), teams, room)

    def _side_by_side(
        self,
        drawn: Sequence[list[Line]],
        group: Sequence[OptionView],
        row: int,
        cells: int,
    ) -> Line:
        parts: list[Line] = []
        for lines, option in zip(drawn, group, strict=True):
            words = (lines[row] if row < len(lines) else BLANK).pad(cells)
            here = option.id == self.selected
            parts += [line(" " * GAP), words.on("$panel") if here else words]
        return line(*parts[1:])

    def _question(self, ask: AskView, room: int) -> list[Line]:
        """Who asks, with which card, and the question itself."""
        who, title = self._who(ask), line((quoted(ask.title), "bold"))
        secret = line(("answered in secret", "italic $muted")) if ask.secret else BLANK
        apart = ask.sender and who.width + title.width + secret.width + GAP > room
        heads = [who.spread(secret, room), title.cut(room)]
        return [
            *(heads if apart else [line(who, title).spread(secret, room)]),
            *(prose(quoted(ask.told), room, "", MOST_TOLD) if ask.told else []),
            *prose(ask.prompt, room, "italic $muted", 3),
        ]

    def _who(self, ask: AskView) -> Line:
        """Who asks in the story; of a card that asks its own team, that it is that."""
        if ask.sender:
            return line(ask.sender, (" asks you:  ", "$muted"))
        if self._view is None:
            return BLANK
        if ask.by == ask.team:
            return line(("Your own card asks:  ", "$muted"))
        return line(seat_mark(self._view, ask.by), (" asks you:  ", "$muted"))

    def _option(self, option: OptionView, number: int, cells: int) -> list[Line]:
        """Number, label, what it would do or why it is closed, and its text."""
        inner = cells - MARK - 1
        here = option.id == self.selected
        label = prose(option.label, inner, "bold" if option.open else "$muted", 2)
        mark = f"{glyphs().now}{number}" if here else f" {number}"
        head = hang(line(chip(mark, live=here and option.open), "  "), label)
        preview = self._previews.get(option.id)
        if not option.open:
            sign = f"{glyphs().cross} "
            words = prose(refusal(option.terms), inner - 2, "$bad", 3)
            would = hang(line((sign, "$bad")), words)
        elif preview is not None:
            alone = replace(preview, asking=NOTHING_ASKED)
            would = preview_lines(alone, self._view, inner)
        else:
            cells = min(inner, EFFECT_WIDTH)
            would = [effect_line(effect, cells) for effect in option.effects]
        if not would:
            later = preview is not None and preview.asking.outcomes
            would = [line((LATER if later else NONE, "$muted"))]
        text = prose(option.text, inner, "italic $muted", MOST_TEXT)
        body = [*would, *([BLANK] if would and text else []), *text]
        indent = " " * MARK
        return [*head, BLANK, *(line(indent, words) for words in body)]

    def at(self, x: int, y: int) -> str | None:
        """The answer at a place."""
        ids = list(self.ids())
        row = super().at(x, y)
        if row is None or self._ask is None:
            return None
        count = self.columns(self.room.width)
        cells = (self.room.width - GAP * (count - 1)) // count
        first = ids.index(row) // count * count
        place = first + min(count - 1, x // (cells + GAP))
        return ids[place] if place < len(ids) else None
