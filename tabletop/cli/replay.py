"""`tabletop replay`: steps through a save, on the screen or line by line."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import exits, output, table
from tabletop.cli.options import Verbs, add_viewpoint

if TYPE_CHECKING:
    from tabletop.session.replaying import Replay


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "replay",
        help="step through a save, and try another way",
        description="Opens a saved game to be looked at, moment by moment: the board as"
        " it was, what changed and why, what each option would have done. Any moment"
        " can be played on, in a copy beside the save.",
    )
    parser.add_argument("save", type=Path, metavar="SAVE")
    add_viewpoint(parser)
    parser.add_argument(
        "--plain",
        action="store_true",
        help="line by line on standard input and output, without a screen",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Open the save and step through it."""
    from tabletop.session.replaying import Replay

    if not arguments.plain:
        table.need_screen()
    replay = Replay.open(arguments.save, arguments.seat)
    try:
        for warning in replay.warnings:
            output.warn(f"warning: {warning}")
        _show(replay, plain=arguments.plain)
    finally:
        replay.close()
    return exits.OK


def _show(replay: "Replay", *, plain: bool) -> None:
    if plain:
        from tabletop.cli.plain.replaying.replay import replay_plainly

        replay_plainly(replay)
    else:
        from tabletop.tui.app import run_replay

        run_replay(replay)
