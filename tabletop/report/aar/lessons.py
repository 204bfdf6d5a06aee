"""The later sections: what was watched for, ruled, noted, undone; what follows."""

from collections.abc import Iterator, Sequence

from tabletop.report.aar.record import Decision, Fired, Record
from tabletop.report.aar.said import Said, counted
from tabletop.report.aar.times import moment_words
from tabletop.report.blocks import (
    Block,
    Bullets,
    Cell,
    Grid,
    Para,
    Part,
    Section,
    Span,
    Stack,
    Text,
    muted,
    strong,
)
from tabletop.session.log import LogReader
from tabletop.session.runview import CheckpointView
from tabletop.session.tree import Turn
from tabletop.session.view import CONTROL, LogEntry

RESULTS = {
    "met": Span("✓ met", "good"),
    "partly": Span("◐ partly", "warn"),
    "not met": Span("✗ not met", "bad"),
    "": Span("– not judged", "muted"),
}
SHOWN = ("draw", "roll", "reveal", "show")
"""Changes that somebody saw, and no undo can hide again."""
EMPTY_ROWS = 6
"""Rows of the improvement plan that are left to write in."""
MOST_ANSWERS = 8
"""Decisions that are named after an inject; the others are counted."""


# --- objectives and checkpoints


def objectives(record: Record) -> Section:
    """What was to be shown, and whether it was; for control alone."""
    return Section("Objectives and checkpoints", tuple(_objectives(record)))


def _objectives(record: Record) -> Iterator[Block]:
    said = Said(record)
    if not record.objectives and not record.checkpoints:
        yield Para("This deck names no objectives of the exercise, and no checkpoints.")
        return
    for id_, text in record.objectives:
        points = [p for p in record.checkpoints if p.objective == id_]
        notes = [n for n in record.notes if n.objective == id_ and n.kind == "note"]
        yield Part(text, tuple(_objective(record, said, points, notes)))
    others = [
        p for p in record.checkpoints if p.objective not in dict(record.objectives)
    ]
    if others:
        yield Part("Other checkpoints", (_points(record, said, others),))


def _objective(
    record: Record,
    said: Said,
    points: Sequence[CheckpointView],
    notes: Sequence[LogEntry],
) -> Iterator[Block]:
    if points:
        yield _points(record, said, points)
    if notes:
        items = tuple(
            Stack(((said.time(n), " ", said.author(n), ": ", n.note),)) for n in notes
        )
        yield Bullets(items)
    if not points and not notes:
        yield Para("No checkpoint and no note bears on it.", "muted")


def _points(record: Record, said: Said, points: Sequence[CheckpointView]) -> Grid:
    names = record.tree.names
    rows = tuple(
        (
            RESULTS[point.result], point.text,
            said.who(point.team) if point.team else "all",
            names.title(point.inject) if point.inject else "",
            point.note,
        )
        for point in points
    )  # fmt: skip
    head = ("Result", "What was watched for", "Team", "After", "Note")
    return Grid(head, rows, (13, 37, 15, 15, 20))


# --- rulings


def rulings(record: Record) -> Section:
    """Where control overrode the rules, and why."""
    said = Said(record)
    rows = tuple(
        (
            said.when(entry), strong(entry.title.removeprefix("Ruling: ")),
            entry.note, said.consequence(entry),
        )
        for entry in record.rulings
    )  # fmt: skip
    if not rows:
        return Section("Rulings", (Para("The facilitator made no ruling."),))
    head = ("When", "Ruling", "Reason", "What it changed")
    return Section("Rulings", (Grid(head, rows, (14, 26, 30, 30)),))


# --- injects


def injects(record: Record) -> Section:
    """What the facilitator brought in, and what the teams did upon it."""
    said, own = Said(record), record.seat == CONTROL
    blocks: list[Block] = []
    if not record.fired:
        blocks.append(Para("No inject came."))
    for fired in record.fired:
        blocks.append(Part(_inject_title(fired), tuple(_inject(record, said, fired))))
    left = [i for i in record.view.injects if i.state != "fired"]
    if own and left:
        rows = tuple((strong(i.title), i.state, i.when) for i in left)
        blocks.append(Part("Injects that did not come", (
            Grid(("Inject", "State", "When"), rows, (50, 18, 32)),
        )))  # fmt: skip
    return Section("Injects and responses", tuple(blocks))


def _inject_title(fired: Fired) -> str:
    text = fired.change.text
    return text.split(": “", 1)[0] if ": “" in text else text


def _inject(record: Record, said: Said, fired: Fired) -> Iterator[Block]:
    plan, label = fired.plan, record.view.round_label
    read = fired.change.text.removeprefix(_inject_title(fired)).lstrip(": ")
    rows: list[tuple[Cell, ...]] = []
    if plan is not None:
        by = "written during the game; " if plan.written else ""
        rows.append(("Planned", f"{by}{fired.planned}"))
    place = f"{label} {record.places[fired.place].round}"
    time = moment_words(fired.entry.at)
    rows.append(("Came", f"{place}{f', {time}' if time else ''}"))
    if read:
        rows.append(("Read aloud", Span(read, "quote")))
    if plan is not None:
        everybody = len(plan.audience) == len(record.tree.program.teams)
        rows.append(("To", "everybody" if everybody else said.teams(plan.audience)))
        if plan.expects:
            rows.append(("Expected", plan.expects))
    rows.append(("Followed", _followed(said, fired.answers)))
    yield Grid((), tuple(rows), (16, 84), "facts")


def _followed(said: Said, answers: Sequence[Decision]) -> Cell:
    if not answers:
        return muted("nobody played or answered before the next inject")
    lines: list[Text] = [
        (said.who(each.team), " ", each.title,
         f" — “{each.entry.note}”" if each.entry.note else "")
        for each in answers[:MOST_ANSWERS]
    ]  # fmt: skip
    if len(answers) > MOST_ANSWERS:
        lines.append(muted(f"and {len(answers) - MOST_ANSWERS} more"))
    return Stack(tuple(lines))


# --- observations


def observations(record: Record) -> Section:
    """All notes, merged by their time."""
    said = Said(record)
    rows = tuple(
        (said.when(entry), said.author(entry), _observed(said, entry))
        for entry in record.notes
    )
    if not rows:
        return Section("Observations", (Para("Nobody wrote a note."),))
    about = "Notes of the facilitator, the teams and observers, by their time."
    if record.seat != CONTROL:
        about = "What you noted during the game."
    return Section("Observations", (
        Para(about, "muted"), Grid(("When", "Who", "What"), rows, (15, 20, 65)),
    ))  # fmt: skip


def _observed(said: Said, entry: LogEntry) -> Cell:
    if entry.kind == "note":
        return said.note(entry)
    note = (entry.note,) if entry.note else ()
    title = "Bookmark" if entry.kind == "bookmark" else entry.title
    return Stack((strong(title), *note))


# --- what was undone


def undone(record: Record) -> Section:
    """What was taken back, and what had been seen by then."""
    said = Said(record)
    if not record.undone:
        return Section("What was undone", (Para("Nothing was undone."),))
    rows = tuple(
        (said.when(entry), strong(entry.title), Stack(_seen(record, entry)))
        for entry in record.undone
    )
    head = ("When", "What", "Had been seen by then")
    blocks: list[Block] = [Grid(head, rows, (15, 50, 35))]
    if record.seat == CONTROL:
        blocks.append(_lines(record))
    return Section("What was undone", tuple(blocks))


def _seen(record: Record, entry: LogEntry) -> tuple[Text, ...]:
    """What cards and dice the moves that were taken back had shown this seat."""
    turn = next((t for t in record.tree.turns if t.number == entry.number), None)
    if turn is None or entry.kind != "undo":
        return ()
    found: dict[str, None] = {}
    for change in _shown(record, turn):
        found[change] = None
    some = tuple(found)
    more = (f"and {len(some) - 6} more",) if len(some) > 6 else ()
    return (*some[:6], *more) or (muted("no card and no die"),)


def _shown(record: Record, turn: Turn) -> Iterator[str]:
    gone, _ = record.tree.between(turn.source, turn.target)
    log = LogReader(record.tree, record.seat)
    for node in gone:
        entry = log.entry(node)
        for change in entry.changes if entry else ():
            if change.kind in SHOWN:
                yield change.text


def _lines(record: Record) -> Block:
    """Every line of play, for control: names may tell what was played."""
    now = record.tree.course_of(record.tree.head)
    rows = tuple(
        (
            strong(course.name), "the record" if course.place == now else
            "practice, off the record" if course.practice else
            "what if" if course.what_if else "left",
            counted(course.moves, "move"), f"parts after move {course.leaves}"
            if course.leaves else "from the start",
        )
        for course in record.tree.courses()
    )  # fmt: skip
    return Part("Lines of play in the save", (
        Grid(("Line", "What it is", "Length", "From"), rows, (25, 27, 20, 28)),
    ))  # fmt: skip


# --- what is still open


def hot_wash(record: Record) -> Section:
    """What to talk about, and what the record leaves open."""
    blocks: list[Block] = []
    label = record.view.round_label
    for number, questions in record.hotwash:
        if number <= record.view.round:
            blocks.append(Part(f"Hot wash of {label} {number}", (Bullets(questions),)))
    if record.questions:
        last = "For the last hot wash" if record.hotwash else "For the hot wash"
        blocks.append(Part(last, (Bullets(record.questions),)))
    opened = tuple(_open(record))
    blocks.append(Part("What the record leaves open", (
        Bullets(opened) if opened else Para("Nothing that a save could show."),
    )))  # fmt: skip
    return Section("Questions", tuple(blocks))


def _open(record: Record) -> Iterator[Cell]:
    yield from _without_evidence(record)
    yield from _unsaid(record, Said(record))


def _without_evidence(record: Record) -> Iterator[Cell]:
    """Questions that were noted, checkpoints not judged, objectives not shown."""
    said = Said(record)
    for entry in record.notes:
        if entry.kind == "note" and entry.note.rstrip().endswith("?"):
            yield (said.author(entry), " asked: ", entry.note)
    for point in record.checkpoints:
        if not point.result:
            yield f"Nobody judged: {point.text}"
    tagged = {n.objective for n in record.notes} | {
        p.objective for p in record.checkpoints if p.result
    }
    for id_, text in record.objectives:
        if id_ not in tagged:
            yield f"No evidence on the objective: {text}"


def _unsaid(record: Record, said: Said) -> Iterator[Cell]:
    """What the reader's own teams did without a word, and what took them longest."""
    mine = [d for d in record.decisions if record.seat in (CONTROL, d.team)]
    silent = sum(not d.entry.note and d.entry.kind != "pass" for d in mine)
    if silent:
        verb = "has" if silent == 1 else "have"
        yield f"{counted(silent, 'decision')} {verb} no stated intent: what was meant?"
    longest = max(
        (d for d in mine if d.waited), key=lambda d: d.waited or 0, default=None
    )
    if longest is not None:
        yield (
            "What made this the hardest decision, by its time? ",
            said.decision(longest),
        )


def improvement(record: Record) -> Section:
    """A table to be filled in, begun with what was not met."""
    rows: list[tuple[Cell, ...]] = [
        (Stack((f"{point.result.capitalize()}: {point.text}",
                *((muted(point.note),) if point.note else ()))), "", "", "")
        for result in ("not met", "partly")
        for point in record.checkpoints
        if point.result == result
    ]  # fmt: skip
    rows += [("", "", "", "")] * EMPTY_ROWS
    head = ("Observation", "Corrective action", "Who", "By when")
    about = Para(
        "To be filled in: what was seen, what will be done about it, who does it, and"
        " by when. An action that nobody owns is none.", "muted",
    )  # fmt: skip
    return Section(
        "Improvement plan", (about, Grid(head, tuple(rows), (40, 32, 15, 13), "form"))
    )


# --- appendix


def appendix(record: Record) -> Section:
    """How this was made, and how to make it again."""
    return Section("How this report was made", tuple(_appendix(record)))


def _appendix(record: Record) -> Iterator[Block]:
    source, view = record.source, record.view
    yield Para(
        "It was written from the save alone, with no clock and no network: the same"
        " save gives the same bytes. Every move of the save was played again by the"
        " rules, and each state agreed with the digest that was recorded when the move"
        " was made. Times are those of the save, in UTC."
    )
    if source.damaged:
        yield Para("The save is damaged: this report ends before the damage.", "strong")
    rows: list[tuple[Cell, ...]] = [("Deck", f"{view.title} ({view.deck})")]
    if source.version:
        rows.append(
            ("Played with", f"tabletop {source.version}, rules version {source.rules}")
        )
    if record.seat == CONTROL:
        rows += [("Deck's digest", source.digest), ("Seed", str(source.seed))]
        if source.name:
            again = f"tabletop verify {source.name}; tabletop report {source.name}"
            rows.append(("To make it again", again))
    yield Grid((), tuple(rows), (22, 78), "facts")
    if record.seat != CONTROL:
        yield Para(
            "This version holds what its reader was told during the game and at its"
            " end, and nothing else: no card, number, note or inject that was kept from"
            " it. Where a cause is not given, it was not its reader's to know."
            " The seed and the deck's digest are in the facilitator's version."
        )
