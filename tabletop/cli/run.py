"""`tabletop run`: games by bots, without a table, and what came of them."""

import argparse
import dataclasses
import json
from typing import TYPE_CHECKING

from tabletop import RULES_VERSION, __version__
from tabletop.cli import decks, enumeration, exits, output, summary, transcript
from tabletop.cli.options import Verbs, add_save, add_seed, whole
from tabletop.cli.policies import assign
from tabletop.errors import UsageError
from tabletop.session.view import CONTROL

if TYPE_CHECKING:
    from pathlib import Path

    from tabletop.deck.deck import Deck
    from tabletop.session.view import View

FEW = 100
"""So many games are over sooner than high gear is ready."""


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "run",
        help="play games by bots and report",
        description="Plays games by bots and reports endings, rounds, scores and"
        " tracks. The same deck, seed and policies give the same games, whatever the"
        " gear and the number of workers.",
    )
    parser.add_argument("deck", metavar="DECK", help="a deck's file, folder or name")
    _add_what(parser)
    _add_how(parser)
    parser.set_defaults(run=run)


def _add_what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--games",
        type=whole(1),
        default=1,
        metavar="N",
        help="how many games (default: 1)",
    )
    add_seed(parser, "the luck of all games (default: 0)")
    parser.add_argument(
        "--policy",
        action="append",
        default=[],
        metavar="[TEAM=]POLICY",
        help="random (the default), first, greedy, search[:PLAYOUTS], least-used,"
        " weights:FILE or script:FILE; for all teams or for one (may be given several"
        " times)",
    )
    parser.add_argument(
        "--only",
        type=whole(0),
        metavar="I",
        help="play game I of the series alone; the first is 0",
    )
    parser.add_argument(
        "--perft",
        type=whole(0, 40),
        metavar="N",
        help="play nothing: count the ways in which a game can go in its first N"
        " decisions, by going through all of them",
    )
    parser.add_argument(
        "--every-luck",
        action="store_true",
        help="with --perft: each way that dice and draws can fall counts, not only how"
        " they fall in this game",
    )


def _add_how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--gear",
        choices=("low", "high"),
        help="low: plain Python; high: compiled, needs tabletop[fast] (default: high"
        f" where it is installed, for more than {FEW} games or bots that search)",
    )
    parser.add_argument(
        "--workers",
        type=whole(1, 256),
        default=1,
        metavar="W",
        help="games played at the same time (default: 1)",
    )
    parser.add_argument("--json", action="store_true", help="the report as JSON")
    parser.add_argument(
        "--log", action="store_true", help="print the game, when it is a single one"
    )
    add_save(parser, "keep the game, when it is a single one")


def run(arguments: argparse.Namespace) -> int:
    """Play the games and report."""
    deck = decks.load(arguments.deck)
    if arguments.perft is not None:
        return enumeration.run(deck, arguments)
    if arguments.every_luck:
        raise UsageError("--every-luck is for --perft", "Say how far: --perft 2.")
    policies = assign(deck.model.teams, arguments.policy)
    single = _single(arguments)
    if single is None:
        return _play_many(deck, policies, arguments)
    return _play_one(deck, policies, single, arguments)


def _single(arguments: argparse.Namespace) -> int | None:
    """The number of the one game to play; None when it is a series."""
    if arguments.only is not None:
        return int(arguments.only)
    if not (arguments.log or arguments.save):
        return None
    if arguments.games != 1:
        raise UsageError(
            "--log and --save are for a single game",
            "Say which one with --only, such as --only 0.",
        )
    return 0


def _play_many(
    deck: "Deck", policies: dict[str, str], arguments: argparse.Namespace
) -> int:
    from tabletop.bots.bulk import play_games

    result = play_games(
        deck,
        games=arguments.games,
        seed=arguments.seed or 0,
        policies=policies,
        gear=arguments.gear or ("low" if _few(arguments, policies) else None),
        workers=arguments.workers,
        progress=output.progress,
    )
    output.progress("")
    if arguments.json:
        facts = _facts(deck, policies, arguments) | dataclasses.asdict(result)
        output.say(json.dumps(facts, indent=2))
    else:
        for line in summary.lines(deck, result):
            output.say(line)
    return exits.PROBLEMS if result.stopped else exits.OK


def _few(arguments: argparse.Namespace, policies: dict[str, str]) -> bool:
    """Whether the games are over in low gear sooner than high gear is ready."""
    searching = any(policy.startswith("search") for policy in policies.values())
    return arguments.games <= FEW and not searching


def _facts(
    deck: "Deck", policies: dict[str, str], arguments: argparse.Namespace
) -> dict[str, object]:
    """What is needed to run it again."""
    return {
        "program_version": __version__,
        "rules_version": RULES_VERSION,
        "deck": deck.model.id,
        "deck_version": deck.model.version,
        "deck_digest": deck.digest,
        "seed": arguments.seed or 0,
        "policies": policies,
    }


def _play_one(
    deck: "Deck", policies: dict[str, str], game: int, arguments: argparse.Namespace
) -> int:
    from tabletop.bots.bulk import play_one

    path: Path | None = arguments.save
    session = play_one(deck, arguments.seed or 0, game, policies, path=path)
    try:
        view = session.view(CONTROL)
    finally:
        session.close()
    if arguments.json:
        facts = _facts(deck, policies, arguments) | summary.single(view, game)
        output.say(json.dumps(facts, indent=2))
        return _end(view)
    lines = transcript.game(view) if arguments.log else transcript.standing(view)
    for line in lines:
        output.say(line)
    if path is not None:
        output.say(f"Saved in {path}")
    return _end(view)


def _end(view: "View") -> int:
    """The exit status for a game, which may have been stopped by the machine."""
    if view.over:
        return exits.OK
    output.warn("The machine stopped this game: too much was due at once.")
    return exits.PROBLEMS
