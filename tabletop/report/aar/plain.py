"""A report as Markdown: plain text that any reader of Markdown shows, and any person.

Whatever comes from decks, saves and people is escaped: none of it becomes a heading, a
link, HTML or a row of a table.
"""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

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
    Span,
    Stack,
    Text,
)
from tabletop.report.html import clean
from tabletop.report.markdown import tokens

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~&$@#^])")
_START = re.compile(r"^(?:([-+=])|(\d+)(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp|www)([:.])")


def escaped(words: str) -> str:
    r"""Words on one line of Markdown that mean nothing but themselves.

    >>> escaped("# <b> [a](b)\n1. x")
    '\\# \\<b\\> \\[a\\](b) 1. x'
    """
    one = " ".join(clean(words).split())
    found = _SPECIAL.sub(r"\\\1", one)
    return _AUTOLINK.sub(r"\1\\\2", found)


def begun(line: str) -> str:
    r"""A line that begins no list and underlines no heading.

    >>> begun("1. x"), begun("- x"), begun("x - y")
    ('1\\. x', '\\- x', 'x - y')
    """
    return _START.sub(lambda m: f"\\{m[1]}" if m[1] else f"{m[2]}\\", line)


def plain(report: Report) -> str:
    """The whole report."""
    lines = [f"# {escaped(report.title)}", "", f"**{escaped(report.kind)}**", ""]
    lines += [f"*{escaped(report.reader)}*", ""]
    lines += table((), [(name, value) for name, value in report.facts])
    for number, each in enumerate(report.sections, 1):
        lines += ["", f"## {number}. {escaped(each.title)}", ""]
        lines += blocks(each.blocks, 3)
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines))
    return f"{text.strip()}\n"


def blocks(of: Iterable[Block], level: int) -> Iterator[str]:
    """The lines of blocks, each followed by an empty one."""
    for each in of:
        yield from block(each, level)
        yield ""


def block(of: Block, level: int) -> Iterable[str]:
    """The lines of one block."""
    match of:
        case Para():
            if of.style == "caption":
                return []
            words = begun(inline(of.text))
            loud = of.style == "strong" and "*" not in words
            return [f"**{words}**" if loud else words]
        case Prose():
            return prose(of.markdown)
        case Bullets():
            return [f"- {begun(cell(item))}" for item in of.items]
        case Grid():
            return table(of.head, of.rows)
        case Figures():
            return [", ".join(f"{escaped(n)} {escaped(w)}" for n, w in of.each) + "."]
        case Drawing():
            return list(blocks(of.instead, level))
        case Part():
            heading = f"{'#' * min(level, 6)} {escaped(of.title)}"
            body = list(blocks(of.blocks, level + 1))
            return [heading, "", *body] if any(body) else []


def table(head: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> list[str]:
    """A table; one without a head gets an empty one, which Markdown asks for."""
    rows = list(rows)
    width = max((len(row) for row in rows), default=len(head))
    names = [escaped(name) for name in head] or [""] * width
    lines = [_row(names), _row(["---"] * width)]
    return [*lines, *(_row([cell(each) for each in row]) for row in rows), ""]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def cell(of: Cell) -> str:
    """What stands in a cell, on one line."""
    if isinstance(of, Stack):
        return "; ".join(filter(None, (inline(each) for each in of.lines)))
    return inline(of)


def inline(of: Text) -> str:
    """Words on one line."""
    if isinstance(of, str):
        ends = (
            " " if of[:1].isspace() else "",
            " " if of[-1:].isspace() and of.strip() else "",
        )
        return f"{ends[0]}{escaped(of)}{ends[1]}"
    if isinstance(of, tuple):
        return "".join(inline(each) for each in of)
    return _span(of)


def _span(of: Span) -> str:
    words = escaped(of.words)
    if not words:
        return ""
    lead = " " if of.words[:1].isspace() else ""
    end = " " if of.words[-1:].isspace() else ""
    mark = {"strong": "**", "quote": "*"}.get(of.style, "")
    return f"{lead}{mark}{words}{mark}{end}"


def prose(markdown: str) -> list[str]:
    """An author's Markdown, its paragraphs and lists written anew and escaped."""
    lines: list[str] = []
    item = False
    for token in tokens(markdown):
        if token.type == "list_item_open":
            item = True
        if token.type == "inline":
            start = "> - " if item else "> "
            lines += [f"{start}{begun(_inline(token))}", ">"]
            item = False
        elif token.type in ("fence", "code_block"):
            lines += [f"> {begun(escaped(token.content))}", ">"]
    return lines[:-1]


def _inline(token: Token) -> str:
    marks = {"strong_open": "**", "strong_close": "**", "em_open": "*", "em_close": "*"}
    found = []
    for child in token.children or ():
        if child.type in marks:
            found.append(marks[child.type])
        elif child.type in ("softbreak", "hardbreak"):
            found.append(" ")
        else:
            found.append(inline(child.content))
    return "".join(found)
