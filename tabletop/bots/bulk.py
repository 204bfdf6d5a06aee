"""Many games played by bots, and what came of them.

Game `i` depends only on the deck, the seed and `i`: the same with any number of workers
and in either gear.
"""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from tabletop.bots.deciders import Deciders
from tabletop.bots.policies import Plan as Plan
from tabletop.bots.policies import Policies as Policies
from tabletop.bots.policies import plan as plan
from tabletop.bots.policies import policy_code as policy_code
from tabletop.bots.policies import policy_codes as policy_codes
from tabletop.bots.workers import processes
from tabletop.deck.deck import Deck
from tabletop.engine.compile import compile_deck
from tabletop.engine.counted import is_special
from tabletop.engine.counting import BATCH
from tabletop.engine.gear import (
    GearName,
    Row,
    Tally,
    budget_of,
    gear,
    has_fast,
    is_warm,
)
from tabletop.engine.layout import BOT_BUDGET
from tabletop.engine.program import Program, seed_key
from tabletop.errors import UsageError
from tabletop.session.seats import PERSON
from tabletop.session.session import Session
from tabletop.session.tree import MachineError

CHUNK = {"low": 200, "high": 10_000}
"""Games that a worker plays at a time; fewer by so many times as a bot plays games on
in its mind for one decision."""
Progress = Callable[[str], None]
"""Told in a line what is being done."""


@dataclass(frozen=True)
class Spread:
    """A number's mean, least and greatest value over the games."""

    mean: float
    least: int
    greatest: int


@dataclass(frozen=True)
class Summary:
    """What came of many games."""

    games: int
    gear: str
    moves: int
    seconds: float
    """Spent playing; getting ready is not counted."""
    warm_seconds: float
    """Spent getting the machine ready."""
    stopped: int
    """Games that the machine stopped itself."""
    endings: dict[str, int]
    rounds: dict[int, int]
    """Games by their last round."""
    scores: dict[str, Spread]
    tracks: dict[str, Spread]
    success: dict[str, int]
    """Games that each team would call a success, for teams that say what would be one.
    """
    digest: str
    """Of every game's last state, in order: equal only for equal games."""


@dataclass(frozen=True)
class Job:
    """Some games for a worker to play."""

    program: Program
    gear: GearName
    key: list[int]
    policies: list[int]
    first: int
    games: int
    tables: list[int] = field(default_factory=list)
    """Those of `Plan`."""

    def play(self) -> tuple[Tally, bytes]:
        """Plays them: their sums and fingerprints."""
        machine = gear(self.gear)
        return machine.tally(
            self.program, self.key, self.first, self.games, self.policies,
            tables=self.tables,
        )  # fmt: skip

    def rows(self) -> list[Row]:
        """Plays them: the figures of each."""
        return gear(self.gear).play_games(
            self.program, self.key, self.first, self.games, self.policies,
            tables=self.tables,
        )  # fmt: skip

    def split(self, size: int) -> Iterator["Job"]:
        """The same games in jobs of at most `size`."""
        end = self.first + self.games
        for start in range(self.first, end, size):
            yield replace(self, first=start, games=min(size, end - start))


def play_games(  # noqa: PLR0913 -- each is a choice of the caller
    deck: Deck, *, games: int, seed: int, policies: Policies,
    gear: GearName | None = None, workers: int = 1, progress: Progress | None = None,
) -> Summary:  # fmt: skip
    """Plays games 0 to `games - 1` of a seed, and sums them up.

    Without a name the high gear is used where it is installed. Raises UsageError for an
    unknown policy, or a gear that is not installed.
    """
    name: GearName = gear or ("high" if has_fast() else "low")
    program = compile_deck(deck)
    who = plan(deck, policies, program)
    job = Job(program, name, seed_key(seed), who.codes, 0, games, who.tables)
    tell = progress or (lambda _: None)
    warm = warm_up(job, tell)
    begun = time.perf_counter()
    tally, digest = count(job, workers, tell)
    seconds = time.perf_counter() - begun
    return summary(job, tally, digest, warm, seconds)


def warm_up(job: Job, tell: Progress) -> float:
    """Gets the machine ready, and says so when that takes a while: seconds it took."""
    begun = time.perf_counter()
    gear(job.gear)
    if job.gear == "high" and not is_ready(job.policies):
        tell("Compiling the machine, once on this computer: some 20 seconds ...")
    replace(job, games=1, policies=[hasty(word) for word in job.policies]).play()
    return time.perf_counter() - begun


def is_ready(policies: list[int]) -> bool:
    """Whether what plays these bots in high gear was compiled here before."""
    searching = budget_of(policies) > 0
    if is_special(policies, None):
        return is_warm(counting=True) and (not searching or is_warm(searching=True))
    return is_warm(searching=searching)


def hasty(policy: int) -> int:
    """The same bot, with no more than one playout a decision."""
    return policy % BOT_BUDGET + BOT_BUDGET * min(policy // BOT_BUDGET, 1)


def count(job: Job, workers: int, tell: Progress) -> tuple[Tally, str]:
    """Plays a job in parts: the sums, and a digest of the fingerprints in order."""
    digest = blake2b(digest_size=16)
    total: Tally | None = None
    for tally, prints in results(job, workers):
        digest.update(prints)
        if total is None:
            total = tally
        else:
            total.add(tally)
        tell(f"{total.games:,} of {job.games:,} games")
    if total is None:
        raise UsageError("there are no games to play", "Ask for at least one.")
    return total, digest.hexdigest()


def results(job: Job, workers: int) -> Iterator[tuple[Tally, bytes]]:
    """Finished parts of a job in order, played by several workers."""
    size = min(chunk(job), max(1, -(-job.games // max(workers, 1))))
    parts = job.split(size)
    if workers <= 1:
        yield from (part.play() for part in parts)
        return
    with pool(job.gear, workers) as executor:
        waiting: list[Future[tuple[Tally, bytes]]] = []
        for part in parts:
            waiting.append(executor.submit(part.play))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


def chunk(job: Job) -> int:
    """Games that a worker plays at a time."""
    size = max(1, CHUNK[job.gear] // max(1, budget_of(job.policies)))
    if is_special(job.policies, None):
        return max(BATCH, size - size % BATCH)
    return size


def pool(name: GearName, workers: int) -> Executor:
    """Threads for high gear, which runs without Python's lock; else processes.

    An interrupt from the keyboard is for the program that started them alone.
    """
    if name == "high":
        return ThreadPoolExecutor(workers)
    return processes(workers)


def summary(
    job: Job, tally: Tally, digest: str, warm: float, seconds: float
) -> Summary:
    """The figures in the deck's own names."""
    program = job.program
    spreads = [
        Spread(total / tally.games, least, greatest)
        for total, least, greatest in zip(
            tally.totals, tally.least, tally.greatest, strict=True
        )
    ]
    teams, tracks = len(program.teams), len(program.tracks)
    successes = tally.totals[teams + tracks :]
    return Summary(
        games=tally.games, gear=job.gear, moves=tally.moves, seconds=seconds,
        warm_seconds=warm, stopped=tally.stopped,
        endings=dict(zip(program.endings, tally.endings, strict=True)),
        rounds={i: games for i, games in enumerate(tally.rounds) if games},
        scores=dict(zip(program.teams, spreads[:teams], strict=True)),
        tracks=dict(zip(program.tracks, spreads[teams : teams + tracks], strict=True)),
        success={program.teams[team]: successes[team] for team in program.judging},
        digest=digest,
    )  # fmt: skip


def play_one(
    deck: Deck, seed: int, game: int, policies: Policies, path: Path | None = None
) -> Session:
    """Plays one game of a seed in a session, which can be saved and opened.

    Teams whose policy needs tables sit there as people: nothing else could go on for
    them from the save alone. A game that the machine stops stays as it was before that
    move, and is not over.
    """
    who = plan(deck, policies)
    names = {team: policies.get(team, "random") for team in deck.model.teams}
    seats = {
        team: PERSON if team in who.special else f"bot:{name}"
        for team, name in names.items()
    }
    session = Session.new(
        deck, seed=seed, seats={**seats, "control": "auto"}, path=path, game=game
    )
    try:
        deciders = Deciders(session.tree, who, names) if who.special else None
        while owing := session.owing():
            if deciders and owing[0] in who.special:
                deciders.move(session, owing[0])
            elif not session.bot_moves():
                break
    except MachineError:
        pass
    except BaseException:
        session.close()
        raise
    return session
