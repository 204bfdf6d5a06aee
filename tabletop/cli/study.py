"""`tabletop study`: many games, and what a deck's author wants to know of them."""

import argparse
import os
import shlex
import shutil
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tabletop.cli import decks, exits, output
from tabletop.cli.forecast import Stop, stoppable
from tabletop.cli.options import Verbs
from tabletop.cli.policies import assign
from tabletop.cli.studied import files, options
from tabletop.cli.text import counted
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.study.crew import Crew
    from tabletop.study.failif import FailIf
    from tabletop.study.result import StudyResult
    from tabletop.study.study import Progress, StudyPlan

NARROW = 72
"""The least width that lines are made for."""
TENTH = 0.1
"""Seconds between two words on how far it is."""


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "study",
        help="play many games, and measure what comes of them",
        description="Plays many games by bots and tells what a deck's author wants to"
        " know: endings, length, what was never reached, tracks, what cards and options"
        " are worth, how the teams compare, how much is luck. Every number has its 95 %"
        " interval, every finding the command that plays an example. The same deck,"
        " seed, policies and games give the same study, with any number of workers."
        " ctrl+c stops it, and reports what is done.",
    )
    parser.add_argument("deck", metavar="DECK", help="a deck's file, folder or name")
    options.register(parser)
    files.register(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Play, measure and report."""
    wanted = files.Wanted.of(arguments)
    wanted.check()
    plan = planned(arguments)
    conditions = _conditions(plan, arguments.fail_if)
    with hired(arguments) as crew, stoppable() as wish:
        result = played(plan, crew, wish)
    if not result.method.games:
        output.warn("Stopped before the first game was over: there is nothing to tell.")
        return exits.INTERRUPTED
    _report(result, wanted, arguments)
    for line in wanted.write(result):
        (output.warn if wanted.json_alone else output.say)(line)
    failed = _failed(result, conditions)
    if result.stopped_early:
        games = counted(result.method.games, "game")
        output.warn(f"Stopped after {games}: this is what they came to.")
        return exits.INTERRUPTED
    return exits.PROBLEMS if failed or _stopped(result) else exits.OK


def planned(arguments: argparse.Namespace) -> "StudyPlan":
    """What is to be studied. Raises UsageError when it makes no sense."""
    from tabletop.study.study import StudyPlan

    deck = decks.load(arguments.deck)
    parts = {*arguments.measure} - {"none"}
    if arguments.sensitivity or arguments.vary:
        parts.add("levers")
    other = None
    if arguments.against is not None:
        parts.add("against")
        other = decks.load(arguments.against)
    return StudyPlan(
        deck, arguments.games, arguments.seed or 0,
        assign(deck.model.teams, arguments.policy), frozenset(parts), other,
        tuple(arguments.vary), arguments.deck, command(arguments),
    )  # fmt: skip


def command(arguments: argparse.Namespace) -> str:
    """What runs the same study again: not who did it, nor what was made of it."""
    words = ["tabletop", "study", arguments.deck, "--games", str(arguments.games)]
    if arguments.seed:
        words += ["--seed", str(arguments.seed)]
    for policy in arguments.policy:
        words += ["--policy", policy]
    if set(arguments.measure) != set(options.MEASURES):
        words += ["--measure", ",".join(arguments.measure)]
    if arguments.against is not None:
        words += ["--against", arguments.against]
    words += ["--sensitivity"] * bool(arguments.sensitivity)
    for path in arguments.vary:
        words += ["--vary", path]
    return shlex.join(words)


def hired(arguments: argparse.Namespace) -> "Crew":
    """Who plays the games. Raises UsageError when there is nobody."""
    if arguments.dask is not None:
        if arguments.workers or arguments.gear:
            raise UsageError(
                "--dask goes without --workers and --gear",
                "The cluster has its own workers, in the gear that they have.",
            )
        from tabletop.study.cluster import dask_crew

        return dask_crew(arguments.dask)
    from tabletop.study.crew import local_crew

    return local_crew(arguments.workers or cores(), arguments.gear)


def cores() -> int:
    """How many cores this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def played(plan: "StudyPlan", crew: "Crew", wish: Stop) -> "StudyResult":
    """The study, with a word now and then on how far it is."""
    from tabletop.engine.gear import is_warm
    from tabletop.study.study import study
    from tabletop.study.worker import COMPILING

    if crew.name == "high" and not is_warm(counting=True):
        output.progress(COMPILING)
    try:
        return study(plan, crew, progress(wish))
    finally:
        output.progress("")


PARTS = {
    "games": "games", "replays": "games played again", "choices": "games' choices",
    "against": "games of the other deck", "levers": "games with changed numbers",
}  # fmt: skip
"""What is being done, in words."""


def progress(wish: Stop) -> "Callable[[Progress], bool]":
    """Tells how far it is and how fast it goes; whether to go on."""
    part, began, last = "", 0.0, 0.0

    def tell(at: "Progress") -> bool:
        nonlocal part, began, last
        now = time.monotonic()
        if at.part != part:
            part, began = at.part, now
        if now - last >= TENTH and at.done:
            last = now
            rate = at.done / max(now - began, TENTH)
            output.progress(
                f"{at.done:,} of {at.of:,} {PARTS[part]}, {rate:,.0f} a second; ctrl+c"
                " reports what is done"
            )
        return not wish.stopped

    return tell


def _report(
    of: "StudyResult", wanted: files.Wanted, arguments: argparse.Namespace
) -> None:
    """Says it on standard output: as JSON alone, or for people."""
    if wanted.json_alone:
        from tabletop.report.study.data import as_json

        output.say(as_json(of))
        return
    from tabletop.cli.studied.lines import lines
    from tabletop.cli.studied.signs import Ink, signs
    from tabletop.cli.studied.table import Page

    width = max(NARROW, shutil.get_terminal_size().columns)
    color = output.wants_color()
    page = Page(width, signs(), Ink(color), arguments.rows, bool(arguments.show))
    for line in lines(of, page, arguments.show):
        if color:
            output.say_styled(f"{line}\n")
        else:
            output.say(line)


def _conditions(plan: "StudyPlan", texts: Sequence[str]) -> "list[FailIf]":
    """The conditions to fail by. Raises UsageError for one that can't be read."""
    if not texts:
        return []
    from tabletop.study.failif import FailIf
    from tabletop.study.study import names_of

    known = names_of(plan)
    return [FailIf.read(text, known) for text in texts]


def _failed(of: "StudyResult", conditions: "Sequence[FailIf]") -> bool:
    """Whether one of the conditions holds; says which, and of what figures."""
    if not conditions:
        return False
    from tabletop.study.named import values

    known = values(of)
    held = [condition for condition in conditions if condition.holds(known)]
    for condition in held:
        output.warn(f"failed: {condition.text}")
        for name, value in condition.seen(known).items():
            interval = ""
            if value.low < value.high:
                interval = f" ({value.low:.4g} to {value.high:.4g})"
            output.warn(f"  {name} is {value.value:.4g}{interval}")
    return bool(held)


def _stopped(of: "StudyResult") -> bool:
    """Whether the machine had to stop a game: something is wrong with the deck."""
    return any(each.kind == "machine" and each.share.count for each in of.terminations)
