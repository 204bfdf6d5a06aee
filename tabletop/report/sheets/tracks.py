"""Tracks as scales to mark by hand: the public ones, and each team's secret ones."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tabletop.deck.models import Track
from tabletop.report.html import Markup, join, tag
from tabletop.report.pages import Page, Source
from tabletop.session.view import CONTROL, PUBLIC, SeatId

MOST_CELLS = 22
STEPS = (1, 2, 5)
ROUNDS_IN_A_ROW = 12


def tracks(source: Source) -> Iterator[Page]:
    """A sheet for everybody, and one for each team that sees more."""
    public = source.words.public_tracks()
    if public:
        yield Page(PUBLIC, "Tracks", scales(source, public, PUBLIC))
    for team in source.teams:
        own = [id_ for id_ in source.words.tracks(team) if id_ not in public]
        if own:
            yield Page(team, "Secret tracks", scales(source, own, team))
    secret = [id_ for id_ in source.words.tracks(CONTROL) if id_ not in public]
    if secret:
        yield Page(CONTROL, "Secret tracks of all teams", scales(source, secret))


def scales(source: Source, ids: Sequence[str], reader: SeatId = CONTROL) -> Markup:
    """Several tracks, each with its value of now."""
    view = source.views.get(reader)
    now = {track.id: track.value for track in view.tracks} if view else {}
    return join(
        scale(source, id_, now.get(id_, source.deck.model.tracks[id_].start))
        for id_ in ids
    )


def scale(source: Source, id_: str, value: int) -> Markup:
    """One track: a scale with the value marked, its bands, and room for the rounds."""
    track = source.deck.model.tracks[id_]
    cells = steps(track.min, track.max)
    mark = max(cell for cell in cells if cell <= value)
    drawn = [
        tag("td", str(cell), class_="now" if cell == mark else "") for cell in cells
    ]
    whose = "" if track.visible_to is None else f" (secret: {_seers(source, track)})"
    when = "now" if source.views else "at the start"
    return tag(
        "div",
        tag("h4", track.label, whose, f" — {when} {value}"),
        tag("table", tag("tr", drawn), _bands(track, cells), class_="scale"),
        _rounds(source),
        class_="track",
    )


def _seers(source: Source, track: Track) -> str:
    names = source.words.names
    return ", ".join(names.team(team) for team in track.visible_to or ()) or "control"


def steps(low: int, high: int) -> list[int]:
    """The numbers on a scale, few enough for a line.

    >>> steps(0, 100)[:3], len(steps(0, 100)), steps(-3, 3)
    ([0, 5, 10], 21, [-3, -2, -1, 0, 1, 2, 3])
    """
    size, power = 1, 1
    while (high - low) // size + 2 > MOST_CELLS:
        place = STEPS.index(size // power) + 1
        power *= 10 if place == len(STEPS) else 1
        size = power * STEPS[place % len(STEPS)]
    first = low + (-low % size)
    return sorted({low, *range(first, high + 1, size), high})


def _bands(track: Track, cells: Sequence[int]) -> Markup:
    """The bands under their part of the scale."""

    def band(cell: int) -> int:
        places = range(len(track.bands))
        return next((i for i in places if cell <= track.bands[i].to), len(places) - 1)

    if not track.bands:
        return Markup()
    runs = [(track.bands[i], len(list(run))) for i, run in groupby(cells, key=band)]
    drawn = (
        tag("td", f"{part.label} (to {part.to})", colspan=str(count))
        for part, count in runs
    )
    return tag("tr", drawn, class_="bands")


def _rounds(source: Source) -> Markup:
    """Boxes for the value at the end of each round."""
    rounds = source.deck.model.rounds
    numbers = range(1, rounds.count + 1)
    rows = [
        tag("tr", (tag("td", f"{rounds.label[:1]}{n}") for n in
                   numbers[i : i + ROUNDS_IN_A_ROW]), class_="rounds")
        for i in range(0, len(numbers), ROUNDS_IN_A_ROW)
    ]  # fmt: skip
    return tag("table", rows, class_="scale")
