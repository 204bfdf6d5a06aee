"""Writers for the killer that play a whole game: each move is acknowledged when the
session has made it."""

from pathlib import Path

from tabletop.session.session import Session
from tests.decks.shipped import BRIGHT_DAYS, deck
from tests.session.killer import Acknowledge

SEATS = {
    "kremlin": "bot:random", "white_house": "bot:random", "kyiv": "bot:random",
    "europe": "bot:random", "control": "auto",
}  # fmt: skip


def bots(save: Path, acknowledge: Acknowledge) -> None:
    """Plays on from wherever the last writer was killed."""
    if save.exists():
        session = Session.open(save)
    else:
        session = Session.new(deck(BRIGHT_DAYS), seed=4, seats=SEATS, path=save)
    while session.bot_moves():
        acknowledge(session.head)


def replayed(save: Path) -> set[int]:
    """The moves of a save, each replayed and compared with its digest."""
    session = Session.open(save, read_only=True)
    assert not any("damage" in warning for warning in session.warnings)
    numbers = set(session.tree.nodes) - {0}
    session.close()
    return numbers
