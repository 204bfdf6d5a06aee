"""Where `play` and `resume` meet: a session goes to the screen or to plain lines."""

from typing import TYPE_CHECKING

from tabletop.cli import exits, output
from tabletop.errors import UsageError

if TYPE_CHECKING:
    from tabletop.session.session import Session


def need_screen() -> None:
    """Refuse to open a screen where there is none, before anything is begun."""
    if not output.has_screen():
        raise UsageError(
            "this needs a terminal",
            "Use play or resume with --plain to play over a pipe.",
        )


def sit_down(session: "Session", *, plain: bool) -> int:
    """Play the session until it is left; the save stays."""
    try:
        if plain:
            from tabletop.cli.plain.table import PlainTable

            PlainTable(session).play()
        else:
            from tabletop.tui.app import run_session

            run_session(session)
    finally:
        session.close()
    if session.path is not None:
        output.say(f"Saved in {session.path}")
        output.say(f"Go on with: tabletop resume {session.path}")
    return exits.OK
