"""High gear's counting of games: an entry point of its own, compiled when first used.

The machine's trace is a tuple of bare pointers here, whose `append` counts. Compiled
code is kept apart from the plain machine's, under a digest of what it is made of.
"""

from hashlib import blake2b
from pathlib import Path
from typing import Any

from numba import config as numba_config
from numba import njit, types
from numba.extending import overload_method, register_jitable

from tabletop.engine import counting
from tabletop.engine.fast import CACHE, bare


def sources_digest() -> str:
    """A digest of what counting depends on beside the machine's own sources."""
    digest = blake2b(digest_size=8)
    for path in (str(counting.__file__), __file__):
        digest.update(Path(path).read_bytes())
    return digest.hexdigest()


FOLDER = CACHE / f"count-{sources_digest()}"


def is_warm() -> bool:
    """Whether counting was compiled on this installation before."""
    return FOLDER.is_dir() and any(FOLDER.rglob("*.nbi"))


def register_counting() -> None:
    """Lets compiled code call what counts."""
    for value in list(vars(counting).values()):
        if getattr(value, "__module__", "") == counting.__name__:
            register_jitable(error_model="numpy")(value)


register_counting()
TRACE_SIZE = 3
OPTIONS: Any = {"jit_options": {"error_model": "numpy"}}


@overload_method(types.UniTuple, "append", **OPTIONS)
def append(trace: Any, fact: Any) -> Any:
    """Counts a fact; `trace` is the program, the state and the ledger."""
    if trace.count != TRACE_SIZE or not hasattr(fact, "count"):
        return None

    def impl(trace: Any, fact: Any) -> None:
        P, S, T = trace
        kind, a, b, c, _, _ = fact
        counting.note(P, S, T, kind, a, b, c)

    return impl


numba_config.CACHE_DIR = str(FOLDER)  # type: ignore[attr-defined]


@njit(cache=True, nogil=True, error_model="numpy")
def count_games(
    P: Any, S: Any, K: Any, L: Any, last: int, policies: Any, moves: Any, known: Any,
    trial: Any, W: Any, T: Any, out: Any,
) -> int:  # fmt: skip
    """Plays on to the end of game `last - 1`: see `counting.count_games`."""
    p, s, t = bare(P), bare(S), bare(T)
    trace: Any = (p, s, t)
    return counting.count_games(
        p, s, bare(K), bare(L), last, bare(policies), bare(moves), bare(known),
        bare(trial), bare(W), t, bare(out), trace,
    )  # fmt: skip


numba_config.CACHE_DIR = str(CACHE)  # type: ignore[attr-defined]
