"""Tables in a terminal: the first column gives way, and a chart takes what is left."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tabletop.cli.studied.drawing import LEAST
from tabletop.cli.studied.signs import Ink, Signs
from tabletop.cli.text import one_line
from tabletop.deck.display import width as cells_of

GAP = 2
LABEL = 20
"""The least width of the first column."""
LONG = 44
"""The most that it takes."""
CHART = 48
"""The most that a chart takes."""


@dataclass(frozen=True, slots=True)
class Page:
    """Where a study is written: how wide, with what signs and ink, how much of it."""

    width: int
    signs: Signs
    ink: Ink
    rows: int
    """Rows of a long table; 0 for all."""
    whole: bool = False
    """Whether the reader asked for these parts, and gets all there is of them."""

    @property
    def wide(self) -> bool:
        """Whether there is room for what is good to know."""
        return self.width >= 120

    def first(self, found: Sequence[object]) -> int:
        """How many rows of a table are shown."""
        return len(found) if self.whole or not self.rows else self.rows


@dataclass(frozen=True, slots=True)
class Row:
    """A label, cells, and what draws a chart into a room."""

    label: str
    cells: tuple[str, ...]
    draw: Callable[[int], str] | None = None
    loud: bool = False


def fit(text: str, room: int, mark: str = "…") -> str:
    """A label on one line, cut and filled up to a width in terminal cells.

    >>> fit("deep-strike readiness", 12), fit("a漢", 4)
    ('deep-strike…', 'a漢 ')
    """
    one = one_line(text)
    if cells_of(one) > room:
        while one and cells_of(one) + len(mark) > room:
            one = one[:-1]
        one = one.rstrip() + mark
    return one + " " * max(0, room - cells_of(one))


def short(text: str, most: int, page: Page) -> str:
    """Words for a cell: on one line, and no wider than that."""
    return fit(text, most, page.signs.cut).rstrip()


def table(
    page: Page, heads: Sequence[str], rows: Sequence[Row], *, chart: str = "",
    left: Sequence[int] = (),
) -> Iterator[str]:  # fmt: skip
    """Lines of a table; `heads` begins with the first column's, `left` are the columns
    (from 1) that hold words, and `chart` is the chart's head."""
    wide = [
        max([cells_of(head), *(cells_of(row.cells[i]) for row in rows)])
        for i, head in enumerate(heads[1:])
    ]
    longest = max([cells_of(heads[0]), *(cells_of(one_line(r.label)) for r in rows)])
    taken = 2 + sum(GAP + each for each in wide)
    drawn = any(row.draw for row in rows)
    wish = min(longest, LONG)
    label = max(LABEL, min(wish, page.width - taken - (GAP + LEAST if drawn else 0)))
    label = min(label, max(8, page.width - taken))
    room = min(CHART, page.width - taken - label - GAP)
    room = room if drawn and room >= LEAST else 0
    head = fit(heads[0], label + 2, page.signs.cut)
    for i, name in enumerate(heads[1:]):
        head += " " * GAP + _cell(name, wide[i], i + 1 in left)
    head += " " * GAP + chart if cells_of(chart) <= room else ""
    yield page.ink.strong(head.rstrip())
    for row in rows:
        line = "  " + fit(row.label, label, page.signs.cut)
        for i, cell in enumerate(row.cells):
            line += " " * GAP + _cell(cell, wide[i], i + 1 in left)
        line = page.ink.loud(line) if row.loud else line
        if room and row.draw:
            line += " " * GAP + page.ink.bar(row.draw(room).rstrip())
        yield line.rstrip()


def _cell(text: str, wide: int, left: bool) -> str:  # noqa: FBT001
    filler = " " * (wide - cells_of(text))
    return text + filler if left else filler + text
