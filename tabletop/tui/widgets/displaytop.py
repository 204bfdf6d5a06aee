"""The upper part of the public display: round, clock, phases, how much time is gone."""

from collections.abc import Sequence

from tabletop.session.runview import ClockView, RunView
from tabletop.session.view import View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.text import clean
from tabletop.tui.widgets.big import can_be_large, large, large_width, letter_rows
from tabletop.tui.widgets.billboard import GREATEST
from tabletop.tui.widgets.header import phase_forms
from tabletop.tui.widgets.line import BLANK, Line, first_fit, line

LAST_MINUTE, LAST_SECONDS = 60, 10
SHARE = 4.3
"""The clock takes at most this part of the height."""
NO_CLOCK = ClockView(running=False, allotted=0, gone=0)
AIRY = 26
"""Rows from which blank lines stand between the parts."""
GAP = 4
"""Cells between round and clock at least."""


def reading(seconds: int) -> str:
    """Minutes and seconds, with hours where there are some.

    >>> reading(767), reading(3661)
    ('12:47', '1:01:01')
    """
    minutes, rest = divmod(abs(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def clock_style(clock: ClockView) -> str:
    """Plain; in warning ink in the last minute and after it, bold at the very end."""
    if clock.left < LAST_SECONDS:
        return "bold $warn"
    if clock.left < LAST_MINUTE:
        return "$warn"
    return "$foreground" if clock.running else "$muted"


def has_clock(clock: ClockView) -> bool:
    """Whether the phase has a time at all."""
    return clock.allotted > 0 or clock.running


def clock_of(run: RunView) -> ClockView:
    """The clock, but none for a game that is played without clocks."""
    unused = run.state == "open" and not run.clock.running and not run.clock.gone
    return NO_CLOCK if unused else run.clock


def phase_label(view: View) -> str:
    """What the present phase is called."""
    return next((phase.label for phase in view.phases if phase.state == "now"), "")


def clock_label(view: View, clock: ClockView) -> Line:
    """What the clock stands for, in words."""
    if not has_clock(clock):
        return BLANK
    phase = phase_label(view)
    if clock.left < 0:
        return line((f"OVER {reading(clock.left)} in {phase}", "bold $warn"))
    if not clock.running:
        return line((f"{phase}: the clock stands", "bold $muted"))
    return line((f"left in {phase}", "bold $muted"))


def top_lines(view: View, run: RunView, room: int, height: int) -> list[Line]:
    """Everything above the headline, for a display of so many rows."""
    clock = clock_of(run)
    air = [BLANK] if height >= AIRY else []
    label = clock_label(view, clock)
    phases = first_fit(max(0, room - label.width - 2), phase_forms(view))
    return [
        *air,
        *_heading(view, clock, room, height),
        *air,
        phases.spread(label, room),
        progress(view, clock, room),
    ]


def progress(view: View, clock: ClockView, room: int) -> Line:
    """How much of the phase's time is gone; without a clock, how many rounds are."""
    signs = glyphs()
    if clock.allotted > 0:
        gone = min(room, room * clock.gone // clock.allotted)
    else:
        gone = room * max(0, view.round - 1) // max(1, view.rounds)
    style = "$warn" if clock.allotted > 0 and clock.left < LAST_MINUTE else "$accent"
    return line((signs.bar * gone, style), (signs.bar_rest * (room - gone), "$line"))


def _heading(view: View, clock: ClockView, room: int, height: int) -> list[Line]:
    """The round at the left, the clock at the right, as large as both fit."""
    most = max(letter_rows(1), height * 10 // int(SHARE * 10))
    for scale in range(GREATEST, 0, -1):
        if letter_rows(scale) > most:
            continue
        left = _round(view, max(1, scale // 2))
        for right in _clock_forms(clock, scale):
            if _wide(left) + _wide(right) + GAP <= room:
                return _beside(left, right, room)
    plain = line((reading(clock.left), clock_style(clock)))
    return _beside([_plain_round(view)], [plain] if has_clock(clock) else [], room)


def _clock_forms(clock: ClockView, scale: int) -> list[list[Line]]:
    """The clock, from the longest form: with 'over' beside it when it is."""
    if not has_clock(clock):
        return [[BLANK] * letter_rows(scale)]
    style = clock_style(clock)
    drawn = [line((row, style)) for row in _drawn(reading(clock.left), scale)]
    if clock.left >= 0:
        return [drawn]
    over = [line((row, style)) for row in _drawn("OVER", max(1, scale // 2))]
    room = _wide(over) + 2 + scale + _wide(drawn)
    return [_beside(over, drawn, room), drawn]


def _drawn(words: str, scale: int) -> Sequence[str]:
    return large(words, scale) if can_be_large(words) else [words]


def _round(view: View, scale: int) -> list[Line]:
    """'MONTH 3' in large letters, 'of 8' at its foot."""
    words = f"{clean(view.round_label)} {max(1, view.round)}"
    if not can_be_large(words) or large_width(words, scale) > 60 * scale:
        return [_plain_round(view)]
    rows = [line((row, "$accent")) for row in large(words, scale)]
    foot = line("  ", (f"of {view.rounds}", "bold $muted"))
    return [*rows[:-1], line(rows[-1], foot)]


def _plain_round(view: View) -> Line:
    words = f"{view.round_label} {max(1, view.round)}"
    return line((words, "bold $accent"), (f" of {view.rounds}", "bold $muted"))


def _beside(left: Sequence[Line], right: Sequence[Line], room: int) -> list[Line]:
    """Two blocks in the same rows, the smaller one in the middle of the other's."""
    rows = max(len(left), len(right))
    return [
        at_left.spread(at_right, room)
        for at_left, at_right in zip(
            _middle(left, rows), _middle(right, rows), strict=True
        )
    ]


def _middle(block: Sequence[Line], rows: int) -> list[Line]:
    above = (rows - len(block)) // 2
    return [*[BLANK] * above, *block, *[BLANK] * rows][:rows]


def _wide(block: Sequence[Line]) -> int:
    return max((each.width for each in block), default=0)
