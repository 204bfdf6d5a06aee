"""From findings to what is shown: what is allowed, known or guessed is left out, and
the rest is given its places.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from tabletop.deck.allow import Allowances, allowances
from tabletop.deck.baseline import Known
from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import (
    CODES,
    Diagnostic,
    Finding,
    Place,
    Related,
    Severity,
    Spot,
)
from tabletop.deck.identity import keys, path_name
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
    """What a check looks for, and which of the problems found it shows."""

    most: int | None = None
    """Of one code; MOST_OF_ONE_CODE when None."""
    guesses: bool = False
    """Also what is only a guess."""
    allow: bool = True
    """Whether a deck may allow problems."""
    known: Known | None = None
    """Problems that are not shown, because they are known."""
    also: Callable[[Deck], Iterable[Finding]] | None = None
    """A further check of decks that can be played."""


@dataclass
class Sifted:
    """What is shown, and how many problems are not."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    more: dict[str, int] = field(default_factory=dict)
    """By code, how many further problems there are."""
    allowed: int = 0
    known: int = 0
    guesses: int = 0


class Sieve:
    """The problems of one deck, on their way to being shown."""

    def __init__(self, sources: Sources, folder: str) -> None:
        self._sources = sources
        self._folder = folder
        """Comes before the files' names, so that they can be opened from where the
        check was started."""

    @cached_property
    def _places(self) -> "Places":
        # The parser for places is loaded only when it is needed.
        from tabletop.deck.places import Places

        return Places(self._sources)

    def sift(
        self, findings: Sequence[Finding], wanted: Wanted, *, whole: bool
    ) -> Sifted:
        """The problems to be shown, class by class in the order of the files.

        `whole` says that every check was made, so that an allowance which nothing
        needed is needed by nothing.
        """
        sifted = Sifted()
        left = self._without_allowed(findings, wanted, sifted, whole=whole)
        named = dict(zip(keys(left, self._sources.data), left, strict=True))
        known = set(wanted.known.keys) if wanted.known else set()
        shown: dict[str, Finding] = {}
        for key, finding in named.items():
            if key in known and not is_error(finding):
                sifted.known += 1
            elif finding.sure == "guess" and not wanted.guesses:
                sifted.guesses += 1
            else:
                shown[key] = finding
        self._place(shown, wanted, sifted)
        if wanted.known and whole:
            every = wanted.also is not None
            sifted.diagnostics += wanted.known.spare(named, all_codes=every)
        return sifted

    def _without_allowed(
        self,
        findings: Sequence[Finding],
        wanted: Wanted,
        sifted: Sifted,
        *,
        whole: bool,
    ) -> list[Finding]:
        sources = self._sources
        found = Allowances()
        if wanted.allow and sources.complete:
            found = allowances(sources)
        left = [f for f in findings if not found.allow(f, lambda: self._places)]
        sifted.allowed = len(findings) - len(left)
        left += found.findings
        if whole:
            left += found.unused(all_codes=wanted.also is not None)
        return left

    def _place(self, shown: dict[str, Finding], wanted: Wanted, sifted: Sifted) -> None:
        most = MOST_OF_ONE_CODE if wanted.most is None else wanted.most
        counts: Counter[str] = Counter()
        for key, finding in shown.items():
            counts[finding.code] += 1
            if counts[finding.code] <= most:
                sifted.diagnostics.append(self._diagnostic(key, finding))
        sifted.more = {c: count - most for c, count in counts.items() if count > most}
        order = {name: index for index, name in enumerate(self._sources.files)}
        sifted.diagnostics.sort(
            key=lambda d: (
                _class(d.code),
                order.get(d.place.file, 0),
                d.place.line,
                d.place.column,
            )
        )
        sifted.diagnostics = [self._in_folder(each) for each in sifted.diagnostics]

    def _diagnostic(self, key: str, finding: Finding) -> Diagnostic:
        finding = self._places.repeated(finding)
        kind = CODES[finding.code]
        spot, places = finding.spot, self._places
        return Diagnostic(
            finding.code,
            kind.name,
            kind.severity,
            finding.message,
            places.place(spot),
            str(finding.caption),
            finding.hint,
            tuple(Related(places.place(at), said) for at, said in finding.related),
            finding.sure,
            path_name(spot.path, self._sources.data) if isinstance(spot, Spot) else "",
            key,
        )

    def _in_folder(self, diagnostic: Diagnostic) -> Diagnostic:
        return replace(
            diagnostic,
            place=self._file(diagnostic.place),
            related=tuple(
                replace(other, place=self._file(other.place))
                for other in diagnostic.related
            ),
        )

    def _file(self, place: Place) -> Place:
        return replace(place, file=f"{self._folder}{place.file}")


def is_error(finding: Finding) -> bool:
    """Whether a deck with this problem can't be played."""
    return severity(finding.code) == "error"


def severity(code: str) -> Severity:
    """How bad a kind of problem is."""
    return CODES[code].severity


def _class(code: str) -> int:
    return _CLASSES.get(code[:2], _CLASSES.get(code[:1], 0))
