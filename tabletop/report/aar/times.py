"""Time in a report: from the save's own stamps, never from a clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from tabletop.session.clock import seconds
from tabletop.session.running import DECLARED
from tabletop.session.view import LogEntry

_SAID = {said: do for do, said in DECLARED.items()}


def moment_words(at: str, *, day: bool = False) -> str:
    """A time of a save in words, in UTC; empty for what is no time.

    >>> moment_words("2026-03-01T09:05:00Z"), moment_words("2026-03-01", day=True)
    ('09:05', '1 March 2026')
    """
    when = seconds(at)
    if when is None:
        return ""
    moment = datetime.fromtimestamp(when, UTC)
    if day:
        return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return f"{moment:%H:%M}"


MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip


def length(amount: int) -> str:
    """Seconds in words.

    >>> length(5), length(75), length(120), length(3_720)
    ('5 s', '1 min 15 s', '2 min', '1 h 2 min')
    """
    if amount < 60:
        return f"{amount} s"
    if amount < 3_600:
        minutes, rest = divmod(amount, 60)
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    hours, rest = divmod(amount // 60, 60)
    return f"{hours} h {rest} min" if rest else f"{hours} h"


@dataclass(frozen=True, slots=True)
class Course:
    """What was declared to the room, as seconds; None for what was not."""

    start: int | None
    """StartEx, the last one."""
    end: int | None
    """EndEx, unless the exercise was opened again after it."""
    breaks: tuple[tuple[int, int], ...]
    """From PauseEx to going on, and from EndEx to being opened again."""
    practice: bool = False

    def waited(self, since: int, until: int) -> int:
        """Seconds between two times, without breaks and what came before StartEx."""
        since = max(since, self.start if self.start is not None else since)
        gone = sum(
            max(0, min(until, last) - max(since, first)) for first, last in self.breaks
        )
        return max(0, until - since - gone)


def course_of(log: Iterable[LogEntry]) -> Course:
    """What a log says was declared."""
    start = end = stood = None
    breaks: list[tuple[int, int]] = []
    practice = False
    for entry in log:
        do, when = _SAID.get(entry.title, ""), seconds(entry.at)
        if entry.kind != "exercise" or when is None:
            continue
        if do == "start":
            start, end, stood, breaks = when, None, None, []
        elif do == "practice":
            practice = True
        elif do in ("pause", "end"):
            stood = when if stood is None else stood
            end = when if do == "end" else end
        elif do in ("resume", "reopen") and stood is not None:
            breaks.append((stood, when))
            stood = end = None
    return Course(start, end, tuple(breaks), practice)
