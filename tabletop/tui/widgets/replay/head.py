"""The head of a replay: which game, which moment, from whose eyes, and whether it runs.

It always says that this is a replay, so that nobody takes it for the game itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tabletop.session.replaying import Moment
from tabletop.session.view import LogEntry, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.band import Band
from tabletop.tui.widgets.grammar import chip, quoted, seat_mark
from tabletop.tui.widgets.line import BLANK, Line, first_fit, joined, line
from tabletop.tui.widgets.logtext import RULINGS, title_line
from tabletop.tui.widgets.replay.lanes import MARK_TONES

WIDE = 100
"""Cells from which there is room for what is known of the save."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What the head shows."""

    view: View
    save: str
    """The name of the save."""
    line_name: str
    """What the line of play is called; empty for the one that was played."""
    moments: Sequence[Moment]
    place: int
    entry: LogEntry | None
    trouble: str = ""
    """What is wrong with the save; empty when every move was checked."""
    mark: str = ""
    words: str = ""
    """What somebody wrote on this moment."""
    running: bool = False
    """Whether it goes on by itself."""
    speed: str = "1"
    """How many times as fast as usual."""


def lasted(moments: Sequence[Moment]) -> str:
    """How long it took, like `3 h 10`; empty when that is not known.

    >>> lasted(())
    ''
    """
    times = [moment.at for moment in moments if moment.at]
    try:
        first, last = (datetime.fromisoformat(times[i]) for i in (0, -1))
        minutes = int((last - first).total_seconds()) // 60
    except (IndexError, ValueError, TypeError):
        return ""
    if minutes < 1:
        return ""
    return f"{minutes // 60} h {minutes % 60:02}" if minutes >= 60 else f"{minutes} min"


class ReplayHead(Band):
    """Two rows over everything else."""

    _heading: Heading | None = None

    def show(self, heading: Heading) -> None:
        """Show where the replay is."""
        self._heading = heading
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The save, then the moment."""
        heading = self._heading
        if heading is None:
            return [BLANK, BLANK]
        mark = line((f"{glyphs().cursor} ", "$accent"))
        inner = room - mark.width - 1
        first = self._save(heading, inner).spread(self._eyes(heading, inner), inner)
        second = self._moment(heading, inner)
        return [line(mark, first, " "), line(mark, second, " ")]

    def _save(self, heading: Heading, room: int) -> Line:
        """What is replayed, from the longest form."""
        dot = line((f" {glyphs().dot} ", "$muted"))
        title = line((heading.view.title, "bold"))
        name = line(("replay of ", "$muted"), heading.save)
        if heading.line_name:
            name = line(name, dot, (heading.line_name, "bold $secondary"))
        many = len(heading.moments) - 1
        count = line((f"{many} moves" if many != 1 else "1 move", "$muted"))
        time = line((lasted(heading.moments), "$muted"))
        facts = [name, count, *([time] if time else [])]
        checked, short = _digests(heading)
        forms = [
            line(title, "   ", joined([*facts, checked], dot.plain)),
            line(title, "   ", joined([*facts, short], dot.plain)),
            line(title, "  ", joined([name, short], dot.plain)),
            line(title, "  ", name),
            line(name),
        ]
        return first_fit(room - 24, forms)

    def _eyes(self, heading: Heading, room: int) -> Line:
        seat = seat_mark(heading.view, heading.view.seat, 18)
        key = line(("   v", "bold $accent"), (" change", "$muted"))
        found = line(("seen as ", "$muted"), seat)
        return line(found, key) if room >= WIDE else found

    def _moment(self, heading: Heading, room: int) -> Line:
        """The number, when, and what was done; then whether it goes on by itself."""
        view, wide = heading.view, room >= WIDE
        phase = next((p.label for p in view.phases if p.id == view.phase), view.phase)
        when = f"{view.round_label} {view.round}"
        when += f" {glyphs().dot} {phase}" if phase else ""
        parts = [
            line(*_place(heading)),
            line((when, "$foreground" if wide else "$muted")),
            self._deed(heading),
        ]
        right = self._player(heading, wide=wide)
        gap = "   " if wide else "  "
        left = joined(parts, gap)
        if heading.entry is not None and heading.entry.note and wide:
            name = "reason" if heading.entry.kind in RULINGS else "intent"
            words = (f"{name}: ", "$muted"), (quoted(heading.entry.note), "italic")
            left = line(left, "   ", *words)
        return left.spread(right, room)

    @staticmethod
    def _deed(heading: Heading) -> Line:
        mark = heading.mark
        sign = line((f"{mark} ", f"bold {MARK_TONES.get(mark, '')}")) if mark else BLANK
        if heading.place == 0:
            return line(sign, ("the start", "bold"))
        if heading.entry is None:
            return line(sign, ("something that is not known here", "italic $muted"))
        return line(sign, title_line(heading.entry, heading.view))

    @staticmethod
    def _player(heading: Heading, *, wide: bool) -> Line:
        signs = glyphs()
        speed = f"{signs.play} {heading.speed}{signs.times}"
        if heading.running:
            return line(
                ("< >", "bold $accent") if wide else "",
                (" speed  " if wide else "", "$muted"),
                chip(speed),
            )
        space = ("space ", "bold $accent") if wide else ""
        return line(space, (speed, "$muted"))


def _place(heading: Heading) -> list[tuple[str, str]]:
    """`move 71 of 142`; where lines are numbered otherwise, both."""
    number = heading.moments[heading.place].number
    many = len(heading.moments) - 1
    if number == heading.place:
        return [("move ", "$muted"), (str(number), "bold"), (f" of {many}", "$muted")]
    place = f" ({heading.place} of {many})"
    return [("move ", "$muted"), (str(number), "bold"), (place, "$muted")]


def _digests(heading: Heading) -> tuple[Line, Line]:
    """Whether every move led where the save says that it did."""
    signs = glyphs()
    if heading.trouble:
        bad = line((f"{signs.cross} ", "bold $bad"), (heading.trouble, "$bad"))
        return bad, bad
    check = line(("digest ", "$muted"), (f"{signs.check} ", "$good"))
    return line(check, ("every move checked", "$good")), check
