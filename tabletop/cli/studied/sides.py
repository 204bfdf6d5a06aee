"""Teams in a study: what they score, what it comes from, how long they take."""

from collections.abc import Callable, Iterator

from tabletop.cli.studied.drawing import interval_on, plain_bar, stacked, strip
from tabletop.cli.studied.ends import folded, noted, spread_legend
from tabletop.cli.studied.table import Page, Row, table
from tabletop.report.study import order
from tabletop.report.study.numbers import (
    around,
    interval,
    middle,
    part,
    plain_number,
    signed,
)
from tabletop.report.study.words import DECIDED
from tabletop.study.result import Cause, StudyResult, TeamStat


def teams(of: StudyResult, page: Page) -> Iterator[str]:
    """Scores, who comes out best, and how much there is to decide."""
    low = min((team.score.p5 for team in of.teams), default=0)
    high = max((team.score.p95 for team in of.teams), default=1)
    rows = [_score(team, page, low, high) for team in of.teams]
    heads = ["Score", "mean", "9 in 10", "best alone", "best or equal"]
    if page.wide:
        heads.insert(5, "95 % interval")
    yield from table(page, heads, rows, chart=f"{low} to {high}")
    yield from noted(page, spread_legend(page))
    yield ""
    rows = [
        Row(team.name, (
            plain_number(team.decisions), plain_number(team.options),
            part(team.forced), part(team.few),
        ))
        for team in of.teams
    ]  # fmt: skip
    heads = ["Decisions in a game", "mean", "legal moves", "forced", "thin"]
    yield from table(page, heads, rows)
    yield from noted(
        page, "forced: one legal move; thin: two at most, passing among them"
    )
    yield from _turns(of, page)
    yield from _successes(of, page)
    yield from _order(of, page)


def _turns(of: StudyResult, page: Page) -> Iterator[str]:
    """How often a team's turn offers it less than a choice of cards."""
    yield ""
    rows = [
        Row(team.name, (
            plain_number(team.few_options.of / max(1, of.method.games)),
            part(team.few_options), interval(team.few_options),
        ))
        for team in of.teams
    ]  # fmt: skip
    heads = ["Turns in a game", "mean", "few options", "95 % interval"]
    yield from table(page, heads, rows)
    yield from noted(
        page,
        "turn: the first decision in a round's play; few options: fewer than two cards"
        " to play",
    )


def _successes(of: StudyResult, page: Page) -> Iterator[str]:
    """How often each team gets what it would call a success."""
    found = [(team, team.success) for team in of.teams if team.success is not None]
    if not found:
        return
    yield ""
    rows = [
        Row(team.name, (part(share), interval(share)),
            plain_bar(share.share, 1.0, page.signs))
        for team, share in found
    ]  # fmt: skip
    yield from table(page, ("By its own measure", "success", "95 % interval"), rows)


def _score(team: TeamStat, page: Page, low: int, high: int) -> Row:
    cells = [plain_number(team.score.mean), middle(team.score), part(team.best_alone),
             part(team.best)]  # fmt: skip
    if page.wide:
        cells.append(interval(team.best))
    return Row(
        team.name, tuple(cells),
        lambda room: strip(team.score, low, high, room, page.signs),
    )  # fmt: skip


def _order(of: StudyResult, page: Page) -> Iterator[str]:
    """What the order of turns gives."""
    found = [(team, team.order) for team in of.teams if team.order is not None]
    if not found:
        return
    yield ""
    reach = max(max(abs(o.low), abs(o.high)) for _, o in found)
    rows = [
        Row(team.name, (signed(o.value), around(o), "" if o.sure else "may be chance"),
            interval_on(o, reach, page.signs))
        for team, o in found
    ]  # fmt: skip
    heads = ("Turns in reverse order", "points", "95 % interval", "")
    yield from table(page, heads, rows, left=(3,))


def luck(of: StudyResult, page: Page) -> Iterator[str]:
    """How much of each score's variance is choice, how much is luck."""
    yield from _decided(of, page)
    rows = [_cause(each, of, page) for each in of.causes]
    heads = ["Variance of the score", "choice", "luck", "together"]
    if page.wide:
        heads[2:2] = ["95 % interval"]
        heads[4:4] = ["95 % interval"]
    signs = page.signs
    yield from table(page, heads, rows)
    yield from noted(
        page,
        f"All choices of a game at once, and all its luck: {signs.full} choice alone,"
        f" {signs.partly} both together, {signs.rest} luck alone",
    )


def _decided(of: StudyResult, page: Page) -> Iterator[str]:
    """What decisions settle, one by one, and what luck does."""
    found = [(cause, cause.decided) for cause in of.causes if cause.decided]
    if not found:
        return
    rows = [
        Row(order.team_name(of, cause.team),
            (f"{share.value:.0%}", f"{share.low:.0%} to {share.high:.0%}",
             f"{1 - share.value:.0%}"),
            _settled(share.value, page))
        for cause, share in found
    ]  # fmt: skip
    heads = ("The score is settled by", "decisions", "95 % interval", "luck")
    yield from table(page, heads, rows)
    yield from noted(page, DECIDED)
    yield ""


def _settled(share: float, page: Page) -> Callable[[int], str]:
    return lambda room: stacked((share, 0.0, 1 - share), room, page.signs)


def _cause(cause: Cause, of: StudyResult, page: Page) -> Row:
    cells = [
        f"{cause.choice.value:.0%}", f"{cause.luck.value:.0%}",
        f"{cause.together:.0%}",
    ]  # fmt: skip
    if page.wide:
        spans = [f"{c.low:.0%} to {c.high:.0%}" for c in (cause.choice, cause.luck)]
        cells = [cells[0], spans[0], cells[1], spans[1], cells[2]]
    parts = (cause.choice.value, max(0.0, cause.together), cause.luck.value)
    if not any(parts):
        cells = [page.signs.none] * len(cells)
    return Row(
        order.team_name(of, cause.team), tuple(cells),
        lambda room: stacked(parts, room, page.signs),
    )  # fmt: skip


def pace(of: StudyResult, page: Page) -> Iterator[str]:
    """Decisions, and the minutes that they take."""
    found = of.pace
    rows = [
        Row(name, (str(s.median), middle(s), f"{s.least:,} to {s.greatest:,}"))
        for name, s in (
            ("Decisions", found.decisions), ("with a choice", found.real),
            ("Minutes, estimated", found.minutes),
        )
    ]  # fmt: skip
    yield from table(page, ("A game takes", "median", "9 in 10", "all games"), rows)
    yield from noted(page, "with a choice: decisions with more than one legal move")
    plan = "The deck plans no time"
    if found.planned:
        plan = f"The deck plans {found.planned:,} minutes"
    yield from folded(
        page, f"{plan}; a decision is reckoned at {found.per_decision:.3g} min."
    )
    if not found.by_round:
        return
    yield ""
    most = max(decisions for _, decisions in found.by_round)
    bars = [
        Row(str(round_), (plain_number(mean),),
            plain_bar(mean, most, page.signs))
        for round_, mean in found.by_round
    ]  # fmt: skip
    yield from table(page, ("Decisions by round", "mean"), bars)
