"""Options that several verbs share, and how their values are read."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    Verbs: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Verbs = object

SEED_LIMIT = 2**63
BIG = 10**9
MOST_PATIENCE = 86_400


def whole(least: int, most: int = BIG) -> "Whole":
    """A reader of whole numbers within bounds."""
    return Whole(least, most)


class Whole:
    """Reads a whole number; its name is what argparse calls a value it refuses."""

    def __init__(self, least: int, most: int) -> None:
        self.least, self.most = least, most

    def __call__(self, text: str) -> int:
        """The number, or an error that names the bounds."""
        try:
            value = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(
                f"{text!r} is not a whole number"
            ) from None
        if not self.least <= value <= self.most:
            raise argparse.ArgumentTypeError(
                f"{value} is not between {self.least} and {self.most}"
            )
        return value


def pair(text: str) -> tuple[str, str]:
    """`NAME=VALUE` as a pair."""
    name, equals, value = text.partition("=")
    if not (name and equals and value):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form NAME=VALUE")
    return name, value


def add_seed(parser: argparse.ArgumentParser, help_text: str) -> None:
    """`--seed`."""
    parser.add_argument(
        "--seed", type=whole(0, SEED_LIMIT - 1), metavar="S", help=help_text
    )


def add_color(parser: argparse.ArgumentParser) -> None:
    """`--color` and `--no-color`."""
    parser.add_argument(
        "--color",
        action=argparse.BooleanOptionalAction,
        help="colours, even when not on a terminal (or none)",
    )


def add_seats(parser: argparse.ArgumentParser) -> None:
    """`--seat TEAM=WHO`, any number of times, and what holds for outside players."""
    parser.add_argument(
        "--seat",
        type=pair,
        action="append",
        default=[],
        metavar="TEAM=WHO",
        help="who plays a team: person, absent, bot:random, bot:first, bot:greedy,"
        " bot:search[:PLAYOUTS], or exec:COMMAND for a program of yours; or"
        " control=person, control=auto (may be given several times)",
    )
    parser.add_argument(
        "--patience",
        type=whole(1, MOST_PATIENCE),
        default=30,
        metavar="SECONDS",
        help="how long a program has to start, and for each move (default: 30)",
    )
    parser.add_argument(
        "--stand-in",
        default="",
        metavar="WHO",
        help="who takes over from a program that fails: person, absent or a bot"
        " (default: absent where a person is control, else bot:greedy)",
    )


def add_viewpoint(parser: argparse.ArgumentParser) -> None:
    """`--seat SEAT`: whose eyes to look through."""
    parser.add_argument(
        "--seat",
        default="control",
        metavar="SEAT",
        help="show only what this seat may know: a team's id, 'public' or 'control'"
        " (all, the default)",
    )


def add_plain(parser: argparse.ArgumentParser) -> None:
    """`--plain`."""
    parser.add_argument(
        "--plain",
        action="store_true",
        help="play line by line on standard input and output, without a screen",
    )


def add_save(parser: argparse.ArgumentParser, help_text: str) -> None:
    """`--save FILE`."""
    parser.add_argument("--save", type=Path, metavar="FILE", help=help_text)
