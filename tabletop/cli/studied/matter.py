"""The deck's own things in a study: tracks, cards, options, what games reached."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tabletop.cli.studied.drawing import fan, interval_on, plain_bar, spark, strip
from tabletop.cli.studied.ends import folded, more, noted, spread_legend
from tabletop.cli.studied.table import Page, Row, fit, short, table
from tabletop.cli.text import counted, one_line
from tabletop.report.study import order
from tabletop.report.study.numbers import (
    around,
    interval,
    middle,
    part,
    percent,
    signed,
)
from tabletop.study.result import ChoiceStat, Reached, StudyResult, TrackStat

FAN = (24, 6)
"""The least width and the height of a track's chart over the rounds."""


def tracks(of: StudyResult, page: Page) -> Iterator[str]:
    """Where each track starts and ends, and how often it is at a bound."""
    last = order.last_round(of)
    rows = [_track(each, last, page) for each in of.tracks[: page.first(of.tracks)]]
    heads = [f"Track, after round {last}", "start", "median", "9 in 10", "at low",
             "at high"]  # fmt: skip
    if page.wide:
        heads.insert(6, "by round")
    yield from table(page, heads, rows, chart="on its scale", left=(6,))
    yield from noted(page, spread_legend(page))
    yield from noted(
        page, "at low, at high: of all rounds, those that closed with it at its bound"
    )
    yield from more(page, len(of.tracks) - page.first(of.tracks), "tracks")
    if page.whole:
        yield from fans(of, page)


def _track(track: TrackStat, round_: int, page: Page) -> Row:
    start, last = track.rounds[0], track.rounds[min(round_, len(track.rounds) - 1)]
    at = (track.at_low.share, track.at_high.share)
    cells = [str(start.median), str(last.median), middle(last), *map(_bound, at)]
    if page.wide:
        medians = [each.median for each in track.rounds]
        cells.append(spark(medians, track.low, track.high, page.signs))
    return Row(
        track.label, tuple(cells),
        lambda room: strip(last, track.low, track.high, room, page.signs, ends=True),
    )  # fmt: skip


def _bound(share: float) -> str:
    return percent(share) if share else "0%"


def fans(of: StudyResult, page: Page) -> Iterator[str]:
    """Each track over the rounds, as many charts beside each other as fit."""
    room = FAN[0] + 7
    across = max(1, page.width // room)
    for i in range(0, len(of.tracks), across):
        charts = [_fan(track, page) for track in of.tracks[i : i + across]]
        yield ""
        for lines in zip(*charts, strict=True):
            yield "  ".join(lines).rstrip()
    signs = page.signs
    yield from noted(
        page,
        f"From the start to the last round: {signs.rest} nine games in ten,"
        f" {signs.partly} half of them, {signs.full} the median",
    )


def _fan(track: TrackStat, page: Page) -> list[str]:
    """One chart with its label and its bounds, each line as wide as the others."""
    wide, tall = FAN
    rows = fan(track.rounds, track.low, track.high, FAN, page.signs)
    sides = [f"{track.high:>4}", *[" " * 4] * (tall - 2), f"{track.low:>4}"]
    body = [
        f"{side} {page.ink.bar(fit(row, wide))}"
        for side, row in zip(sides, rows, strict=True)
    ]
    last = len(track.rounds) - 1
    foot = " " * 5 + "0" + f"{last:>{wide - 1}}"
    return [page.ink.strong("  " + fit(track.label, wide + 3, page.signs.cut)), *body,
            foot]  # fmt: skip


def cards(of: StudyResult, page: Page) -> Iterator[str]:
    """Cards as choices."""
    yield from _choices(of, page, "card")


def options(of: StudyResult, page: Page) -> Iterator[str]:
    """Options of questions as choices."""
    yield from _choices(of, page, "option")


def _choices(of: StudyResult, page: Page, kind: str) -> Iterator[str]:
    found = order.choices(of, kind)
    told = found if page.whole else order.telling(found)[: page.first(found)]
    reach = max((max(abs(c.gain.low), abs(c.gain.high)) for c in told if c.gain),
                default=0.0)  # fmt: skip
    if page.whole:
        for i, (team, own) in enumerate(groupby(found, lambda c: c.team)):
            if i:
                yield ""
            name = one_line(order.team_name(of, team))
            yield from _choice_table(list(own), page, reach, f"{name}: {kind}s", of)
    else:
        title = f"{kind.capitalize()}s that stand out"
        yield from _choice_table(told, page, reach, title, of)
        yield from more(page, len(found) - len(told), f"{kind}s")
    cards = any(choice.kind == "card" for choice in of.choices)
    if page.whole or kind == "card" or not cards:
        yield from folded(page, _meaning(found, reach, page))
    elif reach:
        yield from folded(page, f"drawn from {-reach:.1f} to {reach:.1f}")


def _meaning(found: Sequence[ChoiceStat], reach: float, page: Page) -> str:
    waits = " waits: rounds that it stays in the hand for each time it is taken."
    if not any(choice.gain for choice in found):
        return (
            "taken: of the decisions at which it could be."
            f"{waits if page.wide else ''} Gains were not measured."
        )
    return (
        "taken: of the decisions at which it could be. gain: points for the team's own"
        " score against the mean of its other moves there, from the same positions with"
        f" the same luck, with the 95 % interval (drawn from {-reach:.1f} to"
        f" {reach:.1f}).{waits if page.wide else ''}"
    )


def _choice_table(
    found: Sequence[ChoiceStat], page: Page, reach: float, title: str, of: StudyResult
) -> Iterator[str]:
    heads = [title, "offered", "taken", "gain", "95 % interval"]
    if page.wide:
        heads += ["best there", "waits", "game", "verdict"]
        if not page.whole:
            heads.insert(1, "team")
    rows = [_choice(choice, page, reach, of) for choice in found]
    left = (1, 9) if page.wide and not page.whole else (8,)
    yield from table(page, heads, rows, left=left)


def _choice(choice: ChoiceStat, page: Page, reach: float, of: StudyResult) -> Row:
    none, gain = page.signs.none, choice.gain
    taken = part(choice.taken).replace("–", none) if choice.offered else none
    cells = [f"{choice.offered:,}", taken, signed(gain.value) if gain else none,
             around(gain).replace("–", none) if gain else none]  # fmt: skip
    label = order.called(choice)
    if page.wide:
        game = str(choice.example) if choice.example >= 0 else none
        best = part(choice.better).replace("–", none) if choice.better else none
        waits = none if choice.waits is None else f"{choice.waits:.1f}"
        cells += [best, waits, game, choice.verdict]
        if not page.whole:
            cells.insert(0, short(order.team_name(of, choice.team), 16, page))
    elif choice.verdict:
        label = f"{SHORT.get(choice.verdict, choice.verdict)}: {label}"

    drawn = interval_on(gain, reach, page.signs) if gain else None
    return Row(label, tuple(cells), drawn, loud=bool(choice.verdict))


SHORT = {
    "always worth taking": "always good", "never worth taking": "never good",
}  # fmt: skip
"""Verdicts where there is little room."""


def reached(of: StudyResult, page: Page) -> Iterator[str]:
    """How much of the deck games reached, and what none did."""
    rows = []
    for kind, things in order.kinds(of):
        seen = sum(thing.share.count > 0 for thing in things)
        rows.append(Row(
            order.KINDS[kind],
            (str(seen), str(len(things)), percent(seen / len(things))),
            plain_bar(seen / len(things), 1.0, page.signs),
        ))  # fmt: skip
    if rows:
        yield from table(page, ("Reached in any game", "seen", "of", "share"), rows)
    yield from _list(of, page, order.never(of), "Never reached")
    yield from _list(of, page, order.seldom(of), "Reached in fewer than 1 of 100 games")
    yield from terms(of, page)


def _list(
    of: StudyResult, page: Page, found: Sequence[Reached], title: str
) -> Iterator[str]:
    if not found:
        return
    yield ""
    rows = [_thing(each, page) for each in found[: page.first(found)]]
    heads = (title, "kind", "share", "95 % interval", "")
    yield from table(page, heads, rows, left=(1, 4))
    yield from more(page, len(found) - page.first(found), "reached")


def _thing(thing: Reached, page: Page) -> Row:
    kind = order.ONE[thing.kind]
    text = thing.text if thing.text == thing.name else f"{thing.name}: {thing.text}"
    label = text if page.wide else thing.name
    return Row(
        label, (kind, part(thing.share), interval(thing.share), order.why(thing))
    )


def terms(of: StudyResult, page: Page) -> Iterator[str]:
    """Parts of conditions that always came to the same."""
    found = order.one_sided(of)
    if not of.terms:
        return
    both = len(of.terms) - len(found)
    yield ""
    yield (
        f"  {both:,} of {counted(len(of.terms), 'part')} of conditions were both true"
        " and false"
    )
    room = 48 if page.wide else 20
    rows = [
        Row(term.name, (short(term.text, room, page), said,
                        f"{term.held + term.failed:,}"))
        for term, said in found[: page.first(found)]
    ]  # fmt: skip
    if rows:
        heads = ("Parts of conditions", "", "", "looked at")
        yield from table(page, heads, rows, left=(1, 2))
    yield from more(page, len(found) - page.first(found), "reached")
