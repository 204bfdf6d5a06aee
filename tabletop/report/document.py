"""Sheets as one HTML file: no script, nothing from outside, always the same bytes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from tabletop.errors import UsageError
from tabletop.report.html import Markup, tag
from tabletop.report.pages import Page, Paper, Source
from tabletop.report.sheets.briefs import briefs
from tabletop.report.sheets.cards import cards
from tabletop.report.sheets.guide import guide
from tabletop.report.sheets.moment import moment
from tabletop.report.sheets.orders import orders
from tabletop.report.sheets.tracks import tracks
from tabletop.report.style import style
from tabletop.session.view import CONTROL, PUBLIC, SeatId

Sheet = Callable[[Source], Iterator[Page]]
SHEETS: Mapping[str, Sheet] = {
    "now": moment,
    "guide": guide,
    "briefs": briefs,
    "tracks": tracks,
    "orders": orders,
    "cards": cards,
}
"""Every kind of sheet, in the order in which they are printed."""


def document(
    source: Source,
    sheets: Sequence[str] = (),
    seat: SeatId = "",
    paper: Paper = "a4",
) -> str:
    """A whole file of sheets; of all kinds and for all readers unless some are named.

    Raises UsageError for a seat that there is none of, and when nothing is left.
    """
    found = pages(source, sheets, seat)
    if not found:
        raise UsageError(
            "there is nothing to print", "Ask for other sheets, or for another seat."
        )
    title = source.deck.model.title
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("title", title),
        tag("style", Markup(style(paper))),
    )
    drawn = ((draw(source, page, first=i == 0), "\n") for i, page in enumerate(found))
    whole = tag("html", head, "\n", tag("body", *drawn), lang="und")
    return f"<!DOCTYPE html>\n{whole}\n"


def pages(source: Source, sheets: Sequence[str] = (), seat: SeatId = "") -> list[Page]:
    """The pages of the wanted sheets, for one seat and everybody when it is named."""
    known = (*source.teams, CONTROL, PUBLIC)
    if seat and seat not in known:
        raise UsageError(
            f"there is no seat '{seat}'", f"The seats are: {', '.join(known)}."
        )
    every = _all(source, sheets or tuple(SHEETS))
    return [page for page in every if not seat or page.reader in (seat, PUBLIC)]


def _all(source: Source, sheets: Iterable[str]) -> Iterator[Page]:
    for name, make in SHEETS.items():
        if name in sheets:
            yield from make(source)


def draw(source: Source, page: Page, *, first: bool = False) -> Markup:
    """One page with its readers on it."""
    reader = source.reader(page.reader)
    said = " · ".join(filter(None, (source.deck.model.title, source.moment())))
    start = " first" if first else ""
    if page.kind == "cards":
        side = tag("div", f"{reader} · {page.title} · {said}", class_="side")
        nine = tag("div", page.body, class_="nine")
        return tag("div", side, nine, class_=f"cards{start}")
    mark = source.mark(page.reader)
    running = tag(
        "div",
        tag("b", mark, " " if mark else "", reader, class_="reader"),
        tag("span", page.title, class_="page"),
        tag("span", said, class_="moment"),
        class_="running",
    )
    head = tag("thead", tag("tr", tag("td", running)))
    body = tag("tbody", tag("tr", tag("td", page.body)))
    return tag("table", head, body, class_=f"flow{start}", role="presentation")
