"""What to watch for: those due now first, then by exercise objective."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.message import Message

from tabletop.session.runview import CheckpointView, RunView
from tabletop.session.view import View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.choice import Block, ChoicePane
from tabletop.tui.widgets.grammar import empty, heading, quoted, seat_mark
from tabletop.tui.widgets.line import BLANK, Line, flow, hang, joined, line, prose

DUE = "Due now"


def result_sign(result: str) -> tuple[str, str]:
    """How it was met, as a sign and its style."""
    signs = glyphs()
    return {
        "met": (signs.check, "bold $good"),
        "partly": (signs.held, "bold $warn"),
        "not met": (signs.cross, "bold $bad"),
    }.get(result, (signs.timed, "$accent"))


def is_due(point: CheckpointView, view: View) -> bool:
    """Whether its inject has fired and it was not yet judged."""
    fired = any(i.id == point.inject and i.state == "fired" for i in view.injects)
    return fired and not point.result


def due_now(run: RunView, view: View) -> frozenset[str]:
    """The ids of the checkpoints that are due."""
    return frozenset(point.id for point in run.checkpoints if is_due(point, view))


def groups(
    run: RunView, due_ids: frozenset[str]
) -> Iterator[tuple[str, list[CheckpointView]]]:
    """Headings with their checkpoints, each checkpoint once."""
    due = [point for point in run.checkpoints if point.id in due_ids]
    rest = [point for point in run.checkpoints if point not in due]
    if due:
        yield DUE, due
    known = dict(run.objectives)
    for objective, text in (*known.items(), ("", "Without an objective")):
        found = [
            point
            for point in rest
            if point.objective == objective
            or (not objective and point.objective not in known)
        ]
        if found:
            yield text, found


class CheckpointsPane(ChoicePane):
    """Checkpoints, to go through and to judge."""

    @dataclass
    class CheckpointHighlighted(Message):
        """The cursor is on another checkpoint."""

    _view: View | None = None
    _run: RunView | None = None
    _due: frozenset[str] = frozenset()
    """What was due at any time since the list was opened: it keeps its place."""

    def show(self, run: RunView, view: View) -> None:
        """Show what is to be watched for; the cursor stays, at first on what is due."""
        before = self.ids()
        self._run, self._view = run, view
        self._due |= due_now(run, view)
        self.keep_cursor(before)
        judged = sum(bool(point.result) for point in run.checkpoints)
        self.legend(f"{judged} of {len(run.checkpoints)} judged")
        self.redraw()
        self.post_message(self.CheckpointHighlighted())

    @property
    def point(self) -> CheckpointView | None:
        """The checkpoint that the cursor is on."""
        points = self._run.checkpoints if self._run else ()
        return next((point for point in points if point.id == self.selected), None)

    def ids(self) -> Sequence[str]:
        """The checkpoints' ids as they are drawn."""
        if self._run is None:
            return []
        return [p.id for _, points in groups(self._run, self._due) for p in points]

    def highlighted(self, item: str) -> None:
        """Tell that the cursor has moved."""
        self.post_message(self.CheckpointHighlighted())

    def blocks(self, room: int, rows: int) -> Sequence[Block]:
        """Groups under their headings."""
        run, view = self._run, self._view
        if run is None or view is None or not run.checkpoints:
            words = "This deck names nothing to watch for."
            more = "Its author can: [checkpoints] in the deck. Notes go into the log."
            return [Block(empty(room, rows, words, more))]
        found: list[Block] = []
        for title, points in groups(run, self._due):
            style = "bold $warn" if title == DUE else "bold $muted"
            found.append(Block([*([BLANK] if found else []),
                                heading(title, room, style)]))  # fmt: skip
            found += [Block(self._rows(p, view, run, room), p.id) for p in points]
        return found

    def _rows(
        self, point: CheckpointView, view: View, run: RunView, room: int
    ) -> list[Line]:
        here = point.id == self.selected
        ink = "$accent" if self.has_focus else "$dim"
        cursor = line((glyphs().cursor if here else " ", ink))
        done = "$muted" if point.result and not here else ""
        body = prose(point.text, room - 4, "bold" if here else done)
        body += flow(self._about(point, view, run), room - 4)
        if point.note:
            body += prose(quoted(point.note), room - 4, "italic $muted")
        sign = line(result_sign(point.result), " ")
        rows = [line(cursor, row) for row in hang(sign, body)]
        return [row.pad(room).on("$raise") for row in rows] if here else rows

    def _about(self, point: CheckpointView, view: View, run: RunView) -> list[Line]:
        """How it was met, who is watched, after which inject, for which objective."""
        parts: list[Line] = []
        if point.result:
            parts.append(line((point.result, result_sign(point.result)[1])))
        if point.team:
            parts.append(seat_mark(view, point.team))
        inject = next((i for i in view.injects if i.id == point.inject), None)
        if inject is not None:
            when = "after" if inject.state == "fired" else "comes with"
            parts.append(line((f"{when} ", "$muted"), (inject.title, "$secondary")))
        if point.id in self._due and point.objective:
            aim = dict(run.objectives).get(point.objective, point.objective)
            parts.append(line((aim, "$muted")))
        return [joined(parts, f" {glyphs().dot} ")] if parts else []
