"""What screens tell the app about games and replays."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual.message import Message

from tabletop.session.game import Game

if TYPE_CHECKING:
    from tabletop.deck.deck import Deck
    from tabletop.session.editing import News
    from tabletop.session.replaying import Replay


@dataclass
class GameLeft(Message):
    """The game is to be closed; the first screen comes next."""


@dataclass
class ReplayWanted(Message):
    """A save is to be stepped through; a game that is open is closed first."""

    save: Path


@dataclass
class ReplayLeft(Message):
    """The replay is to be closed."""


@dataclass
class TrialBegun(Message):
    """Another line of the replayed save is to be played at the table."""

    game: Game


@dataclass
class ReplayRead(Message):
    """The replay was opened anew, with the lines that were played meanwhile."""

    replay: "Replay"


@dataclass
class CameBack(Message):
    """Told to a replay: the line that was played from it has been closed."""


@dataclass
class DeckRead(Message):
    """The deck that is edited was read anew: as it is now, or what is wrong with it."""

    found: "Deck | News"
