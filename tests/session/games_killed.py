"""Writers for the killer that play a whole game: each move is acknowledged when the
session has made it."""

from pathlib import Path

from tabletop.session.drafts import Adjudication, NewInject
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


WRITTEN = 1_000_000
"""Added to the number of an inject that was written, to tell it from a move."""


def amended(save: Path, acknowledge: Acknowledge) -> None:
    """As `bots`, with an inject written and an argument judged now and then."""
    if save.exists():
        session = Session.open(save)
    else:
        session = Session.new(deck(BRIGHT_DAYS), seed=4, seats=SEATS, path=save)
    while session.bot_moves():
        acknowledge(session.head)
        if session.head % 5 == 0:
            session.write_inject(NewInject("Rain", effects=("us_aid -= 1",)))
            acknowledge(WRITTEN + len(session.tree.written))
        if session.head % 7 == 0 and not session.over:
            judged = Adjudication("Snow", effects=("us_aid += 1",))
            session.adjudicate(judged, note="cold")
            acknowledge(session.head)


def replayed(save: Path) -> set[int]:
    """The moves of a save, each replayed and compared with its digest."""
    session = Session.open(save, read_only=True)
    assert not any("damage" in warning for warning in session.warnings)
    numbers = set(session.tree.nodes) - {0}
    numbers |= {WRITTEN + i for i, _ in enumerate(session.tree.written, 1)}
    session.close()
    return numbers
