"""`tabletop display`: the public display of a game that is played elsewhere."""

import argparse
from pathlib import Path

from tabletop.cli import exits, output, table
from tabletop.cli.options import Verbs
from tabletop.errors import UsageError

LOOKS = ("night", "paper", "high-contrast")
LEAST_COLUMNS, LEAST_ROWS = 60, 18
"""The smallest terminal in which the whole display can be shown."""

# A letter of 1 inch is read with ease at 10 feet and just read at 20, so from d metres
# it must be d / 240 high at least. A capital is some 0.55 of its row.
LEGIBLE, CAPITAL = 240, 0.55
WIDE_SCREEN = 9 / 16
CELLS = 2 * 16 / 9
"""Columns to a row on a wide screen, where a cell is twice as high as it is wide."""


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "display",
        help="show a game to the room",
        description="Follows a saved game that is played in another terminal, and shows"
        " what every team may know, in large type. It changes nothing, and goes on"
        " through the game's end and restart. `q` leaves it, F2 changes its look.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE", nargs="?")
    parser.add_argument("--theme", choices=LOOKS, default=LOOKS[0], help="its look")
    parser.add_argument(
        "--distance", type=metres, metavar="METRES",
        help="how far the last row of the room sits: says how many rows can be read",
    )  # fmt: skip
    parser.add_argument(
        "--width", type=metres, metavar="METRES",
        help="how wide the picture is, to go with --distance",
    )  # fmt: skip
    parser.set_defaults(run=run)


def metres(text: str) -> float:
    """A length that a room may have."""
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0.1 <= value <= 200:
        raise argparse.ArgumentTypeError(f"{text} is not between 0.1 and 200")
    return value


def run(arguments: argparse.Namespace) -> int:
    """Show the display, or say what can be read of it."""
    if arguments.distance is not None or arguments.width is not None:
        return _tell_size(arguments.distance, arguments.width)
    if arguments.save is None:
        raise UsageError(
            "there is no save to follow",
            "Name one: tabletop display SAVE. It may be one that is yet to be begun.",
        )
    table.need_screen()
    from tabletop.session.watch import Watch
    from tabletop.tui.display import run_display

    watch = Watch(arguments.save)
    try:
        run_display(watch, arguments.theme)
    finally:
        watch.close()
    return exits.OK


def legible(distance: float, width: float) -> tuple[int, int]:
    """How many rows and columns can be read of a wide picture, from a distance.

    >>> legible(4, 1.5)
    (27, 96)
    """
    rows = int(width * WIDE_SCREEN * CAPITAL * LEGIBLE / distance)
    return rows, int(rows * CELLS)


def _tell_size(distance: float | None, width: float | None) -> int:
    if distance is None or width is None:
        raise UsageError(
            "--distance and --width belong together",
            "Like --distance 4 --width 1.5, in metres.",
        )
    rows, columns = legible(distance, width)
    output.say(
        f"From {distance:g} m, on a picture {width:g} m wide, text can be read in a"
        f" terminal of at most {rows} rows and {columns} columns."
    )
    if rows < LEAST_ROWS or columns < LEAST_COLUMNS:
        nearest = width * WIDE_SCREEN * CAPITAL * LEGIBLE / LEAST_ROWS
        output.say(
            f"The display needs {LEAST_ROWS} rows and {LEAST_COLUMNS} columns: sit no"
            f" farther away than {nearest:.1f} m, or make the picture larger. Beyond"
            " that its clock, round and headlines, three times as large, can be read."
        )
    else:
        output.say(
            "Make the letters that large (often ctrl and +), and go full screen."
        )
    return exits.OK
