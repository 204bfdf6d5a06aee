"""'Did you mean': the nearest known names, and deck text made safe for a message."""

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from itertools import chain, islice

_SEPARATORS = dict.fromkeys(map(ord, " \t-_"))
SHOWN = 40
"""Characters of a deck's own text that a message repeats at most."""


def quoted(text: str) -> str:
    """Text of the deck for a message: one line, short, in backticks.

    >>> quoted("one\\ntwo")
    '`one two`'
    """
    line = re.sub(r"\s+", " ", text[: 4 * SHOWN])
    return f"`{line[: SHOWN - 1]}…`" if len(line) > SHOWN else f"`{line}`"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that was probably meant, or an empty string.

    >>> nearest("stabilitty", ["stability", "morale"])
    'stability'
    >>> nearest("US-Aid", ["us_aid", "us_air"])
    'us_aid'
    """
    candidates = list(known)
    plain = _plain(word[: 4 * SHOWN])
    for name in candidates:
        if _plain(name) == plain:
            return name
    matches = get_close_matches(word[: 4 * SHOWN], candidates, n=1, cutoff=0.6)
    return matches[0] if matches else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A question for the marker, or an empty string when nothing is near."""
    name = nearest(word, known)
    return f"did you mean `{name}`?" if name else ""


class Guess:
    """`did_you_mean`, worked out only when it is shown: decks can be very wrong."""

    __slots__ = ("_groups", "_word")

    def __init__(self, word: str, *groups: Iterable[str]) -> None:
        self._word = word
        self._groups = groups

    def __str__(self) -> str:
        return did_you_mean(self._word, chain(*self._groups))


def listed(names: Collection[str], *, most: int = 8) -> str:
    """Names for a message: 'a, b, c and 4 more'.

    >>> listed(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    shown = ", ".join(islice(names, most))
    more = len(names) - most
    return f"{shown} and {more} more" if more > 0 else shown


def _plain(word: str) -> str:
    return word.translate(_SEPARATORS).lower()
