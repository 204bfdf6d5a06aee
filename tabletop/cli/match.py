"""`tabletop match`: how much better one bot plays than another, with intervals."""

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tabletop import RULES_VERSION, __version__
from tabletop.cli import decks, exits, output
from tabletop.cli.options import Verbs, add_seed, whole
from tabletop.cli.text import counted, one_line

if TYPE_CHECKING:
    from tabletop.errors import TabletopError
    from tabletop.study.match import Contest, SeatScore, Standing

GAMES = 200
PLAYER = "random, first, greedy, search[:PLAYOUTS] or exec:COMMAND"


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "match",
        help="measure how much better one bot plays than another",
        description="Lets PLAYER take a seat while OTHER plays all the rest, and OTHER"
        " all seats of the same games; reports for each seat in how many games PLAYER"
        f" scored more, and how much. A player is {PLAYER}. The same command gives the"
        " same figures; ctrl-C ends early and reports what is done.",
    )
    parser.add_argument("deck", metavar="DECK", help="a deck's file, folder or name")
    parser.add_argument("player", metavar="PLAYER", help="whose strength is measured")
    parser.add_argument("other", metavar="OTHER", help="what it is measured against")
    parser.add_argument(
        "--seat",
        action="append",
        default=[],
        metavar="TEAM",
        help="measure in this seat (may be given several times; default: in every one)",
    )
    parser.add_argument(
        "--games",
        type=whole(1),
        default=GAMES,
        metavar="N",
        help=f"how many games in each seat (default: {GAMES})",
    )
    add_seed(parser, "the luck of all games (default: 0)")
    parser.add_argument(
        "--gear", choices=("low", "high"), help="as for run; the figures are the same"
    )
    parser.add_argument(
        "--workers",
        type=whole(1, 256),
        default=1,
        metavar="W",
        help="games played at the same time (default: 1)",
    )
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Play the games and report."""
    from tabletop.cli import seating
    from tabletop.study.match import Contest, PlayerFailedError, Standing

    contest = Contest.of(
        decks.load(arguments.deck),
        arguments.player,
        arguments.other,
        seats=arguments.seat,
        games=arguments.games,
        seed=arguments.seed or 0,
        gear=arguments.gear,
    )
    standing, begun = Standing(contest), time.monotonic()
    failed: TabletopError | None = None
    try:
        with seating.watched():
            for standing in _played(contest, arguments.workers):
                output.progress(_progress(standing, time.monotonic() - begun))
        code = exits.PROBLEMS if standing.stopped else exits.OK
    except KeyboardInterrupt:
        code = exits.INTERRUPTED
    except PlayerFailedError as error:
        failed, code = error, exits.PROBLEMS
    output.progress("")
    if code == exits.INTERRUPTED:
        output.warn(f"Interrupted after {standing.games:,} of {contest.games:,} games.")
    if failed is None or standing.games:
        _report(standing, as_json=arguments.json)
    if failed is not None:
        raise failed
    return code


def _report(standing: "Standing", *, as_json: bool) -> None:
    if as_json:
        output.say(json.dumps(facts(standing), indent=2))
        return
    for line in lines(standing):
        output.say(line)


def _played(contest: "Contest", workers: int) -> Iterator["Standing"]:
    from tabletop.study.match import play

    return play(contest, workers, output.progress)


def _progress(standing: "Standing", seconds: float) -> str:
    done, games = standing.games, standing.contest.games
    text = f"{done:,} of {games:,} games in each seat"
    if 0 < done < games:
        text += f", {seconds * (games - done) / done:,.0f} s to go"
    return text


def facts(standing: "Standing") -> dict[str, Any]:
    """What came of a match, and what is needed to play it again."""
    contest = standing.contest
    return {
        "program_version": __version__,
        "rules_version": RULES_VERSION,
        "deck": contest.deck.model.id,
        "deck_version": contest.deck.model.version,
        "deck_digest": contest.deck.digest,
        "player": contest.first,
        "other": contest.second,
        "seed": contest.seed,
        "games": standing.games,
        "stopped": standing.stopped,
        "seats": [asdict(score) for score in standing.scores()],
    }


def lines(standing: "Standing") -> Iterator[str]:
    """The same for people."""
    contest = standing.contest
    first, second = one_line(contest.first), one_line(contest.second)
    yield (
        f"{first} against {second}: {one_line(contest.deck.model.title)},"
        f" {counted(standing.games, 'game')} in each seat, seed {contest.seed}"
    )
    if standing.stopped:
        yield f"{counted(standing.stopped, 'pair')} left out: the machine stopped one"
    yield ""
    yield (
        f"{'Seat':<20}  {'better':>7}  {'equal':>7}  {'worse':>7}  {'share':>6}"
        f"  {'95 %':<13}  {'gain':>7}  {'95 %':<16}"
    ).rstrip()
    for score in standing.scores():
        yield _row(one_line(contest.deck.model.teams[score.seat].name)[:20], score)
    yield ""
    yield "better: games in which the first player scored more in that seat than the"
    yield "second does in it; the second plays all the others. Equal scores count half"
    yield "in the share (Wilson's interval). gain: how much more the first scored, on"
    yield "average (normal interval)."


def _row(name: str, score: "SeatScore") -> str:
    share = f"{score.low:.1%} to {score.high:.1%}"
    gain = f"{score.gain_low:+.2f} to {score.gain_high:+.2f}"
    return (
        f"{name:<20}  {score.wins:>7,}  {score.ties:>7,}  {score.losses:>7,}"
        f"  {score.share:>6.1%}  {share:<13}  {score.gain:>+7.2f}  {gain:<16}"
    ).rstrip()
