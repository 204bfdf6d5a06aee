"""Teams on a study's page: scores, decisions, choice and luck, time."""

from collections.abc import Iterable

from tabletop.report.blocks import Block, Drawing, Para, Part, muted
from tabletop.report.study import order
from tabletop.report.study.drawing import (
    Bar,
    Box,
    boxes,
    columns,
    differences,
    parts_of,
    shares,
)
from tabletop.report.study.ends import difference, grid, minus
from tabletop.report.study.numbers import (
    around,
    interval,
    middle,
    part,
    plain_number,
    signed,
)
from tabletop.report.study.words import DECIDED
from tabletop.study.result import Spread, StudyResult

LEGEND = (
    "The line holds nine games in ten, the bar half of them; the ring is the median."
)


def teams(of: StudyResult) -> Iterable[Block]:
    """What each team scores and has to decide."""
    if not of.teams:
        return
    drawn = [_box(team.name, team.score) for team in of.teams]
    says = "; ".join(f"{box.label}: median {box.median:g}" for box in drawn)
    yield Drawing(boxes(drawn, "Scores", says))
    yield Para(muted(LEGEND))
    yield grid(
        ("Team", "Mean", "Nine in ten", "Best alone", "95 % interval", "Best or equal",
         "95 % interval"),
        (
            (team.name, minus(plain_number(team.score.mean)), minus(middle(team.score)),
             part(team.best_alone), interval(team.best_alone), part(team.best),
             interval(team.best))
            for team in of.teams
        ),
    )  # fmt: skip
    yield Part("Decisions", (
        grid(
            ("Team", "In a game", "Legal moves", "Forced", "Thin"),
            (
                (team.name, plain_number(team.decisions), plain_number(team.options),
                 part(team.forced), part(team.few))
                for team in of.teams
            ),
        ),
        Para(muted("Means. Forced: one legal move. Thin: two at most, passing among"
                   " them.")),
    ))  # fmt: skip
    yield Part("Turns", (
        grid(
            ("Team", "In a game", "Few options", "95 % interval"),
            (
                (team.name,
                 plain_number(team.few_options.of / max(1, of.method.games)),
                 part(team.few_options), interval(team.few_options))
                for team in of.teams
            ),
        ),
        Para(muted("A turn is a team's first decision in a round's play. Few options:"
                   " fewer than two cards to play.")),
    ))  # fmt: skip
    yield from _successes(of)
    yield from _order(of)


def _successes(of: StudyResult) -> Iterable[Block]:
    """How often each team gets what it would call a success."""
    found = [(team.name, team.success) for team in of.teams if team.success is not None]
    if not found:
        return
    bars = [Bar(name, s.share, s.low, s.high, part(s)) for name, s in found]
    says = "; ".join(f"{bar.label}: {bar.told}" for bar in bars)
    yield Part("Success by its own measure", (
        Drawing(shares(bars, "Success by its own measure", says)),
        grid(
            ("Team", "Success", "95 % interval"),
            ((name, part(share), interval(share)) for name, share in found),
        ),
    ))  # fmt: skip


def _box(label: str, of: Spread) -> Box:
    told = f"median {of.median:,}"
    return Box(label, of.p5, of.p25, of.median, of.p75, of.p95, minus(told))


def _order(of: StudyResult) -> Iterable[Block]:
    found = [(team, team.order) for team in of.teams if team.order is not None]
    if not found:
        return
    drawn = [difference(team.name, change) for team, change in found]
    says = "; ".join(f"{each.label}: {each.told}" for each in drawn)
    yield Part("Turns in reverse order: points gained", (
        Drawing(differences(drawn, "Turns in reverse order", says)),
        grid(
            ("Team", "Points", "95 % interval", "More than chance"),
            (
                (team.name, minus(signed(change.value)), minus(around(change)),
                 "yes" if change.sure else "no")
                for team, change in found
            ),
        ),
    ))  # fmt: skip


def luck(of: StudyResult) -> Iterable[Block]:
    """What the variance of each score comes from."""
    if not of.causes:
        return
    rows = [
        (order.team_name(of, cause.team),
         (cause.choice.value, max(0.0, cause.together), cause.luck.value))
        for cause in of.causes
    ]  # fmt: skip
    yield from _decided(of)
    names = ("choice alone", "both together", "luck alone")
    if not any(any(values) for _, values in rows):
        yield Para("The scores do not vary enough to tell.")
        return
    says = "; ".join(f"{name}: {v[0]:.0%} choice, {v[2]:.0%} luck" for name, v in rows)
    title = "All choices of a game at once, and all of its luck"
    yield Drawing(parts_of(rows, names, title, says))
    yield grid(
        ("Variance of the score", "Choice alone", "95 % interval", "Luck alone",
         "95 % interval", "Both together"),
        (
            (order.team_name(of, cause.team), f"{cause.choice.value:.0%}",
             f"{cause.choice.low:.0%} to {cause.choice.high:.0%}",
             f"{cause.luck.value:.0%}",
             f"{cause.luck.low:.0%} to {cause.luck.high:.0%}", f"{cause.together:.0%}")
            for cause in of.causes
        ),
    )  # fmt: skip


def _decided(of: StudyResult) -> Iterable[Block]:
    """What decisions settle, one by one, and what luck does."""
    found = [(cause, cause.decided) for cause in of.causes if cause.decided]
    if not found:
        return
    rows = [
        (order.team_name(of, cause.team), (share.value, 0.0, 1 - share.value))
        for cause, share in found
    ]
    title = "What settles each score"
    says = "; ".join(f"{name}: {values[0]:.0%} decisions" for name, values in rows)
    head = ("The score is settled by", "Decisions", "95 % interval", "Luck")
    yield Drawing(parts_of(rows, ("decisions", "", "luck"), title, says))
    yield grid(head, (
        (order.team_name(of, cause.team), f"{share.value:.0%}",
         f"{share.low:.0%} to {share.high:.0%}", f"{1 - share.value:.0%}")
        for cause, share in found
    ))  # fmt: skip
    yield Para(muted(DECIDED))


def pace(of: StudyResult) -> Iterable[Block]:
    """Decisions and minutes."""
    found = of.pace
    if found.by_round:
        bars = [(str(n), mean, plain_number(mean)) for n, mean in found.by_round]
        title = "Decisions by round, mean"
        says = "; ".join(f"round {n}: {told}" for n, _, told in bars)
        yield Drawing(columns(bars, title, says, "decisions in each round, mean"))
    yield grid(
        ("A game takes", "Median", "Nine in ten", "All games"),
        (
            (name, f"{s.median:,}", middle(s), f"{s.least:,} to {s.greatest:,}")
            for name, s in (("Decisions", found.decisions),
                            ("Decisions with more than one legal move", found.real),
                            ("Minutes, estimated", found.minutes))
        ),
    )  # fmt: skip
    plan = "The deck plans no time"
    if found.planned:
        plan = f"The deck plans {found.planned:,} minutes"
    yield Para(muted(
        f"{plan}; a decision is reckoned at {found.per_decision:.3g} min."
    ))  # fmt: skip
