"""Where a game turned: what each move did to what the teams could expect.

Every place of a line of play is forecast, and so is every option of every decision. The
change from one place to the next is then told apart (after the luck adjustment of
backgammon analysis): *choice* is what the chosen move is worth less what the position
was worth, *luck* is what came of it less what it was worth.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import hypot
from typing import Literal

from tabletop.engine.gear import GearName, Sample
from tabletop.session.log import LogReader
from tabletop.session.moves import INJECT_KINDS, RULINGS
from tabletop.session.tree import Tree
from tabletop.session.view import CONTROL, Move, SeatId
from tabletop.session.views import ViewBuilder
from tabletop.study.forecast import PLAYOUTS, Expect, Forecast, ForecastJob, expect
from tabletop.study.jobs import Job, Measured, Place, Progress, jobs, places, run_jobs
from tabletop.study.playouts import Policies, policy_words

__all__ = [
    "Analysis", "Job", "Kind", "Measured", "Option", "Step", "TurningPoint", "analyse",
    "jobs",
]  # fmt: skip
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
    """Points that the choice gave or took, by team; empty unless it was a decision.

    What another team chose counts whole for a team that looks: it can't tell the choice
    from the luck.
    """
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

    @classmethod
    def of(
        cls, tree: Tree, tip: int, work: list[Job], measured: Iterable[Measured],
        policies: Policies | None = None, *, so_far: "Analysis | None" = None,
    ) -> "Analysis":  # fmt: skip
        """What the jobs of a line tell, as far as they are done without a gap.

        At least the first must be. What the same jobs told already, when fewer of them
        were done, need not be worked out again. Raises ValueError when the first is
        not done.
        """
        found = {each.place: each for each in measured}
        first = work[0]
        done = next((i for i in range(len(work)) if i not in found), len(work))
        if done == 0:
            raise ValueError("the first place has not been measured")
        program = tree.program
        index = first.position.seat
        seat = CONTROL if index == program.control else program.teams[index]
        line = places(tree, tip, seat)
        policy = policy_words(tree, policies or {})
        writer = Writer(tree, seat, policy, work, found)
        start = writer.forecast(0, line[0])
        same = so_far is not None and (so_far.start, so_far.seat) == (start, seat)
        steps = list(so_far.steps[: done - 1]) if same and so_far is not None else []
        for i in range(1 + len(steps), done):
            before = steps[-1].after if steps else start
            steps.append(writer.step(i, line[i], before))
        return cls(seat, first.playouts, policy, start, tuple(steps))

    def turning_points(
        self, team: SeatId = "", most: int = 5
    ) -> tuple[TurningPoint, ...]:
        """The moves that moved a team's expectation most, in the order of play.

        Without a team each move counts for the team that it moved most. A move that
        did no more than chance in the playouts may do is none.
        """
        found = [self._point(i, team) for i in range(len(self.steps))]
        points = [point for point in found if point is not None]
        points.sort(key=lambda point: -abs(point.after - point.before))
        return tuple(sorted(points[:most], key=lambda point: point.step.number))

    def _point(self, place: int, team: SeatId) -> TurningPoint | None:
        step = self.steps[place]
        before = self.steps[place - 1].after if place else self.start
        teams = [expect.team for expect in step.after.teams]
        who = team or max(teams, key=lambda each: abs(step.swing(each)))
        if who not in teams:
            return None
        ours, theirs = before.of(who), step.after.of(who)
        if abs(theirs.mean - ours.mean) <= hypot(half(ours), half(theirs)):
            return None
        return TurningPoint(
            step, who, ours.mean, theirs.mean, step.choice.get(who, 0.0),
            step.luck.get(who, 0.0), better(step),
        )  # fmt: skip


def analyse(  # noqa: PLR0913 -- each is a choice of the caller
    tree: Tree, tip: int, *, seat: SeatId = CONTROL, playouts: int = PLAYOUTS,
    policies: Policies | None = None, seed: int = 0, workers: int = 1,
    progress: Progress = lambda _done, _of: True, gear: GearName | None = None,
) -> Analysis:  # fmt: skip
    """Forecasts every place of the line that ends with a move, and every option.

    When `progress` returns False it stops, and what is done is kept. The same
    arguments give the same numbers, in either gear and with any number of workers.
    Raises MoveError for a tip that is none, UsageError for an unknown seat or policy.
    """
    work = jobs(tree, tip, seat, playouts, policies or {}, seed)
    measured = list(run_jobs(work, workers, progress, gear))
    return Analysis.of(tree, tip, work, measured, policies)


# --- from samples to steps


@dataclass(frozen=True)
class Writer:
    """Puts what was measured of one line into words and points."""

    tree: Tree
    seat: SeatId
    policy: str
    work: list[Job]
    measured: Mapping[int, Measured]

    def forecast(self, place: int, at: Place) -> Forecast:
        """What a place leads to."""
        position, playouts = self.work[place].position, self.work[place].playouts
        endings = tuple(self.tree.deck.model.endings)
        job = ForecastJob(
            at.node.number, self.seat, self.policy, endings, position, playouts
        )
        return job.told(self.measured[place].now)

    def step(self, place: int, at: Place, before: Forecast) -> Step:
        """The move that led to a place."""
        after = self.forecast(place, at)
        choice, luck = self._parts(place, at, before, after)
        options = self.options(place, at)
        return Step(
            at.node.number, at.team or CONTROL, kind_of(at), self._title(at, options),
            after, choice, luck, options,
        )  # fmt: skip

    def _title(self, at: Place, options: tuple[Option, ...]) -> str:
        """The move in words, with the answer, or what came as a phase was opened."""
        more: list[str] = []
        if at.entry.kind == "advance":
            came = [c.subject for c in at.entry.changes if c.kind == "inject"]
            more = [self.tree.names.title(id_) for id_ in dict.fromkeys(came)]
        elif at.entry.kind == "answer":
            labels = [option.label for option in options if option.chosen]
            more = [label.removeprefix("Answer: ") for label in labels]
        return ": ".join([at.entry.title, *([", ".join(more)] if more else [])])

    def _chosen(self, place: int, at: Place) -> Sample | None:
        """What could be expected after the move that was made, before its luck."""
        job = self.work[place - 1]
        if not job.options or at.node.move is None:
            return None
        code = self.tree.codec.encode(at.node.move, self.tree.state(at.node.parent))
        return self.measured[place - 1].options[job.options.index(code)]

    def _parts(
        self, place: int, at: Place, before: Forecast, after: Forecast
    ) -> tuple[dict[SeatId, float], dict[SeatId, float]]:
        swing = {e.team: e.mean - before.of(e.team).mean for e in after.teams}
        if not at.team:
            return {}, swing
        if self.seat not in (CONTROL, at.team):
            return swing, {}
        chosen = self._chosen(place, at)
        if chosen is None:
            return dict.fromkeys(swing, 0.0), swing
        means = {
            team: expect(team, scores).mean
            for team, scores in zip(swing, chosen.scores, strict=True)
        }
        return (
            {team: means[team] - before.of(team).mean for team in swing},
            {e.team: e.mean - means[e.team] for e in after.teams},
        )

    def options(self, place: int, at: Place) -> tuple[Option, ...]:
        """The moves that a team had, the best for itself first."""
        job, found = self.work[place - 1], self.measured[place - 1].options
        if not job.options:
            return ()
        parent = at.node.parent
        tree, log = self.tree.at(parent), LogReader(self.tree, at.team)
        labels = ViewBuilder(tree, at.team, {}, log.seen_from(parent))
        team, state = tree.program.teams.index(at.team), tree.state()
        moves = [tree.codec.decode(code, state) for code in job.options]
        options = [
            Option(
                move, labels.label(move), expect(at.team, sample.scores[team]),
                move == at.node.move,
            )
            for move, sample in zip(moves, found, strict=True)
        ]  # fmt: skip
        return tuple(sorted(options, key=lambda option: -option.expect.mean))


def kind_of(at: Place) -> Kind:
    """What sort of move it was, as the seat may know it."""
    if at.team:
        return "choice"
    if at.entry.kind in INJECT_KINDS:
        return "inject"
    return "ruling" if at.entry.kind in (*RULINGS, "judge") else "luck"


def half(expected: Expect) -> float:
    """Half the width of an interval."""
    return (expected.high - expected.low) / 2


def better(step: Step) -> Option | None:
    """The best move that the chooser had, where it is surely better than its own."""
    own = next((option for option in step.options if option.chosen), None)
    if own is None:
        return None
    best = step.options[0]
    return best if best.expect.low > own.expect.high else None
