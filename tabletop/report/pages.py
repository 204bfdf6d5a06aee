"""What a sheet is made of, and from: pages with their readers, a deck or a save."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tabletop.deck.deck import Deck
from tabletop.report.html import Markup, join, tag
from tabletop.report.words import Words
from tabletop.session.view import CONTROL, PUBLIC, SeatId, View

Paper = Literal["a4", "letter"]
Views: TypeAlias = Mapping[SeatId, View]


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of paper, or several in a row, for the same readers."""

    reader: SeatId
    """A team's id; control; or public, for what everybody may read."""
    title: str
    body: Markup
    kind: Literal["flow", "cards"] = "flow"
    """flow: as long as it is. cards: one page, cut along its marks."""


@dataclass(frozen=True)
class Source:
    """What the sheets are made from: a deck, and the views of a game if it is one."""

    deck: Deck
    views: Views = field(default_factory=dict)
    """Each seat's view of the moment; empty for a deck alone."""

    def __post_init__(self) -> None:
        """Puts the deck's words beside it."""
        object.__setattr__(self, "words", Words(self.deck))

    words: Words = field(init=False)

    @property
    def teams(self) -> tuple[str, ...]:
        """The teams, in the deck's order."""
        return tuple(self.deck.model.teams)

    def moment(self) -> str:
        """When the game stood so: round, phase, move and time; empty for a deck."""
        view = self.views.get(CONTROL)
        if view is None:
            return ""
        phases = [phase.label for phase in view.phases if phase.state == "now"]
        at = view.log[-1].at if view.log else ""
        time = at.replace("T", " ").replace("+00:00", " UTC")
        place = (f"{view.round_label} {view.round} of {view.rounds}", *phases)
        return " · ".join(filter(None, (*place, f"move {view.move}", time)))

    def reader(self, seat: SeatId) -> str:
        """For whom a page is, in words that stand on it."""
        if seat == CONTROL:
            return "For the facilitator only"
        if seat == PUBLIC:
            return "For everybody"
        return f"For {self.words.names.team(seat)} only"

    def mark(self, seat: SeatId) -> Markup:
        """The sign of a page's reader."""
        if seat == CONTROL:
            return tag("b", "§", class_="sign")
        if seat == PUBLIC:
            return Markup()
        color = self.words.names.color(seat)
        return tag("b", self.words.sign(seat), class_=f"sign {color}")


def section(heading: str, *parts: str) -> Markup:
    """A part of a page under its heading; nothing without contents."""
    body = join(*parts)
    return tag("section", tag("h3", heading), body) if body else Markup()
