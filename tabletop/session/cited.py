"""The facts that something stands for, as everybody may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.deck.models import DeckModel


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact that something which this seat may read names as its source."""

    id: str
    """Its id, or in a deck without facts whatever stands there as a source."""
    text: str = ""
    """Empty in a deck without facts."""
    claim: bool = False
    """Whether it is what somebody says, not to be taken for true."""
    by: str = ""
    """Whose claim it is, or where the fact comes from; may be empty."""

    @property
    def said(self) -> str:
        """Its text in a line, of a claim behind the word for it; or nothing.

        >>> FactView("F1", "It rained.", by="the weather office").said
        'It rained. (the weather office)'
        >>> FactView("F2", "It was dry.", claim=True, by="the mayor").said
        'Claim (the mayor): It was dry.'
        """
        by = f" ({self.by})" if self.by and self.text else ""
        return f"Claim{by}: {self.text}" if self.claim else f"{self.text}{by}"


def fact_views(model: "DeckModel", source: Sequence[str]) -> tuple[FactView, ...]:
    """What these sources are, in their order."""
    return tuple(_view(model, id_) for id_ in source)


def _view(model: "DeckModel", id_: str) -> FactView:
    fact = model.facts.get(id_)
    if fact is None:
        return FactView(id_)
    return FactView(id_, fact.text, claim=fact.claim, by=fact.by or "")
