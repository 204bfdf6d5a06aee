"""Where the game turned: what each move did to what teams could expect.

A team's version names no ending but the one that came, expects no score but its own,
and tells of no move that the team was not told of.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.report import charts
from tabletop.report.aar.record import Record
from tabletop.report.aar.said import Said
from tabletop.report.aar.story import axis_of, by_round, ends
from tabletop.report.blocks import (
    Block,
    Cell,
    Drawing,
    Grid,
    Para,
    Part,
    Section,
    Text,
    muted,
    strong,
)
from tabletop.report.charts import Axis, Curve, Interval, Mark, Share
from tabletop.session.view import CONTROL, LogEntry, SeatId
from tabletop.study.forecast import Expect, Forecast
from tabletop.study.method import method
from tabletop.study.turning import Analysis, Option, TurningPoint

MOST_POINTS = 6
MOST_OPTIONS = 8
LEAST_SHARE = 0.05
"""An ending that never had this share is drawn among the others."""
OTHERS = "every other ending"
KINDS = {
    "choice": "a team's decision",
    "luck": "what the rules threw, drew or did by themselves",
    "inject": "control's inject",
    "ruling": "a ruling",
}


def turning(record: Record, analysis: Analysis) -> Section:
    """The section on turning points."""
    return Section("Turning points", tuple(_turning(record, analysis)))


def _turning(record: Record, analysis: Analysis) -> Iterator[Block]:
    how = method(analysis.seat, analysis.playouts, analysis.policy, turning=True)
    yield from (Para(words, "muted") for words in how)
    forecasts = _by_place(record, analysis)
    axis = axis_of(record)
    found = [p for p in _points(record, analysis) if p.entry is not None]
    shares = _shares(record, forecasts)
    if shares:
        yield Part("The endings that were to be expected", (
            _endings(record, axis, shares),
        ))  # fmt: skip
    curves = _curves(record, forecasts)
    if curves:
        marks = [Mark(p.place, "up", p.entry.title) for p in found if p.entry]
        yield Part(_scores_title(record), (_scores(record, axis, curves, marks),))
    if not found:
        yield Para("No move moved what could be expected by more than chance would.")
    said = Said(record)
    for number, point in enumerate(found, 1):
        yield Part(f"{number}. {_title(record, point)}", tuple(_point(said, point)))


def _scores_title(record: Record) -> str:
    own = record.seat == CONTROL
    return (
        "The scores that were to be expected" if own else "The score you could expect"
    )


# --- the forecasts, place by place


def _by_place(record: Record, analysis: Analysis) -> list[Forecast]:
    """The forecast of each place; where there is none, that of the place before."""
    after = {step.number: step.after for step in analysis.steps}
    found = [analysis.start]
    for place in record.places[1:]:
        found.append(after.get(place.number, found[-1]))
    return found


def _shares(record: Record, forecasts: Sequence[Forecast]) -> list[Share]:
    """The shares of endings that this reader may have named, then of all others."""
    endings = record.tree.deck.model.endings
    named = _named(record, forecasts)
    if not named:
        return []
    rows = [
        Share(
            endings[id_].title,
            tuple(
                sum(s.share for s in f.endings if s.ending == id_) for f in forecasts
            ),
        )
        for id_ in named
    ]
    rest = [1.0 - sum(r.values[i] for r in rows) for i in range(len(forecasts))]
    if max(rest) > 0.001:
        rows.append(Share(OTHERS, tuple(max(0.0, value) for value in rest)))
    return rows


def _share(forecast: Forecast, ending: str) -> float:
    return sum(share.share for share in forecast.endings if share.ending == ending)


def _named(record: Record, forecasts: Sequence[Forecast]) -> list[str]:
    """Control: all that were ever likely. Others: the one that came, if one did."""
    over = record.view.over
    if record.seat != CONTROL:
        return [over.ending] if over else []
    most: dict[str, float] = {}
    for forecast in forecasts:
        for share in forecast.endings:
            if share.ending:
                most[share.ending] = max(most.get(share.ending, 0.0), share.share)
    likely = [id_ for id_, share in most.items() if share >= LEAST_SHARE]
    return sorted(likely, key=lambda id_: (not over or id_ != over.ending, -most[id_]))


def _curves(record: Record, forecasts: Sequence[Forecast]) -> list[Curve]:
    names = record.tree.names
    teams = names.teams if record.seat == CONTROL else (record.seat,)
    found = []
    for team in teams:
        each = [_expect(forecast, team) for forecast in forecasts]
        if all(each):
            known = [e for e in each if e]
            found.append(Curve(
                names.team(team), names.color(team), tuple(e.mean for e in known),
                tuple(e.low for e in known), tuple(e.high for e in known),
            ))  # fmt: skip
    return found


def _expect(forecast: Forecast, team: SeatId) -> Expect | None:
    return next((e for e in forecast.teams if e.team == team), None)


# --- the charts, each with its numbers for those who can't see it


def _endings(record: Record, axis: Axis, shares: Sequence[Share]) -> Drawing:
    rows = [
        (s.label, *(f"{100 * s.values[i]:.0f} %" for i in (0, *ends(record))))
        for s in shares
    ]
    title = "What part of all playouts came to each ending"
    return Drawing(
        charts.shares(axis, shares, title, _told(rows)), by_round(record, rows)
    )


def _scores(
    record: Record, axis: Axis, curves: Sequence[Curve], marks: Sequence[Mark]
) -> Drawing:
    rows = [
        (c.label, *(points(c.middle[i]) for i in (0, *ends(record)))) for c in curves
    ]
    title = "The mean score of all playouts, with its 95 % interval"
    chart = charts.curves(axis, curves, marks, title, _told(rows))
    return Drawing(chart, by_round(record, rows))


def _told(rows: Sequence[tuple[str, ...]]) -> str:
    return "; ".join(f"{row[0]}: {row[1]} at first, {row[-1]} at last" for row in rows)


# --- the turning points themselves


@dataclass(frozen=True, slots=True)
class _Point:
    """A turning point with what its reader may know of the move."""

    of: TurningPoint
    place: int
    entry: LogEntry | None


def _points(record: Record, analysis: Analysis) -> list[_Point]:
    entries = {entry.number: entry for entry in record.moves}
    team = "" if record.seat == CONTROL else record.seat
    return [
        _Point(
            each, record.place_of[each.step.number], entries.get(each.step.number)
        )
        for each in analysis.turning_points(team, MOST_POINTS)
        if each.step.number in record.place_of
    ]  # fmt: skip


def _title(record: Record, point: _Point) -> str:
    entry = point.entry
    assert entry is not None
    team = record.mover(entry)
    begun = [c.text for c in entry.changes if c.kind in ("round", "phase")]
    if entry.kind == "advance" and begun:
        return "; ".join(begun)
    title = entry.title
    if team:
        title = f"{record.tree.names.team(team)} {record.decision_title(entry)}"
    return f"{record.view.round_label} {entry.round}: {title}"


def _point(said: Said, point: _Point) -> Iterator[Block]:
    of, entry = point.of, point.entry
    assert entry is not None
    before, after = points(of.before), points(of.after)
    gain = points(of.after - of.before, sign=True)
    rows: list[tuple[Cell, ...]] = [
        ("When", said.when(entry)),
        ("What it was", KINDS[of.step.kind]),
        ("It moved", (said.who(of.team), ": ", strong(f"{before}\u00a0→\u00a0{after}"),
                      f" points to be expected ({gain})")),
    ]  # fmt: skip
    if of.step.kind == "choice":
        parts = (
            f"choice {points(of.choice, sign=True)}, luck {points(of.luck, sign=True)}",
        )
        rows.append(("Of that", parts))
    if entry.note:
        what = "Stated intent" if of.step.kind == "choice" else "Reason"
        rows.append((what, f"“{entry.note}”"))
    best = _best(said, of)
    if best:
        rows.append(("Better", best))
    yield Grid((), tuple(rows), (16, 84), "facts")
    if of.step.options:
        who = said.names.team(of.step.options[0].expect.team)
        yield Para(f"What {who} could expect after each thing it could do:", "muted")
        yield _options(said, of)


def _best(said: Said, of: TurningPoint) -> Text:
    if not of.step.options:
        return ""
    if of.best is None:
        return muted("nothing that was surely better")
    who = said.names.team(of.best.expect.team)
    mean = points(of.best.expect.mean)
    return (strong(of.best.label), f": {mean} points to be expected for {who}")


def _options(said: Said, of: TurningPoint) -> Drawing:
    """What the team could have done, and what it could have expected."""
    some = list(of.step.options[:MOST_OPTIONS])
    some += [o for o in of.step.options[MOST_OPTIONS:] if o.chosen]
    bars = [
        Interval(o.label, o.expect.mean, o.expect.low, o.expect.high, o.chosen)
        for o in some
    ]
    who = said.names.team(some[0].expect.team)
    title = f"What {who} could expect after each thing that it could do"
    told = "; ".join(f"{b.label}: {points(b.middle)}" for b in bars)
    rows = tuple(_option(option) for option in some)
    table = Grid(("Option", "Expected", "95 % interval", ""), rows)
    return Drawing(charts.intervals(bars, title, told), (table,))


def _option(option: Option) -> tuple[Cell, ...]:
    expect = option.expect
    interval = f"{points(expect.low)} to {points(expect.high)}"
    return (
        option.label,
        points(expect.mean),
        interval,
        "chosen" if option.chosen else "",
    )


def points(value: float, *, sign: bool = False) -> str:
    """Points with one decimal.

    >>> points(-1.25), points(3, sign=True)
    ('−1.2', '+3.0')
    """
    return f"{value:{'+' if sign else ''}.1f}".replace("-", "−")
