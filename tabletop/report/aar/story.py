"""The first sections: what the game was, its course, and what teams decided."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from tabletop.report import charts
from tabletop.report.aar.record import BESIDE, PLANS, Decision, Record, TrackCourse
from tabletop.report.aar.said import Said, counted
from tabletop.report.aar.times import length
from tabletop.report.blocks import (
    Block,
    Cell,
    Drawing,
    Figures,
    Grid,
    Para,
    Part,
    Prose,
    Section,
    Span,
    Stack,
    Text,
    muted,
    strong,
)
from tabletop.report.charts import Axis, Lane, Mark
from tabletop.report.html import Markup
from tabletop.report.svg import Shape
from tabletop.session.clock import seconds
from tabletop.session.successes import HEADING, success_words
from tabletop.session.view import CONTROL, LogEntry, ObjectiveView, SeatId

SUCCESSES = {
    True: Span(f"✓ {success_words(success=True)}", "good"),
    False: Span(f"✗ {success_words(success=False)}", "bad"),
}
NEWS = ("round", "phase", "inject", "rule", "roll", "outcome", "ending")
"""Changes that the chronology tells of."""
SHAPES: dict[str, Shape] = {
    "play": "dot", "lay": "dot", "answer": "diamond", "pass": "ring",
}  # fmt: skip
MOST_ROUNDS = 12
"""Columns of a table of rounds; more of them make another table."""
OUTSIDE: dict[str, Shape] = {"inject": "down", "ruling": "up"}
"""What moves a number from outside the game, and its sign."""
LEGEND: tuple[tuple[Shape, str], ...] = (
    ("dot", "a card"), ("diamond", "an answer"), ("ring", "a pass"),
    ("down", "an inject"), ("up", "a ruling"), ("bar", "a note or a bookmark"),
)  # fmt: skip


def overview(record: Record) -> Section:
    """How it ended, and how much was decided in what time."""
    return Section("Overview", tuple(_overview(record)))


def _overview(record: Record) -> Iterator[Block]:
    said, view = Said(record), record.view
    if view.over is None:
        label = f"{view.round_label} {view.round} of {view.rounds}"
        yield Para(f"The game has not ended. It stands in {label}.", "strong")
    else:
        yield Para((strong(view.over.title),), "strong")
        if view.over.text.strip():
            yield Prose(view.over.text)
    yield Figures(tuple(_figures(record)))
    yield from _scores(record, said)
    yield from _times(record, said)


def _figures(record: Record) -> Iterator[tuple[str, str]]:
    undone = sum(entry.kind == "undo" for entry in record.undone)
    notes = sum(entry.kind == "note" for entry in record.notes)
    for number, noun in (
        (len(record.decisions), "decision"),
        (len(record.fired), "inject"),
        (len(record.rulings), "ruling"),
        (undone, "undo"),
        (notes, "note"),
    ):
        yield str(number), noun if number == 1 else f"{noun}s"
    total = lasted(record)
    if total:
        yield length(total), "from start to end"


def lasted(record: Record) -> int:
    """Seconds from StartEx to EndEx, else from first to last move; 0 if none."""
    first, last = span(record)
    return max(0, last - first) if first is not None and last is not None else 0


def span(record: Record) -> tuple[int | None, int | None]:
    """When it began and ended, in seconds."""
    times = [when for e in record.moves[1:] if (when := seconds(e.at)) is not None]
    first, last = (times[0], times[-1]) if times else (None, None)
    course = record.course
    return (
        course.start if course.start is not None else first,
        course.end if course.end is not None else last,
    )


def _scores(record: Record, said: Said) -> Iterator[Block]:
    over, names = record.view.over, record.tree.names
    goals = record.view.objectives
    if over is not None and over.scores:
        rows = [
            (names.team(t), names.color(t), score, str(score).replace("-", "−"))
            for t, score in over.scores
        ]
        told = "; ".join(f"{name}: {score}" for name, _, _, score in rows)
        table = Grid(
            ("Team", "Score"), tuple((said.who(t), str(s)) for t, s in over.scores)
        )
        yield Part("Scores", (
            Drawing(charts.bars(rows, "Scores at the end", told), (table,)),
        ))  # fmt: skip
    if over is not None and over.successes:
        yield Part(HEADING, (Grid(("Team", "How it ended"), tuple(
            (said.who(team), SUCCESSES[success]) for team, success in over.successes
        ), (22, 78)),))  # fmt: skip
    if goals:
        head = "at the end" if over is not None else "now"
        teams = dict.fromkeys(goal.team for goal in goals)
        lines = tuple(
            (said.who(team), Stack(tuple(_goal(g) for g in goals if g.team == team)))
            for team in teams
        )
        own = record.seat != CONTROL
        title = "What you score for" if own else "What teams score for"
        columns = ("Team", f"Points {head}, and for what")
        yield Part(title, (Grid(columns, lines, (22, 78)),))


def _goal(goal: ObjectiveView) -> Text:
    score = "?" if goal.score is None else str(goal.score).replace("-", "−")
    return (strong(score), f" {goal.text}")


def _times(record: Record, said: Said) -> Iterator[Block]:
    found = record.time_by_team()
    rows = tuple(
        (said.who(team), str(count), length(middle), length(longest))
        for team in record.tree.program.teams
        if team in found
        for count, middle, longest in (found[team],)
        if longest > 0
    )
    if rows:
        head = ("Team", "Decisions", "Half took at most", "The longest")
        about = Para(
            "From the moment a team owed a decision until it was made, without breaks"
            " and the time before StartEx. Bots take no time.", "muted",
        )  # fmt: skip
        yield Part("Time for a decision", (Grid(head, rows, (34, 16, 25, 25)), about))


# --- the timeline


def axis_of(record: Record) -> Axis:
    """The moves of the line, with its rounds."""
    return Axis(len(record.places), record.rounds, record.view.round_label)


def timeline(record: Record) -> Section:
    """Who did what when, what became of the numbers, and it all in words."""
    return Section("Timeline", tuple(_timeline(record)))


def _timeline(record: Record) -> Iterator[Block]:
    axis, said = axis_of(record), Said(record)
    yield Para(
        "From left to right the moves of the line that was played; dotted lines part"
        " its rounds. Point at a sign to read what it stands for.", "caption",
    )  # fmt: skip
    rows = tuple(_lanes(record, said))
    about = "; ".join(f"{r.label}: {counted(len(r.marks), 'sign')}" for r in rows)
    yield Drawing(charts.lanes(axis, rows, "Who did what when", about))
    yield Drawing(charts.legend(LEGEND))
    moved = [track for track in record.tracks if track.moved]
    if moved:
        drawn: list[Block] = [
            Drawing(_strip(axis, record, track, head=track is moved[0]))
            for track in moved
        ]
        still = [t.view.label for t in record.tracks if not t.moved]
        if still:
            drawn.append(Para(f"Never moved: {', '.join(still)}.", "muted"))
        yield Part("The numbers", tuple(drawn))
        yield Part("The numbers, by round", _numbers(record))
    yield Part("What happened", tuple(_chronology(record, said)))


def _lanes(record: Record, said: Said) -> Iterator[Lane]:
    names, place = record.tree.names, record.place_of
    yield Lane("Injects", "control", tuple(
        Mark(each.place, "down", each.change.text) for each in record.fired
    ))  # fmt: skip
    if record.rulings:
        yield Lane("Rulings", "control", tuple(
            Mark(place[e.number], "up", f"{e.title}: {e.note}") for e in record.rulings
        ))  # fmt: skip
    for team in record.tree.program.teams:
        marks = tuple(
            Mark(d.place, SHAPES.get(d.entry.kind, "dot"), f"{d.title} {d.entry.note}")
            for d in record.decisions
            if d.team == team
        )
        yield Lane(names.team(team), names.color(team), marks)
    beside = tuple(
        Mark(here, "bar", f"{entry.title}: {entry.note}")
        for here, entry in _beside(record)
        if entry.kind in ("note", "bookmark", "checkpoint")
    )
    if beside:
        yield Lane("Notes", "control", beside)


def _beside(record: Record) -> Iterator[tuple[int, LogEntry]]:
    """What stands beside the moves, with the place that it follows."""
    here = 0
    for entry in record.view.log:
        here = (
            record.place_of.get(entry.number, here)
            if entry.kind not in BESIDE
            else here
        )
        if entry.kind in BESIDE:
            yield here, entry


def _strip(axis: Axis, record: Record, track: TrackCourse, *, head: bool) -> Markup:
    bands = tuple(charts.Band(b.to, b.label, b.tone) for b in track.bands)
    view = track.view
    marks = tuple(_marks(record, view.id))
    of = charts.Strip(view.label, view.low, view.high, bands, track.values, marks)
    return charts.strip(axis, of, head=head)


def _marks(record: Record, track: str) -> Iterator[Mark]:
    """Where an inject or a ruling moved a number."""
    for entry in record.moves:
        for change in entry.changes:
            cause = change.cause
            if change.subject == track and cause and cause.kind in OUTSIDE:
                place = record.place_of[entry.number]
                yield Mark(place, OUTSIDE[cause.kind], f"{cause.title} {entry.note}")


def _numbers(record: Record) -> tuple[Grid, ...]:
    """Each track at the end of each round."""
    model = record.tree.deck.model.tracks
    rows = [
        (t.view.label, model[t.view.id].start, *(t.values[e] for e in ends(record)))
        for t in record.tracks
    ]
    return by_round(record, [tuple(str(cell) for cell in row) for row in rows])


def ends(record: Record) -> list[int]:
    """The last place of each round."""
    starts = [place for _, place in record.rounds[1:]]
    return [*(start - 1 for start in starts), len(record.places) - 1]


def by_round(record: Record, rows: Sequence[tuple[str, ...]]) -> tuple[Grid, ...]:
    """Rows with a name, a start and a cell for each round, as tables of some rounds."""
    rounds, label = record.rounds, record.view.round_label
    found = []
    for first in range(0, len(rounds), MOST_ROUNDS):
        some = rounds[first : first + MOST_ROUNDS]
        names = [str(number) for number, _ in some]
        head = ("", "Start", f"{label} {names[0]}", *names[1:])
        cells = slice(2 + first, 2 + first + len(some))
        body = tuple((*row[:2], *row[cells]) for row in rows)
        found.append(Grid(head, body, kind="tight"))
    return tuple(found)


def _chronology(record: Record, said: Said) -> Iterator[Block]:
    by_round: dict[int, list[LogEntry]] = {}
    for entry in record.view.log:
        by_round.setdefault(max(entry.round, 1), []).append(entry)
    for number, entries in by_round.items():
        rows = tuple(_rows(record, said, entries))
        if rows:
            title = f"{record.view.round_label} {number}"
            yield Part(title, (Grid(("Time", "Who", "What"), rows, (10, 18, 72)),))


def _rows(
    record: Record, said: Said, entries: Sequence[LogEntry]
) -> Iterator[tuple[Cell, ...]]:
    """What one seat did without a break becomes one row."""
    told = [(entry, _told(record, entry)) for entry in entries]
    some = [(entry, lines) for entry, lines in told if lines]
    for who, group in groupby(some, key=lambda pair: _doer(record, pair[0])):
        found = list(group)
        every = tuple(line for _, lines in found for line in lines)
        yield said.time(found[0][0]), said.who(who), Stack(every)


def _doer(record: Record, entry: LogEntry) -> SeatId:
    return record.mover(entry) or entry.seat or CONTROL


def _told(record: Record, entry: LogEntry) -> list[Text]:
    """An entry in the chronology; nothing for what is told elsewhere, or is nothing."""
    if entry.kind in ("note", "checkpoint"):
        return []
    news = _news(entry)
    if entry.kind in ("advance", "start"):
        return news
    if entry.kind in PLANS:
        return [strong(entry.title)]
    title = record.decision_title(entry) if record.mover(entry) else entry.title
    note = Span(f" “{entry.note}”", "quote") if entry.note else ""
    return [(strong(title), note), *news]


def _news(entry: LogEntry) -> list[Text]:
    """What a move brought beside its numbers: injects, rules, dice, the end."""
    kinds: dict[str, dict[str, None]] = {}
    for change in entry.changes:
        if change.kind in NEWS:
            kinds.setdefault(change.kind, {})[change.text] = None
    begun = list({**kinds.get("round", {}), **kinds.get("phase", {})})
    rules = "; ".join(kinds.get("rule", {}))
    return [
        *([strong("; ".join(begun))] if begun else []),
        *((strong("Inject: "), text) for text in kinds.get("inject", {})),
        *(muted(text) for text in (*kinds.get("roll", {}), *kinds.get("outcome", {}))),
        *([muted(f"Rules: {rules}")] if rules else []),
        *(strong(text) for text in kinds.get("ending", {})),
    ]


# --- decisions


def decisions(record: Record) -> Section:
    """Every decision with what was wanted and what came of it."""
    said = Said(record)
    rows = tuple(
        (
            said.when(each.entry), said.who(each.team), _what(each),
            Span(f"“{each.entry.note}”", "quote") if each.entry.note else "",
            said.consequence(each.entry),
            length(each.waited) if each.waited else "",
        )
        for each in record.decisions
        if each.entry.kind != "pass" or each.entry.note or _news(each.entry)
    )  # fmt: skip
    if not rows:
        return Section("Decisions", (Para("No team decided anything."),))
    head = ("When", "Team", "Decision", "Stated intent", "What came of it", "Took")
    about = Para(
        "What came of a decision is what the rules made of it at once. A team's intent"
        " is what it wrote down as it played; where nothing stands, it wrote nothing."
        " Passes of which nothing came are in the timeline alone.",
        "muted",
    )
    return Section("Decisions", (about, Grid(head, rows, (12, 13, 16, 15, 37, 7))))


def _what(each: Decision) -> Cell:
    title = strong(each.title)
    return Stack((title, muted("entered by control"))) if each.stand_in else title
