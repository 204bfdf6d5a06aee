"""Numbers of a study in words, the same in every form that people read."""

from math import floor, log10

from tabletop.study.result import Estimate, Share, Spread

NONE = "–"
"""Stands for what there is no number of."""
ONE_IN_TWENTY = 0.05


def percent(share: float) -> str:
    """A share, with more digits near nothing and near all.

    >>> percent(0.2804), percent(0.0042), percent(0.00003), percent(1.0)
    ('28.0%', '0.42%', '0.003%', '100.0%')
    """
    away = min(share, 1 - share)
    if away <= 0 or away >= 0.00995:
        return f"{share:.1%}"
    return f"{share:.{max(2, -floor(log10(100 * away)))}%}"


def bound(of: int) -> float:
    """What a share is below, 95 times in 100, when it was in none of so many games.

    About 3 / N: Hanley and Lippman-Hand, If nothing goes wrong, is everything all
    right?, JAMA 249 (1983).

    >>> round(bound(10_000), 6)
    0.0003
    """
    return 1.0 if of <= 0 else float(1 - ONE_IN_TWENTY ** (1 / of))


def interval(share: Share) -> str:
    """The 95 % interval of a share.

    >>> interval(Share(0, 10_000, 0.0, 0.0, 0.00038))
    'under 0.03%'
    >>> interval(Share(5, 10, 0.5, 0.2366, 0.7634))
    '23.7% to 76.3%'
    """
    if share.of == 0:
        return NONE
    if share.count == 0:
        return f"under {percent(bound(share.of))}"
    if share.count == share.of:
        return f"over {percent(1 - bound(share.of))}"
    return f"{percent(share.low)} to {percent(share.high)}"


def part(share: Share) -> str:
    """A share, or of what never or always happened how many there were.

    >>> part(Share(0, 10_000, 0.0, 0.0, 0.00038))
    '0 of 10,000'
    """
    if share.of == 0:
        return NONE
    if share.count == 0:
        return f"0 of {share.of:,}"
    return percent(share.share)


def signed(value: float, digits: int = 1) -> str:
    """A difference with its sign; none for nought.

    >>> signed(3.25), signed(-0.04)
    ('+3.2', '0.0')
    """
    text = f"{value:+.{digits}f}"
    return text if float(text) else text[1:]


def points(value: float) -> str:
    """A difference of shares, in percentage points.

    >>> points(0.0312)
    '+3.1 pp'
    """
    return f"{signed(100 * value)} pp"


def around(of: Estimate, *, share: bool = False) -> str:
    """The interval of a difference.

    >>> around(Estimate(1.0, -0.25, 2.2, 40))
    '-0.2 to +2.2'
    """
    if of.of < 2:
        return NONE
    scale = 100 if share else 1
    return f"{signed(scale * of.low)} to {signed(scale * of.high)}"


def middle(of: Spread) -> str:
    """Where nine in ten of some numbers lie.

    >>> middle(Spread(9, 4.5, 1.0, 1, 2, 3, 4, 5, 6, 7))
    '2 to 6'
    """
    return f"{of.p5:,} to {of.p95:,}" if of.games else NONE


def plain_number(value: float) -> str:
    """A mean, or a share's text, without digits that mean nothing.

    >>> plain_number(1234.56), plain_number(0.25)
    ('1,234.6', '0.2')
    """
    return f"{value:,.1f}"
