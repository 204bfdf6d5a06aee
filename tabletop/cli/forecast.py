"""`tabletop forecast`: what a position leads to, and the moves that turned a game."""

import argparse
import dataclasses
import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tabletop import RULES_VERSION, __version__
from tabletop.cli import exits, foretold, output
from tabletop.cli.options import BIG, Verbs, add_seed, whole
from tabletop.cli.policies import assign
from tabletop.cli.text import paragraphs
from tabletop.errors import UsageError
from tabletop.session.view import CONTROL

if TYPE_CHECKING:
    from tabletop.session.tree import Tree

MOST = 1_000_000
DEFAULT = 1_000


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "forecast",
        help="what a position leads to, and where a game turned",
        description="Plays a saved game on many times with bots, and reports the share"
        " of each ending and the score that each team can expect, with 95 % intervals;"
        " or, with --turning-points, which moves moved these most. The same save, seed"
        " and policies give the same numbers, whatever the gear and the number of"
        " workers.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE", help="a saved game")
    _add_what(parser)
    _add_how(parser)
    parser.set_defaults(run=run)


def _add_what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--at", type=whole(0, BIG), metavar="MOVE",
        help="after this move (default: the last; with --turning-points the line of"
        " play that ends with it)",
    )  # fmt: skip
    parser.add_argument(
        "--seat", default=CONTROL, metavar="SEAT",
        help="use only what this team knows, by its id (default: control, which knows"
        " all)",
    )  # fmt: skip
    parser.add_argument(
        "--turning-points", action="store_true",
        help="forecast every move, and list those that turned the game",
    )  # fmt: skip
    parser.add_argument(
        "--team", default="", metavar="TEAM",
        help="turning points for this team's score (default: the seat's; for control"
        " whichever team a move moved most)",
    )  # fmt: skip
    parser.add_argument(
        "--most", type=whole(1, 1_000), default=5, metavar="N",
        help="how many turning points (default: 5)",
    )  # fmt: skip


def _add_how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--playouts", type=whole(1, MOST), default=DEFAULT, metavar="N",
        help="games played on from each position, and after each option"
        f" (default: {DEFAULT})",
    )  # fmt: skip
    parser.add_argument(
        "--policy", action="append", default=[], metavar="[TEAM=]POLICY",
        help="who plays on: random (the default), first or greedy; for all teams or for"
        " one (may be given several times)",
    )  # fmt: skip
    add_seed(parser, "the luck of all playouts (default: 0)")
    parser.add_argument(
        "--gear", choices=("low", "high"),
        help="low: plain Python; high: compiled, needs tabletop[fast] (default: high"
        " where it is installed, for more than a few playouts)",
    )  # fmt: skip
    parser.add_argument(
        "--workers", type=whole(1, 256), default=2, metavar="W",
        help="playouts made at the same time (default: 2)",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="the report as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Forecast, and report."""
    from tabletop.session.session import Session

    session = Session.open(arguments.save, read_only=True)
    try:
        for text in session.warnings:
            output.warn(text)
        tree = session.tree
    finally:
        session.close()
    if arguments.turning_points:
        return _turning_points(tree, arguments)
    return _forecast(tree, arguments)


def _forecast(tree: "Tree", arguments: argparse.Namespace) -> int:
    from tabletop.study.forecast import forecast_job
    from tabletop.study.method import method

    number = tree.head if arguments.at is None else arguments.at
    job = forecast_job(
        tree, number, seat=arguments.seat, playouts=arguments.playouts,
        policies=assign(tree.program.teams, arguments.policy),
        seed=arguments.seed or 0,
    )  # fmt: skip
    _say_if_cold(job.total, arguments)

    def tell(done: int) -> None:
        output.progress(f"{done:,} of {job.total:,} playouts")

    found = job.run(_gear(job.total, arguments), arguments.workers, tell)
    output.progress("")
    over = job.position.over
    words = method(found.seat, found.playouts, found.policy, over=over)
    if arguments.json:
        _say_json(tree, arguments, words, dataclasses.asdict(found))
    else:
        _say_lines(foretold.forecast_lines(tree, found), words)
    return exits.PROBLEMS if found.stopped else exits.OK


def _turning_points(tree: "Tree", arguments: argparse.Namespace) -> int:
    from tabletop.study.jobs import jobs, run_jobs
    from tabletop.study.method import method
    from tabletop.study.turning import Analysis

    team = arguments.team or ("" if arguments.seat == CONTROL else arguments.seat)
    _check_team(tree, arguments.team)
    tip = tree.head if arguments.at is None else arguments.at
    policies = assign(tree.program.teams, arguments.policy)
    work = jobs(
        tree, tip, arguments.seat, arguments.playouts, policies, arguments.seed or 0
    )
    total = sum(job.total for job in work)
    _say_if_cold(total, arguments)
    with stoppable() as go_on:

        def tell(done: int, of: int) -> bool:
            output.progress(f"{done} of {of} places; ctrl+c keeps what is done")
            return not go_on.stopped

        name = _gear(total, arguments)
        measured = list(run_jobs(work, arguments.workers, tell, name))
    output.progress("")
    if len(measured) < len(work):
        output.warn(f"Stopped after {len(measured)} of {len(work)} places.")
    found = Analysis.of(tree, tip, work, measured, policies)
    words = method(found.seat, found.playouts, found.policy, turning=True)
    if arguments.json:
        points = found.turning_points(team, arguments.most)
        facts = dataclasses.asdict(found)
        facts["turning_points"] = [_point(dataclasses.asdict(p)) for p in points]
        _say_json(tree, arguments, words, facts)
    else:
        _say_lines(foretold.turning_lines(tree, found, team, arguments.most), words)
    return exits.OK


def _point(facts: dict[str, Any]) -> dict[str, Any]:
    """A turning point with its step's number alone: the step is told elsewhere."""
    return facts | {"step": facts["step"]["number"]}


def _check_team(tree: "Tree", team: str) -> None:
    if team and team not in tree.program.teams:
        known = ", ".join(tree.program.teams)
        raise UsageError(f"there is no team '{team}'", f"The teams are: {known}.")


def _gear(total: int, arguments: argparse.Namespace) -> Any:
    from tabletop.study.playouts import best_gear

    return arguments.gear or best_gear(total)


def _say_if_cold(total: int, arguments: argparse.Namespace) -> None:
    from tabletop.engine.gear import has_fast, is_warm_to_play_on
    from tabletop.study.worker import COMPILING

    if _gear(total, arguments) == "high" and has_fast() and not is_warm_to_play_on():
        output.progress(COMPILING)


class Stop:
    """Whether somebody has asked to stop."""

    stopped = False


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Lets the first interrupt ask for a stop, and the second one interrupt."""
    wish = Stop()

    def stop(*_: object) -> None:
        if wish.stopped:
            raise KeyboardInterrupt
        wish.stopped = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield wish
    finally:
        signal.signal(signal.SIGINT, before)


def _say_lines(lines: Iterator[str], words: tuple[str, ...]) -> None:
    for line in lines:
        output.say(line)
    output.say()
    output.say("How this was made")
    for text in words:
        for line in paragraphs(text, "  "):
            output.say(line)


def _say_json(
    tree: "Tree", arguments: argparse.Namespace, words: tuple[str, ...],
    found: dict[str, Any],
) -> None:  # fmt: skip
    facts = {
        "program_version": __version__, "rules_version": RULES_VERSION,
        "save": arguments.save.name, "deck": tree.deck.model.id,
        "deck_digest": tree.deck.digest, "seed": arguments.seed or 0,
        "method": list(words),
    }  # fmt: skip
    output.say(json.dumps(facts | found, indent=2))
