"""`tabletop verify`: replays saves and compares every state with the recorded one."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import exits, failures, output, transcript
from tabletop.cli.options import Verbs, add_viewpoint
from tabletop.cli.text import counted, one_line
from tabletop.errors import TabletopError

if TYPE_CHECKING:
    from tabletop.session.session import Session


def register(verbs: Verbs) -> None:
    """Add this verb to the command line."""
    parser = verbs.add_parser(
        "verify",
        help="replay saves and check every state",
        description="Replays each save from its start and checks that every move gives"
        " the state that was recorded. Exit status: 0 all agree, 3 a bad deck, 4 a bad"
        " save, 5 a save that gives other states.",
    )
    parser.add_argument("saves", nargs="+", type=Path, metavar="SAVE")
    add_viewpoint(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Verify each save, to the last one; the exit status is that of the worst."""
    return max(_verify(path, arguments.seat) for path in arguments.saves)


def _verify(path: Path, seat: str) -> int:
    from tabletop.session.session import Session

    try:
        session = Session.open(path, read_only=True)
    except TabletopError as error:
        output.warn(f"{path}:")
        failures.tell(error)
        return failures.exit_code(error)
    try:
        _report(path, session, seat)
    finally:
        session.close()
    return exits.BAD_SAVE if session.damaged else exits.OK


def _report(path: Path, session: "Session", seat: str) -> None:
    view = session.view(seat)
    moves = counted(len(view.log), "entry", "entries")
    title = one_line(view.title)
    output.say(f"{path}: {title}, seed {session.seed}, {moves}, every state agrees")
    for line in transcript.standing(view):
        output.say(f"  {line}")
    for warning in session.warnings:
        output.warn(f"{path}: warning: {warning}")
