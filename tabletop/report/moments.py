"""A moment as a file: a sheet, text or data. Holds nothing the seat may not know."""

from collections.abc import Iterator

from tabletop.report.document import document
from tabletop.report.pages import Source
from tabletop.report.tables.places import Places
from tabletop.report.tables.text import moment_json
from tabletop.session.replaying import Replay
from tabletop.session.view import CONTROL, PUBLIC, View


def written(replay: Replay, number: int, tip: int, format_: str) -> str:
    """A moment in one of the formats html, txt and json.

    `tip` is the end of a line that leads there: the log in the text is that line's.
    """
    if format_ == "html":
        return sheet(replay, number)
    if format_ == "json":
        places = Places(replay.session, replay.seat, all_lines=True)
        return moment_json(places, number)
    return text(replay.view(number, tip))


def sheet(replay: Replay, number: int) -> str:
    """The sheets of this moment for the seat; for control, everybody's."""
    session, seat = replay.session, replay.seat
    teams = tuple(session.deck.model.teams)
    everybody = (CONTROL, PUBLIC, *teams)
    views = {each: session.view_at(each, number) for each in everybody}
    # Each page is made from its own reader's view; a team's file holds only its own.
    wanted = "" if seat == CONTROL else seat
    return document(Source(session.deck, views), ("now",), wanted)


def text(view: View) -> str:
    """The board in words, then the last moves."""
    return "\n".join(_rows(view)) + "\n"


def _rows(view: View) -> Iterator[str]:
    phase = next((p.label for p in view.phases if p.id == view.phase), view.phase)
    seat = view.names.get(view.seat, view.seat)
    yield view.title
    yield f"{view.round_label} {view.round}, {phase}, after move {view.move}"
    yield f"Seen as: {seat}"
    yield from _section("Tracks", _tracks(view))
    flags = (f"{flag.label}: {'yes' if flag.value else 'no'}" for flag in view.flags)
    yield from _section("Flags", flags)
    yield from _section("Teams", _teams(view))
    for team, cards in view.hands.items():
        name = view.names.get(team, team)
        held = (f"{card.title} ({card.count})" for card in cards)
        yield from _section(f"Hand of {name}", held)
    asked = (f"{view.names.get(a.team, a.team)}: {a.prompt}" for a in view.asks)
    yield from _section("Open asks", asked)
    yield from _section("The moves of this round", _moves(view))


def _section(name: str, rows: Iterator[str]) -> Iterator[str]:
    found = list(rows)
    if found:
        yield f"\n{name}"
        yield from (f"  {' '.join(row.split())}" for row in found)


def _tracks(view: View) -> Iterator[str]:
    for track in view.tracks:
        band = f", {track.bands[track.band].label}" if track.band >= 0 else ""
        secret = " (secret)" if track.secret else ""
        yield f"{track.label}: {track.value}{band}{secret}"


def _teams(view: View) -> Iterator[str]:
    for team in view.teams:
        yield f"{team.name}: {team.points} points, {team.hand} cards"


def _moves(view: View) -> Iterator[str]:
    for entry in view.log:
        if entry.round == view.round:
            note = f" “{entry.note}”" if entry.note else ""
            yield f"{entry.number} {entry.title}{note}"
