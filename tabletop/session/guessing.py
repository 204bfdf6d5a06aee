"""A game seen again from one team's seat: choose first, then see what was chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tabletop.errors import IllegalMoveError, UsageError
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


@dataclass(frozen=True, slots=True)
class Summary:
    """How we chose, over a whole game."""

    team: SeatId
    verdicts: tuple[Verdict, ...]
    """In the order of the game; of a decision that was made twice the last one."""
    decisions: int
    """How many there were to be made."""

    @property
    def same(self) -> int:
        """How often we chose as the group did."""
        return sum(verdict.same for verdict in self.verdicts)

    @property
    def others(self) -> tuple[Verdict, ...]:
        """Where we chose something else."""
        return tuple(verdict for verdict in self.verdicts if not verdict.same)


class Guessing:
    """The decisions of one team, one after the other."""

    def __init__(self, replay: Replay, team: SeatId, tip: int | None = None) -> None:
        """Raises UsageError for no such team, MoveError for no such line."""
        teams = replay.session.tree.program.teams
        if team not in teams:
            hint = f"The teams are: {', '.join(teams)}."
            raise UsageError(f"there is no team '{team}'", hint)
        self.replay = replay
        self.team = team
        self.tip = replay.main if tip is None else tip
        replay.entry(self.tip)
        self._verdicts: dict[int, Verdict] = {}

    def decisions(self) -> tuple[int, ...]:
        """The numbers of the moves to be guessed: where it had more than one move."""
        return self._numbers

    def decision(self, place: int) -> Decision:
        """One of them, without anything that came later. Raises UsageError."""
        if not 0 <= place < len(self._numbers):
            raise UsageError(f"there is no decision {place + 1}")
        number = self._numbers[place]
        parent = self.replay.session.tree.nodes[number].parent
        return Decision(number, place, self.replay.offered(parent, self.team, self.tip))

    def choose(self, decision: Decision, move: Move) -> Verdict:
        """Choose, and see both. Raises MoveError for a move that it did not have."""
        had = self.replay.had(decision.number)
        ours = next((each for each in had if each.move == move), None)
        theirs = next(each for each in had if each.chosen)
        if ours is None:
            raise IllegalMoveError(
                "this move was not possible then", "Choose one of those it had."
            )
        session = self.replay.session
        node, log = session.tree.nodes[decision.number], session.log_of(self.team)
        entry = log.entry(node)
        there = session.tree.at(node.parent)
        _, facts = there.apply(move, there.seat_of(move))
        verdict = Verdict(
            decision, ours, theirs, entry.note if entry else "", log.changes(facts),
            entry.changes if entry else (),
        )  # fmt: skip
        self._verdicts[decision.place] = verdict
        return verdict

    def summary(self) -> Summary:
        """All that was chosen so far, beside what the group chose."""
        made = tuple(verdict for _, verdict in sorted(self._verdicts.items()))
        return Summary(self.team, made, len(self._numbers))

    @cached_property
    def _numbers(self) -> tuple[int, ...]:
        return tuple(self._found())

    def _found(self) -> Iterator[int]:
        tree = self.replay.session.tree
        for node in tree.at(self.tip).path():
            own = node.move is not None and node.move.team == self.team
            if own and self.replay.had_choice(node.number):
                yield node.number
