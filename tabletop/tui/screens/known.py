"""What a team knows so far: for people who come late, or change seats.

Made from that seat's view, and from nothing else.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.session.standing import said, what_stands
from tabletop.session.view import Change, LogEntry, TeamView, TrackView, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import Part, line, lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.text import wrap
from tabletop.tui.widgets.grammar import number, signed, tone_style
from tabletop.tui.widgets.logtext import RULINGS, Names, besides, named

OWN = ("play", "lay", "answer")
"""A team's own moves that are told with their reason."""
TOLD = (*OWN, "force", "judge")
LEFT_OUT = ("note", "undo", "reseed", "hidden")
SPOKEN = ("answer", "outcome", "roll", "ending", "reveal", "give", "fail", "cancel")
"""Kinds of changes that are told in their own words."""


class KnownScreen(Dialog[None]):
    """The situation now in words, then what led to it, round by round."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "What you know so far"
    HELP_TEXT: ClassVar[str] = (
        "For those who come late or change seats: where things stand, then what your "
        "team was told, did and answered, round by round, and why."
    )

    def __init__(self, view: View) -> None:
        super().__init__()
        self._view = view

    def title_text(self) -> str:
        """Whose knowledge it is."""
        name = self._view.names.get(self._view.seat, self._view.seat)
        return f"What {name} knows so far"

    def compose_dialog(self) -> ComposeResult:
        """Now, the numbers, then the rounds."""
        room = self.DIALOG_ROOM
        yield Static(lines(now_rows(self._view, room)))
        yield Static(lines(track_rows(self._view)))
        for rows in story(self._view, room):
            yield Static(lines(rows))
        yield Static(say(("\nThe briefing has what you knew at the start.", "$muted")))


def heading(words: str) -> Content:
    """What a part is about."""
    return line((words, "bold $accent"))


def paragraph(words: str, room: int, indent: int = 2, style: str = "") -> list[Content]:
    """Words in lines of this room, set in."""
    return [line(" " * indent, (row, style)) for row in wrap(words, room - indent)]


# --- now


def now_rows(view: View, room: int) -> list[Content]:
    """Round and phase, what is to do, who we are, what is known to be so."""
    phase = next((p.label for p in view.phases if p.state == "now"), "")
    rows = [heading(f"{view.round_label} {view.round} of {view.rounds}, {phase}")]
    rows += paragraph(view.over.title if view.over else view.prompt, room)
    mine = next((team for team in view.teams if team.id == view.seat), None)
    rows += paragraph(_means(mine), room) if mine else []
    stands = said(what_stands(view))
    if stands:
        rows += paragraph(f"It is so: {stands}.", room)
    if view.laid:
        rows += paragraph(f"Face down: {', '.join(view.laid)}.", room)
    for ask in view.asks:
        rows += paragraph(f"You are asked: {ask.prompt}", room, style="bold")
    return rows


def _means(team: TeamView) -> str:
    points = "1 point" if team.points == 1 else f"{team.points} points"
    cards = "1 card" if team.hand == 1 else f"{team.hand} cards"
    return f"You have {points} left of {team.points_full}, and {cards} in hand."


def track_rows(view: View) -> list[Content]:
    """Each number: where it began, where it is, and what that is called."""
    if not view.tracks:
        return []
    began = starts(view)
    rows = (_track(track, began.get(track.id, track.value)) for track in view.tracks)
    return [line(), heading("Since the start"), *rows]


def starts(view: View) -> dict[str, int]:
    """What each track was before it changed for the first time."""
    found: dict[str, int] = {}
    for entry in view.log:
        for change in entry.changes:
            if change.kind == "track":
                found.setdefault(change.subject, change.before)
    return found


def _track(track: TrackView, began: int) -> Content:
    signs = glyphs()
    moved = track.value - began
    band = track.bands[track.band] if track.band >= 0 else None
    words: list[Part] = [f"  {track.label}  "]
    if moved:
        words += [(f"{number(began)} {signs.becomes} ", "$muted")]
    words += [(number(track.value), "bold")]
    if moved:
        words += [(f"  {signed(moved)}", "$muted")]
    if band is not None:
        words += [(f"  {band.label}", tone_style(band.tone))]
    if track.secret:
        words += [("  secret", "italic $muted")]
    return line(*words)


# --- how it came to this


def story(view: View, room: int) -> Iterator[list[Content]]:
    """The rounds, each with what the team was told and what it did."""
    for round_, group in groupby(view.log, key=lambda entry: entry.round):
        entries = list(group)
        rows = [row for entry in entries for row in _entry(entry, view, room)]
        moved = _moved(entries, view)
        if moved:
            rows += paragraph(moved, room, style="$muted")
        if rows:
            yield [line(), heading(f"{view.round_label} {round_}"), *rows]


def _entry(entry: LogEntry, view: View, room: int) -> list[Content]:
    """One entry as a story tells it: no draws, no points, no turns."""
    signs = glyphs()
    rows: list[Content] = []
    name = view.names.get(view.seat, view.seat)  # control may have keyed it in
    own = entry.title.startswith(f"{name} ") and entry.kind in OWN
    if entry.kind in RULINGS and entry.kind not in LEFT_OUT:
        rows += paragraph(f"{signs.control} {entry.title}", room, style="bold")
    elif entry.kind in TOLD:
        sign = signs.now if own else signs.dot
        rows += paragraph(f"{sign} {entry.title}", room, style="bold" if own else "")
    if entry.note and entry.kind not in LEFT_OUT:
        why = f"{signs.open_quote}{entry.note}{signs.close_quote}"
        rows += paragraph(why, room, 4, "italic $muted")
    names = Names.of(view)
    for change in entry.changes:
        rows += _change(change, names, room)
    return rows


def _change(change: Change, names: Names, room: int) -> list[Content]:
    if change.kind == "inject":
        told = besides(change, names)
        rows = paragraph(f"{glyphs().timed} {named(change, names)}", room)
        return [*rows, *paragraph(told, room, 4, "italic $muted")]
    if change.kind in SPOKEN:
        return paragraph(change.text, room, 4, "$muted")
    return []


def _moved(entries: Sequence[LogEntry], view: View) -> str:
    """How the numbers went in a round, from its first change to its last."""
    ends: dict[str, tuple[int, int]] = {}
    for entry in entries:
        for change in entry.changes:
            if change.kind == "track":
                first = ends.get(change.subject, (change.before, 0))[0]
                ends[change.subject] = first, change.after
    signs = glyphs()
    told = (
        f"{track.short} {number(ends[track.id][0])}{signs.becomes}"
        f"{number(ends[track.id][1])}"
        for track in view.tracks
        if track.id in ends and ends[track.id][0] != ends[track.id][1]
    )
    return f" {signs.dot} ".join(told)
