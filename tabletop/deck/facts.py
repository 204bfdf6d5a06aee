"""What a deck is built on: its facts, and which of its parts name them as sources."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tabletop.deck.diagnostics import KeyPath
from tabletop.deck.fields import tables
from tabletop.deck.models import DeckModel, Sourced, Table


@dataclass(frozen=True, slots=True)
class Citation:
    """A part of a deck that names a fact."""

    kind: str
    """Its table, in the plural: 'cards', 'objectives'."""
    title: str
    """What it is called, as the deck's author wrote it."""
    team: str = ""
    """The name of the team whose it is; empty when it is no one team's."""

    def __str__(self) -> str:
        """Its title, with its team's name.

        >>> str(Citation("cards", "Call the president", "Kremlin"))
        'Call the president (Kremlin)'
        """
        return f"{self.title} ({self.team})" if self.team else self.title


def sourced(model: DeckModel) -> Iterator[tuple[KeyPath, Sourced]]:
    """Every part that may name facts, with its path."""
    for path, part in tables(model):
        if isinstance(part, Sourced):
            yield path, part


def citations(model: DeckModel) -> dict[str, tuple[Citation, ...]]:
    """By each fact's id, in the deck's order, the parts that name it."""
    found: dict[str, list[Citation]] = {id_: [] for id_ in model.facts}
    for path, part in sourced(model):
        for id_ in dict.fromkeys(part.source):
            if id_ in found:
                found[id_].append(_citation(model, path, part))
    return {id_: tuple(each) for id_, each in found.items()}


def by_kind(places: Iterable[Citation]) -> dict[str, list[Citation]]:
    """The same parts, those of each kind together."""
    found: dict[str, list[Citation]] = {}
    for each in places:
        found.setdefault(each.kind, []).append(each)
    return found


def _citation(model: DeckModel, path: KeyPath, part: Table) -> Citation:
    kind, key, *rest = map(str, path)
    owner = getattr(part, "team", None)
    if rest:  # an objective stands in its team
        kind, owner = rest[0], key
    team = model.teams.get(owner or "")
    return Citation(kind, _title(part, key), team.name if team else "")


def _title(part: Table, key: str) -> str:
    names = (getattr(part, name, None) for name in ("title", "label", "name", "text"))
    return next(filter(None, names), None) or key.replace("_", " ").capitalize()
