"""A deck under analysis: its models, names and parsed texts, for the checks to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.expressions import Effect, Expr
from tabletop.deck.models import Card, DeckModel, Happening, Track
from tabletop.deck.structure import Draft
from tabletop.deck.symbols import Symbols
from tabletop.deck.texts import Texts

if TYPE_CHECKING:
    from tabletop.deck.reach import Reach
    from tabletop.deck.reach_causes import Causes


@dataclass
class Analysis:
    """What a check is given. Faulty parts of the deck are not in it."""

    draft: Draft
    symbols: Symbols
    texts: Texts
    faulty: bool = False
    """Whether errors were found, so that what seems unused may be only unread."""

    @property
    def model(self) -> DeckModel:
        """The deck's tables."""
        return self.draft.model

    @property
    def tracks(self) -> Iterator[tuple[str, Track]]:
        """Every track that is right in all its parts, with its id."""
        for key, track in self.symbols.ids("track").items():
            if track is not None:
                yield key, track

    @property
    def cards(self) -> Iterator[tuple[KeyPath, Card]]:
        """Every card with its path."""
        for key, card in self.model.cards.items():
            yield ("cards", key), card

    @property
    def happenings(self) -> Iterator[tuple[KeyPath, Happening]]:
        """Every card and inject with its path."""
        yield from self.cards
        for key, inject in self.model.injects.items():
            yield ("injects", key), inject

    def expr(self, *path: str | int) -> Expr | None:
        """The expression at a path, unless it is absent or faulty."""
        return self.texts.exprs.get(path)

    def each_effect(self) -> Iterator[tuple[KeyPath, Effect]]:
        """Every effect with its own path, the scheduled ones inside others included."""
        for path, effect in self.texts.each_effect.items():
            yield path, effect
            if effect.effect is not None:
                yield path, effect.effect

    # --- what can happen; only of a deck without errors

    @cached_property
    def reach(self) -> "Reach":
        """What can happen at all, and what names can be."""
        # Playing a deck never needs this.
        from tabletop.deck.reach import Reach

        return Reach.of(self)

    @cached_property
    def causes(self) -> "Causes":
        """What is to blame for what can't happen."""
        from tabletop.deck.reach_causes import Causes

        return Causes.of(self)

    def asked(self, path: KeyPath) -> bool:
        """Whether it is ever asked what the expression at a path comes to."""
        inside = path[0] in ("cards", "injects") and len(path) > len(("cards", "x", 0))
        return self.faulty or not inside or self.reach.runs(*path[:2]) > 0

    def runs(self, path: KeyPath) -> bool:
        """Whether the effect at a path is ever run."""
        if self.faulty:
            return True
        owner = path[:-2]
        return self.reach.runs(*owner) > 0 and self.reach.runs(*owner[:2]) > 0
