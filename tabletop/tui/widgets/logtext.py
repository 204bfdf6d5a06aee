"""Entries of the log as lines: who, what, and below it everything that followed."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from tabletop.session.view import CONTROL, Change, LogEntry, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.grammar import (
    NUMBERS,
    flag_words,
    number,
    quoted,
    seat_mark,
    team_mark,
    team_of,
    tone_style,
)
from tabletop.tui.widgets.line import BLANK, Line, flow, hang, line, prose

RULINGS = ("die", "set", "add", "give", "take", "force")
"""Kinds of moves by which control overrides the rules."""
TIME = 6
"""Cells for the time of an entry."""
SAID = ("play", "pass", "answer", "turn", "lay", "phase")
"""Kinds of changes that the entry's title has said already, when they are its own."""


def clock(at: str) -> str:
    """The hour and minute of a moment, where the machine is; empty when unknown."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%H:%M")
    except (ValueError, OverflowError):
        return ""


def title_line(entry: LogEntry, view: View) -> Line:
    """Who did what: the team in its colour, the thing underlined."""
    signs = glyphs()
    if entry.kind in RULINGS:
        words = entry.title.removeprefix("Ruling: ")
        return line((f"{signs.control} RULING ", "bold $warn"), (words, "bold"))
    if entry.kind == "undo":
        return line((f"{signs.undone} ", "$secondary"), (entry.title, "strike $muted"))
    team = team_of(view.teams, entry.seat)
    if team is not None:
        mark = team_mark(team)
        rest = entry.title.removeprefix(team.name)
        return (
            line(mark, *_thing(entry, rest, view))
            if rest != entry.title
            else line(mark, " ", rest)
        )
    if entry.seat == CONTROL and entry.title.startswith("Control"):
        mark = seat_mark(view, CONTROL)
        return line(mark, (entry.title.removeprefix("Control"), "$muted"))
    return line(entry.title)


def _thing(entry: LogEntry, rest: str, view: View) -> list[tuple[str, str]]:
    """The rest of a title, with the card that it ends with underlined."""
    for change in entry.changes:
        name = view.names.get(change.subject, "")
        if change.kind in ("play", "lay") and name and rest.endswith(name):
            return [(rest.removesuffix(name), "$muted"), (name, "underline")]
    return [(rest, "$muted")]


def short_change(change: Change, names: Mapping[str, str]) -> Line:
    """`US aid 50→38`, with the band that was entered."""
    signs = glyphs()
    found = line(
        (f"{names.get(change.subject, change.text)} ", "$muted"),
        (f"{number(change.before)}{signs.becomes}", "$muted"),
        (
            number(change.after),
            f"bold {tone_style(change.tone)}" if change.tone != "neutral" else "bold",
        ),
    )
    if not change.band_after:
        return found
    style = tone_style(change.tone)
    return line(found, (f" {signs.changes_band} {change.band_after}", style))


def change_rows(
    changes: Sequence[Change], names: Mapping[str, str], room: int
) -> list[Line]:
    """Changes in their order: numbers side by side, anything else on its own line."""
    rows: list[Line] = []
    numbers: list[Line] = []
    for change in changes:
        if change.kind in NUMBERS:
            numbers.append(short_change(change, names))
            continue
        rows += flow(numbers, room)
        numbers = []
        rows += _worded(change, room)
    return rows + flow(numbers, room)


def _worded(change: Change, room: int) -> list[Line]:
    signs = glyphs()
    if change.kind == "flag":
        return [flag_words(change).cut(room)]
    if change.kind == "ask":
        return [line((f"{signs.owes} ", "bold $warn"), change.text).cut(room)]
    if change.kind == "inject":
        return [
            line((f"{signs.timed} ", "$accent"), (change.text, "underline")).cut(room)
        ]
    if change.kind in ("roll", "outcome"):
        return prose(change.text, room)
    if change.kind in ("ending", "round"):
        return prose(change.text, room, "bold")
    return prose(change.text, room, "$muted")


def is_own(change: Change, entry: LogEntry) -> bool:
    """Whether a change comes from the move itself, not from what it set off."""
    cause = change.cause
    if cause is None:
        return True
    if cause.kind in ("option", "dice", "outcome", "ruling"):
        return True
    return bool(cause.title) and entry.title.endswith(cause.title)


def entry_lines(entry: LogEntry, view: View, room: int) -> list[Line]:
    """An entry: time, title, changes by cause, and the words that go with it."""
    ruling = entry.kind in RULINGS
    inner = room - TIME - 1
    body = _titles(entry, view, inner)
    names = {track.id: track.short for track in view.tracks}
    body += _consequences(entry, names, inner)
    if entry.note:
        body += prose(quoted(entry.note), inner, "italic $muted")
    mark = line((glyphs().cursor if ruling else " ", "$warn"))
    time = line((f"{clock(entry.at):<{TIME}}", "$muted"))
    lines = hang(time, body)
    return [line(mark, words) for words in lines]


def _titles(entry: LogEntry, view: View, room: int) -> list[Line]:
    """The title in one line, else with what it is about below."""
    title = title_line(entry, view)
    if entry.kind == "note":
        mark = seat_mark(view, entry.seat)
        return [line(mark, (" notes", "$muted")).cut(room)]
    right = line((f"move {entry.number}", "$dim")) if entry.kind in RULINGS else BLANK
    if title.width + right.width + 2 <= room:
        return [title.spread(right, room) if right else title]
    if len(title.spans) > 2:
        return [Line(title.spans[:-1]).cut(room), Line(title.spans[-1:]).cut(room)]
    return [title.cut(room)]


def _consequences(entry: LogEntry, names: Mapping[str, str], room: int) -> list[Line]:
    """What followed, in order; what something else caused stands under its title."""
    rows: list[Line] = []
    group: list[Change] = []
    cause = ""
    for change in entry.changes:
        own = is_own(change, entry)
        if own and change.kind in SAID:
            continue
        title = "" if own or change.cause is None else change.cause.title
        if title != cause:
            rows += _group(cause, group, names, room)
            group, cause = [], title
        group.append(change)
    return rows + _group(cause, group, names, room)


def _group(
    cause: str, changes: list[Change], names: Mapping[str, str], room: int
) -> list[Line]:
    if not cause:
        return change_rows(changes, names, room)
    inner = [change for change in changes if change.text != cause]
    head = line((f"{glyphs().dot} ", "$muted"), (cause, "underline $muted")).cut(room)
    return [head, *(line("  ", row) for row in change_rows(inner, names, room - 2))]
