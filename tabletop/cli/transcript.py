"""A game as people read it: the log's entries and where things stand, line by line.

Made from a seat's view alone, so it can tell nothing that the seat may not know.
"""

from collections.abc import Iterator
from itertools import groupby

from tabletop.cli.text import counted, one_line, paragraphs, prose
from tabletop.session.successes import success_words
from tabletop.session.view import Change, EndView, LogEntry, TrackView, View


def game(view: View) -> Iterator[str]:
    """The whole log under the deck's title, and the end."""
    yield one_line(view.title)
    place = ""
    for entry in view.log:
        here = _place(view, entry)
        if here != place:
            yield ""
            yield here
            place = here
        yield from entry_lines(entry)
    yield ""
    yield from standing(view)


def _place(view: View, entry: LogEntry) -> str:
    phases = {phase.id: phase.label for phase in view.phases}
    label = phases.get(entry.phase, entry.phase)
    return one_line(f"{view.round_label} {entry.round}, {label}".rstrip(", "))


def entry_lines(entry: LogEntry) -> Iterator[str]:
    """One entry: its title, what was said of it, and what it changed."""
    number = entry.number if entry.number >= 0 else ""
    yield f"{number:>4}  {one_line(entry.title)}"
    yield from paragraphs(entry.note, "        > ")
    facts = [change_text(change, known=entry.title) for change in entry.changes]
    title = one_line(entry.title)
    for fact, run in groupby(fact for fact in facts if fact != title):
        times = len(list(run))
        yield f"        {fact}{f', {times} times' if times > 1 else ''}"


def change_text(change: Change, known: str = "") -> str:
    """A change in words, with its cause unless that is known already."""
    cause = change.cause.title if change.cause else ""
    because = f" ({cause})" if cause and cause not in known else ""
    return one_line(f"{_fact(change)}{because}")


def _fact(change: Change) -> str:
    if change.kind == "flag":
        return f"{change.text}: {yes_no(change.after)}"
    if change.kind not in {"track", "points"}:
        return change.text
    band = f", now {change.band_after}" if change.band_after else ""
    return f"{change.text} {change.before} → {change.after}{band}"


def yes_no(value: int) -> str:
    """A flag's value.

    >>> yes_no(True)
    'yes'
    """
    return "yes" if value else "no"


def standing(view: View) -> Iterator[str]:
    """How the game ended, or where it is; then the tracks."""
    if view.over is not None:
        yield from end_lines(view, view.over)
    else:
        yield f"{one_line(view.round_label)} {view.round} of {view.rounds}"
    yield from (track_line(track) for track in view.tracks)


def end_lines(view: View, end: EndView) -> Iterator[str]:
    """The ending with its epilogue, the scores, and who has what it wanted."""
    yield f"The end: {one_line(end.title)}, in {view.round_label.lower()} {view.round}"
    yield from prose(end.text)
    names = {team.id: team.name for team in view.teams}
    wanted = dict(end.successes)
    for team, score in end.scores:
        told = f", {success_words(success=wanted[team])}" if team in wanted else ""
        yield f"{one_line(names.get(team, team))}: {counted(score, 'point')}{told}"


def track_line(track: TrackView) -> str:
    """A track with its value, its band, and how it moved this round."""
    band = f", {track.bands[track.band].label}" if track.band >= 0 else ""
    moved = track.value - track.round_start
    since = f" ({moved:+d} this round)" if moved else ""
    secret = " (not known to all)" if track.secret else ""
    return one_line(f"{track.label}: {track.value}{band}{since}{secret}")
