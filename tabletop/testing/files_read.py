"""From the path of a test file to its tests, or to everything that is wrong with it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Diagnostic, Finding, Place, Related, Report, Spot
from tabletop.deck.display import safe
from tabletop.deck.faults import find_faults
from tabletop.deck.loader import load
from tabletop.deck.shelves import Unreadable, decode, read_bytes
from tabletop.deck.sources import Sources
from tabletop.deck.toml import parse
from tabletop.errors import DeckError
from tabletop.testing.codes import code_of
from tabletop.testing.files import KINDS, Case, DeckTestError, TestFile
from tabletop.testing.files_check import Checker
from tabletop.testing.files_keys import complain
from tabletop.testing.models import FORMAT, Always, FileModel, Goal, Never, Tested

if TYPE_CHECKING:
    from tabletop.deck.places import Places

BEGINNING = 'a file of deck tests begins with `deck = "DECK.toml"`'


def read_file(path: Path) -> TestFile:
    """A test file and its deck. Raises DeckTestError when they have errors."""
    report = Report()
    text = _text(path, report)
    data = parse(path.name, text, report) if text is not None else None
    model = _model(data, report) if data is not None else None
    file = _with_deck(path, text or "", model, report) if model is not None else None
    if report.findings or file is None:
        raise _error(path, text or "", report)
    return file


def _text(path: Path, report: Report) -> str | None:
    try:
        return decode(read_bytes(path))
    except Unreadable as problem:
        hint = BEGINNING if problem.code == "E009" else problem.hint
        report.add(problem.code, problem.message, Place(path.name), hint=hint)
    return None


def _model(data: Mapping[str, Any], report: Report) -> FileModel | None:
    number = data.get("format", FORMAT)
    if isinstance(number, int) and number != FORMAT:
        message = f"the file has format {str(number)[:20]}; this program reads {FORMAT}"
        report.add("T006", message, Spot(("format",)))
        return None
    try:
        return FileModel.model_validate(data)
    except ValidationError as error:
        complain(list(find_faults(error, data)), report)
    return None


def _with_deck(
    path: Path, text: str, model: FileModel, report: Report
) -> TestFile | None:
    deck_path = path.parent / model.deck
    deck = _deck(deck_path, report)
    if deck is None:
        return None
    checker = Checker(deck, model, report)
    checker.check()
    file = TestFile(str(path), text, deck, deck_path, model, exprs=checker.exprs)
    if not any(getattr(model, kind) for kind in KINDS):
        hint = "write a table [[test]], [[always]], [[never]], [[reach]] or [[chance]]"
        report.add("T007", "the file holds no test", Place(path.name), hint=hint)
    elif not report.findings:
        file.cases = tuple(_cases(file))
    return file


def _deck(path: Path, report: Report) -> Deck | None:
    try:
        return load(path)
    except DeckError as error:
        errors = [d for d in error.diagnostics if d.severity == "error"]
    there = not any(error.code == "E004" for error in errors)
    message = "the deck has errors" if there else "there is no deck"
    hint = f"`tabletop check {path}` shows every problem"
    related = [(error.place, error.message) for error in errors[:1]]
    said = f"{message} at {safe(str(path))}"
    report.add("T001", said, Spot(("deck",)), hint=hint, related=related)
    return None


def _cases(file: TestFile) -> list[Case]:
    return [
        Case(
            _name(kind, table), kind, file.place(kind, number).line, file.path,
            number, table,
        )
        for kind in KINDS
        for number, table in enumerate(getattr(file.model, kind))
    ]  # fmt: skip


def _name(kind: str, table: Tested) -> str:
    """A test's name, or what it demands."""
    if table.name:
        return table.name
    demands = []
    if isinstance(table, Always | Never) and table.that:
        demands.append(table.that)
    if isinstance(table, Goal):
        demands += [table.ending] if table.ending else []
        demands += [table.reach] if table.reach else []
        demands += table.where
    return f"{kind}: {' and '.join(' '.join(d.split()) for d in demands)}"


# --- problems


def _error(path: Path, text: str, report: Report) -> DeckTestError:
    # The parser for places is loaded only now that it is needed.
    from tabletop.deck.places import Places

    places = Places(Sources(path.name, {path.name: text}))
    found = sorted(
        (_placed(finding, path, places) for finding in report.findings),
        key=lambda d: (d.place.line, d.place.column),
    )
    first = found[0]
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    message = safe(f"{first.place}: {first.message}{more}")
    return DeckTestError(message, first.hint, found)


def _placed(finding: Finding, path: Path, places: "Places") -> Diagnostic:
    finding = places.repeated(finding)
    kind = code_of(finding.code)

    def place(spot: Spot | Place) -> Place:
        if isinstance(spot, Place) and spot.file != path.name:
            return spot
        return replace(places.place(spot), file=str(path))

    return Diagnostic(
        finding.code,
        kind.name,
        kind.severity,
        finding.message,
        place(finding.spot),
        str(finding.caption),
        finding.hint,
        tuple(Related(place(spot), said) for spot, said in finding.related),
    )
