"""A game seen again from one team's seat: choose first, then see what was chosen."""

from dataclasses import dataclass

from tabletop.session.replaying import Alternative, Replay
from tabletop.session.view import Change, Move, SeatId, View


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision that the team had to make."""

    number: int
    """The move that it made."""
    place: int
    """Which of its decisions this is, from 0."""
    view: View
    """What it knew then, with the moves that it had."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Our choice beside the group's."""

    decision: Decision
    ours: Alternative
    theirs: Alternative
    intent: str
    """What the group wrote with its move."""
    our_changes: tuple[Change, ...]
    """What the rules would have made of ours, with the same dice, as the team sees
    it."""
    their_changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Whether we chose as they did."""
        return self.ours.move == self.theirs.move


class Guessing:
    """The decisions of one team, one after the other."""

    def __init__(self, replay: Replay, team: SeatId, tip: int | None = None) -> None:
        """Raises UsageError when there is no such team."""
        raise NotImplementedError

    def decisions(self) -> tuple[int, ...]:
        """The numbers of the moves to be guessed: where it had more than one move."""
        raise NotImplementedError

    def decision(self, place: int) -> Decision:
        """One of them, without anything that came later."""
        raise NotImplementedError

    def choose(self, decision: Decision, move: Move) -> Verdict:
        """Choose, and see both. Raises MoveError for a move that it did not have."""
        raise NotImplementedError
