"""How long ago something was, in a person's words."""

from datetime import datetime, timedelta

STEPS = (
    (timedelta(minutes=1), timedelta(seconds=1), "just now"),
    (timedelta(hours=1), timedelta(minutes=1), "{} min ago"),
    (timedelta(days=1), timedelta(hours=1), "{} h ago"),
    (timedelta(days=14), timedelta(days=1), "{} days ago"),
)
"""Up to this long; in these units; said so."""


def ago(then: datetime, now: datetime) -> str:
    """The time between two moments, as one would say it.

    >>> ago(datetime(2026, 5, 1, 12, 0), datetime(2026, 5, 1, 12, 40))
    '40 min ago'
    """
    gone = now - then
    for until, unit, words in STEPS:
        if gone < until:
            return words.format(max(1, gone // unit))
    return then.astimezone(now.tzinfo).strftime("%d %b %Y")
