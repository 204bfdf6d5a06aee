"""Where a game turned: what each move did to what the teams could expect.

Every place of a line of play is forecast, and so is every option of every decision. The
change from one place to the next is then told apart (after the luck adjustment of
backgammon analysis): *choice* is what the chosen move is worth less what the position
was worth, *luck* is what came of it less what it was worth.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tabletop.session.view import Move, SeatId
from tabletop.study.forecast import Expect, Forecast

Kind = Literal["choice", "luck", "inject", "ruling"]
"""A team's decision; what the rules threw and drew by themselves; control's inject; a
ruling."""


@dataclass(frozen=True, slots=True)
class Option:
    """A move that a team had, and what it could expect after it."""

    move: Move
    label: str
    expect: Expect
    """The score of the team that chose."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One move of the line, and what it did."""

    number: int
    seat: SeatId
    kind: Kind
    title: str
    after: Forecast
    choice: Mapping[SeatId, float]
    """Points that the choice gave or took, by team; empty unless it was a decision."""
    luck: Mapping[SeatId, float]
    """Points that dice, draws, injects or a ruling gave or took, by team."""
    options: tuple[Option, ...] = ()
    """Every move that the team had, the best first; empty unless it was a decision."""

    def swing(self, team: SeatId) -> float:
        """How far the expected score of a team moved, in points."""
        return self.choice.get(team, 0.0) + self.luck.get(team, 0.0)


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """One of the moves that moved a team's expectation most."""

    step: Step
    team: SeatId
    """Whose expectation it is about."""
    before: float
    after: float
    choice: float
    luck: float
    best: Option | None
    """The best that the chooser had; None when it chose it, or none is surely better
    (their 95 % intervals overlap)."""


@dataclass(frozen=True)
class Analysis:
    """A whole line of play, forecast move by move."""

    seat: SeatId
    """From whose knowledge it was made."""
    playouts: int
    policy: str
    start: Forecast
    steps: tuple[Step, ...]
    """In order; fewer than the line has when it was stopped early."""

    def turning_points(
        self, team: SeatId = "", most: int = 5
    ) -> tuple[TurningPoint, ...]:
        """The moves that moved a team's expectation most, in the order of play.

        Without a team each move counts for the team that it moved most.
        """
        raise NotImplementedError
