"""Many games played by bots, and what came of them.

Game `i` depends only on the deck, the seed and `i`: the same with any number of workers
and in either gear.
"""

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from tabletop.deck.deck import Deck
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import ROW_HEAD, GearName, Row, gear, has_fast
from tabletop.engine.program import Program, seed_key
from tabletop.errors import UsageError
from tabletop.session.seats import BOTS
from tabletop.session.session import Session

CHUNK = {"low": 250, "high": 20_000}
"""Games that a worker plays at a time."""
Policies = Mapping[str, str]
"""For each team the name of its bot, without 'bot:'."""
Progress = Callable[[int, int], None]
"""Told how many games of how many are done."""


@dataclass(frozen=True)
class Spread:
    """A number's mean, least and greatest value over the games."""

    mean: float
    least: int
    greatest: int


@dataclass
class Tally:
    """Sums over games, in whole numbers, so that their order does not matter."""

    total: int = 0
    least: int = 0
    greatest: int = 0
    count: int = 0

    def add(self, value: int) -> None:
        """Counts one game."""
        self.least = value if not self.count else min(self.least, value)
        self.greatest = value if not self.count else max(self.greatest, value)
        self.total += value
        self.count += 1

    def spread(self) -> Spread:
        """The figures."""
        return Spread(self.total / max(self.count, 1), self.least, self.greatest)


@dataclass
class Summary:
    """What came of many games."""

    games: int
    gear: str
    moves: int = 0
    seconds: float = 0.0
    """Spent playing; getting ready is not counted."""
    warm_seconds: float = 0.0
    """Spent getting the machine ready."""
    stopped: int = 0
    """Games that the machine stopped itself."""
    endings: dict[str, int] = field(default_factory=dict)
    rounds: dict[int, int] = field(default_factory=dict)
    scores: dict[str, Spread] = field(default_factory=dict)
    tracks: dict[str, Spread] = field(default_factory=dict)
    digest: str = ""
    """Of every game's last state, in order: equal only for equal games."""


def policy_codes(deck: Deck, policies: Policies) -> list[int]:
    """The machine's number of each team's bot. Raises UsageError for an unknown one."""
    codes = []
    for team in policies:
        if team not in deck.model.teams:
            raise UsageError(
                f"there is no team '{team}'",
                f"The teams are: {', '.join(deck.model.teams)}.",
            )
    for team in deck.model.teams:
        name = f"bot:{policies.get(team, 'random')}"
        if name not in BOTS:
            known = ", ".join(bot.removeprefix("bot:") for bot in BOTS)
            raise UsageError(
                f"there is no policy '{name.removeprefix('bot:')}'",
                f"Possible are: {known}.",
            )
        codes.append(BOTS[name])
    return codes


def play_games(  # noqa: PLR0913
    deck: Deck, *, games: int, seed: int, policies: Policies,
    gear_name: GearName | None = None, workers: int = 1, first: int = 0,
    progress: Progress | None = None,
) -> Summary:  # fmt: skip
    """Plays games `first` to `first + games - 1` of a seed, and sums them up.

    Without a name the high gear is used where it is installed. Raises UsageError for an
    unknown policy, or a gear that is not installed.
    """
    codes = policy_codes(deck, policies)
    name: GearName = gear_name or ("high" if has_fast() else "low")
    program = compile_deck(deck)
    summary = Summary(games, name)
    begun = time.perf_counter()
    gear(name).play_games(program, seed_key(seed), first, 1, codes)
    summary.warm_seconds = time.perf_counter() - begun
    Counter(program, summary).count(
        chunks(program, name, seed, first, games, codes, workers), progress
    )
    return summary


def chunks(  # noqa: PLR0913
    program: Program, name: GearName, seed: int, first: int, games: int,
    codes: list[int], workers: int,
) -> Iterator[list[Row]]:  # fmt: skip
    """Finished games in order, some at a time, played by several workers."""
    size = min(CHUNK[name], max(1, -(-games // workers)))
    starts = range(first, first + games, size)
    jobs = [(program, name, seed, start, min(size, first + games - start), codes)
            for start in starts]  # fmt: skip
    if workers <= 1:
        for job in jobs:
            yield play_chunk(*job)
        return
    with pool(name, workers) as executor:
        waiting: list[Future[list[Row]]] = []
        for job in jobs:
            waiting.append(executor.submit(play_chunk, *job))
            if len(waiting) > 2 * workers:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()


@contextmanager
def pool(name: GearName, workers: int) -> Iterator[Executor]:
    """Threads for high gear, which runs without the interpreter's lock; else processes."""
    kind = ThreadPoolExecutor if name == "high" else ProcessPoolExecutor
    with kind(workers) as executor:
        yield executor


def play_chunk(
    program: Program, name: GearName, seed: int, first: int, count: int,
    codes: list[int],
) -> list[Row]:  # fmt: skip
    """Plays some games."""
    return gear(name).play_games(program, seed_key(seed), first, count, codes)


class Counter:
    """Counts finished games into a summary."""

    def __init__(self, program: Program, summary: Summary) -> None:
        """Begins with nothing counted."""
        self.program = program
        self.summary = summary
        self.scores = {team: Tally() for team in program.teams}
        self.tracks = {track: Tally() for track in program.tracks}
        self.endings = dict.fromkeys(sorted(program.endings), 0)
        self.digest = blake2b(digest_size=16)

    def count(self, parts: Iterator[list[Row]], progress: Progress | None) -> None:
        """Counts every game."""
        done = 0
        begun = time.perf_counter()
        for rows in parts:
            self.summary.seconds += time.perf_counter() - begun
            for row in rows:
                self.add(row)
            done += len(rows)
            if progress is not None:
                progress(done, self.summary.games)
            begun = time.perf_counter()
        self.finish()

    def add(self, row: Row) -> None:
        """Counts one game."""
        moves, ending, rounds, error, fingerprint = row[:ROW_HEAD]
        summary = self.summary
        summary.moves += moves
        summary.stopped += error != 0
        summary.rounds[rounds] = summary.rounds.get(rounds, 0) + 1
        if ending >= 0:
            self.endings[self.program.endings[ending]] += 1
        self.digest.update(fingerprint.to_bytes(8, "little", signed=True))
        values = iter(row[ROW_HEAD:])
        for tally, value in zip(
            (*self.scores.values(), *self.tracks.values()), values, strict=True
        ):
            tally.add(value)

    def finish(self) -> None:
        """Writes the figures."""
        summary = self.summary
        summary.rounds = dict(sorted(summary.rounds.items()))
        summary.endings = self.endings
        summary.scores = {team: tally.spread() for team, tally in self.scores.items()}
        summary.tracks = {id_: tally.spread() for id_, tally in self.tracks.items()}
        summary.digest = self.digest.hexdigest()


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
