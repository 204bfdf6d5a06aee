"""The machine's two gears behind one interface, and the choice between them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.util import find_spec
from operator import add
from typing import Any, Literal

from tabletop.engine import counting, dealing, machine, playout, search
from tabletop.engine.census import Census
from tabletop.engine.counted import Bench, Noter, count_rows, is_special, take_census
from tabletop.engine.layout import BIG, BOT_BUDGET, BOT_SEARCH
from tabletop.engine.ledger import Countable, read_rows
from tabletop.engine.order import reversed_order, reversed_words
from tabletop.engine.program import Program, move_room
from tabletop.errors import UsageError

GearName = Literal["low", "high"]
Row = list[int]
"""A finished game: moves, ending's index (-1 for none), rounds, error, fingerprint,
then the teams' scores, the tracks' values, and for each team whether it has what it
would call a success (-1 where the deck does not say what would be one)."""
ROW_HEAD = 5


COLD_BUDGET = 20_000
"""A search bot's playouts that take plain Python about as long as compiling."""


def row_words(program: Program) -> int:
    """Words of a finished game's row."""
    return ROW_HEAD + 2 * len(program.teams) + len(program.tracks)


@dataclass
class Tally:
    """Sums over finished games, in whole numbers: the order of adding is no matter."""

    games: int
    moves: int
    stopped: int
    """Games that the machine stopped itself."""
    endings: list[int]
    """Games by the index of their ending."""
    rounds: list[int]
    """Games by their last round."""
    totals: list[int]
    """Sums of the teams' scores, the tracks' values and the teams' successes; so are
    the next two."""
    least: list[int]
    greatest: list[int]

    @classmethod
    def of(cls, program: Program, rows: list[Row]) -> "Tally":
        """The sums over some rows, at least one."""
        endings, rounds = [0] * len(program.endings), [0] * (program.rounds + 1)
        for row in rows:
            rounds[row[2]] += 1
            if row[1] >= 0:
                endings[row[1]] += 1
        columns = list(zip(*rows, strict=True))
        values = columns[ROW_HEAD:]
        return cls(
            len(rows), sum(columns[0]), sum(error != 0 for error in columns[3]),
            endings, rounds, [sum(v) for v in values], [min(v) for v in values],
            [max(v) for v in values],
        )  # fmt: skip

    def add(self, other: "Tally") -> None:
        """Adds the games of another tally."""
        self.games += other.games
        self.moves += other.moves
        self.stopped += other.stopped
        self.endings = _paired(add, self.endings, other.endings)
        self.rounds = _paired(add, self.rounds, other.rounds)
        self.totals = _paired(add, self.totals, other.totals)
        self.least = _paired(min, self.least, other.least)
        self.greatest = _paired(max, self.greatest, other.greatest)


def _paired(
    join: Callable[[int, int], int], ours: list[int], theirs: list[int]
) -> list[int]:
    return [join(a, b) for a, b in zip(ours, theirs, strict=True)]


@dataclass
class Sample:
    """What playouts from one position came to; samples of the same position add up."""

    games: int
    stopped: int
    """Playouts that the machine stopped itself; they count in nothing below."""
    endings: list[int]
    """Playouts by the index of their ending."""
    scores: list[dict[int, int]]
    """For each team, playouts by its score."""

    @classmethod
    def of(cls, program: Program, rows: list[Row]) -> "Sample":
        """The counts over some outcomes, as `dealing.write_outcome` writes them."""
        whole = [row for row in rows if row[0] == 0]
        endings = [0] * len(program.endings)
        scores: list[dict[int, int]] = [{} for _ in program.teams]
        for row in whole:
            if row[1] >= 0:
                endings[row[1]] += 1
            for counts, score in zip(scores, row[2:], strict=True):
                counts[score] = counts.get(score, 0) + 1
        return cls(len(rows), len(rows) - len(whole), endings, scores)

    @property
    def whole(self) -> int:
        """Playouts that came to their end."""
        return self.games - self.stopped

    def add(self, other: "Sample") -> None:
        """Adds the playouts of another sample."""
        self.games += other.games
        self.stopped += other.stopped
        self.endings = _paired(add, self.endings, other.endings)
        for ours, theirs in zip(self.scores, other.scores, strict=True):
            for score, games in theirs.items():
                ours[score] = ours.get(score, 0) + games


def _search_room(policies: list[int]) -> list[list[int]]:
    return [[0] * size for size in search_sizes(policies)]


class Gear(ABC):
    """One way to run the machine. Programs and states are vectors made by `words`."""

    name: str

    @abstractmethod
    def words(self, values: list[int]) -> Any:
        """A vector as this gear takes it."""

    @abstractmethod
    def set_up(self, program: Any, state: Any, key: list[int], game: int) -> None:
        """The start of game `game`."""

    @abstractmethod
    def legal_moves(self, program: Any, state: Any, seat: int, room: Any) -> list[int]:
        """A seat's legal moves, in order."""

    @abstractmethod
    def perform(self, program: Any, state: Any, move: int) -> None:
        """Applies a legal move."""

    @abstractmethod
    def next_seat(self, program: Any, state: Any) -> int:
        """The first seat that the game waits for, or -1 when it is over."""

    @abstractmethod
    def choose(
        self, program: Any, state: Any, seat: int, policy: int, moves: list[int]
    ) -> int:
        """The move that a bot makes among its legal moves."""

    def play_games(
        self, program: Program, key: list[int], first: int, count: int,
        policies: list[int], *, luck_key: list[int] | None = None,
        tables: list[int] | None = None, reverse: bool = False,
    ) -> list[Row]:  # fmt: skip
        """Plays games `first` to `first + count - 1` by bots, one policy a team.

        Dice and draws come from `luck_key`, where it is given, in place of `key`; bots'
        own luck stays the same. `tables` are those of bots that have some (see
        `counting`). With `reverse` the teams act in the reverse order (see `order`).
        """
        if reverse:
            program = reversed_order(program)
        if is_special(policies, luck_key):
            return list(
                count_rows(self, program, key, first, count, policies, luck_key, tables)
            )
        return self.play_plainly(program, key, first, count, policies)

    @abstractmethod
    def play_plainly(
        self, program: Program, key: list[int], first: int, count: int,
        policies: list[int],
    ) -> list[Row]:  # fmt: skip
        """Plays games by bots that have no tables."""

    @abstractmethod
    def play_on(
        self, program: Program, known: list[int], seat: int, move: int,
        key: list[int], first: int, count: int, policies: list[int],
    ) -> Sample:  # fmt: skip
        """Playouts `first` to `first + count - 1` from a place, by bots, to the end.

        `known` is what `seat` knows of it (see `dealing.take_known`); what it can't see
        is dealt anew each time. `move` is made first unless it is negative: a legal
        move of a team, or to open the next phase. Playout `i` depends on the program,
        on `known`, the move, the key and `i` alone.
        """

    def count(
        self, ready: Countable, key: list[int], first: int, count: int,
        policies: list[int], *, luck_key: list[int] | None = None,
        tables: list[int] | None = None, reverse: bool = False,
    ) -> Census:  # fmt: skip
        """Plays the same games as `play_games`, and counts what happens in them.

        The census is the same in each gear; those of parts add up to that of the whole.
        """
        if reverse:
            ready = replace(ready, words=reversed_words(ready.words))
        bench = Bench(self, ready, key, policies, luck_key, tables)
        return take_census(bench, first, count)

    @abstractmethod
    def count_games(self, bench: Bench, last: int) -> int:
        """Calls `counting.count_games`."""

    @abstractmethod
    def place(self, bench: Bench, seat: int) -> int:
        """What a bot decides that plays games on in its mind."""

    def add_rows(self, ready: Countable, census: Census, first: int, out: Any) -> None:
        """Adds the figures of the games that are in `out`, from game `first` on."""
        width = ready.row_words
        rows = [out[at : at + width] for at in range(0, len(out), width)]
        read_rows(ready, census, first, rows)

    def tally(
        self, program: Program, key: list[int], first: int, count: int,
        policies: list[int], *, tables: list[int] | None = None,
    ) -> tuple[Tally, bytes]:  # fmt: skip
        """Plays whole games: their sums, and their fingerprints, eight bytes each."""
        rows = self.play_games(program, key, first, count, policies, tables=tables)
        prints = b"".join(row[4].to_bytes(8, "little") for row in rows)
        return Tally.of(program, rows), prints


class SlowGear(Gear):
    """Low gear: plain Python, with nothing to install."""

    name = "low"

    def words(self, values: list[int]) -> list[int]:
        """A list of its own."""
        return list(values)

    def set_up(
        self, program: list[int], state: list[int], key: list[int], game: int
    ) -> None:
        """The start of game `game`."""
        machine.set_up(program, state, key, game, None)

    def legal_moves(
        self, program: list[int], state: list[int], seat: int, room: list[int]
    ) -> list[int]:
        """A seat's legal moves, in order."""
        return room[: machine.legal_moves(program, state, seat, room)]

    def perform(self, program: list[int], state: list[int], move: int) -> None:
        """Applies a legal move."""
        machine.perform(program, state, move, None)

    def next_seat(self, program: list[int], state: list[int]) -> int:
        """The first seat that the game waits for, or -1 when it is over."""
        return machine.next_seat(program, state)

    def choose(
        self, program: list[int], state: list[int], seat: int, policy: int,
        moves: list[int],
    ) -> int:  # fmt: skip
        """The move that a bot makes among its legal moves."""
        known, trial = [0] * len(state), [0] * len(state)
        place = search.decide(
            program, state, seat, policy, moves, len(moves), known, trial,
            [0] * move_room(program), *_search_room([policy]),
        )  # fmt: skip
        return moves[place]

    def play_plainly(
        self, program: Program, key: list[int], first: int, count: int,
        policies: list[int],
    ) -> list[Row]:  # fmt: skip
        """Plays games `first` to `first + count - 1` by bots, one policy a team."""
        state, known = program.new_state(), program.new_state()
        trial, moves = program.new_state(), [0] * program.move_room()
        deep = budget_of(policies) > 0
        more = [[0] * program.move_room(), *_search_room(policies)] if deep else [BIG]
        play = search.play_out_deep if deep else playout.play_out
        rows = []
        for game in range(first, first + count):
            machine.set_up(program.words, state, key, game, None)
            taken = play(program.words, state, policies, moves, known, trial, *more)
            row = [0] * row_words(program)
            playout.write_row(program.words, state, taken, row, 0)
            rows.append(row)
        return rows

    def play_on(
        self, program: Program, known: list[int], seat: int, move: int,
        key: list[int], first: int, count: int, policies: list[int],
    ) -> Sample:  # fmt: skip
        """Playouts from what a seat knows."""
        state, spare = program.new_state(), program.new_state()
        trial, moves = program.new_state(), [0] * program.move_room()
        rows = []
        for number in range(first, first + count):
            dealing.play_on(
                program.words, known, seat, move, dealing.playout_word(key, number),
                policies, state, moves, spare, trial,
            )  # fmt: skip
            row = [0] * (2 + len(program.teams))
            dealing.write_outcome(program.words, state, row, 0)
            rows.append(row)
        return Sample.of(program, rows)

    def count_games(self, bench: Bench, last: int) -> int:
        """Plays and counts."""
        noter: Any = Noter(bench.program, bench.state, bench.ledger)
        return counting.count_games(
            bench.program, bench.state, bench.key, bench.luck, last, bench.policies,
            bench.moves, bench.known, bench.trial, bench.tables, bench.ledger,
            bench.out, noter,
        )  # fmt: skip

    def place(self, bench: Bench, seat: int) -> int:
        """What a bot decides that plays games on in its mind."""
        return search.decide(
            bench.program, bench.state, seat, bench.policies[seat], bench.moves,
            bench.ledger[counting.C_COUNT], bench.known, bench.trial, bench.room,
            bench.tree, bench.notes,
        )  # fmt: skip


def budget_of(policies: list[int]) -> int:
    """The most playouts of a decision among some policies; 0 when none searches."""
    searching = [word for word in policies if word % BOT_BUDGET == BOT_SEARCH]
    return max(searching, default=0) // BOT_BUDGET


def search_sizes(policies: list[int]) -> tuple[int, int]:
    """Words of the tree of the greatest budget, and of the notes beside it."""
    return (budget_of(policies) + 1) * search.NODE_WORDS, search.NOTE_WORDS


def soonest(policy: int) -> "GearName":
    """The gear in which a bot decides soonest now; in each it decides the same."""
    if policy % BOT_BUDGET != BOT_SEARCH or not has_fast():
        return "low"
    long = policy // BOT_BUDGET > COLD_BUDGET
    return "high" if long or is_warm(searching=True) else "low"


def has_fast() -> bool:
    """Whether high gear is installed."""
    return find_spec("numba") is not None


def is_warm(*, searching: bool = False, counting: bool = False) -> bool:
    """Whether high gear was compiled on this installation before: to play, for bots
    that search, or to count."""
    from tabletop.engine import fast

    if counting:
        from tabletop.engine import fastcount

        return fastcount.is_warm()

    return fast.is_warm("search_many" if searching else "play_many")


def is_warm_to_play_on() -> bool:
    """Whether high gear's playing on was compiled on this installation before."""
    from tabletop.engine import fast

    return fast.is_warm("play_on_many")


def gear(name: GearName) -> Gear:
    """A gear by its name. Raises UsageError when it is not installed."""
    if name == "low":
        return SlowGear()
    if not has_fast():
        raise UsageError(
            "high gear is not installed",
            "Install it with: pip install 'tabletop[fast]', or use --gear low.",
        )
    from tabletop.engine.fast import FastGear

    return FastGear()
