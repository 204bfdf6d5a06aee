"""A report as one HTML file that asks nobody for anything."""

from collections.abc import Iterable

from tabletop.report.aar.look import look
from tabletop.report.blocks import (
    Block,
    Bullets,
    Cell,
    Drawing,
    Figures,
    Grid,
    Para,
    Part,
    Prose,
    Report,
    Section,
    Span,
    Stack,
    Text,
)
from tabletop.report.html import Markup, bullets, join, tag, text
from tabletop.report.markdown import markdown

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may fetch for this page: nothing."""


def page(report: Report, style: str = "") -> str:
    """The whole file; `style` is added to the style sheet."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        tag("title", f"{report.title}: {report.kind}"),
        tag("style", Markup(look(report.reader) + style)),
    )
    parts = (
        (section(number, each), "\n") for number, each in enumerate(report.sections, 1)
    )
    body = tag("body", tag("main", title_block(report), "\n", *parts))
    return f"<!DOCTYPE html>\n{tag('html', head, body, lang='en')}\n"


def title_block(report: Report) -> Markup:
    """What stands first."""
    facts = ((tag("dt", name), tag("dd", cell(value))) for name, value in report.facts)
    return tag(
        "header",
        tag("p", report.kind, class_="kind"),
        tag("h1", report.title),
        tag("p", report.reader, class_="reader"),
        tag("dl", *facts),
    )


def section(number: int, of: Section) -> Markup:
    """A numbered section."""
    heading = tag("h2", tag("span", str(number), class_="number"), " ", of.title)
    return tag("section", heading, blocks(of.blocks, 3))


def blocks(of: Iterable[Block], level: int) -> Markup:
    """Blocks; headings among them begin at a level."""
    return join(*((block(each, level), "\n") for each in of))


def block(of: Block, level: int) -> Markup:
    """One block."""
    match of:
        case Para():
            return tag(
                "p", inline(of.text), class_="" if of.style == "plain" else of.style
            )
        case Prose():
            return tag("div", markdown(of.markdown), class_="prose")
        case Bullets():
            return bullets(cell(item) for item in of.items)
        case Grid():
            return grid(of)
        case Figures():
            each = (tag("div", tag("b", n), tag("span", what)) for n, what in of.each)
            return tag("div", *each, class_="figures")
        case Drawing():
            return tag("figure", of.svg)
        case Part():
            heading = tag(f"h{min(level, 6)}", of.title)
            return tag("div", heading, blocks(of.blocks, level + 1), class_="part")


def grid(of: Grid) -> Markup:
    """A table whose head stands on each page, and whose rows stay whole."""
    columns = [tag("col", style=f"width: {width}%") for width in of.widths]
    head = tag("thead", tag("tr", (tag("th", name, scope="col") for name in of.head)))
    body = tag("tbody", (
        tag("tr", (tag("td", cell(each)) for each in row)) for row in of.rows
    ))  # fmt: skip
    fixed = " fixed" if columns else " free"
    return tag(
        "table", columns, head if of.head else "", body, class_=f"{of.kind}{fixed}"
    )


def cell(of: Cell) -> Markup:
    """What stands in a cell."""
    if not isinstance(of, Stack):
        return inline(of)
    if len(of.lines) == 1:
        return inline(of.lines[0])
    return join(tag("div", inline(each)) for each in of.lines)


def inline(of: Text) -> Markup:
    """Words on one line."""
    if isinstance(of, str):
        return text(of)
    if isinstance(of, tuple):
        return join(inline(each) for each in of)
    return _span(of)


def _span(of: Span) -> Markup:
    if of.style == "plain":
        return tag("bdi", of.words)
    if of.style == "strong":
        return tag("b", of.words)
    if of.style == "quote":
        return tag("i", of.words)
    return tag("span", of.words, class_=" ".join(filter(None, (of.style, of.color))))
