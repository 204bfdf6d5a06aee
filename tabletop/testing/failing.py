"""How a test fails: an exception that carries all that is told of it."""

from collections.abc import Sequence

from tabletop.deck.diagnostics import Place
from tabletop.testing.results import Failure


class TestFailed(Exception):
    """A test does not pass."""

    __test__ = False  # no class of pytest's

    def __init__(
        self, place: Place, message: str, *, difference: tuple[str, ...] = (),
        reasons: tuple[str, ...] = (), events: tuple[str, ...] = (), hint: str = "",
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.failure = Failure(place, message, difference, reasons, events, hint)


def shown(value: object) -> str:
    """A value as test files write it.

    >>> shown(True), shown(3), shown("play")
    ('true', '3', 'play')
    """
    return str(value).lower() if isinstance(value, bool) else str(value)


def listing(words: Sequence[str]) -> str:
    """Words as a list of a test file.

    >>> listing(["a", "b"])
    '["a", "b"]'
    """
    return "[" + ", ".join(f'"{word}"' for word in words) + "]"
