"""Order sheets: what a team plays, at whom and why, written by hand and keyed in later.

One for each team and each round that is still to come.
"""

from collections.abc import Iterator

from tabletop.report.html import Markup, join, table, tag
from tabletop.report.pages import Page, Source
from tabletop.session.view import CONTROL

LINES = range(4, 9)
"""The fewest lines on a sheet, up to the most."""
PER_PAGE = 2
HEAD = ("", "Card", "At whom, on what", "Why: what it is to achieve", "Points")


def orders(source: Source) -> Iterator[Page]:
    """The sheets of each team, two on a page."""
    first, last = left(source)
    for team in source.teams:
        for start in range(first, last + 1, PER_PAGE):
            rounds = range(start, min(start + PER_PAGE, last + 1))
            body = join(sheet(source, team, number) for number in rounds)
            yield Page(team, "Orders", body)


def left(source: Source) -> tuple[int, int]:
    """The rounds that are still to be played, the first and the last."""
    last = source.deck.model.rounds.count
    view = source.views.get(CONTROL)
    if view is None:
        return 1, last
    return (last + 1 if view.over else max(view.round, 1)), last


def sheet(source: Source, team: str, number: int) -> Markup:
    """One order sheet."""
    words, model = source.words, source.deck.model
    points = words.points(team, team)
    wanted = int(points) + 1 if points.isdecimal() else LINES[0]
    count = min(max(wanted, LINES[0]), LINES[-1])
    rows = [(str(line), "", "", "", "") for line in range(1, count + 1)]
    return tag(
        "div",
        tag("h2", words.sign(team), " ", words.names.team(team), ": orders for ",
            f"{model.rounds.label} {number}"),
        tag("p", f"Points in a round: {points}. Points left from before: ", _fill()),
        table(HEAD, rows, (5, 26, 24, 35, 10), "grid write"),
        tag("p", "Signed ", _fill(), " Handed in at ", _fill(), " Keyed in ",
            tag("span", class_="box")),
        class_="order",
    )  # fmt: skip


def _fill() -> Markup:
    """A line to write on."""
    return tag("span", class_="fill")
