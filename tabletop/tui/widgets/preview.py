"""What a move would do: its text, the changes, what they set off, dice, questions."""

from collections.abc import Iterable, Sequence

from tabletop.session.view import CardView, Change, Preview, RowView, SeatId, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.asking import asking_lines
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.changes import NUMBERS, Columns, flag_words, number_lines
from tabletop.tui.widgets.effects import brief_effect, row_lines, whole_effect
from tabletop.tui.widgets.grammar import chip, empty, quoted, seat_mark
from tabletop.tui.widgets.line import BLANK, Line, flow, hang, joined, line, prose
from tabletop.tui.widgets.logtext import Names, short_change

SILENT = ("play", "pass", "answer", "inject", "round", "phase", "turn")
"""Kinds of changes that say no more than the move itself."""
INDENT = 2
EFFECT_WIDTH = 44
ANSWERABLE = "can be answered"
"""The mark of a card that others may respond to."""
TIGHT = 4
"""Rows of a pane in which nothing may be left blank."""


def change_lines(changes: Sequence[Change], view: View | None, room: int) -> list[Line]:
    """Changes one under the other: numbers in columns, everything else in words."""
    columns = Columns.of(changes, room)
    tracks = view.tracks if view else ()
    lines: list[Line] = []
    for change in changes:
        if change.kind in NUMBERS:
            lines += number_lines(change, columns, room, tracks)
        elif change.kind == "flag":
            lines.append(flag_words(change).cut(room))
        elif change.kind not in SILENT:
            lines += prose(change.text, room, "$muted")
    return lines


def caused(preview: Preview) -> tuple[list[Change], dict[str, list[Change]]]:
    """The move's own changes, and those that something else would add, by its title."""
    own: list[Change] = []
    others: dict[str, list[Change]] = {}
    for change in preview.changes:
        cause = change.cause
        if (
            cause is None
            or cause.id == preview.move.item
            or cause.kind in ("option", "dice")
        ):
            own.append(change)
        else:
            others.setdefault(cause.title, []).append(change)
    return own, others


def set_off(
    others: dict[str, list[Change]], view: View | None, room: int
) -> list[Line]:
    """What else would happen, under the title of what makes it happen."""
    if not others:
        return []
    lines = [BLANK, line(("Sets off", "bold $muted"))]
    inner = room - INDENT
    for title, changes in others.items():
        lines.append(line(" " * INDENT, (title, "bold")).cut(room))
        shown = change_lines(changes, view, inner)
        lines += [line(" " * INDENT, words) for words in shown]
    return lines


def card_of(view: View, card: str) -> CardView | None:
    """A card that the seat may read."""
    hands = (view.hand, *view.hands.values())
    return next((found for hand in hands for found in hand if found.id == card), None)


def asks_line(asks: Sequence[SeatId], view: View | None) -> Line:
    """Whom it asks."""
    if view is None:
        return line(("asks ", "$muted"), ", ".join(asks))
    return line(
        ("asks ", "$muted"), joined((seat_mark(view, seat) for seat in asks), ", ")
    )


def preview_lines(preview: Preview, view: View | None, room: int) -> list[Line]:
    """A preview without its text: changes, consequences, questions, dice, notes."""
    own, others = caused(preview)
    lines = change_lines(own, view, room)
    asked = asking_lines(preview.asking, view.teams if view else (), room)
    if preview.asks and not asked:
        lines.append(asks_line(preview.asks, view).cut(room))
    if preview.rows:
        lines += [BLANK, line((f"Dice {glyphs().dice}", "bold $muted"))]
        lines += [found for row in preview.rows for found in row_lines(row, room)]
    lines += set_off(others, view, room)
    lines += [*([BLANK] if lines and asked else []), *asked]
    notes = [text for note in preview.notes for text in prose(note, room, "$muted")]
    return lines + ([BLANK, *notes] if notes and lines else notes)


def short_lines(preview: Preview, view: View | None, room: int) -> list[Line]:
    """A preview in two rows: its own changes; then what they set off, ask and end."""
    own, others = caused(preview)
    dot = f" {glyphs().dot} "
    names = Names.of(view) if view is not None else Names({}, {})
    head = line(("If done now: ", "bold $muted"))
    first = joined([_in_short(c, names) for c in told(own)], "  ")
    nothing = line(("nothing changes at once", "$muted"))
    second = [
        line(
            (f"sets off {title} ", "$muted"),
            ("(", "$muted"),
            joined([_in_short(change, names) for change in told(changes)], ", "),
            (")", "$muted"),
        )
        for title, changes in others.items()
    ]
    if preview.asks:
        second.append(asks_line(preview.asks, view))
    if preview.rows:
        second.append(line((f"{glyphs().dice} dice decide", "$muted")))
    second += [line((note, "$muted")) for note in preview.notes]
    return [
        line(head, first or nothing).cut(room),
        line("  ", joined(second, dot)).cut(room),
    ]


def tight_lines(preview: Preview, view: View, room: int) -> list[Line]:
    """A preview in as few rows as hold it: changes side by side, a row for a throw."""
    own, others = caused(preview)
    names = Names.of(view)
    parts = [_in_short(change, names) for change in told(own)]
    for title, changes in others.items():
        set_off = joined([_in_short(change, names) for change in told(changes)], ", ")
        parts.append(line((f"sets off {title} (", "$muted"), set_off, (")", "$muted")))
    lines = flow(parts, room)
    lines += [_throw(row, room) for row in preview.rows]
    asked = asking_lines(preview.asking, view.teams, room)
    if preview.asks and not asked:
        lines.append(asks_line(preview.asks, view).cut(room))
    notes = [row for note in preview.notes for row in prose(note, room, "$muted")]
    if not preview.changes:  # then they say why it can't be played
        return [*notes, *lines, *asked]
    return [*lines, *asked, *([] if preview.rows or asked else notes)]


def _throw(row: RowView, room: int) -> Line:
    """A row of a dice table in one line: its effects, or what is said of it."""
    effects = joined([brief_effect(effect) for effect in row.effects])
    words = effects or line((row.text, "italic $muted"))
    span, chance = (f"{row.span:>5} ", "bold"), (f"{row.chance:>5}  ", "$muted")
    return line(span, chance, words).cut(room)


def told(changes: Sequence[Change]) -> list[Change]:
    """The changes that say more than the move itself."""
    return [change for change in changes if change.kind not in SILENT]


def _in_short(change: Change, names: Names) -> Line:
    if change.kind in NUMBERS:
        return short_change(change, names)
    return flag_words(change) if change.kind == "flag" else line(change.text)


class PreviewPane(Pane):
    """What the chosen card or inject would do now."""

    _preview: Preview | None = None
    _view: View | None = None
    _chips: Sequence[tuple[str, str]] = ()
    _short = False

    def show(
        self,
        preview: Preview | None,
        view: View,
        *,
        chips: Sequence[tuple[str, str]] = (),
        short: bool = False,
    ) -> None:
        """Show a preview; None when nothing is chosen.

        `chips` are the keys of the chosen thing. `short` is for two rows.
        """
        before, self._preview, self._view = self._preview, preview, view
        self._chips, self._short = chips, short
        if before is None or preview is None or before.move != preview.move:
            self.scroll_to(y=0, animate=False)
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The text of what is chosen, what it would do, and its keys."""
        if self._short and self._preview is not None:
            return short_lines(self._preview, self._view, room)
        lines = [*self._whole(room, rows)]
        if self._chips:
            keys = joined(
                (line(chip(key), (f" {verb}", "$muted")) for key, verb in self._chips),
                "   ",
            )
            keys = keys.cut(room)
            fits = len(lines) + 2 <= rows
            return [*lines, BLANK, keys] if fits else [keys, BLANK, *lines]
        return lines

    def _whole(self, room: int, rows: int) -> Sequence[Line]:
        preview, view = self._preview, self._view
        if preview is None or view is None:
            return empty(
                room, rows, "Nothing is chosen.", "What it would do appears here."
            )
        low = 0 < rows <= TIGHT
        text = [] if low else [*self._text(preview, view, room)]
        would = preview_lines(preview, view, room)
        if low and len(would) > rows:
            would = tight_lines(preview, view, room)
        if self._waits(preview, view):
            gap = [BLANK] if would and not low else []
            would += [*gap, *self._promised(preview, view, room)]
        if not would:
            would = [line(("Nothing would change.", "$muted"))]
        gap = [BLANK] if text and would[0] else []
        return [*text, *gap, *would]

    @staticmethod
    def _waits(preview: Preview, view: View) -> bool:
        """Whether a card's effects are not among the changes: it can't be played now.

        Or others may respond to it before they come.
        """
        offered = any(offer.move == preview.move for offer in view.moves)
        card = card_of(view, preview.move.item)
        answered = offered and card is not None and ANSWERABLE in card.notes
        nothing = not preview.changes and not preview.rows
        return answered or (nothing and not offered)

    def _promised(self, preview: Preview, view: View, room: int) -> list[Line]:
        """What a card says that it does, while it can't be played."""
        card = card_of(view, preview.move.item)
        if card is None:
            return []
        cells = min(room, EFFECT_WIDTH)
        effects = [row for e in card.effects for row in whole_effect(e, cells)]
        rows = () if preview.rows else card.rows  # they are shown already
        dice = [found for row in rows for found in row_lines(row, room)]
        lasting = prose(card.lasting, room, "$muted")
        return [*effects, *lasting, *dice]

    def _text(self, preview: Preview, view: View, room: int) -> Iterable[Line]:
        item = preview.move.item
        card = card_of(view, item)
        if card is not None:
            return prose(card.text, room, "italic $muted", 4)
        inject = next((i for i in view.injects if i.id == item), None)
        if inject is None:
            return ()
        condition = inject.when if inject.state == "condition" else ""
        parts = (
            ("when", condition, ""),
            ("read", quoted(inject.read) if inject.read else "", "italic"),
            ("cue", inject.cue, ""),
            ("expect", inject.expects, "$muted"),
        )
        return [
            row
            for name, text, style in parts
            if text
            for row in hang(
                line((f"{name:<8}", "$muted")), prose(text, room - 8, style, 5)
            )
        ]
