"""Where `play` and `resume` meet: a session goes to the screen or to plain lines."""

import argparse
import shlex
from functools import partial
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


def sit_down(
    session: "Session", arguments: argparse.Namespace, edited: Path | None = None
) -> int:
    """Fill the seats, play until the game is left, and say where it is kept.

    The words of a deck that is `edited` meanwhile are taken in.
    """
    try:
        with seating.watched():
            seating.bring(session, arguments)
            for warning in session.warnings:
                output.warn(f"warning: {warning}")
            show = _plain if arguments.plain else _screen
            left = show(session, edited)
    finally:
        session.close()
    tell_save(left)
    return exits.OK


def _plain(session: "Session", edited: Path | None) -> Path | None:
    from tabletop.cli.plain.table import PlainTable
    from tabletop.session.editing import EditedDeck

    look = None if edited is None else partial(EditedDeck(edited).look, session)
    PlainTable(session, look).play()
    return session.path


def _screen(session: "Session", edited: Path | None) -> Path | None:
    """The save of the game that was left last: from the table one may go elsewhere."""
    from tabletop.session.editing import EditedDeck
    from tabletop.tui.app import run_edited, run_session

    if edited is None:
        return run_session(session)
    return run_edited(session, EditedDeck(edited))


def tell_save(path: Path | None) -> None:
    """Say where a game is kept, and how to go on with it."""
    if path is not None:
        output.say(f"Saved in {path}")
        output.say(f"Go on with: tabletop resume {shlex.quote(str(path))}")
