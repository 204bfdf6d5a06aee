"""'Did you mean': the nearest known names, and deck text made safe for a message."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

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


def listed(names: Iterable[str], *, most: int = 8) -> str:
    """Names for a message: 'a, b, c and 4 more'.

    >>> listed(["a", "b", "c"], most=2)
    'a, b and 1 more'
    """
    known = list(names)
    if len(known) <= most:
        return ", ".join(known)
    return f"{', '.join(known[:most])} and {len(known) - most} more"


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]", "", word).lower()
