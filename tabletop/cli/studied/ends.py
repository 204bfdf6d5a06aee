"""What stands first of a study: what was played, what to look at, how games ended."""

import textwrap
from collections.abc import Iterator

from tabletop.cli.studied.drawing import bar, plain_bar
from tabletop.cli.studied.table import Page, Row, table
from tabletop.cli.text import counted, one_line
from tabletop.report.study import order
from tabletop.report.study.numbers import interval, part, percent, signed
from tabletop.report.study.words import games, lengths, method
from tabletop.study.result import Change, EndingStat, StudyResult

PROSE = 100
"""The most that a line of running text takes."""


def folded(page: Page, text: str, head: str = "  ") -> list[str]:
    """Running text behind a head, on as many lines as it needs."""
    return textwrap.wrap(
        one_line(text), min(page.width, PROSE), initial_indent=head,
        subsequent_indent=" " * len(head), break_on_hyphens=False,
    )  # fmt: skip


def noted(page: Page, text: str) -> Iterator[str]:
    """A remark on a table, which stands back."""
    for line in folded(page, text):
        yield page.ink.faint(line)


def more(page: Page, left: int, what: str) -> Iterator[str]:
    """That a table goes on, and how to see it whole."""
    if left > 0:
        yield page.ink.faint(f"  and {left:,} more: --show {what}")


def head(of: StudyResult, page: Page) -> Iterator[str]:
    """What was played, by whom, and how to see one game of it."""
    method = of.method
    version = f", version {one_line(method.version)}" if method.version else ""
    yield page.ink.strong(f"{one_line(method.title)}{version}")
    who = order.players(of, lambda team: order.team_name(of, team))
    yield from folded(page, f"{games(of)}, seed {method.seed}; {who}")
    yield f"  One game alone: {order.example(method, 'GAME')}"


def remarks(of: StudyResult, page: Page) -> Iterator[str]:
    """What an author should look at, each with what plays an example."""
    found = order.remarks(of)
    if not found:
        yield "  Nothing stands out."
    for remark in found[: page.first(found)]:
        warns = remark.grade == "warning"
        sign = page.signs.warning if warns else page.signs.note
        first, *rest = folded(page, remark.text, f"  {sign} ")
        yield page.ink.loud(first) if warns else first
        yield from rest
        if remark.command:
            yield page.ink.faint(f"      {one_line(remark.command)}")
    yield from more(page, len(found) - page.first(found), "remarks")


def endings(of: StudyResult, page: Page) -> Iterator[str]:
    """Each ending's share with its interval, and a game that shows it."""
    found = order.endings(of)
    heads = ["Ending", "share", "95 % interval", "game"]
    if page.wide:
        heads.insert(3, "by the last round")
    full = max([each.share.high for each in found if each.share.count], default=1.0)
    rows = [_ending(each, page, full) for each in found[: page.first(found)]]
    yield from table(page, heads, rows)
    signs = page.signs
    yield from noted(
        page, f"bars go to {percent(full)}; {signs.rest} is the interval's upper half"
    )
    yield from more(page, len(found) - page.first(found), "endings")


def _ending(of: EndingStat, page: Page, full: float) -> Row:
    game = str(of.example) if of.share.count else page.signs.none
    cells = [part(of.share), interval(of.share), game]
    if page.wide:
        late = percent(of.by_last_round / of.share.count) if of.share.count else ""
        cells.insert(2, late)
    plain = tuple(cell.replace("–", page.signs.none) for cell in cells)

    def draw(room: int) -> str:
        high = of.share.high if of.share.count else 0.0
        return bar(of.share.share, high, room, page.signs, full=full)

    return Row(of.title, plain, draw)


def rounds(of: StudyResult, page: Page) -> Iterator[str]:
    """Why games stopped, and in which round."""
    rows = [
        Row(order.STOPS.get(each.kind, each.kind),
            (part(each.share), interval(each.share),
             str(each.example) if each.share.count else page.signs.none),
            loud=each.kind == "machine" and each.share.count > 0)
        for each in of.terminations
    ]  # fmt: skip
    yield from table(
        page, ("How games stopped", "share", "95 % interval", "game"), rows
    )
    yield ""
    most = max((games for _, games in of.by_rounds), default=0)
    games = sum(games for _, games in of.by_rounds) or 1
    bars = [
        Row(str(round_), (f"{count:,}", percent(count / games)),
            plain_bar(count, most, page.signs))
        for round_, count in of.by_rounds
    ]  # fmt: skip
    if bars:
        yield from table(page, ("Last round", "games", "share"), bars)
    yield f"  {lengths(of)}"


def against(of: StudyResult, page: Page) -> Iterator[str]:
    """What differs from the other deck, with the same seeds."""
    found = order.changes(of)
    sure = sum(change.sure for change in found)
    yield (
        f"  {sure} of {counted(len(found), 'number')} changed by more than chance:"
        f" marked {page.signs.warning}"
    )
    rows = [_change(each, page) for each in found[: page.first(found)]]
    heads = ("Compared with the other deck", "before", "after", "change",
             "95 % interval")  # fmt: skip
    yield from table(page, heads, rows)
    yield from more(page, len(found) - page.first(found), "against")


def _change(of: Change, page: Page) -> Row:
    share = of.is_share
    scale, unit = (100, " pp") if share else (1, "")
    low, high = (signed(scale * end) for end in (of.difference.low, of.difference.high))
    values = [percent(v) if share else f"{v:,.1f}" for v in (of.before, of.after)]
    mark = page.signs.warning if of.sure else " "
    cells = (*values, f"{mark} {signed(scale * of.difference.value)}{unit}",
             f"{low} to {high}")  # fmt: skip
    return Row(of.text, cells)


def made(of: StudyResult, page: Page) -> Iterator[str]:
    """The method, and its limits."""
    for words in method(of):
        yield from folded(page, words)
    yield f"  Once more: {one_line(of.method.command)}"


def spread_legend(page: Page) -> str:
    """What a strip's signs mean."""
    signs = page.signs
    return (
        f"{signs.line} nine games in ten, {signs.heavy} half of them,"
        f" {signs.middle} the median"
    )
