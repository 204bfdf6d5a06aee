"""High gear: the machine's own functions, compiled by numba.

The functions are registered, not copied: what runs here is the same source as low gear.
Entry points are compiled once for each installation, into a cache folder named by a
digest of the machine's sources and of numba's version. Needs the extra `fast`. With
TABLETOP_BOUNDSCHECK=1 it runs on checked arrays instead of bare pointers, to test that
no index ever leaves its table.
"""

import gc
import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba import config as numba_config
from numba import njit, types
from numba.extending import intrinsic, register_jitable

from tabletop.engine import (
    cards,
    counting,
    dealing,
    effects,
    flow,
    frames,
    imagine,
    layout,
    machine,
    playout,
    search,
    words,
)
from tabletop.engine.census import Census
from tabletop.engine.counted import Bench, is_special
from tabletop.engine.gear import (
    ROW_HEAD,
    Gear,
    Row,
    Sample,
    Tally,
    budget_of,
    row_words,
    search_sizes,
)
from tabletop.engine.ledger import Countable
from tabletop.engine.program import Program, move_room
from tabletop.paths import cache_folder

SOURCES = (
    layout,
    words,
    cards,
    effects,
    frames,
    flow,
    frames,
    machine,
    imagine,
    playout,
    dealing,
    search,
)
CHECKED = os.environ.get("TABLETOP_BOUNDSCHECK") == "1"
"""Whether every index is checked, for tests; slow."""


def sources_digest() -> str:
    """A digest of everything that the compiled code depends on."""
    digest = blake2b(numba.__version__.encode(), digest_size=8)
    for module in SOURCES:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest() + ("-checked" if CHECKED else "")


BIG = layout.BIG
POINTER: Any = types.CPointer(types.int64)  # type: ignore[no-untyped-call]
CACHE = cache_folder() / f"machine-{sources_digest()}"


def is_warm(entry: str = "play_many") -> bool:
    """Whether an entry point has been compiled on this installation before."""
    return CACHE.is_dir() and any(CACHE.rglob(f"*.{entry}-*.nbi"))


def register_machine() -> None:
    """Lets compiled code call the machine's functions."""
    for module in SOURCES[1:]:
        for value in list(vars(module).values()):
            if isinstance(value, Callable) and value.__module__ == module.__name__:  # type: ignore[arg-type]
                register_jitable(error_model="numpy")(value)


numba_config.CACHE_DIR = str(CACHE)  # type: ignore[attr-defined]
# Of no use to code without arrays or objects, and they take time to compile.
numba_config.LOOP_VECTORIZE = 0  # type: ignore[attr-defined]
numba_config.SLP_VECTORIZE = 0  # type: ignore[attr-defined]
numba_config.LLVM_REFPRUNE_PASS = 0  # type: ignore[attr-defined]
numba_config.BOUNDSCHECK = 1 if CHECKED else None  # type: ignore[attr-defined]
register_machine()


if CHECKED:

    @njit
    def bare(array: Any) -> Any:
        """The array itself, whose indices are checked."""
        return array

else:

    @intrinsic
    def bare(_context: Any, array: Any) -> Any:
        """A bare pointer to an array's first word."""

        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return context.make_array(signature.args[0])(context, builder, args[0]).data

        return POINTER(array), codegen


@njit(cache=True, nogil=True, error_model="numpy")
def step(
    P: Any, S: Any, what: int, seat: int, move: int, extra: Any, known: Any, trial: Any
) -> int:
    """One call of the machine, chosen by `what`: see `FastGear`."""
    p, s, x = bare(P), bare(S), bare(extra)
    if what == 0:
        machine.set_up(p, s, x, move, None)
        return 0
    if what == 1:
        return machine.legal_moves(p, s, seat, x)
    if what == 2:
        machine.perform(p, s, move, None)
        return 0
    if what == 3:
        return machine.next_seat(p, s)
    if what == 4:
        return playout.choose(p, s, seat, move, x, len(extra), bare(known), bare(trial))
    return machine.fingerprint(p, s)


@njit(cache=True, nogil=True, error_model="numpy")
def play_many(
    P: Any, K: Any, first: int, count: int, policies: Any, S: Any, moves: Any,
    known: Any, trial: Any, out: Any,
) -> None:  # fmt: skip
    """Plays games `first` to `first + count - 1`, one row of `out` each."""
    p, s, k, rows = bare(P), bare(S), bare(K), bare(out)
    at = 0
    for game in range(first, first + count):
        machine.lay_out(p, s, k, game)
        made = playout.play_out(
            p, s, bare(policies), bare(moves), bare(known), bare(trial), BIG
        )
        at += playout.write_row(p, s, made, rows, at)


@njit(cache=True, nogil=True, error_model="numpy")
def play_on_many(
    P: Any, known: Any, seat: int, move: int, K: Any, first: int, count: int,
    policies: Any, S: Any, moves: Any, spare: Any, trial: Any, out: Any,
) -> None:  # fmt: skip
    """Playouts `first` to `first + count - 1` of a position, one row of `out` each."""
    p, s, k, rows = bare(P), bare(S), bare(K), bare(out)
    at = 0
    for number in range(first, first + count):
        dealing.play_on(
            p, bare(known), seat, move, dealing.playout_word(k, number),
            bare(policies), s, bare(moves), bare(spare), bare(trial),
        )  # fmt: skip
        at += dealing.write_outcome(p, s, rows, at)


@njit(cache=True, nogil=True, error_model="numpy")
def search_many(
    P: Any, K: Any, first: int, count: int, policies: Any, S: Any, moves: Any,
    known: Any, trial: Any, room: Any, tree: Any, notes: Any, out: Any,
) -> int:  # fmt: skip
    """Games `first` to `first + count - 1` where bots may search, one row each.

    With no games: the place of the move that seat `first` makes in the state `S`.
    """
    p, s, k, rows = bare(P), bare(S), bare(K), bare(out)
    if count == 0:
        return search.decide(
            p, s, first, policies[0], bare(moves), len(moves), bare(known),
            bare(trial), bare(room), bare(tree), bare(notes),
        )  # fmt: skip
    at = 0
    for game in range(first, first + count):
        machine.lay_out(p, s, k, game)
        made = search.play_out_deep(
            p, s, bare(policies), bare(moves), bare(known), bare(trial), bare(room),
            bare(tree), bare(notes),
        )  # fmt: skip
        at += playout.write_row(p, s, made, rows, at)
    return at


def call(entry: Any, *arguments: Any) -> Any:
    """Calls an entry point, which is compiled or loaded the first time.

    Compiling makes millions of objects that all stay; looking through them for garbage
    would take a tenth of the time.
    """
    if entry.overloads or not gc.isenabled():
        return entry(*arguments)
    gc.disable()
    try:
        return entry(*arguments)
    finally:
        gc.enable()


class FastGear(Gear):
    """The compiled machine."""

    name = "high"

    def words(self, values: list[int]) -> Any:
        """A vector as the compiled machine takes it."""
        return np.array(values, dtype=np.int64)

    def _step(
        self, program: Any, state: Any, what: int, seat: int, move: int, extra: Any
    ) -> int:
        none = NOTHING
        return int(call(step, program, state, what, seat, move, extra, none, none))

    def set_up(self, program: Any, state: Any, key: list[int], game: int) -> None:
        """The start of game `game`."""
        self._step(program, state, 0, 0, game, self.words(key))

    def legal_moves(self, program: Any, state: Any, seat: int, room: Any) -> list[int]:
        """A seat's legal moves, in order."""
        count = self._step(program, state, 1, seat, 0, room)
        return [int(move) for move in room[:count]]

    def perform(self, program: Any, state: Any, move: int) -> None:
        """Applies a legal move."""
        self._step(program, state, 2, 0, move, NOTHING)

    def next_seat(self, program: Any, state: Any) -> int:
        """The first seat that the game waits for, or -1."""
        return self._step(program, state, 3, 0, 0, NOTHING)

    def choose(
        self, program: Any, state: Any, seat: int, policy: int, moves: list[int]
    ) -> int:
        """The move that a bot makes."""
        known, trial = np.zeros_like(state), np.zeros_like(state)
        legal = self.words(moves)
        if budget_of([policy]) > 0:
            room = np.zeros(move_room(program), dtype=np.int64)
            place = call(
                search_many, program, NOTHING, seat, 0, self.words([policy]), state,
                legal, known, trial, room, *self._search_room([policy]), NOTHING,
            )  # fmt: skip
            return moves[int(place)]
        place = call(step, program, state, 4, seat, policy, legal, known, trial)
        return moves[int(place)]

    def play_plainly(
        self, program: Program, key: list[int], first: int, count: int,
        policies: list[int],
    ) -> list[Row]:  # fmt: skip
        """Plays whole games."""
        rows = self._rows(program, key, first, count, policies)
        return [[int(word) for word in row] for row in rows]

    def tally(
        self, program: Program, key: list[int], first: int, count: int,
        policies: list[int], *, tables: list[int] | None = None,
    ) -> tuple[Tally, bytes]:  # fmt: skip
        """Plays whole games: their sums, and their fingerprints, eight bytes each."""
        if is_special(policies, None):
            return super().tally(program, key, first, count, policies, tables=tables)
        rows = self._rows(program, key, first, count, policies)
        ended = rows[rows[:, 1] >= 0, 1]
        values = rows[:, ROW_HEAD:]
        tally = Tally(
            count, int(rows[:, 0].sum()), int((rows[:, 3] != 0).sum()),
            np.bincount(ended, minlength=len(program.endings)).tolist(),
            np.bincount(rows[:, 2], minlength=program.rounds + 1).tolist(),
            values.sum(axis=0).tolist(), values.min(axis=0).tolist(),
            values.max(axis=0).tolist(),
        )  # fmt: skip
        return tally, rows[:, 4].astype("<i8").tobytes()

    def play_on(
        self, program: Program, known: list[int], seat: int, move: int,
        key: list[int], first: int, count: int, policies: list[int],
    ) -> Sample:  # fmt: skip
        """Playouts from what a seat knows."""
        out = np.zeros((count, 2 + len(program.teams)), dtype=np.int64)
        start = self.words(known)
        moves = np.zeros(program.move_room(), dtype=np.int64)
        call(
            play_on_many, self.words(program.words), start, seat, move,
            self.words(key), first, count, self.words(policies),
            np.zeros_like(start), moves, np.zeros_like(start), np.zeros_like(start),
            out.reshape(-1),
        )  # fmt: skip
        return sample_of(program, out)

    def count_games(self, bench: Bench, last: int) -> int:
        """Plays and counts."""
        from tabletop.engine.fastcount import count_games

        return int(call(
            count_games, bench.program, bench.state, bench.key, bench.luck, last,
            bench.policies, bench.moves, bench.known, bench.trial, bench.tables,
            bench.ledger, bench.out,
        ))  # fmt: skip

    def place(self, bench: Bench, seat: int) -> int:
        """What a bot decides that plays games on in its mind."""
        moves = bench.moves[: bench.ledger[counting.C_COUNT]]
        return int(call(
            search_many, bench.program, NOTHING, seat, 0,
            bench.policies[seat : seat + 1], bench.state, moves, bench.known,
            bench.trial, bench.room, bench.tree, bench.notes, NOTHING,
        ))  # fmt: skip

    def add_rows(self, ready: Countable, census: Census, first: int, out: Any) -> None:
        """Adds the figures of the games that are in `out`, from game `first` on."""
        from tabletop.engine.columns import add_columns

        add_columns(ready, census, first, out.reshape(-1, ready.row_words))

    def _rows(
        self, program: Program, key: list[int], first: int, count: int,
        policies: list[int],
    ) -> Any:  # fmt: skip
        """Plays whole games: an array with one row a game."""
        out = np.zeros((count, row_words(program)), dtype=np.int64)
        state = np.zeros(program.state_words, dtype=np.int64)
        moves = np.zeros(program.move_room(), dtype=np.int64)
        deep = budget_of(policies) > 0
        more = [np.zeros_like(moves), *self._search_room(policies)] if deep else []
        call(
            search_many if deep else play_many, self.words(program.words),
            self.words(key), first, count, self.words(policies), state, moves,
            np.zeros_like(state), np.zeros_like(state), *more, out.reshape(-1),
        )  # fmt: skip
        return out

    def _search_room(self, policies: list[int]) -> list[Any]:
        return [np.zeros(size, dtype=np.int64) for size in search_sizes(policies)]


def sample_of(program: Program, rows: Any) -> Sample:
    """The counts over outcomes, one a row."""
    whole = rows[rows[:, 0] == 0]
    ended = whole[whole[:, 1] >= 0, 1]
    counts = [np.unique(column, return_counts=True) for column in whole[:, 2:].T]
    return Sample(
        len(rows), len(rows) - len(whole),
        np.bincount(ended, minlength=len(program.endings)).tolist(),
        [dict(zip(v.tolist(), n.tolist(), strict=True)) for v, n in counts],
    )  # fmt: skip


NOTHING = np.zeros(1, dtype=np.int64)
