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
    findings: Iterable[Finding], sources: Sources, folder: str
) -> tuple[tuple[Diagnostic, ...], dict[str, int]]:
    """Findings with their places, in the order of the files; and how many are left out.

    `folder` comes before the files' names, so that they can be opened from where
    the check was started.
    """
    kept, more = _first_of_each_code(findings)
    if not kept:
        return (), more
    # The parser for places is loaded only now that it is needed.
    from tabletop.deck.places import Places

    places = Places(sources)
    order = {name: index for index, name in enumerate(sources.files)}
    diagnostics = [_diagnostic(places.repeated(finding), places) for finding in kept]
    diagnostics.sort(
        key=lambda d: (order.get(d.place.file, 0), d.place.line, d.place.column)
    )
    return tuple(_in_folder(diagnostic, folder) for diagnostic in diagnostics), more


def _first_of_each_code(
    findings: Iterable[Finding],
) -> tuple[list[Finding], dict[str, int]]:
    counts: Counter[str] = Counter()
    kept = []
    for finding in findings:
        counts[finding.code] += 1
        if counts[finding.code] <= MOST_OF_ONE_CODE:
            kept.append(finding)
    more = {
        code: count - MOST_OF_ONE_CODE
        for code, count in counts.items()
        if count > MOST_OF_ONE_CODE
    }
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
