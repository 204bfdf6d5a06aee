"""Faults of fields in plain words: what was found, and what belongs there."""

import re
from collections.abc import Sequence

from tabletop.deck.diagnostics import KeyPath, Report, Spot
from tabletop.deck.faults import MISSING, UNKNOWN, Fault
from tabletop.deck.fields import homes, marker_at, table_at
from tabletop.deck.models import Effects, Expression
from tabletop.deck.sources import TABLES, Sources
from tabletop.deck.suggest import did_you_mean, listed, nearest, quoted
from tabletop.deck.wording import TEXT, measure

_ID = "an id has 1 to 40 small letters, digits and `_`, a letter first"
_FACT_ID = "a fact's id has 1 to 40 letters, digits, `-`, `_` and `.`, a letter first"
_MARKED = {Expression: "an expression in quotes", Effects: "an effect in quotes"}


def complain(faults: Sequence[Fault], sources: Sources, report: Report) -> None:
    """Report faults; a key that was misspelt is not missing as well."""
    known = meant(faults)
    missed = {(*path[:-1], key) for path, key in known.items()}
    for fault in faults:
        if fault.kind == UNKNOWN:
            _report_unknown(fault, known[fault.path], report)
        elif fault.kind != MISSING:
            _report_value(fault, report)
        elif fault.path not in missed:
            _report_missing(fault, sources, report)


def meant(faults: Sequence[Fault]) -> dict[KeyPath, str]:
    """By path, the key that an unknown one was probably meant to be, or ''."""
    return {
        fault.path: nearest(str(fault.path[-1]), _keys(fault.path[:-1]))
        for fault in faults
        if fault.kind == UNKNOWN
    }


def _keys(path: KeyPath) -> list[str]:
    """The keys that may stand in the table at a path."""
    model = table_at(path)
    return list(model.model_fields) if model else []


def _report_missing(fault: Fault, sources: Sources, report: Report) -> None:
    *above, key = fault.path
    path = tuple(above)
    if path == () and not sources.complete and key in TABLES:
        return  # it may be in the file that could not be read
    where = _named(path) if path else "the deck"
    hint = "" if path or key not in TABLES else f"there must be a table [{key}.ID]"
    report.add("E011", f"{where} has no `{key}`", Spot(path, part="header"), hint=hint)


def _report_unknown(fault: Fault, likely: str, report: Report) -> None:
    key, hint = str(fault.path[-1]), ""
    if not likely and (elsewhere := homes(key)):
        where = " or ".join(elsewhere[:3])
        place = "at" if where.startswith("the top") else "under"
        hint = f"`{key}` belongs {place} {where}"
    elif not likely:
        keys = listed(_keys(fault.path[:-1]), most=30)
        hint = f"keys that may stand here: {keys}"
    caption = f"did you mean `{likely}`?" if likely else ""
    message = f"unknown key {quoted(key)}"
    report.add("E010", message, Spot(fault.path, part="key"), caption, hint=hint)


def _report_value(fault: Fault, report: Report) -> None:
    if fault.key:
        message = f"{quoted(str(fault.value))} cannot be an id"
        spot = Spot(fault.path, part="key")
        if fault.path[:-1] == ("facts",):
            report.add("E017", message, spot, hint=_FACT_ID)
            return
        guess = _id_guess(str(fault.value))
        report.add("E017", message, spot, guess, hint=_ID)
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


def _guess(fault: Fault) -> str:
    """For a word of a fixed list the nearest one, for a wrong id a right one."""
    if not isinstance(fault.value, str):
        return ""
    if fault.kind == "string_pattern_mismatch" and "`_`" in fault.wanted[0]:
        return _id_guess(fault.value)
    if fault.kind != "literal_error":
        return ""
    return did_you_mean(fault.value, re.findall("'(.+?)'", " ".join(fault.wanted)))


def _cure(fault: Fault) -> str:
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
