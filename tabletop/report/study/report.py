"""A study as a page: the same parts as in a terminal, with charts and all numbers."""

from collections.abc import Iterable

from tabletop.report.blocks import (
    Block,
    Bullets,
    Cell,
    Figures,
    Para,
    Report,
    Section,
    Span,
    Stack,
    muted,
    strong,
)
from tabletop.report.study import deck_parts, order, team_parts
from tabletop.report.study.ends import against, endings, levers, rounds
from tabletop.report.study.words import games, method
from tabletop.study.proofs import HAND
from tabletop.study.result import StudyResult

READER = "For the deck's authors: holds every secret"


def report_of(of: StudyResult) -> Report:
    """The whole page."""
    sections = (
        Section("What to look at", (figures(of), remarks(of))),
        Section("Compared with the other deck", tuple(against(of))),
        Section("Sensitivity to the deck's numbers", tuple(levers(of))),
        Section("Endings", tuple(endings(of))),
        Section("Length", tuple(rounds(of))),
        Section("Teams", tuple(team_parts.teams(of))),
        Section("Choice and luck", tuple(team_parts.luck(of))),
        Section("Pace", tuple(team_parts.pace(of))),
        Section("Tracks", tuple(deck_parts.tracks(of))),
        Section("Cards", tuple(deck_parts.choices(of, "card"))),
        Section("Options", tuple(deck_parts.choices(of, "option"))),
        Section("Coverage", tuple(deck_parts.reached(of))),
        Section("How this was made", tuple(Para(words) for words in method(of))),
    )
    kept = tuple(each for each in sections if each.blocks)
    return Report("Study", of.method.title, READER, tuple(facts(of)), kept)


def code(command: str) -> Span:
    """A command, to be copied."""
    return Span(command, "code")


def facts(of: StudyResult) -> Iterable[tuple[str, Cell]]:
    """What stands first."""
    made = of.method
    version = f"version {made.version}, " if made.version else ""
    yield "Deck", (f"{made.deck}, {version}digest ", code(made.digest[:16]))
    yield "Games", f"{games(of)}, seed {made.seed}"
    yield "Played by", order.players(of, lambda team: order.team_name(of, team))
    yield "Program", f"tabletop {made.program}, rules {made.rules}"
    yield "Once more", code(made.command)
    yield "One game alone", Stack((
        code(order.example(made, "GAME")),
        muted("with the number of a game that stands in a table for GAME"),
    ))  # fmt: skip


def figures(of: StudyResult) -> Block:
    """The first numbers."""
    seen = sum(ending.share.count > 0 for ending in of.endings)
    missed = sum(thing.proof != HAND for thing in order.never(of))
    return Figures((
        (f"{of.method.games:,}", "games"),
        (f"{seen} of {len(of.endings)}", "endings seen"),
        (str(of.rounds.median), "rounds, median"),
        (str(of.pace.minutes.median), "minutes, estimated"),
        (str(missed), "things never reached"),
    ))  # fmt: skip


def remarks(of: StudyResult) -> Block:
    """What an author should look at, each with what plays an example."""
    items: list[Cell] = []
    for remark in order.remarks(of):
        warns = remark.grade == "warning"
        text = strong(remark.text) if warns else Span(remark.text)
        lines = (text, code(remark.command)) if remark.command else (text,)
        items.append(Stack(lines))
    if not items:
        return Para("Nothing stands out.")
    return Bullets(tuple(items))
