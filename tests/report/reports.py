"""Readers of after-action reports, and games to report on."""

import re
from collections.abc import Sequence
from pathlib import Path

from tabletop.deck.deck import Deck
from tabletop.report.aar.page import page
from tabletop.report.aar.plain import plain
from tabletop.report.aar.record import record_of
from tabletop.report.aar.report import after_action
from tabletop.report.aar.turns import turning
from tabletop.report.html import VOID
from tabletop.session.session import Session
from tabletop.study.turning import analyse
from tests.report.pages import ATTRIBUTES, TAGS, Reader
from tests.session.twins import clock

SAVES = Path(__file__).resolve().parents[2] / "saves"
EXERCISE = SAVES / "bright-days-exercise.jsonl"
DRAWN = {
    "svg", "desc", "text", "line", "rect", "circle", "polygon", "path", "pattern",
    "defs",
}  # fmt: skip
MORE_TAGS = {"main", "dl", "dt", "dd", "figure", "bdi"}
DRAWN_ATTRIBUTES = {
    "viewbox", "role", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "d", "points",
    "width", "height", "fill", "fill-opacity", "stroke", "stroke-width",
    "stroke-dasharray", "text-anchor", "font-size", "font-weight", "id",
    "patternunits", "patterntransform",
}  # fmt: skip
META = {"http-equiv", "content", "name", "charset"}


class ReportReader(Reader):
    """Follows a report's elements; what may stand in it is a white list."""

    def __init__(self) -> None:
        super().__init__()
        self.svgs = 0

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        self.svgs += tag == "svg"
        if tag not in TAGS | MORE_TAGS | DRAWN:
            self.wrong.append(f"<{tag}>")
        known = META if tag == "meta" else ATTRIBUTES | DRAWN_ATTRIBUTES | {"scope"}
        self.wrong += [f"{tag} {key}" for key, _ in attrs if key not in known]
        told = " ".join(value or "" for _, value in attrs)
        if "url(" in re.sub(r"url\(#hatch\d+\)", "", told):
            self.wrong.append(f"{tag} {told}")
        if tag not in VOID:
            self.open.append(tag)


def read_report(html: str) -> ReportReader:
    """A report, followed to its end."""
    reader = ReportReader()
    reader.feed(html)
    reader.close()
    reader.wrong += [f"<{tag}> stays open" for tag in reader.open]
    return reader


def told(html: str) -> str:
    """All that people read in a report, on one line."""
    return " ".join(" ".join(read_report(html).words).split())


def forms(session: Session, seat: str, playouts: int = 0) -> tuple[str, str]:
    """A seat's report as HTML and as Markdown, with turning points if asked for."""
    record = record_of(session, seat)
    report = after_action(record)
    if playouts:
        tip = record.tree.head
        found = analyse(record.tree, tip, seat=seat, playouts=playouts)
        report = after_action(record, turning(record, found))
    return page(report), plain(report)


def played(deck: Deck, seed: int = 3, moves: int = 60) -> Session:
    """A game of bots, or its beginning."""
    seats = dict.fromkeys(deck.model.teams, "bot:greedy")
    session = Session.new(deck, seed=seed, seats=seats, clock=clock)
    for _ in range(moves):
        if session.over or not session.bot_moves():
            break
    return session
