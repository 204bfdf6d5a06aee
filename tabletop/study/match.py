"""Matches: how much better one player does than another, seat by seat.

A player takes a seat while the other one plays all the rest; then the other one plays
that seat as well, in the same games: mirrored seeds, so that the luck of the deal is
the same for both. Every game is told by the deck, the seed, its number and the players
alone; so is a match.
"""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tabletop.bots.bulk import Job, Progress, policy_code, pool, warm_up
from tabletop.bots.outside import check_command, seat_players
from tabletop.deck.deck import Deck
from tabletop.engine.compile import compile_deck
from tabletop.engine.gear import (
    ROW_HEAD,
    GearName,
    budget_of,
    has_fast,
)
from tabletop.engine.program import seed_key
from tabletop.engine.statistics import mean_room, wilson
from tabletop.errors import TabletopError, UsageError
from tabletop.session.seats import AUTO, OUTSIDE, is_outside
from tabletop.session.session import Session
from tabletop.session.view import CONTROL, SeatId

if TYPE_CHECKING:
    from concurrent.futures import Future

GAMES = 200
"""Games of each seat where nobody says another number."""
FEW = 200
"""So many games without search are over in low gear before high gear is ready."""
PART = {"low": 20, "high": 500}
"""Games that a worker plays at a time."""
LONG = 2_000
"""Playouts of a search bot's decisions for which a part holds fewer games."""
Scores = list[int] | None
"""The teams' scores at the end of a game; None when the machine stopped it."""


@dataclass(frozen=True)
class SeatScore:
    """How much better the first player does than the second in one seat."""

    seat: SeatId
    games: int
    wins: int
    """Games in which the first player scored more than the second did in its place."""
    ties: int
    losses: int
    share: float
    """Of games won, ties counted half; from 0 to 1, as its interval."""
    low: float
    """Least of the 95 % interval (Wilson's score interval; with ties a bit wide)."""
    high: float
    gain: float
    """How much more the first player scored, on average."""
    gain_low: float
    """Least of the 95 % interval of that mean (normal, over the pairs of games)."""
    gain_high: float

    @classmethod
    def of(cls, seat: SeatId, gains: Counter[int]) -> "SeatScore":
        """The figures of some pairs of games, counted by their difference in score."""
        games = gains.total()
        wins = sum(n for gain, n in gains.items() if gain > 0)
        ties = gains[0]
        low, high = wilson(wins + ties / 2, games)
        mean, room = mean_room(gains)
        share = (wins + ties / 2) / games if games else 0.0
        return cls(
            seat, games, wins, ties, games - wins - ties, share, low, high,
            mean, mean - room, mean + room,
        )  # fmt: skip


@dataclass(frozen=True)
class Contest:
    """Who plays whom, at what, and how it is done."""

    deck: Deck
    first: str
    """A bot without 'bot:', or 'exec:COMMAND'; so is the second."""
    second: str
    seats: tuple[SeatId, ...]
    games: int
    seed: int
    gear: GearName = "low"

    @classmethod
    def of(  # noqa: PLR0913 -- each is a choice of the caller
        cls, deck: Deck, first: str, second: str, *, seats: Sequence[SeatId] = (),
        games: int = GAMES, seed: int = 0, gear: GearName | None = None,
    ) -> "Contest":  # fmt: skip
        """A match in some seats, in all by default, in the gear that is ready first.

        Raises UsageError for a seat or a player that does not exist, or a gear that is
        not installed.
        """
        teams = tuple(deck.model.teams)
        for seat in seats:
            if seat not in teams:
                raise UsageError(
                    f"there is no team '{seat}'", f"The teams are: {', '.join(teams)}."
                )
        searching = budget_of([check_player(first), check_player(second)]) > 0
        short = games <= FEW and not searching
        name: GearName = gear or ("high" if has_fast() and not short else "low")
        wanted = tuple(team for team in teams if not seats or team in seats)
        return cls(deck, first, second, wanted, games, seed, name)

    @property
    def outside(self) -> bool:
        """Whether a program from outside plays: then games are played at a table."""
        return is_outside(self.first) or is_outside(self.second)

    @property
    def part(self) -> int:
        """Games that a worker plays at a time: some seconds at most."""
        if self.outside:
            return 1
        budget = budget_of([policy_code(self.first), policy_code(self.second)])
        slower = -(-budget * PART[self.gear] // LONG)
        return max(1, PART[self.gear] // max(1, slower))

    def players(self, seat: SeatId) -> dict[SeatId, str]:
        """Who plays what when the first player has that seat; '' for none."""
        teams = self.deck.model.teams
        return {team: self.first if team == seat else self.second for team in teams}


@dataclass
class Standing:
    """What came of a match so far."""

    contest: Contest
    gains: dict[SeatId, Counter[int]] = field(default_factory=dict)
    """For each seat, pairs of games by their difference in score."""
    stopped: int = 0
    """Games that the machine stopped itself, or whose pair it stopped."""
    games: int = 0
    """Games done of each seat."""

    def add(self, batch: list[list[Scores]]) -> None:
        """Takes in some games: those of the second player alone, then of each seat."""
        self.games += len(batch[0])
        teams = list(self.contest.deck.model.teams)
        for seat, played in zip(self.contest.seats, batch[1:], strict=True):
            place, counts = teams.index(seat), self.gains.setdefault(seat, Counter())
            for ours, theirs in zip(played, batch[0], strict=True):
                if ours is None or theirs is None:
                    self.stopped += 1
                else:
                    counts[ours[place] - theirs[place]] += 1

    def scores(self) -> list[SeatScore]:
        """The figures for each seat."""
        return [
            SeatScore.of(seat, self.gains.get(seat, Counter()))
            for seat in self.contest.seats
        ]


@dataclass(frozen=True)
class Part:
    """Some games of the same players, by built-in bots alone."""

    job: Job

    def play(self) -> list[Scores]:
        """Plays them."""
        teams = len(self.job.program.teams)
        return [
            None if row[3] else row[ROW_HEAD : ROW_HEAD + teams]
            for row in self.job.rows()
        ]

    def cut(self, first: int, games: int) -> "Part":
        """Some of these games."""
        return Part(replace(self.job, first=first, games=games))

    def warm_up(self, tell: Progress) -> None:
        """Gets the machine ready, and says so when that takes a while."""
        warm_up(self.job, tell)


@dataclass(frozen=True)
class TablePart:
    """The same for games in which a program from outside plays."""

    deck: Deck
    seed: int
    players: dict[SeatId, str]
    first: int
    games: int

    def play(self) -> list[Scores]:
        """Plays them. Raises PlayerFailedError."""
        last = self.first + self.games
        return [self.game(number) for number in range(self.first, last)]

    def game(self, number: int) -> Scores:
        """One game: the teams' scores."""
        bots = {team: who for team, who in self.seats.items() if not is_outside(who)}
        session = Session.new(
            self.deck, seed=self.seed, game=number,
            seats={**dict.fromkeys(self.seats, "bot:first"), **bots, CONTROL: AUTO},
        )  # fmt: skip
        try:
            seat_players(session, self.seats)
            while session.bot_moves():
                self._check(session)
            over = session.view(CONTROL).over
        finally:
            session.close()
        return [score for _, score in over.scores] if over else None

    def cut(self, first: int, games: int) -> "TablePart":
        """Some of these games."""
        return replace(self, first=first, games=games)

    def warm_up(self, tell: Progress) -> None:
        """There is nothing to get ready."""

    @cached_property
    def seats(self) -> dict[SeatId, str]:
        """Who sits where, as at a table."""
        return {
            team: who if who.startswith(OUTSIDE) else f"bot:{who}"
            for team, who in self.players.items()
        }

    def _check(self, session: Session) -> None:
        for seat, who in self.seats.items():
            if session.seats[seat] != who:
                raise PlayerFailedError(who, session.view(CONTROL).log[-1].note)


class PlayerFailedError(TabletopError):
    """A program from outside did not play; a stand-in's games would tell nothing."""

    def __init__(self, who: str, why: str) -> None:
        """`why` is what the log says of it."""
        super().__init__(
            f"'{who}' failed, so the match can't go on: {why}",
            "See what it does in one game: play with --seat TEAM=exec:COMMAND --plain.",
        )


def check_player(name: str) -> int:
    """The machine's number of a bot, 0 for a program from outside.

    Raises UsageError for a player that does not exist.
    """
    if not is_outside(name):
        return policy_code(name)
    check_command(name)
    return 0


def play(contest: Contest, workers: int, tell: Progress) -> Iterator[Standing]:
    """Plays a match; what came of it so far, after each batch of games.

    Whoever stops early keeps the last standing. Raises PlayerFailedError.
    """
    standing, parts = Standing(contest), parts_of(contest)
    yield standing
    for part in parts[:2]:
        part.warm_up(tell)
    size = max(1, min(contest.part, -(-contest.games // max(1, workers))))
    spans = [
        (first, min(size, contest.games - first))
        for first in range(0, contest.games, size)
    ]
    executor = pool("high" if contest.outside else contest.gear, max(1, workers))
    waiting: deque[list[Future[list[Scores]]]] = deque()
    try:
        for span in spans:
            waiting.append([executor.submit(p.cut(*span).play) for p in parts])
            if len(waiting) > workers:
                standing.add([future.result() for future in waiting.popleft()])
                yield standing
        while waiting:
            standing.add([future.result() for future in waiting.popleft()])
            yield standing
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


def parts_of(contest: Contest) -> list["Part | TablePart"]:
    """All games of the second player in every seat, then of the first in each."""
    every = [contest.players(seat) for seat in ("", *contest.seats)]
    deck, seed, games = contest.deck, contest.seed, contest.games
    if contest.outside:
        return [TablePart(deck, seed, players, 0, games) for players in every]
    program, key = compile_deck(deck), seed_key(seed)
    codes = [[policy_code(players[t]) for t in deck.model.teams] for players in every]
    return [Part(Job(program, contest.gear, key, each, 0, games)) for each in codes]
