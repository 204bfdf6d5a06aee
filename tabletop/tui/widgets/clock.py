"""A clock in words: it warns by its ink, and never blinks or decides."""

from datetime import UTC, datetime, timedelta

from tabletop.session.runview import ClockView, RunView
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.line import Line, line

LAST_MINUTE, LAST_SECONDS = 60, 10
"""Seconds from which the time that is left stands out, and stands out more."""
STALL = 180
"""Seconds without a move after which play counts as stalled, at most."""

STATES = {
    "open": "before StartEx", "practice": "practice", "running": "running",
    "paused": "paused", "ended": "EndEx",
}  # fmt: skip


def mmss(seconds: int) -> str:
    """Minutes and seconds.

    >>> mmss(767)
    '12:47'
    """
    return f"{seconds // 60}:{seconds % 60:02}"


def reading(clock: ClockView) -> str:
    """What the clock shows: the time that is left; past it, how long ago it was over.

    >>> reading(ClockView(running=True, allotted=60, gone=102))
    'OVER 0:42'
    """
    return mmss(clock.left) if clock.left >= 0 else f"OVER {mmss(-clock.left)}"


def ink(clock: ClockView) -> str:
    """Plain, then a warning; bold for the last seconds and after them."""
    if clock.left > LAST_MINUTE:
        return ""
    return "$warn" if clock.left > LAST_SECONDS else "bold $warn"


def stands(run: RunView | None) -> bool:
    """Whether the exercise goes on and its clock does not: it was taken up again."""
    if run is None or run.state not in ("running", "practice"):
        return False
    return run.clock.allotted > 0 and not run.clock.running


def state_line(run: RunView) -> Line:
    """How the exercise stands, in a word and a sign."""
    signs = glyphs()
    if stands(run):
        stopped = "practice, stopped" if run.state == "practice" else "stopped"
        return line((f"{stopped} ", "$warn"), (signs.held, "bold $warn"))
    if run.state in ("running", "practice") and run.clock.allotted:
        style = "$muted" if run.state == "running" else "$warn"
        return line((f"{STATES[run.state]} ", style), (signs.now, "$good"))
    if run.state == "paused":
        return line(("paused ", "$warn"), (signs.held, "bold $warn"))
    return line((STATES[run.state], "$warn" if run.state == "practice" else "$muted"))


def short_clock(run: RunView) -> Line:
    """`▶ 12:47 left`, or the state where no clock runs."""
    if not run.clock.allotted or run.state in ("open", "ended"):
        return state_line(run)
    clock, signs = run.clock, glyphs()
    sign = (signs.now, "$good") if clock.running else (signs.held, "bold $warn")
    words = {"paused": " paused", "practice": " practice"}.get(run.state, " left")
    after = "" if clock.left < 0 and words == " left" else words
    return line(
        sign, " ", (reading(clock), f"bold {ink(clock)}"),
        (after, "$muted" if run.state == "running" else "$warn"),
    )  # fmt: skip


def ends_at(clock: ClockView, now: datetime | None = None) -> str:
    """The hour and minute at which a running clock will be over; else empty."""
    if not clock.running or clock.left <= 0:
        return ""
    end = (now or datetime.now(tz=UTC)) + timedelta(seconds=clock.left)
    return end.astimezone().strftime("%H:%M")


def stalled(run: RunView | None) -> bool:
    """Whether nobody has moved for long: half of the phase, or three minutes."""
    if run is None or run.state not in ("running", "practice"):
        return False
    clock = run.clock
    if not clock.running or not clock.allotted:
        return False
    return clock.left <= 0 or clock.idle >= min(STALL, max(1, clock.allotted // 2))
