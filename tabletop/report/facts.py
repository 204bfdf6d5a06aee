"""A deck's facts as a table: each with its text and with what of the deck names it."""

from collections.abc import Collection, Iterator
from typing import Any

from tabletop.deck.deck import Deck
from tabletop.deck.facts import Citation, by_kind, citations
from tabletop.report.aar.plain import escaped, table
from tabletop.session.cited import FactView, fact_views

HEAD = ("Number", "Fact", "In the deck")
INTRO = (
    "What parts of the deck name as their source. A claim is what somebody says: the"
    " deck shows it as a claim, and does not take it for true."
)
MADE = "`tabletop facts --markdown` makes this file from the deck's `[facts]`."

Row = tuple[FactView, tuple[Citation, ...]]


def rows(deck: Deck, *, missing: bool = False) -> list[Row]:
    """Each fact in the deck's order with what names it; or those that nothing names."""
    found = citations(deck.model)
    views = fact_views(deck.model, list(found))
    return [(v, found[v.id]) for v in views if not (missing and found[v.id])]


def places(named: Collection[Citation]) -> str:
    """Where the deck has a fact, in a line: 'cards: A (Red), B (Blue); rules: C'."""
    kinds = by_kind(named)
    return "; ".join(f"{kind}: {', '.join(map(str, kinds[kind]))}" for kind in kinds)


def as_markdown(deck: Deck, shown: Collection[Row]) -> str:
    """A page of Markdown, in which no text of the deck means anything but itself."""
    lines = [f"# Facts behind {escaped(deck.model.title)}"]
    lines += [line for paragraph in (INTRO, MADE) for line in ("", paragraph)]
    lines += ["", *table(HEAD, (_cells(*row) for row in shown))]
    return "\n".join(lines)


def as_data(deck: Deck, shown: Collection[Row]) -> dict[str, Any]:
    """The same as plain values."""
    return {"deck": deck.model.id, "facts": [dict(_values(*row)) for row in shown]}


def _cells(fact: FactView, named: tuple[Citation, ...]) -> tuple[str, ...]:
    return fact.id, fact.said, places(named)


def _values(fact: FactView, named: tuple[Citation, ...]) -> Iterator[tuple[str, Any]]:
    yield "id", fact.id
    yield "text", fact.text
    yield "claim", fact.claim
    yield "by", fact.by or None
    yield (
        "named_by",
        [
            {"kind": each.kind, "title": each.title, "team": each.team or None}
            for each in named
        ],
    )
