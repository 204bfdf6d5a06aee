"""What a check came to: the deck when it can be played, and everything found."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import CODES, Diagnostic, Finding, Place, Related
from tabletop.deck.sources import Sources

if TYPE_CHECKING:
    from tabletop.deck.places import Places

MOST_OF_ONE_CODE = 20
"""Problems of one code that are shown; the others are counted."""

_CLASSES = {"E0": 0, "E1": 0, "E2": 1, "E3": 2, "E": 3, "W": 4, "N": 5}
"""The classes of problems in the order in which they are best mended: what stands in
the file, names, types, the rest; then what playing does not wait for."""


@dataclass(frozen=True)
class Wanted:
    """Which of the problems that were found are shown."""

    most: int | None = None
    """Of one code; MOST_OF_ONE_CODE when None."""
    guesses: bool = False
    """Also what is only a guess."""


@dataclass(frozen=True)
class CheckResult:
    """What a check of one deck came to."""

    path: str
    """The deck as it was named to the check."""
    deck: Deck | None
    """The deck, unless it has errors."""
    diagnostics: tuple[Diagnostic, ...] = ()
    more: Mapping[str, int] = field(default_factory=dict)
    """By code, how many further problems there are."""
    unreadable: bool = False
    """Whether the deck's main file could not be had at all."""

    @property
    def ok(self) -> bool:
        """Whether the deck can be played."""
        return self.deck is not None

    @property
    def errors(self) -> int:
        """How many errors there are, the ones not shown included."""
        return self._count("error")

    @property
    def warnings(self) -> int:
        """How many warnings there are, the ones not shown included."""
        return self._count("warning")

    @property
    def notes(self) -> int:
        """How many notes there are, the ones not shown included."""
        return self._count("note")

    @property
    def fault(self) -> bool:
        """Whether the checker itself failed somewhere."""
        return any(diagnostic.code == "E900" for diagnostic in self.diagnostics)

    def _count(self, severity: str) -> int:
        shown = sum(d.severity == severity for d in self.diagnostics)
        hidden = sum(n for c, n in self.more.items() if CODES[c].severity == severity)
        return shown + hidden


def is_error(finding: Finding) -> bool:
    """Whether a deck with this problem can't be played."""
    return CODES[finding.code].severity == "error"


def placed(
    findings: Iterable[Finding], sources: Sources, folder: str, wanted: Wanted
) -> tuple[tuple[Diagnostic, ...], dict[str, int]]:
    """Findings with their places, class by class in the order of the files; and how
    many are left out.

    `folder` comes before the files' names, so that they can be opened from where
    the check was started.
    """
    shown = (f for f in findings if wanted.guesses or f.sure != "guess")
    most = MOST_OF_ONE_CODE if wanted.most is None else wanted.most
    kept, more = _first_of_each_code(shown, most)
    if not kept:
        return (), more
    # The parser for places is loaded only now that it is needed.
    from tabletop.deck.places import Places

    places = Places(sources)
    order = {name: index for index, name in enumerate(sources.files)}
    diagnostics = [_diagnostic(places.repeated(finding), places) for finding in kept]
    diagnostics.sort(
        key=lambda d: (
            _class(d.code),
            order.get(d.place.file, 0),
            d.place.line,
            d.place.column,
        )
    )
    return tuple(_in_folder(diagnostic, folder) for diagnostic in diagnostics), more


def _class(code: str) -> int:
    return _CLASSES.get(code[:2], _CLASSES.get(code[:1], 0))


def _first_of_each_code(
    findings: Iterable[Finding], most: int
) -> tuple[list[Finding], dict[str, int]]:
    counts: Counter[str] = Counter()
    kept = []
    for finding in findings:
        counts[finding.code] += 1
        if counts[finding.code] <= most:
            kept.append(finding)
    more = {code: count - most for code, count in counts.items() if count > most}
    return kept, more


def _diagnostic(finding: Finding, places: "Places") -> Diagnostic:
    kind = CODES[finding.code]
    return Diagnostic(
        finding.code,
        kind.name,
        kind.severity,
        finding.message,
        places.place(finding.spot),
        str(finding.caption),
        finding.hint,
        tuple(Related(places.place(spot), said) for spot, said in finding.related),
        finding.sure,
    )


def _in_folder(diagnostic: Diagnostic, folder: str) -> Diagnostic:
    return replace(
        diagnostic,
        place=_file_in(diagnostic.place, folder),
        related=tuple(
            replace(other, place=_file_in(other.place, folder))
            for other in diagnostic.related
        ),
    )


def _file_in(place: Place, folder: str) -> Place:
    return replace(place, file=f"{folder}{place.file}")
