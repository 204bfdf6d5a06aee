"""How games ended, on a study's page: endings, length, what changes them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tabletop.report.blocks import Block, Cell, Drawing, Grid, Para, Part, Span, muted
from tabletop.report.study import order
from tabletop.report.study.drawing import (
    Bar,
    Difference,
    columns,
    differences,
    shares,
)
from tabletop.report.study.numbers import (
    NONE,
    around,
    interval,
    part,
    percent,
    points,
    signed,
)
from tabletop.report.study.words import lengths
from tabletop.study.result import Change, Estimate, Lever, Share, StudyResult

MOST_LEVERS = 24
"""Of those that are drawn; the table has all of them."""


def minus(text: str) -> str:
    """A number with a proper minus sign.

    >>> minus("-2")
    '−2'
    """
    return text.replace("-", "−")


def game(number: int, share: Share | None = None) -> str:
    """The number of a game that shows it."""
    none = number < 0 or (share is not None and not share.count)
    return NONE if none else str(number)


def grid(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Grid:
    """A table of many numbers."""
    return Grid(tuple(head), tuple(tuple(row) for row in rows), kind="tight")


def endings(of: StudyResult) -> Iterable[Block]:
    """Each ending's share."""
    found = order.endings(of)
    bars = [
        Bar(e.title, e.share.share, e.share.low, e.share.high, part(e.share))
        for e in found
    ]
    says = "; ".join(f"{e.title}: {part(e.share)}" for e in found)
    yield Drawing(shares(bars, "Endings", says))
    yield grid(
        ("Ending", "Games", "Share", "95 % interval", "By the last round", "Game"),
        (
            (e.title, f"{e.share.count:,}", part(e.share), interval(e.share),
             f"{e.by_last_round:,}", game(e.example, e.share))
            for e in found
        ),
    )  # fmt: skip


def rounds(of: StudyResult) -> Iterable[Block]:
    """In which round games ended, and why."""
    games = sum(count for _, count in of.by_rounds) or 1
    bars = [
        (str(round_), count / games, percent(count / games))
        for round_, count in of.by_rounds
    ]
    says = lengths(of)
    if bars:
        yield Drawing(columns(bars, "Games by their last round", says, "last round"))
    yield Para(says)
    yield grid(
        ("How games stopped", "Games", "Share", "95 % interval", "Game"),
        (
            (order.STOPS.get(t.kind, t.kind), f"{t.share.count:,}", part(t.share),
             interval(t.share), game(t.example, t.share))
            for t in of.terminations
        ),
    )  # fmt: skip


def against(of: StudyResult) -> Iterable[Block]:
    """What differs from the other deck, shares and numbers apart."""
    found = order.changes(of)
    if not found:
        return
    sure = sum(change.sure for change in found)
    yield Para(
        f"With the same seeds, {sure} of {len(found)} numbers changed by more than"
        " chance; those are filled and bold."
    )
    kinds = {"Endings, percentage points": "ending",
             "Successes, percentage points": "success", "Scores": "score",
             "Tracks at the end": "track"}  # fmt: skip
    for title, kind in kinds.items():
        own = [change for change in found if change.what.split(".")[0] == kind]
        if own:
            drawn = [_changed(change) for change in own]
            yield Part(title, (Drawing(differences(drawn, title, _told(drawn))),))
    yield grid(
        ("What", "Before", "After", "Change", "95 % interval", "More than chance"),
        (_change_row(change) for change in found),
    )


def _changed(of: Change) -> Difference:
    return difference(of.text, of.difference, share=of.is_share)


def difference(label: str, of: Estimate, *, share: bool = False) -> Difference:
    """An estimate as it is drawn; shares in percentage points."""
    scale = 100 if share else 1
    told = points(of.value) if share else signed(of.value)
    return Difference(label, scale * of.value, scale * of.low, scale * of.high,
                      minus(told), of.sure)  # fmt: skip


def _told(of: Sequence[Difference]) -> str:
    return "; ".join(f"{each.label}: {each.told}" for each in of)


def _change_row(of: Change) -> tuple[Cell, ...]:
    share = of.is_share
    values = [percent(v) if share else f"{v:,.1f}" for v in (of.before, of.after)]
    change = points(of.difference.value) if share else signed(of.difference.value)
    told = [*values, change, around(of.difference, share=share)]
    return named(of), *map(minus, told), "yes" if of.sure else "no"


def named(of: Change) -> str:
    """What changed; an ending as such."""
    return f"Ending: {of.text}" if of.what.startswith("ending.") else of.text


def levers(of: StudyResult) -> Iterable[Block]:
    """What changing each of the deck's numbers does."""
    found = order.levers(of)
    if not found:
        return
    yield Para(
        "Each number was changed alone. Drawn is the ending whose share it moves most,"
        " in percentage points."
    )
    drawn = []
    for lever in found[:MOST_LEVERS]:
        ending, change = order.strongest(lever.endings)
        label = f"{lever.path} {lever.before} → {lever.after}"
        told = difference(label, change, share=True)
        drawn.append(replace(told, more=order.ending_title(of, ending)))
    yield Drawing(differences(drawn, "Sensitivity", _told(drawn)))
    yield grid(
        ("Number", "Change", "Ending moved most", "Share", "95 % interval",
         "Score moved most", "Points", "95 % interval"),
        (_lever_row(lever, of) for lever in found),
    )  # fmt: skip
    yield Para(muted(f"{found[0].games:,} games for each change. One number alone:"))
    yield Para(Span(order.lever_alone(of.method, "PATH"), "code"))


def _lever_row(lever: Lever, of: StudyResult) -> tuple[Cell, ...]:
    ending, change = order.strongest(lever.endings)
    team, score = order.strongest(lever.scores)
    return (
        lever.path, f"{lever.before} → {lever.after}", order.ending_title(of, ending),
        minus(points(change.value)), minus(around(change, share=True)),
        order.team_name(of, team), minus(signed(score.value)), minus(around(score)),
    )  # fmt: skip
