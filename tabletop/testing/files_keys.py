"""Wrong keys and values of a test file in plain words: what belongs there instead."""

from collections.abc import Sequence

from tabletop.deck.diagnostics import KeyPath, Report, Spot
from tabletop.deck.faults import MISSING, UNKNOWN, Fault
from tabletop.deck.suggest import listed, nearest, quoted
from tabletop.deck.wording import measure
from tabletop.testing.models import (
    Always,
    Chance,
    Expect,
    FileModel,
    Form,
    Never,
    Reach,
    Script,
    Start,
    Step,
    Within,
)

TABLES: dict[str, type[Form]] = {
    "test": Script, "always": Always, "never": Never, "reach": Reach, "chance": Chance,
}  # fmt: skip
HOMES: dict[str, type[Form]] = {
    "the top of the file": FileModel, "[[test]]": Script, "a step": Step,
    "[test.expect]": Expect, "`start`": Start, "[[always]]": Always,
    "[[never]]": Never, "[[reach]]": Reach, "[reach.within]": Within,
    "[[chance]]": Chance,
}  # fmt: skip


def form_at(path: KeyPath) -> type[Form] | None:
    """The table whose keys stand at a path of a test file, or None."""
    match path:
        case ():
            return FileModel
        case (str(kind), int()):
            return TABLES.get(kind)
        case (_, int(), "start"):
            return Start
        case ("test", int(), "steps", int()):
            return Step
        case ("test", int(), "expect"):
            return Expect
        case ("reach", int(), "within"):
            return Within
    return None


def keys(form: type[Form]) -> list[str]:
    """The keys that may stand in a table."""
    return [info.alias or name for name, info in form.model_fields.items()]


def complain(faults: Sequence[Fault], report: Report) -> None:
    """Report faults; a key that was misspelt is not missing as well."""
    meant = {f.path: _meant(f.path) for f in faults if f.kind == UNKNOWN}
    missed = {(*path[:-1], key) for path, key in meant.items()}
    for fault in faults:
        if fault.kind == UNKNOWN:
            _unknown(fault.path, meant[fault.path], report)
        elif fault.kind != MISSING:
            _value(fault, report)
        elif fault.path not in missed:
            *above, key = fault.path
            spot = Spot(tuple(above), part="header")
            message = f"{named(tuple(above))} has no `{key}`"
            report.add("T003", message, spot)


def _meant(path: KeyPath) -> str:
    form = form_at(path[:-1])
    return nearest(str(path[-1]), keys(form)) if form else ""


def _unknown(path: KeyPath, meant: str, report: Report) -> None:
    key, hint = str(path[-1]), ""
    form = form_at(path[:-1])
    if not meant:
        homes = [home for home, model in HOMES.items() if key in keys(model)]
        known = listed(keys(form), most=40) if form else ""
        hint = f"keys that may stand here: {known}"
        if homes:
            hint = f"`{key}` belongs under {' or '.join(homes[:3])}"
    caption = f"did you mean `{meant}`?" if meant else ""
    spot = Spot(path, part="key")
    report.add("T002", f"unknown key {quoted(key)}", spot, caption, hint=hint)


def _value(fault: Fault, report: Report) -> None:
    said = " or ".join(dict.fromkeys(fault.wanted))
    types = fault.kind.endswith("_type") or "int_from" in fault.kind
    verb = "have" if fault.kind in ("too_long", "too_short") else "be"
    found = measure(fault.kind, fault.value)
    message = f"{named(fault.path)} must {verb} {said}, not {found}"
    report.add("T004" if types else "T005", message, Spot(fault.path))


def named(path: KeyPath) -> str:
    """How a message calls what stands at a path."""
    match path:
        case ():
            return "the file"
        case ("test", int(), "steps", int()):
            return "this step"
        case (str(kind), int()) if kind in TABLES:
            return f"this [[{kind}]]"
        case (*_, str(name), int()):
            return f"an entry of {quoted(name)}"
    return quoted(str(path[-1]))
