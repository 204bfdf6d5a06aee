"""The joined data of a deck against its fields, and what can be had of a faulty one.

What is wrong is left out, so that the rest can still be checked; ids whose tables are
left out stay known, so that nobody is told of a name that is merely faulty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from tabletop.deck.complaints import complain, meant
from tabletop.deck.diagnostics import KeyPath, Report, Spot
from tabletop.deck.faults import MISSING, UNKNOWN, Fault, find_faults
from tabletop.deck.fields import shapes
from tabletop.deck.models import (
    FORMAT,
    MAX_ROUNDS,
    DeckModel,
    Exercise,
    Lint,
    Rounds,
    Table,
)
from tabletop.deck.shelves import MAIN
from tabletop.deck.sources import TABLES, Sources


@dataclass(frozen=True)
class Draft:
    """As much of a deck as its data allows."""

    model: DeckModel
    declared: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By table, every id that the data gives, the faulty ones included."""
    broken: frozenset[KeyPath] = frozenset()
    """What was left out for being wrong."""
    faulty: frozenset[KeyPath] = frozenset()
    """Entries that miss a part for being wrong, so that they say too little."""

    @property
    def tables_known(self) -> bool:
        """Whether no table is lost as a whole, so that unknown names are unknown."""
        return not any((table,) in self.broken for table in TABLES)

    def whole(self, *path: str | int) -> bool:
        """Whether nothing at, above or below a path was left out."""
        return not any(
            all(a == b for a, b in zip(path, other, strict=False))
            for other in self.broken
        )


def make_draft(sources: Sources, report: Report) -> Draft | None:
    """The deck's model, or what can be had of it; None when there is no deck."""
    data = sources.data
    declared = {
        table: [*entries]
        for table in TABLES
        if isinstance(entries := data.get(table), dict)
    }
    if not _readable_format(data, report):
        return None
    try:
        return Draft(DeckModel.model_validate(data), declared)
    except ValidationError as error:
        faults = list(find_faults(error, data))
    complain(faults, sources, report)
    return _partial(data, faults, declared)


def _readable_format(data: Mapping[str, Any], report: Report) -> bool:
    """Whether the deck is written for this version of the language."""
    number = data.get("format")
    if not isinstance(number, int) or isinstance(number, bool) or number == FORMAT:
        return True
    newer = number > FORMAT
    report.add(
        "E014",
        f"the deck has format {str(number)[:20]}; this program reads format {FORMAT}",
        Spot(("format",)),
        hint="a newer version of this program is needed" if newer else "",
    )
    return False


def _partial(
    data: dict[str, Any],
    faults: Sequence[Fault],
    declared: Mapping[str, Sequence[str]],
) -> Draft | None:
    """The deck without what is wrong."""
    broken = {_unit(fault) for fault in faults}
    for path in sorted(broken, key=len, reverse=True):
        _remove(data, path)
    values: dict[str, Any] = {"format": FORMAT, "id": "deck", "title": MAIN}
    for shape in shapes(DeckModel):
        part = data.get(shape.name)
        if shape.table is None:
            continue
        if shape.many == "dict":
            values[shape.name] = _entries(shape.table, shape.name, part, broken)
        else:
            values[shape.name] = _one(shape.table, part)
    if values["rounds"] is None:
        broken.add(("rounds",))
        values["rounds"] = Rounds(count=MAX_ROUNDS)
    values["exercise"] = values["exercise"] or Exercise()
    values["lint"] = values["lint"] or Lint()
    model = DeckModel.model_construct(**values)
    misspelt = {path for path, key in meant(faults).items() if key}
    faulty = frozenset(
        fault.path[:2]
        for fault in faults
        if len(fault.path) > 1 and (fault.kind != UNKNOWN or fault.path in misspelt)
    )
    return Draft(model, declared, frozenset(broken), faulty)


def _unit(fault: Fault) -> KeyPath:
    """The least part that can be left out without moving the places of others."""
    path = fault.path
    listed = any(isinstance(step, int) for step in path)
    if fault.kind == UNKNOWN:
        return path
    if fault.kind == MISSING or listed:
        return path[:2] if path[0] in TABLES and len(path) > 2 else path[:1]
    return path


def _remove(data: Any, path: KeyPath) -> None:
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict):
        data.pop(path[-1], None)


def _entries(
    model: type[Table], name: str, part: Any, broken: set[KeyPath]
) -> dict[str, Table]:
    """The entries of a table that are right."""
    entries: dict[str, Table] = {}
    for key, value in part.items() if isinstance(part, dict) else ():
        entry = _one(model, value)
        if entry is None:
            broken.add((name, key))
        else:
            entries[key] = entry
    return entries


def _one(model: type[Table], value: Any) -> Table | None:
    try:
        return model.model_validate(value)
    except ValidationError:
        return None
