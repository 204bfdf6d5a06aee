"""The joined data of a deck against its fields: wrong keys, types and values.

What is wrong is left out, so that the rest can still be checked; ids whose tables are
left out stay known, so that nobody is told of a name that is merely faulty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from tabletop.deck.diagnostics import KeyPath, Report, Spot
from tabletop.deck.fields import homes, marker_at, shapes, table_at
from tabletop.deck.models import (
    FORMAT,
    MAX_ROUNDS,
    DeckModel,
    Effects,
    Expression,
    Rounds,
    Table,
)
from tabletop.deck.sources import MAIN, TABLES, Sources
from tabletop.deck.suggest import did_you_mean, listed, nearest, quoted
from tabletop.deck.wording import TEXT, measure, wanted

_MISSING = "missing"
_UNKNOWN = "extra_forbidden"
_ID = "an id has 1 to 40 small letters, digits and `_`, a letter first"
_MARKED = {Expression: "an expression in quotes", Effects: "an effect in quotes"}


@dataclass(frozen=True)
class Draft:
    """As much of a deck as its data allows."""

    model: DeckModel
    declared: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By table, every id that the data gives, the faulty ones included."""
    broken: frozenset[KeyPath] = frozenset()
    """What was left out for being wrong."""

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
        faults = list(_faults(error, data))
    meant = _meant(faults)
    missed = {(*path[:-1], key) for path, key in meant.items()}
    for fault in faults:
        if fault.kind == _UNKNOWN:
            _report_unknown(fault, meant[fault.path], report)
        elif fault.kind != _MISSING:
            _report_value(fault, report)
        elif fault.path not in missed:
            _report_missing(fault, sources, report)
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


@dataclass
class _Fault:
    """All that is wrong with one value."""

    path: KeyPath
    kind: str
    """The first problem's type."""
    key: bool
    """Whether the key itself is wrong, not its value."""
    value: Any
    wanted: list[str]


def _faults(error: ValidationError, data: Mapping[str, Any]) -> Iterator[_Fault]:
    """The validator's errors, one for each place."""
    found: dict[tuple[KeyPath, bool], _Fault] = {}
    for item in error.errors(include_url=False, include_input=False):
        path, value, key = _locate(item["loc"], item["type"], data)
        text = wanted(item["type"], item.get("ctx", {}))
        if fault := found.get((path, key)):
            # The branches of a field that takes several types are one problem.
            fault.wanted.append(text)
        else:
            found[path, key] = _Fault(path, item["type"], key, value, [text])
    yield from found.values()


def _locate(
    loc: Sequence[str | int], kind: str, data: Any
) -> tuple[KeyPath, Any, bool]:
    """The place in the data that an error means: path, value, and whether its key.

    The validator's own location also names the branch of a union, which is no place.
    """
    path: KeyPath = ()
    for index, step in enumerate(loc):
        last = index == len(loc) - 1
        if last and step == "[key]" and path and kind != _UNKNOWN:
            return path, path[-1], True
        if last and kind == _MISSING:
            return (*path, step), None, False
        known = (isinstance(data, dict) and step in data) or (
            isinstance(data, list) and isinstance(step, int) and step < len(data)
        )
        if not known:
            break
        path, data = (*path, step), data[step]
    return path, data, False


def _meant(faults: Sequence[_Fault]) -> dict[KeyPath, str]:
    """By path, the key that an unknown one was probably meant to be, or ''."""
    return {
        fault.path: nearest(str(fault.path[-1]), _keys(fault.path[:-1]))
        for fault in faults
        if fault.kind == _UNKNOWN
    }


def _keys(path: KeyPath) -> list[str]:
    """The keys that may stand in the table at a path."""
    model = table_at(path)
    return list(model.model_fields) if model else []


def _report_missing(fault: _Fault, sources: Sources, report: Report) -> None:
    *above, key = fault.path
    path = tuple(above)
    if path == () and not sources.complete and key in TABLES:
        return  # it may be in the file that could not be read
    where = _named(path) if path else "the deck"
    hint = "" if path or key not in TABLES else f"there must be a table [{key}.ID]"
    report.add("E011", f"{where} has no `{key}`", Spot(path, part="header"), hint=hint)


def _report_unknown(fault: _Fault, meant: str, report: Report) -> None:
    key, hint = str(fault.path[-1]), ""
    if not meant and (elsewhere := homes(key)):
        hint = f"`{key}` belongs under {' or '.join(elsewhere[:3])}"
    elif not meant:
        keys = listed(_keys(fault.path[:-1]), most=30)
        hint = f"keys that may stand here: {keys}"
    caption = f"did you mean `{meant}`?" if meant else ""
    message = f"unknown key {quoted(key)}"
    report.add("E010", message, Spot(fault.path, part="key"), caption, hint=hint)


def _report_value(fault: _Fault, report: Report) -> None:
    if fault.key:
        message = f"{quoted(str(fault.value))} cannot be an id"
        guess = _id_guess(str(fault.value))
        report.add("E017", message, Spot(fault.path, part="key"), guess, hint=_ID)
        return
    said = " or ".join(dict.fromkeys(fault.wanted))
    if (marker := marker_at(fault.path)) is not None:
        said = said.replace(TEXT, _MARKED[type(marker)])
    types = fault.kind.endswith("_type") or "int_from" in fault.kind
    verb = "have" if fault.kind in ("too_long", "too_short") else "be"
    found = measure(fault.kind, fault.value)
    message = f"{_named(fault.path)} must {verb} {said}, not {found}"
    report.add(
        "E015" if types else "E016",
        message,
        Spot(fault.path),
        _guess(fault),
        hint=_cure(fault),
    )


def _guess(fault: _Fault) -> str:
    """For a word of a fixed list the nearest one, for a wrong id a right one."""
    if not isinstance(fault.value, str):
        return ""
    if fault.kind == "string_pattern_mismatch" and "`_`" in fault.wanted[0]:
        return _id_guess(fault.value)
    if fault.kind != "literal_error":
        return ""
    return did_you_mean(fault.value, re.findall("'(.+?)'", " ".join(fault.wanted)))


def _cure(fault: _Fault) -> str:
    """What to write instead, where that is plain."""
    value = fault.value
    if isinstance(value, str) and "whole number" in " ".join(fault.wanted):
        return "write numbers without quotes" if value.strip("-").isdigit() else ""
    if isinstance(value, str) and fault.kind == "bool_type":
        return "write true or false without quotes"
    if isinstance(value, str) and fault.kind == "list_type":
        return "a list stands in brackets: [ ... ]"
    if isinstance(value, float):
        return "all numbers are whole numbers"
    return ""


def _named(path: KeyPath) -> str:
    """How a message calls what stands at a path."""
    match path:
        case (*_, str(name), int()):
            return f"an entry of {quoted(name)}"
        case (str(table), str(key)) if table in TABLES:
            return f"[{table}.{quoted(key)[1:-1]}]"
        case (*_, last):
            return quoted(str(last))
    return "the deck"


def _id_guess(text: str) -> str:
    """An id made from a text, when there is one."""
    words = "".join(c if c.isascii() and c.isalnum() else "_" for c in text.lower())
    words = words.strip("_")[:40]
    return f"write `{words}`" if words[:1].isalpha() and words != text else ""


def _partial(
    data: dict[str, Any],
    faults: Sequence[_Fault],
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
    return Draft(DeckModel.model_construct(**values), declared, frozenset(broken))


def _unit(fault: _Fault) -> KeyPath:
    """The least part that can be left out without moving the places of others."""
    path = fault.path
    listed = any(isinstance(step, int) for step in path)
    if fault.kind == _UNKNOWN:
        return path
    if fault.kind == _MISSING or listed:
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
