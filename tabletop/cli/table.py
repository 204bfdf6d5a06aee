"""Where `play` and `resume` meet: a session goes to the screen or to plain lines."""

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from tabletop.cli import exits, output, seating
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.session.session import Session


def need_screen() -> None:
    """Refuse to open a screen where there is none, before anything is begun."""
    if not output.has_screen():
        raise UsageError(
            "this needs a terminal",
            "Add --plain to play, or to look, over a pipe.",
        )


def sit_down(session: "Session", arguments: argparse.Namespace) -> int:
    """Fill the seats, play until the game is left, and say where it is kept."""
    try:
        with seating.watched():
            seating.bring(session, arguments)
            for warning in session.warnings:
                output.warn(f"warning: {warning}")
            left = _plain(session) if arguments.plain else _screen(session)
    finally:
        session.close()
    tell_save(left)
    return exits.OK


def _plain(session: "Session") -> Path | None:
    from tabletop.cli.plain.table import PlainTable

    PlainTable(session).play()
    return session.path


def _screen(session: "Session") -> Path | None:
    """The save of the game that was left last: from the table one may go elsewhere."""
    from tabletop.tui.app import run_session

    return run_session(session)


def tell_save(path: Path | None) -> None:
    """Say where a game is kept, and how to go on with it."""
    if path is not None:
        output.say(f"Saved in {path}")
        output.say(f"Go on with: tabletop resume {shlex.quote(str(path))}")
