"""The one place where an error becomes a dialog."""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.app import App

from tabletop.errors import TabletopError
from tabletop.tui.screens.problem import screen_for

T = TypeVar("T")


def attempt(
    app: App[Any], act: Callable[[], T], *, game_stays: bool = True
) -> T | None:
    """What `act` gives; None when it failed, with the reason on the screen.

    Only errors that a person can act on are caught: anything else is a fault of ours
    and must come down loudly, with the save already safe.
    """
    try:
        return act()
    except TabletopError as error:
        app.push_screen(screen_for(error, game_stays=game_stays))
        return None


def quietly(act: Callable[[], T]) -> T | None:
    """What `act` gives; None when it can't be done, which is no news to anybody.

    For looking ahead while somebody still types.
    """
    try:
        return act()
    except TabletopError:
        return None


def done(app: App[Any], act: Callable[[], None]) -> bool:
    """Whether `act` succeeded; when it failed, the reason is on the screen."""

    def tell() -> bool:
        act()
        return True

    return attempt(app, tell) is not None
