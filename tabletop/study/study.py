"""Many games by bots, and what a deck's author wants to know of them.

A study comes to the same, byte for byte, with any number of workers, in either gear,
and on a cluster: it follows from its plan alone. When it is stopped it holds the first
games of each part, without a gap, as far as they were done.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from tabletop import RULES_VERSION, __version__
from tabletop.engine.census import Census
from tabletop.engine.counted import is_special
from tabletop.study import describe
from tabletop.study.against import changes
from tabletop.study.causes import cause
from tabletop.study.crew import Crew, Job, in_order
from tabletop.study.effects import LEARNING_PART, ChoiceJob, Worths
from tabletop.study.effects import PART as CHOICE_PART
from tabletop.study.figures import spread
from tabletop.study.judged import choices
from tabletop.study.levers import GAMES as LEVER_GAMES
from tabletop.study.levers import PART as LEVER_PART
from tabletop.study.levers import lever, lever_jobs
from tabletop.study.measure import CountJob, most_of, part_size, spans
from tabletop.study.named import Value, values
from tabletop.study.pairs import Differences, PairJob
from tabletop.study.plan import PARTS as PARTS
from tabletop.study.plan import USUAL as USUAL
from tabletop.study.plan import Progress as Progress
from tabletop.study.plan import StudyPlan as StudyPlan
from tabletop.study.plan import Tell as Tell
from tabletop.study.proofs import proofs
from tabletop.study.remarks import Writer
from tabletop.study.replays import ReplayJob, Replays
from tabletop.study.result import Cause, Lever, Method, StudyResult
from tabletop.study.stakes import Stakes, settles

REPLAY_PART = 512
"""Games of a job whose games are played several times, at most."""
REPLAYS = 20_000
"""Games that are played again with other luck, choices or order, at most."""
Result = TypeVar("Result")


@dataclass
class Counts:
    """All that was counted so far."""

    plan: StudyPlan
    census: Census = field(default_factory=Census)
    replays: Replays = field(default_factory=Replays)
    worths: Worths | None = None
    differences: Differences = field(default_factory=Differences)
    levers: list[Lever] = field(default_factory=list)
    stopped: bool = False


def study(plan: StudyPlan, crew: Crew, tell: Tell = lambda _: True) -> StudyResult:
    """Plays the games of a plan, and tells what came of them.

    Raises WorkersLostError when workers die again and again.
    """
    counts = Counts(plan)
    for step in (_count, _replay, _weigh, _compare, _turn):
        if not counts.stopped:
            step(counts, crew, tell)
    return result_of(counts)


def names_of(plan: StudyPlan) -> dict[str, Value]:
    """The figures that a condition on this study's result may name."""
    counts = Counts(plan)
    if plan.old_table is not None:
        job = PairJob(plan.old_table, (plan.table,), 0, 1)
        counts.differences = job.run("low")[0]
    return values(result_of(counts, told=True))


def _done(
    counts: Counts, crew: Crew, tell: Tell, part: str, jobs: Iterable[Job[Result]],
    of: int,
) -> Iterator[Result]:  # fmt: skip
    """What came of the jobs of one part; notes when somebody stops it."""

    def go_on(done: int) -> bool:
        if not tell(Progress(part, done, of)) and done < of:
            counts.stopped = True
        return not counts.stopped

    yield from in_order(crew, jobs, go_on)


def _count(counts: Counts, crew: Crew, tell: Tell) -> None:
    """Plays and counts all games."""
    plan = counts.plan
    size = part_size(plan.games, crew.workers, most_of(crew.name))
    job = partial(CountJob, plan.table, plan.ready)
    jobs = (job(*span) for span in spans(plan.games, size))
    for census in _done(counts, crew, tell, "games", jobs, plan.games):
        counts.census.add(census)


def _replay(counts: Counts, crew: Crew, tell: Tell) -> None:
    """Plays the first games again: for their pace, and for luck, choices and order."""
    plan = counts.plan
    games = min(counts.census.games, REPLAYS)
    causes, order = "causes" in plan.parts, "order" in plan.parts and plan.ordered
    size = part_size(games, crew.workers, most_of(crew.name, REPLAY_PART))
    jobs = [
        ReplayJob(plan.table, first, some, causes=causes, order=order)
        for first, some in spans(games, size)
    ]
    of = sum(job.weight for job in jobs)
    for replays in _done(counts, crew, tell, "replays", jobs, of):
        counts.replays.add(replays)


def _weigh(counts: Counts, crew: Crew, tell: Tell) -> None:
    """Measures what choices are worth."""
    plan = counts.plan
    if "choices" not in plan.parts:
        return
    counts.worths = Worths.of(plan.table)
    games = min(counts.census.games, plan.choice_games)
    job = partial(ChoiceJob, plan.table)
    size = LEARNING_PART if is_special(plan.table.policies, None) else CHOICE_PART
    jobs = (job(*span) for span in spans(games, size))
    for worths in _done(counts, crew, tell, "choices", jobs, games):
        counts.worths.add(worths)


def _compare(counts: Counts, crew: Crew, tell: Tell) -> None:
    """Plays the same games of another deck."""
    plan = counts.plan
    if plan.old_table is None:
        return
    games = counts.census.games
    job = partial(PairJob, plan.old_table, (plan.table,))
    size = part_size(games, crew.workers, most_of(crew.name, REPLAY_PART))
    jobs = (job(*span) for span in spans(games, size))
    for found in _done(counts, crew, tell, "against", jobs, games):
        counts.differences.add(found[0])


def _turn(counts: Counts, crew: Crew, tell: Tell) -> None:
    """Turns numbers of the deck, one at a time."""
    plan = counts.plan
    games = min(counts.census.games, LEVER_GAMES)
    size = 1 if crew.name == "low" else LEVER_PART
    jobs = lever_jobs(plan.table, plan.deck.files, plan.turns, games, size)
    tried = iter(plan.turns)
    found = []
    for parts in _done(
        counts, crew, tell, "levers", jobs, games * len(plan.turns)
    ):  # fmt: skip
        for differences in parts:
            turn = next(tried)
            if differences is not None:
                found.append(lever(turn, differences))
    counts.levers = sorted(found, key=lambda each: -each.weight)


# --- the result


def result_of(counts: Counts, *, told: bool = False) -> StudyResult:
    """What some counts tell; with `told` also of causes that nobody counted."""
    plan, census, replays = counts.plan, counts.census, counts.replays
    describe.complete(plan.ready, census)
    model, games = plan.deck.model, counts.census.games
    endings = describe.endings(model, plan.program, census)
    never = games and any(
        not each.games for counted in census.seen.values() for each in counted
    )
    proved = proofs(plan.deck, plan.things) if never else {}
    pairs = Replays.of(len(model.teams)) if told and "causes" in plan.parts else replays
    result = StudyResult(
        method=_method(plan, games),
        endings=endings,
        terminations=describe.terminations(endings, census),
        rounds=spread(census.rounds),
        by_rounds=tuple(sorted(census.rounds.items())),
        pace=describe.pace(model, census, replays.paces),
        reached=describe.reached(plan.things, census, proved),
        terms=describe.terms(plan.things, census),
        tracks=describe.tracks(model, plan.program, census),
        choices=choices(model, plan.things, census, counts.worths),
        teams=describe.teams(model, census, replays.order),
        causes=_causes(counts, pairs),
        levers=tuple(counts.levers),
        against=()
        if plan.against is None
        else changes(plan.deck, plan.against, counts.differences),
        remarks=(),
        stopped_early=counts.stopped,
    )
    longest = -replays.longest[1] if replays.paces else -1
    writer = Writer(result, plan.again, replays.examples, longest)
    return replace(result, remarks=writer.remarks())


def _causes(counts: Counts, pairs: Replays) -> tuple[Cause, ...]:
    """What each team's score comes from; nothing when it was not measured."""
    stakes = Stakes()
    if counts.worths is not None and settles(counts.plan.table.policies):
        stakes = counts.worths.stakes
    census = counts.census
    return tuple(
        cause(team, choice, luck, stakes.share(index, census.scores[index]))
        for index, (team, choice, luck) in enumerate(
            zip(counts.plan.deck.model.teams, pairs.choice, pairs.luck, strict=False)
        )
    )


def _method(plan: StudyPlan, games: int) -> Method:
    model = plan.deck.model
    return Method(
        program=__version__, rules=RULES_VERSION, deck=model.id, version=model.version,
        digest=plan.deck.digest, title=model.title, seed=plan.seed, asked=plan.games,
        games=games, policies=plan.again.policies,
        command=plan.command or plan.again.study(plan.games),
    )  # fmt: skip
