"""Many games played by bots, and what came of them.

Game `i` depends only on the deck, the seed and `i`: the same with any number of workers
and in either gear.
"""

import signal
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import blake2b
from multiprocessing import get_context
from pathlib import Path

from tabletop.deck.deck import Deck
from tabletop.engine.compile import compile_deck
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
from tabletop.session.seats import BOT_NAMES, MOST_PLAYOUTS, bot_code
from tabletop.session.session import Session

CHUNK = {"low": 200, "high": 10_000}
"""Games that a worker plays at a time; fewer by so many times as a bot plays games on
in its mind for one decision."""
Policies = Mapping[str, str]
"""For each team the name of its bot, without 'bot:'; random where none is named."""
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

    def play(self) -> tuple[Tally, bytes]:
        """Plays them: their sums and fingerprints."""
        machine = gear(self.gear)
        return machine.tally(
            self.program, self.key, self.first, self.games, self.policies
        )

    def rows(self) -> list[Row]:
        """Plays them: the figures of each."""
        return gear(self.gear).play_games(
            self.program, self.key, self.first, self.games, self.policies
        )

    def split(self, size: int) -> Iterator["Job"]:
        """The same games in jobs of at most `size`."""
        end = self.first + self.games
        for start in range(self.first, end, size):
            yield replace(self, first=start, games=min(size, end - start))


def policy_codes(deck: Deck, policies: Policies) -> list[int]:
    """The machine's number of each team's bot. Raises UsageError for an unknown one."""
    for team in policies:
        if team not in deck.model.teams:
            known = ", ".join(deck.model.teams)
            raise UsageError(f"there is no team '{team}'", f"The teams are: {known}.")
    return [policy_code(policies.get(team, "random")) for team in deck.model.teams]


def policy_code(name: str) -> int:
    """The machine's number of a bot. Raises UsageError for an unknown one."""
    code = bot_code(f"bot:{name}")
    if code is None:
        known = ", ".join(bot.removeprefix("bot:") for bot in BOT_NAMES)
        raise UsageError(
            f"there is no policy '{name}'",
            f"Possible are: {known}, with 1 to {MOST_PLAYOUTS:,} playouts a decision.",
        )
    return code


def play_games(  # noqa: PLR0913 -- each is a choice of the caller
    deck: Deck, *, games: int, seed: int, policies: Policies,
    gear: GearName | None = None, workers: int = 1, progress: Progress | None = None,
) -> Summary:  # fmt: skip
    """Plays games 0 to `games - 1` of a seed, and sums them up.

    Without a name the high gear is used where it is installed. Raises UsageError for an
    unknown policy, or a gear that is not installed.
    """
    name: GearName = gear or ("high" if has_fast() else "low")
    job = Job(
        compile_deck(deck), name, seed_key(seed), policy_codes(deck, policies), 0, games
    )
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
    if job.gear == "high" and not is_warm(searching=budget_of(job.policies) > 0):
        tell("Compiling the machine, once on this computer: some 20 seconds ...")
    replace(job, games=1, policies=[hasty(word) for word in job.policies]).play()
    return time.perf_counter() - begun


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
    return max(1, CHUNK[job.gear] // max(1, budget_of(job.policies)))


def pool(name: GearName, workers: int) -> Executor:
    """Threads for high gear, which runs without Python's lock; else processes.

    An interrupt from the keyboard is for the program that started them alone.
    """
    if name == "high":
        return ThreadPoolExecutor(workers)
    return ProcessPoolExecutor(
        workers, get_context("spawn"), signal.signal, (signal.SIGINT, signal.SIG_IGN)
    )


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
    teams = len(program.teams)
    return Summary(
        games=tally.games, gear=job.gear, moves=tally.moves, seconds=seconds,
        warm_seconds=warm, stopped=tally.stopped,
        endings=dict(zip(program.endings, tally.endings, strict=True)),
        rounds={i: games for i, games in enumerate(tally.rounds) if games},
        scores=dict(zip(program.teams, spreads[:teams], strict=True)),
        tracks=dict(zip(program.tracks, spreads[teams:], strict=True)),
        digest=digest,
    )  # fmt: skip


def play_one(
    deck: Deck, seed: int, game: int, policies: Policies, path: Path | None = None
) -> Session:
    """Plays one game of a seed in a session, which can be saved and opened."""
    policy_codes(deck, policies)
    seats = {t: f"bot:{policies.get(t, 'random')}" for t in deck.model.teams}
    session = Session.new(
        deck, seed=seed, seats={**seats, "control": "auto"}, path=path, game=game
    )
    try:
        while session.bot_moves():
            pass
    except BaseException:
        session.close()
        raise
    return session
