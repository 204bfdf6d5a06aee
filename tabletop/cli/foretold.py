"""A forecast, and the moves that turned a game, as lines of text."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tabletop.cli import output
from tabletop.cli.text import counted, one_line, paragraphs
from tabletop.session.view import CONTROL

if TYPE_CHECKING:
    from tabletop.session.tree import Tree
    from tabletop.study.forecast import Expect, Forecast
    from tabletop.study.turning import Analysis, TurningPoint

BAR = 30
NAME = 30
NO_ENDING = "no ending"
TENTHS = "1 in 10 has at most, at least"


def forecast_lines(tree: "Tree", found: "Forecast") -> Iterator[str]:
    """Shares of endings with bars, and what each team can expect."""
    yield f"After move {found.move}, {round_of(tree, found.move)}: {asked(tree, found)}"
    yield from stopped(found)
    yield ""
    yield f"{'Endings':<{NAME + 2}}  {'share':>7}  {'95 % interval':>15}"
    full, rest = bar_signs()
    never: list[str] = []
    for share in sorted(found.endings, key=lambda share: -share.games):
        ending = tree.deck.model.endings.get(share.ending)
        title = one_line(ending.title) if ending else NO_ENDING
        if not share.games:
            never.append(title)
            continue
        done, most = round(share.share * BAR), round(share.high * BAR)
        interval = f"{share.low:.1%} to {share.high:.1%}"
        drawn = full * done + rest * (most - done)
        line = f"  {title[:NAME]:<{NAME}}  {share.share:>7.1%}  {interval:>15}  {drawn}"
        yield line.rstrip()
    if never:
        yield from paragraphs(f"In no playout: {', '.join(never)}.", "  ")
    yield ""
    heading = (
        f"{'mean':>7}  {'95 % interval':>15}  {'1 in 10 has at most, at least':>29}"
    )
    yield f"{'Scores':<{NAME + 2}}  {heading}"
    for expected in found.teams:
        yield _expected(tree, expected)


def _expected(tree: "Tree", expected: "Expect") -> str:
    name = one_line(tree.names.team(expected.team))[:NAME]
    interval = f"{expected.low:.1f} to {expected.high:.1f}"
    return (
        f"  {name:<{NAME}}  {expected.mean:>7.1f}  {interval:>15}"
        f"  {expected.worse:>20}, {expected.better:>7}"
    )


def turning_lines(
    tree: "Tree", found: "Analysis", team: str, most: int
) -> Iterator[str]:
    """The moves that moved a team's expectation most, in the order of play."""
    teams = ", ".join(one_line(tree.names.team(e.team)) for e in found.start.teams)
    whose = one_line(tree.names.team(team)) if team else f"each of {teams}"
    points = found.turning_points(team, most)
    yield (
        f"{counted(len(points), 'turning point')} among"
        f" {counted(len(found.steps), 'move')}, for {whose}"
    )
    yield asked(tree, found)
    for point in points:
        yield ""
        yield from _point(tree, point)


def _point(tree: "Tree", point: "TurningPoint") -> Iterator[str]:
    step = point.step
    who = one_line(tree.names.team(point.team))
    yield f"Move {step.number}, {round_of(tree, step.number)}: {one_line(step.title)}"
    yield (
        f"  {who} {point.before:.1f} to {point.after:.1f}"
        f" ({signed(point.after - point.before)}):"
        f" choice {signed(point.choice)}, {KINDS[step.kind]} {signed(point.luck)}"
    )
    chosen = next((option for option in step.options if option.chosen), None)
    if chosen is None:
        return
    mover = one_line(tree.names.team(step.seat))
    mean = f"{chosen.expect.mean:.1f}"
    if point.best is None:
        yield f"  No other move was surely better for {mover} ({mean})."
    else:
        better = f"{one_line(point.best.label)} ({point.best.expect.mean:.1f})"
        yield f"  Better for {mover}: {better}, instead of {mean}."


KINDS = {"choice": "luck", "luck": "luck", "inject": "inject", "ruling": "ruling"}
"""What came besides a choice, by the kind of move."""


def signed(value: float) -> str:
    """Points with their sign; no sign for none.

    >>> signed(3.25), signed(-0.04)
    ('+3.2', '0.0')
    """
    text = f"{value:+.1f}"
    return text if text not in ("+0.0", "-0.0") else "0.0"


def asked(tree: "Tree", found: "Forecast | Analysis") -> str:
    """How much was played, and by whose knowledge."""
    whose = "all that control knows"
    if found.seat != CONTROL:
        whose = f"what {one_line(tree.names.team(found.seat))} knows"
    return f"{counted(found.playouts, 'playout')} of {whose}"


def round_of(tree: "Tree", number: int) -> str:
    """The round that a move left the game in."""
    label = one_line(tree.deck.model.rounds.label)
    return f"{label} {max(1, tree.nodes[number].round)}"


def stopped(found: "Forecast") -> Iterator[str]:
    """That the machine stopped some, if it did."""
    if found.stopped:
        yield f"{counted(found.stopped, 'playout')} stopped: too much was due at once"


def bar_signs() -> tuple[str, str]:
    """What a bar is drawn with: up to the share, and on to the interval's end."""
    return ("█", "░") if output.can_draw("█░") else ("#", "-")
