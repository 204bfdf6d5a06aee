"""Every line of play of a save: its name, where it leaves, how far it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.message import Message

from tabletop.session.runview import BranchView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.grammar import empty
from tabletop.tui.widgets.line import BLANK, Line, line


class BranchesPane(ChoicePane):
    """Lines of play, to look at and to choose from; an id is the tip's number."""

    @dataclass
    class BranchHighlighted(Message):
        """The cursor is on another line of play."""

    @dataclass
    class BranchChosen(Message):
        """A line of play is to be looked at."""

    _branches: tuple[BranchView, ...] = ()
    _titles: Mapping[int, str] = {}
    _now = 0

    def show(
        self, branches: Sequence[BranchView], titles: Mapping[int, str], now: int
    ) -> None:
        """Show lines of play, with their last moves in words; `now` is the present."""
        before = self.ids()
        self._branches, self._titles, self._now = tuple(branches), titles, now
        current = next((str(b.tip) for b in self._branches if b.current), None)
        self.keep_cursor(before, current)
        many = len(self._branches)
        self.legend("1 line of play" if many == 1 else f"{many} lines of play")
        self.redraw()
        self.post_message(self.BranchHighlighted())

    @property
    def branch(self) -> BranchView | None:
        """The line of play that the cursor is on."""
        wanted = (b for b in self._branches if str(b.tip) == self.selected)
        return next(wanted, None)

    def ids(self) -> Sequence[str]:
        """The tips' numbers."""
        return [str(branch.tip) for branch in self._branches]

    def highlighted(self, item: str) -> None:
        """Tell that the cursor has moved."""
        self.post_message(self.BranchHighlighted())

    def chosen(self, item: str) -> None:
        """Tell that a line of play was chosen."""
        self.post_message(self.BranchChosen())

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """Two rows for each line of play, and a word when there is only one."""
        found = [
            Block(self._rows(branch, room), str(branch.tip))
            for branch in self._branches
        ]
        if len(found) <= 1 and all(b.tip == self._now for b in self._branches):
            words = "Nothing has been taken back yet."
            more = "What is undone stays here, and can be taken up again."
            said = empty(room, max(0, rows - 6), words, more)
            found.append(Block([BLANK, *said]))
        return found

    def _rows(self, branch: BranchView, room: int) -> list[Line]:
        here = str(branch.tip) == self.selected
        ink = "$accent" if self.has_focus else "$dim"
        cursor = line((glyphs().cursor if here else " ", ink))
        name = line(_sign(branch), (f" {branch.name}", "bold"), _practice(branch))
        where = line((_where(branch), "$muted"))
        right = self._state(branch)
        head = line(cursor, line(name, "  ", where).spread(right, room - 1))
        last = self._titles.get(branch.tip, branch.title)
        words = line(("last ", "$dim"), (last, "" if here else "$muted"))
        rows = [head, line(cursor, "   ", words.cut(room - 4))]
        return [row.pad(room).on("$raise") for row in rows] if here else rows

    def _state(self, branch: BranchView) -> Line:
        """Whether it is played now, and whether its end was taken back."""
        if not branch.current:
            return BLANK
        back = branch.tip != self._now
        words = f"played now, back to move {self._now}" if back else "played now"
        return line((words, "bold $accent"))


def _sign(branch: BranchView) -> tuple[str, str]:
    signs = glyphs()
    if branch.current:
        return signs.now, "bold $accent"
    return (signs.undone, "$secondary")


def _practice(branch: BranchView) -> Line:
    return line(("  off the record", "$warn")) if branch.practice else BLANK


def _where(branch: BranchView) -> str:
    """How long it is, and where it leaves the lines before it."""
    many = "1 move" if branch.moves == 1 else f"{branch.moves} moves"
    if not branch.leaves:
        return f"from the start, {many}"
    return f"leaves at move {branch.leaves}, {many}"
