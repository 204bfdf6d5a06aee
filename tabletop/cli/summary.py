"""What came of games that bots played, for people and for programs."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tabletop.cli.text import counted, one_line
from tabletop.session.view import View

if TYPE_CHECKING:
    from tabletop.bots.bulk import Spread, Summary
    from tabletop.deck.deck import Deck


def lines(deck: "Deck", result: "Summary") -> Iterator[str]:
    """Endings, rounds, scores, successes and tracks of a series."""
    model = deck.model
    yield from _speed(result)
    if result.stopped:
        yield f"{counted(result.stopped, 'game')} stopped: too much was due at once"
    yield ""
    yield "Endings"
    yield from _shares({e: model.endings[e].title for e in model.endings}, result)
    yield ""
    yield f"Games by their last {one_line(model.rounds.label).lower()}"
    for number, games in sorted(result.rounds.items()):
        yield f"  {number:>3}  {games:>9,}  {games / result.games:>6.1%}"
    yield ""
    yield from _spreads(
        "Scores", {t: team.name for t, team in model.teams.items()}, result.scores
    )
    if result.success:
        yield ""
        yield "Successes, by each team's own measure"
        for team, games in result.success.items():
            name = one_line(model.teams[team].name)
            yield f"  {games:>9,}  {games / result.games:>6.1%}  {name}"
    yield ""
    yield from _spreads(
        "Tracks at the end",
        {t: track.label for t, track in model.tracks.items()},
        result.tracks,
    )


def single(view: View, game: int) -> dict[str, Any]:
    """What came of one game, for programs."""
    return {
        "game": game,
        "rounds": view.round,
        "ending": view.over.ending if view.over else None,
        "scores": dict(view.over.scores) if view.over else {},
        "successes": dict(view.over.successes) if view.over else {},
        "tracks": {track.id: track.value for track in view.tracks},
        "log": [asdict(entry) for entry in view.log],
    }


def _speed(result: "Summary") -> Iterator[str]:
    rate = result.moves / result.seconds if result.seconds else 0
    yield (
        f"{counted(result.games, 'game')}, {counted(result.moves, 'move')}"
        f" in {result.seconds:.2f} s: {rate:,.0f} moves a second"
        f" ({result.gear} gear)"
    )
    yield f"digest {result.digest}"


def _shares(titles: Mapping[str, str], result: "Summary") -> Iterator[str]:
    for ending, games in sorted(result.endings.items(), key=lambda pair: -pair[1]):
        title = one_line(titles.get(ending, ending))
        yield f"  {games:>9,}  {games / result.games:>6.1%}  {title}"


def _spreads(
    heading: str, names: Mapping[str, str], spreads: Mapping[str, "Spread"]
) -> Iterator[str]:
    yield f"{heading:<42}  {'mean':>9}  {'least':>9}  {'greatest':>9}"
    for key, spread in spreads.items():
        name = one_line(names.get(key, key))[:40]
        yield (
            f"  {name:<40}  {spread.mean:>9.1f}  {spread.least:>9}"
            f"  {spread.greatest:>9}"
        )
