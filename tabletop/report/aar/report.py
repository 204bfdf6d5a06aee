"""The whole report of one seat: its sections in the order of exercise doctrine.

After HSEEP's after-action report and improvement plan (FEMA, 2020): an overview, the
course, what was decided and judged, what was observed, and what is to be done.
"""

from collections.abc import Iterator

from tabletop.report.aar import lessons, story
from tabletop.report.aar.record import Record
from tabletop.report.aar.said import Said
from tabletop.report.aar.times import length, moment_words
from tabletop.report.blocks import Cell, Report, Section, Stack, Text
from tabletop.session.clock import seconds
from tabletop.session.view import CONTROL, PUBLIC


def after_action(record: Record, *more: Section) -> Report:
    """A seat's report; further sections stand before the questions."""
    sections = (
        story.overview(record),
        story.timeline(record),
        story.decisions(record),
        *((lessons.objectives(record),) if record.seat == CONTROL else ()),
        lessons.rulings(record),
        lessons.injects(record),
        *((lessons.observations(record),) if record.seat != PUBLIC else ()),
        lessons.undone(record),
        *more,
        lessons.hot_wash(record),
        lessons.improvement(record),
        lessons.appendix(record),
    )
    return Report(
        "After-action report and improvement plan", record.view.title,
        reader(record), tuple(_facts(record)), sections,
    )  # fmt: skip


def reader(record: Record) -> str:
    """For whom the report is, in words that stand on every page."""
    if record.seat == CONTROL:
        return "For the facilitator only: holds every secret"
    if record.seat == PUBLIC:
        return "For everybody"
    return f"For {record.tree.names.team(record.seat)} only"


def _facts(record: Record) -> Iterator[tuple[str, Cell]]:
    view, source = record.view, record.source
    version = record.tree.deck.model.version
    yield "Deck", f"{view.title}, version {version}" if version else view.title
    if source.name:
        yield "Save", source.name
    first, last = story.span(record)
    day = next((e.at for e in record.moves[1:] if seconds(e.at) is not None), "")
    if day:
        yield "Date", moment_words(day, day=True)
    if first is not None and last is not None:
        declared = record.course.start is not None
        names = "StartEx to EndEx" if declared else "First to last move"
        ends = [
            moment_words(e.at)
            for e in record.view.log
            if seconds(e.at) in (first, last)
        ]
        if ends and story.lasted(record):
            took = length(story.lasted(record))
            yield names, f"{ends[0]} – {ends[-1]} UTC, {took}"
    yield "Teams", Stack(tuple(_teams(record)))
    yield "Rounds played", f"{len(record.rounds)} of {view.rounds}"
    yield "Ending", view.over.title if view.over else "not ended"
    until = ", up to the damage" if source.damaged else ""
    yield "Checked", f"every move played again, every state as recorded{until}"


def _teams(record: Record) -> Iterator[Text]:
    said = Said(record)
    for team in record.view.teams:
        began = record.source.seats.get(team.id, team.seat)
        later = f", at the end {team.seat}" if began != team.seat else ""
        yield (said.who(team.id), f": {began}{later}")
