"""What `tabletop study` can be asked for."""

import argparse
from collections.abc import Callable, Sequence

from tabletop.cli.options import add_seed, whole

GAMES = 1_000
ROWS = 12
MEASURES = ("choices", "causes", "order")
"""What is measured by playing games on or again, unless one says which."""
SHOWN = (
    "remarks", "against", "levers", "endings", "rounds", "teams", "luck", "pace",
    "tracks", "cards", "options", "reached", "method",
)  # fmt: skip
"""The parts that may be shown alone."""


def register(parser: argparse.ArgumentParser) -> None:
    """All options but those that name files."""
    _add_what(parser)
    _add_more(parser)
    _add_how(parser)
    _add_shown(parser)


def _add_what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--games", type=whole(1), default=GAMES, metavar="N",
        help=f"how many games (default: {GAMES:,})",
    )  # fmt: skip
    add_seed(parser, "the luck of all games (default: 0)")
    parser.add_argument(
        "--policy", action="append", default=[], metavar="[TEAM=]POLICY",
        help="who plays: random (the default), first, greedy, search[:PLAYOUTS],"
        " least-used (to reach all of the deck), weights:FILE or script:FILE; for all"
        " teams or for one (may be given several times)",
    )  # fmt: skip


def _add_more(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--measure", type=names("measure", (*MEASURES, "none")),
        default=MEASURES, metavar="WHAT,...",
        help="what is measured beside counting: choices (what cards and options are"
        " worth), causes (luck and choice), order (who gains by the order of turns);"
        " or none (default: all of these)",
    )  # fmt: skip
    parser.add_argument(
        "--against", metavar="DECK",
        help="compare with this deck, such as an older version, by the same seeds",
    )  # fmt: skip
    parser.add_argument(
        "--sensitivity", action="store_true",
        help="change each number of the deck a little, and see what it moves",
    )  # fmt: skip
    parser.add_argument(
        "--vary", action="append", default=[], metavar="PATH",
        help="the same for these numbers alone: a path such as tracks.morale.start, its"
        " beginning, or with * in it (may be given several times)",
    )  # fmt: skip
    parser.add_argument(
        "--fail-if", action="append", default=[], metavar="EXPR",
        help="exit with 1 when it holds, such as 'ending.collapse > 0.3' (may be given"
        " several times)",
    )  # fmt: skip


def _add_how(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--workers", type=whole(1, 256), metavar="W",
        help="games played at the same time (default: one for each core)",
    )  # fmt: skip
    parser.add_argument(
        "--gear", choices=("low", "high"),
        help="low: plain Python; high: compiled, needs tabletop[fast] (default: high"
        " where it is installed)",
    )  # fmt: skip
    parser.add_argument(
        "--dask", metavar="ADDRESS",
        help="use the Dask cluster whose scheduler is there, such as"
        " tcp://10.0.0.5:8786; needs tabletop[cluster]",
    )  # fmt: skip


def _add_shown(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--show", type=names("part", SHOWN), default=(), metavar="PART,...",
        help=f"only these parts, and the whole of them: {', '.join(SHOWN)}",
    )  # fmt: skip
    parser.add_argument(
        "--rows", type=whole(0, 10_000), default=ROWS, metavar="N",
        help=f"rows of a long table where all parts are shown; 0 for all"
        f" (default: {ROWS})",
    )  # fmt: skip


def names(what: str, known: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """A reader of names with commas between."""

    def read(text: str) -> tuple[str, ...]:
        found = tuple(word.strip() for word in text.split(",") if word.strip())
        for word in found:
            if word not in known:
                raise argparse.ArgumentTypeError(
                    f"there is no {what} '{word}'; possible are: {', '.join(known)}"
                )
        return found

    return read
