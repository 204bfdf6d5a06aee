"""Entries of the log as lines: who, what, and below it everything that followed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from tabletop.session.view import CONTROL, Change, LogEntry, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.widgets.changes import NUMBERS, flag_words
from tabletop.tui.widgets.grammar import (
    heading,
    number,
    quoted,
    seat_mark,
    team_mark,
    team_of,
    tone_style,
)
from tabletop.tui.widgets.line import BLANK, Line, flow, hang, joined, line, prose

RULINGS = (
    "die", "set", "add", "give", "take", "force", "veto", "lift", "reveal", "judge",
)  # fmt: skip
"""Kinds of moves by which control overrides the rules."""
MARKS = ("bookmark", "checkpoint")
"""Kinds of lines that point at a moment."""
RUN = ("exercise", "clock", "display", "seat", "deck")
"""Kinds of lines about the run of the exercise."""
TURNS = ("undo", "branch")
"""Kinds of lines that tell how the game went to another place."""
BESIDE = ("note", *TURNS, *MARKS, *RUN)
"""Kinds of lines that are no moves."""
TIME = 6
"""Cells for the time of an entry."""
READ_ALOUD = ": “"
"""What stands between an inject's title and its words."""
NAMED = ("rule", "inject")
"""Kinds of changes that begin with the title of what made them."""
SAID = ("play", "pass", "answer", "turn", "lay", "phase")
"""Kinds of changes that the entry's title has said already, when they are its own."""


def clock(at: str) -> str:
    """The hour and minute of a moment, where the machine is; empty when unknown."""
    try:
        return datetime.fromisoformat(at).astimezone().strftime("%H:%M")
    except (ValueError, OverflowError):
        return ""


def title_line(entry: LogEntry, view: View) -> Line:
    """Who did what, in one line."""
    return joined(title_parts(entry, view), " ")


def title_parts(entry: LogEntry, view: View) -> list[Line]:
    """Who and the verb; then, underlined, the card that it is about, if any."""
    special = _SPECIAL.get(entry.kind)
    if special is not None:
        return [special(entry, view)]
    team = team_of(view.teams, entry.seat)
    name = team.name if team else "Control"
    if not entry.title.startswith(name):
        return [line(entry.title)]
    mark = team_mark(team) if team else seat_mark(view, CONTROL)
    rest = entry.title.removeprefix(name).strip()
    verb, _, thing = rest.partition(" ")
    if entry.kind != "play" or not thing:
        return [line(mark, (f" {rest}", "$muted"))]
    return [line(mark, (f" {verb}", "$muted")), line((thing, "underline"))]


def _ruling(entry: LogEntry, _view: View) -> Line:
    word = "JUDGED" if entry.kind == "judge" else "RULING"
    words = entry.title.removeprefix("Ruling: ")
    return line((f"{glyphs().control} {word} ", "bold $warn"), (words, "bold"))


def _undone(entry: LogEntry, _view: View) -> Line:
    """What went back is struck out, after the words that say so."""
    head, colon, gone = entry.title.partition(": ")
    sign = line((f"{glyphs().undone} ", "$secondary"))
    if not colon:
        return line(sign, (entry.title, "strike $muted"))
    return line(sign, (f"{head}: ", "$secondary"), (gone, "strike $muted"))


def _note(entry: LogEntry, view: View) -> Line:
    """Who wrote it, and what it is about."""
    if entry.author:
        parts = [line((entry.author, "bold"), (" notes", "$muted"))]
    else:
        parts = [line(seat_mark(view, entry.seat), (" notes", "$muted"))]
    parts += [seat_mark(view, team) for team in entry.teams]
    if entry.objective:
        name = view.names.get(entry.objective, entry.objective)
        parts.append(line((name, "$secondary")))
    return joined(parts, f" {glyphs().dot} ")


def _bookmark(entry: LogEntry, _view: View) -> Line:
    return line((f"{glyphs().mark} ", "bold $accent"), (entry.title, "bold"))


def _checkpoint(entry: LogEntry, _view: View) -> Line:
    """How it was met, then what was to be watched for."""
    signs = glyphs()
    result, colon, text = entry.title.partition(": ")
    sign, style = {
        "Met": (signs.check, "bold $good"),
        "Partly": (signs.held, "bold $warn"),
        "Not met": (signs.cross, "bold $bad"),
    }.get(result, (signs.timed, "$muted"))
    return line((f"{sign} {result}{colon}", style), text)


def _branch(entry: LogEntry, _view: View) -> Line:
    return line((f"{glyphs().becomes} ", "$secondary"), (entry.title, "$muted"))


def _beside(entry: LogEntry, _view: View) -> Line:
    return line((entry.title, "$muted"))


def _reseed(entry: LogEntry, _view: View) -> Line:
    return line((f"{glyphs().dice} ", "$secondary"), (entry.title, "$muted"))


_SPECIAL: Mapping[str, Callable[[LogEntry, View], Line]] = {
    **dict.fromkeys(RULINGS, _ruling),
    **dict.fromkeys(RUN, _beside),
    "bookmark": _bookmark,
    "checkpoint": _checkpoint,
    "branch": _branch,
    "undo": _undone,
    "note": _note,
    "reseed": _reseed,
}
"""How the titles of certain kinds are drawn."""


class Names(NamedTuple):
    """What changes call things: tracks by their short labels, cards by their titles."""

    tracks: Mapping[str, str]
    titles: Mapping[str, str]

    @classmethod
    def of(cls, view: View) -> "Names":
        """The names that a view knows."""
        return cls({track.id: track.short for track in view.tracks}, view.names)


def short_change(change: Change, names: Names) -> Line:
    """`US aid 50→38`, with the band that was entered."""
    signs, style = glyphs(), tone_style(change.tone)
    label = names.tracks.get(change.subject, change.text)
    after = "bold" if change.tone == "neutral" else f"bold {style}"
    found = line(
        (f"{label} {number(change.before)}{signs.becomes}", "$muted"),
        (number(change.after), after),
    )
    if not change.band_after:
        return found
    return line(found, (f" {signs.changes_band} {change.band_after}", style))


def change_rows(changes: Sequence[Change], names: Names, room: int) -> list[Line]:
    """Changes in their order: numbers side by side, anything else on its own line."""
    rows: list[Line] = []
    for kind, group in groupby(changes, key=_sort):
        alike = list(group)
        if kind == "numbers":
            rows += flow([short_change(change, names) for change in alike], room)
        elif kind == "draw":
            rows += _draws(alike, names, room)
        else:
            rows += [row for change in alike for row in _worded(change, names, room)]
    return rows


def _sort(change: Change) -> str:
    """What may share lines: numbers, and draws."""
    return "numbers" if change.kind in NUMBERS else change.kind


def _draws(changes: Sequence[Change], names: Names, room: int) -> list[Line]:
    """Draws of each team in one text: `Kyiv draws Dig in, Drone lines`."""
    rows: list[Line] = []
    for _, group in groupby(changes, key=lambda change: change.team):
        drawn = list(group)
        first, rest = drawn[0].text, drawn[1:]
        if rest and all(change.text == first for change in rest):
            words = f"{first} {glyphs().times}{len(drawn)}"
        else:
            verb = f"{names.titles.get(drawn[0].team, '')} draws "
            words = ", ".join([first, *(c.text.removeprefix(verb) for c in rest)])
        rows += prose(words, room, "$muted")
    return rows


def _worded(change: Change, names: Names, room: int) -> list[Line]:
    signs = glyphs()
    if change.kind in NAMED:
        return prose(besides(change, names), room, "italic $muted")
    if change.kind == "flag":
        return [flag_words(change).cut(room)]
    if change.kind == "ask":
        return [line((f"{signs.owes} ", "bold $warn"), change.text).cut(room)]
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
    inner = room - TIME - 1
    if entry.kind == "exercise":
        body = [heading(entry.title, inner, "bold $accent")]
    else:
        body = _titles(entry, view, inner)
    body += consequences(entry, Names.of(view), inner)
    if entry.note:
        body += prose(quoted(entry.note), inner, "italic $muted")
    mark = line((glyphs().cursor if entry.kind in RULINGS else " ", "$warn"))
    time = line((f"{clock(entry.at):<{TIME}}", "$muted"))
    return [line(mark, words) for words in hang(time, body)]


def _titles(entry: LogEntry, view: View, room: int) -> list[Line]:
    """The title in one line, else in two; the price of a card at the right."""
    parts = title_parts(entry, view)
    right = BLANK
    price = sum(c.before - c.after for c in entry.changes if is_price(c, entry))
    if price:
        right = line((f"{price} pts" if price != 1 else "1 pt", "$muted"))
    elif entry.kind in RULINGS:
        right = line((f"move {entry.number}", "$dim"))
    whole = joined(parts, " ")
    if len(parts) > 1 and whole.width + right.width + 2 > room:
        return [parts[0].spread(right, room), *(part.cut(room) for part in parts[1:])]
    return [whole.spread(right, room) if right else whole.cut(room)]


def is_price(change: Change, entry: LogEntry) -> bool:
    """Whether a change of points is what the played card cost."""
    paid = change.kind == "points" and change.before > change.after
    own = change.team == entry.seat and is_own(change, entry)
    return entry.kind == "play" and paid and own


def consequences(entry: LogEntry, names: Names, room: int) -> list[Line]:
    """What followed, in order; what something else caused stands under its title."""
    if entry.kind == "reseed":
        return []  # its title says it
    told = [change for change in entry.changes if not is_said(change, entry)]
    rows: list[Line] = []
    for title, group in groupby(told, key=lambda c: cause_title(c, entry, names)):
        changes = list(group)
        indent = line("  " if title else "")
        if title:
            rows.append(_cause_line(changes[0], title).cut(room))
        inner = room - indent.width
        rows += [line(indent, row) for row in change_rows(changes, names, inner)]
    return rows


def _cause_line(first: Change, title: str) -> Line:
    """The title of what caused the changes below it, with the sign of its kind."""
    signs = glyphs()
    kind = first.cause.kind if first.cause else first.kind
    sign = (signs.timed, "$accent") if kind == "inject" else (signs.dot, "$muted")
    return line(sign, " ", (title, "underline $muted"))


def is_said(change: Change, entry: LogEntry) -> bool:
    """Whether the title has said it already."""
    return is_price(change, entry) or (change.kind in SAID and is_own(change, entry))


def cause_title(change: Change, entry: LogEntry, names: Names) -> str:
    """The title of what caused a change; empty when that was the move itself."""
    if change.kind in NAMED and change.cause is None:
        title = named(change, names)
    elif change.cause is None or is_own(change, entry):
        return ""
    else:
        title = change.cause.title
    return "" if entry.title.endswith(title) else title


def named(change: Change, names: Names) -> str:
    """The title of the rule or the inject that a change is about."""
    title = names.titles.get(change.subject, "")
    if title and change.text.startswith(title):
        return title
    return change.text.partition(READ_ALOUD)[0]


def besides(change: Change, names: Names) -> str:
    """What a rule or an inject says besides its title: the words to be read aloud."""
    return change.text.removeprefix(named(change, names)).lstrip(": ")


def dice_of(inject: Change, entry: LogEntry) -> str:
    """What an inject's own dice came to; the row is often what was to be told."""
    thrown = (
        change.text
        for change in entry.changes
        if change.kind == "roll" and change.cause and change.cause.id == inject.subject
    )
    return " ".join(thrown)
