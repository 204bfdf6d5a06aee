"""What control has written, before it is a part of the game."""

from dataclasses import dataclass

from tabletop.session.view import Move, SeatId


@dataclass(frozen=True, slots=True)
class NewInject:
    """An inject that is written during the game, as a form holds it."""

    title: str
    read: str = ""
    text: str = ""
    sender: str = ""
    audience: tuple[SeatId, ...] = ()
    """The teams that are told; empty for all of them."""
    round: int = 0
    """When it is due; 0 for by hand."""
    phase: str = ""
    """The phase of that round; empty for its first one."""
    expects: str = ""
    cue: str = ""
    headline: str = ""
    effects: tuple[str, ...] = ()
    """In the deck's language, like 'us_aid -= 5'."""
    moment: str = "start"
    """Whether it comes when the phase begins or when it closes: start or end."""
    when: str = ""
    """A condition in the deck's language: it comes the first time that this holds."""


@dataclass(frozen=True, slots=True)
class MselPlan:
    """What taking in a table of injects would do to a game, to be read before."""

    name: str
    """Where it is from."""
    new: tuple[NewInject, ...]
    rows: tuple[int, ...]
    """The row of each new inject, as a spreadsheet counts them."""
    moves: tuple[Move, ...]
    """Injects of the game that move to another round."""
    lines: tuple[str, ...]
    """All that in words, a line each."""


@dataclass(frozen=True, slots=True)
class Adjudication:
    """An argument and its judgement, in the manner of a matrix game.

    See C. Engle's matrix games, and J. Curry and T. Price, 'Matrix Games for Modern
    Wargaming' (2014): an argument, reasons for and against, odds, a throw.
    """

    argument: str
    """What happens if it succeeds, in words."""
    team: SeatId = ""
    """Who argues it; empty for control."""
    pros: tuple[str, ...] = ()
    cons: tuple[str, ...] = ()
    dice: str = "2d6"
    """Empty when it is judged without a throw."""
    target: int = 7
    """The least total that succeeds."""
    success: str = ""
    """What happens then, in words; by default the argument."""
    failure: str = ""
    effects: tuple[str, ...] = ()
    """Its effects when it succeeds, in the deck's language."""
    otherwise: tuple[str, ...] = ()
    """Its effects when it fails."""
