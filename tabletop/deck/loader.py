"""From a path or a save's files to a deck, or to everything that is wrong with it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tabletop.deck.analysis import Analysis
from tabletop.deck.checks import ERRORS, OUR_FAULT, run, warnings
from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Finding, Place, Report, Spot
from tabletop.deck.display import safe
from tabletop.deck.result import CheckResult
from tabletop.deck.shelves import MAIN, Folder, Shelf, Stored
from tabletop.deck.sift import Sieve, Sifted, Wanted, is_error
from tabletop.deck.sources import Sources, gather
from tabletop.deck.structure import make_draft
from tabletop.deck.suggest import quoted
from tabletop.deck.symbols import Symbols
from tabletop.deck.texts import read_texts
from tabletop.errors import DeckError

USUAL = Wanted()
_ERRORS_ONLY = Wanted(allow=False)


def load(path: Path | str) -> Deck:
    """The deck in a file or a folder.

    Raises:
        DeckError: The deck has errors, which are in its `diagnostics`.
    """
    hint = f"`tabletop check {path}` shows every problem"
    return _playable(_look(Path(path), None), hint)


def load_text(files: Mapping[str, str], name: str = "") -> Deck:
    """The deck in texts by file name, the main file first, as a save holds them.

    `name` says in messages whose deck it is.

    Raises:
        DeckError: The deck has errors, which are in its `diagnostics`.
    """
    main = next(iter(files), MAIN)
    found = _examine(Stored(files), main, None, None)
    return _playable(_result(found, name or main, "", None), hint="")


def check(path: Path | str, wanted: Wanted = USUAL) -> CheckResult:
    """Everything that is wrong with the deck in a file or a folder; never raises."""
    return _look(Path(path), wanted)


def check_text(
    files: Mapping[str, str], name: str = "", wanted: Wanted = USUAL
) -> CheckResult:
    """Everything that is wrong with a deck in texts by file name; never raises."""
    main = next(iter(files), MAIN)
    return check_shelf(Stored(files), main, name or main, wanted)


def check_shelf(shelf: Shelf, main: str, name: str, wanted: Wanted) -> CheckResult:
    """Everything that is wrong with the deck on a shelf; never raises."""
    return _result(_examine(shelf, main, None, wanted), name, "", wanted)


def weigh(files: Mapping[str, str]) -> tuple[Deck | None, tuple[Finding, ...]]:
    """The deck in texts by file name, and its errors by their place in its data.

    For texts that no person wrote as a file: a form's, for instance.
    """
    found = _examine(Stored(files), next(iter(files), MAIN), None, None)
    return found.deck, tuple(filter(is_error, found.report.findings))


def _playable(result: CheckResult, hint: str) -> Deck:
    """The deck of a result; raises its errors when it has some."""
    if result.deck is not None:
        return result.deck
    errors = [d for d in result.diagnostics if d.severity == "error"]
    first = "the deck cannot be read"
    if errors:
        first = safe(f"{errors[0].place}: {errors[0].message}")
    more = f" (and {result.errors - 1} more)" if result.errors > 1 else ""
    raise DeckError(f"{first}{more}", hint, result.diagnostics)


def _look(path: Path, wanted: Wanted | None) -> CheckResult:
    """The result for a path: a folder with a main file, or a file."""
    try:
        is_folder = path.is_dir()
    except (OSError, ValueError):
        is_folder = False
    folder = path if is_folder else path.parent
    main = MAIN if is_folder else path.name
    shelf = Folder(folder, named="" if is_folder else main)
    found = _examine(shelf, main, path, wanted)
    shown = "" if str(folder) == "." and not path.is_absolute() else f"{folder}/"
    return _result(found, str(path), shown, wanted)


@dataclass
class _Examined:
    """What came of looking at a deck, before problems have places."""

    sources: Sources
    report: Report = field(default_factory=Report)
    deck: Deck | None = None


def _examine(
    shelf: Shelf, main: str, path: Path | None, wanted: Wanted | None
) -> _Examined:
    """Read and check a deck; only whether it can be played when nothing is wanted.

    Whatever goes wrong here is a finding.
    """
    found = _Examined(Sources(main))
    try:
        _read(found, shelf, path, wanted)
    except Exception as error:
        found.deck = None
        found.report.add("E900", _fault(error), Place(main), hint=OUR_FAULT)
    return found


def _fault(error: Exception) -> str:
    return f"the checker failed: {type(error).__name__}: {str(error)[:200]}"


def _read(
    found: _Examined, shelf: Shelf, path: Path | None, wanted: Wanted | None
) -> None:
    report = found.report
    gather(shelf, found.sources, report)
    if not found.sources.data or _is_part(found.sources, path, report):
        return
    draft = make_draft(found.sources, report)
    if draft is None or not (found.sources.complete and draft.tables_known):
        return
    symbols = Symbols.of(draft.model, draft.declared, draft.faulty)
    texts = read_texts(draft.model, symbols)
    report.findings += texts.findings
    analysis = Analysis(draft, symbols, texts)
    run(analysis, ERRORS, report)
    analysis.faulty = any(map(is_error, report.findings))
    if wanted is not None:
        run(analysis, warnings(faulty=analysis.faulty), report)
    if not analysis.faulty:
        found.deck = Deck(draft.model, found.sources.files, texts, path)
        if wanted is not None and wanted.also is not None:
            _look_further(found.deck, wanted.also, report)


def _look_further(
    deck: Deck, further: Callable[[Deck], Iterable[Finding]], report: Report
) -> None:
    """Add what another check finds; that it fails is itself a finding."""
    try:
        report.findings += list(further(deck))
    except Exception as error:
        report.add("E900", _fault(error), Spot(), hint=OUR_FAULT)


def _is_part(sources: Sources, path: Path | None, report: Report) -> bool:
    """Whether the file is no deck, but a part of one; a finding says of which."""
    if path is None or sources.main == MAIN or "format" in sources.data:
        return False
    for folder in path.parents[:2]:
        if (folder / MAIN).is_file():
            message = f"this file is a part of the deck in {quoted(str(folder))}"
            report.add("E008", message, Place(sources.main), hint="name the folder")
            return True
    return False


def _result(
    found: _Examined, path: str, folder: str, wanted: Wanted | None
) -> CheckResult:
    deck, findings = found.deck, found.report.findings
    if wanted is None:
        findings = list(filter(is_error, findings))
    try:
        sifted = Sieve(found.sources, folder).sift(
            findings, wanted or _ERRORS_ONLY, whole=bool(wanted and deck)
        )
    except Exception as error:
        deck, sifted = None, _what_is_left(found, folder, error)
    return CheckResult(
        path,
        deck,
        tuple(sifted.diagnostics),
        sifted.more,
        found.sources.main not in found.sources.files,
        sifted.allowed,
        sifted.known,
        sifted.guesses,
    )


def _what_is_left(found: _Examined, folder: str, error: Exception) -> Sifted:
    """The problems that can be shown although showing them has failed once."""
    place = Place(found.sources.main)
    fault = Finding("E900", _fault(error), place, hint=OUR_FAULT)
    try:
        findings = [*found.report.findings, fault]
        return Sieve(found.sources, folder).sift(findings, _ERRORS_ONLY, whole=False)
    except Exception:
        return Sieve(Sources(""), folder).sift([fault], _ERRORS_ONLY, whole=False)
