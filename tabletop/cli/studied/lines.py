"""A whole study, or the parts that one asks for, as lines."""

from collections.abc import Callable, Iterator, Sequence

from tabletop.cli.studied import ends, matter, numbers, sides
from tabletop.cli.studied.table import Page
from tabletop.study.result import StudyResult

Part = Callable[[StudyResult, Page], Iterator[str]]
Parts = tuple[str, str, Part, Callable[[StudyResult], bool]]


def _always(_of: StudyResult) -> bool:
    return True


PARTS: tuple[Parts, ...] = (
    ("remarks", "What to look at", ends.remarks, _always),
    ("against", "Compared", ends.against, lambda of: bool(of.against)),
    ("levers", "Sensitivity", numbers.levers, lambda of: bool(of.levers)),
    ("endings", "Endings", ends.endings, _always),
    ("rounds", "Length", ends.rounds, _always),
    ("teams", "Teams", sides.teams, lambda of: bool(of.teams)),
    ("luck", "Choice and luck", sides.luck, lambda of: bool(of.causes)),
    ("pace", "Pace", sides.pace, _always),
    ("tracks", "Tracks", matter.tracks, lambda of: bool(of.tracks)),
    ("cards", "Cards", matter.cards,
     lambda of: any(c.kind == "card" for c in of.choices)),
    ("options", "Options", matter.options,
     lambda of: any(c.kind == "option" for c in of.choices)),
    ("reached", "Coverage", matter.reached, lambda of: bool(of.reached)),
    ("method", "How this was made", ends.made, lambda _: False),
)  # fmt: skip
"""Each part's name for `--show`, its title, its lines, and whether there is any of
it; what matters first stands first."""


def lines(of: StudyResult, page: Page, show: Sequence[str] = ()) -> Iterator[str]:
    """The lines of the parts that are named; of all that there is unless some are."""
    yield from ends.head(of, page)
    for name, title, part, there in PARTS:
        if name not in show if show else not there(of):
            continue
        yield ""
        yield page.ink.strong(f"{page.signs.rule * 2} {title} ".ljust(
            min(page.width, 100), page.signs.rule))  # fmt: skip
        if there(of) or name not in WHY:
            yield from part(of, page)
        else:
            yield f"  There is nothing of this in the study{WHY[name]}"
    if not show:
        yield ""
        yield page.ink.faint("How this was made, and what it can't tell: --show method")


WHY = {
    "against": ": --against DECK compares with another deck.",
    "levers": ": --sensitivity changes the deck's numbers.",
    "luck": ": it was not measured.",
    **dict.fromkeys(("teams", "tracks", "cards", "options", "reached"), "."),
}
"""What to do for a part that is not there."""
