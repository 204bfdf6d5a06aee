"""The deck's own things on a study's page: tracks, cards, options, coverage."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from tabletop.report.blocks import Block, Cell, Drawing, Para, Part, Span, muted
from tabletop.report.study import order
from tabletop.report.study.drawing import (
    ACROSS,
    Bar,
    Difference,
    Fan,
    differences,
    fans,
    shares,
)
from tabletop.report.study.ends import difference, game, grid, minus
from tabletop.report.study.numbers import (
    NONE,
    around,
    interval,
    middle,
    part,
    percent,
    signed,
)
from tabletop.study.result import ChoiceStat, Reached, StudyResult, TrackStat


def tracks(of: StudyResult) -> Iterable[Block]:
    """Each track over the rounds, then in numbers."""
    if not of.tracks:
        return
    last = order.last_round(of)
    yield Para(muted(
        "Each track as each round closed: the line is the median, the bands hold half"
        f" of the games and nine in ten. The numbers are those after round {last}."
    ))  # fmt: skip
    for i in range(0, len(of.tracks), ACROSS):
        row = [_fan(track) for track in of.tracks[i : i + ACROSS]]
        yield Drawing(fans(row, "round"))
    yield grid(
        ("Track", "Start", "Median", "Nine in ten", "Bounds",
         "Rounds at the low one", "At the high one"),
        (
            (track.label, minus(str(track.rounds[0].median)), minus(str(then.median)),
             minus(middle(then)), minus(f"{track.low} to {track.high}"),
             part(track.at_low), part(track.at_high))
            for track in of.tracks
            for then in (track.rounds[min(last, len(track.rounds) - 1)],)
        ),
    )  # fmt: skip


def _fan(of: TrackStat) -> Fan:
    values = [(s.p5, s.p25, s.median, s.p75, s.p95) for s in of.rounds]
    return Fan(of.label, of.low, of.high, tuple(values))


def choices(of: StudyResult, kind: str) -> Iterable[Block]:
    """Cards or options by team: what each is worth, how often it is taken."""
    found = order.choices(of, kind)
    if not found:
        return
    yield Para(muted(
        "Taken: of the decisions at which it could be. Waits: rounds that it stays in a"
        " hand for each time it is taken. Gain: points for the team's own"
        " score against the mean of its other moves there, from the same positions with"
        " the same luck. Best there: positions in which no other move did better."
    ))  # fmt: skip
    for team, own in groupby(found, lambda choice: choice.team):
        title = order.team_name(of, team)
        yield Part(title, tuple(_of_team(list(own), kind, title)))


def _of_team(found: Sequence[ChoiceStat], kind: str, title: str) -> Iterable[Block]:
    drawn = [d for choice in found if (d := _gain(choice))]
    if drawn:
        says = "; ".join(f"{each.label}: {each.told}" for each in drawn)
        yield Drawing(differences(drawn, f"{title}: points gained", says))
    yield grid(
        (kind.capitalize(), "Offered", "Taken", "Waits", "Gain", "95 % interval",
         "Best there", "Game", ""),
        (_choice(choice) for choice in found),
    )  # fmt: skip


def _gain(choice: ChoiceStat) -> Difference | None:
    if choice.gain is None:
        return None
    return difference(order.called(choice), choice.gain)


def _choice(choice: ChoiceStat) -> tuple[Cell, ...]:
    gain = choice.gain
    return (
        order.called(choice), f"{choice.offered:,}", part(choice.taken),
        NONE if choice.waits is None else f"{choice.waits:.1f}",
        minus(signed(gain.value)) if gain else NONE,
        minus(around(gain)) if gain else NONE,
        part(choice.better) if choice.better else NONE,
        game(choice.example), Span(choice.verdict, "warn") if choice.verdict else "",
    )  # fmt: skip


def reached(of: StudyResult) -> Iterable[Block]:
    """How much of the deck games reached, and what they did not."""
    bars = []
    for kind, things in order.kinds(of):
        seen = sum(thing.share.count > 0 for thing in things)
        share = seen / len(things)
        told = f"{seen} of {len(things)}"
        bars.append(Bar(order.KINDS[kind], share, share, share, told))
    if bars:
        says = "; ".join(f"{bar.label}: {bar.told}" for bar in bars)
        yield Drawing(shares(bars, "Reached in any game", says))
    yield from _list(order.never(of), "Never reached")
    yield from _list(order.seldom(of), "Reached in fewer than 1 of 100 games")
    yield from terms(of)
    if of.reached:
        rows = sorted(of.reached, key=lambda t: (list(order.KINDS).index(t.kind),
                                                 -t.share.count))  # fmt: skip
        yield Part("All of it", (grid(
            ("What", "Kind", "Games", "Share", "Times", "First round", "Game"),
            (
                (_called(t), order.ONE[t.kind], f"{t.share.count:,}", part(t.share),
                 f"{t.hits:,}", str(t.first_round or NONE), game(t.example, t.share))
                for t in rows
            ),
        ),))  # fmt: skip


def _list(found: Sequence[Reached], title: str) -> Iterable[Block]:
    if found:
        head = ("What", "Kind", "Share", "95 % interval", "")
        yield Part(title, (grid(head, map(_thing, found)),))


def _called(thing: Reached) -> Cell:
    if thing.text == thing.name:
        return thing.name
    return (thing.text, "  ", muted(thing.name))


def _thing(thing: Reached) -> tuple[Cell, ...]:
    why = order.why(thing)
    return (_called(thing), order.ONE[thing.kind], part(thing.share),
            interval(thing.share),
            Span(why, "bad") if why.startswith("can't") else why)  # fmt: skip


def terms(of: StudyResult) -> Iterable[Block]:
    """Parts of conditions that always came to the same."""
    if not of.terms:
        return
    found = order.one_sided(of)
    both = len(of.terms) - len(found)
    blocks: list[Block] = [Para(
        f"{both:,} of {len(of.terms):,} parts of conditions were both true and false"
        f" ({percent(both / len(of.terms))})."
    )]  # fmt: skip
    if found:
        blocks.append(grid(
            ("Part of a condition", "Where", "", "Looked at"),
            (
                (Span(term.text, "code"), muted(term.name), said,
                 f"{term.held + term.failed:,}")
                for term, said in found
            ),
        ))  # fmt: skip
    yield Part("Conditions", tuple(blocks))
