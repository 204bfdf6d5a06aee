"""Problems that a deck allows, each with its reason, and allowances that do nothing.

In a file: `# tabletop: allow W401 -- the storm is meant to be a bluff`, behind what it
is about or in a line above. For the whole deck: `[lint] allow = { W401 = "..." }`.
Only what playing does not wait for can be allowed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tabletop.deck.diagnostics import CODES, Finding, Place, Spot
from tabletop.deck.layout import Lines, comments
from tabletop.deck.sources import Sources
from tabletop.deck.suggest import Guess, quoted
from tabletop.deck.toml import line_place

if TYPE_CHECKING:
    from tabletop.deck.places import Places

SIGN = "tabletop:"
UNUSED = "W900"
OPTIONAL = frozenset({"W701"})
"""Codes that a check does not look for unless it is told to."""

MOST = 1_000
"""Comments of a deck that may allow something."""

_COMMENT = re.compile(r"#+\s*tabletop:\s*(?P<word>\S*)\s*(?P<rest>.*)")
_REASON = re.compile(r"\s+(?:--|–|—)\s*(?=\S)")
_WORD = re.compile(r"[^\s,]+")
_FORM = "write it like `# tabletop: allow W401 -- why this is right`"


@dataclass(slots=True)
class Allowance:
    """A code that a deck allows somewhere."""

    code: str
    spot: Spot | Place
    """Where the code is named."""
    file: str = ""
    """The file it is about; the whole deck when empty."""
    about: Lines = (0, 0)
    used: bool = False


@dataclass(slots=True)
class Allowances:
    """All allowances of a deck."""

    given: list[Allowance] = field(default_factory=list)
    by_code: dict[str, list[Allowance]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    """What is wrong with them."""

    def allow(self, finding: Finding, places: "Callable[[], Places]") -> bool:
        """Whether a problem is allowed; notes which allowances were needed for it.

        Places are only asked for where an allowance may fit.
        """
        chosen = self.by_code.get(finding.code)
        if not chosen:
            return False
        place = places().place(finding.spot) if any(a.file for a in chosen) else None
        fits = [a for a in chosen if not a.file or _covers(a, place)]
        for allowance in fits:
            allowance.used = True
        return bool(fits)

    def unused(self, *, all_codes: bool) -> Iterator[Finding]:
        """A problem for each allowance that nothing needed."""
        for allowance in self.given:
            if allowance.used or (allowance.code in OPTIONAL and not all_codes):
                continue
            where = "here" if allowance.file else "in this deck"
            message = f"there is no {_shown(allowance.code)} {where} to be allowed"
            yield Finding(UNUSED, message, allowance.spot, hint="leave it out")


def allowances(sources: Sources) -> Allowances:
    """Everything that a deck's files allow."""
    found = Allowances()
    for name, text in sources.files.items():
        for comment in comments(text, SIGN):
            parts = _COMMENT.fullmatch(comment.text.rstrip())
            if parts is None:
                continue
            place = line_place(name, text, comment.offset, len(comment.text.rstrip()))
            if parts["word"] != "allow":
                message = f"{quoted(SIGN)} is followed by `allow`"
                found.findings.append(Finding(UNUSED, message, place, hint=_FORM))
                continue
            if len(found.given) >= MOST:
                message = f"a deck allows something in {MOST:,} places at most"
                found.findings.append(Finding(UNUSED, message, place))
                return found
            _read(parts, place, comment.about, found)
    _whole_deck(sources.data, found)
    return found


def _read(parts: re.Match[str], place: Place, about: Lines, found: Allowances) -> None:
    """One comment's codes."""
    codes, *reason = _REASON.split(parts["rest"], maxsplit=1)
    words = list(_WORD.finditer(codes))
    if not (words and reason):
        missing = "a reason" if words else "a code"
        message = f"an allowance needs {missing}"
        found.findings.append(Finding(UNUSED, message, place, hint=_FORM))
        return
    for word in words:
        column = place.column + parts.start("rest") + word.start()
        end = column + len(word.group())
        named = Place(place.file, place.line, column, place.line, end, place.source)
        _give(word.group(), Allowance("", named, place.file, about), found)


def _whole_deck(data: Mapping[str, Any], found: Allowances) -> None:
    lint = data.get("lint")
    allow = lint.get("allow") if isinstance(lint, dict) else None
    for word in allow if isinstance(allow, dict) else ():
        spot = Spot(("lint", "allow", word), part="key")
        _give(word, Allowance("", spot), found)


def _give(word: str, allowance: Allowance, found: Allowances) -> None:
    """Add an allowance when its word is a code, or a code's name, that can be one."""
    code = code_of(word)
    if code is None:
        message = f"no kind of problem is called {quoted(word)}"
        guess = Guess(word, CODES, (c.name for c in CODES.values()))
        hint = "`tabletop explain` lists them all"
        found.findings.append(Finding(UNUSED, message, allowance.spot, guess, hint))
    elif CODES[code].severity == "error" or code == UNUSED:
        message = f"{_shown(code)} cannot be allowed"
        hint = "only warnings and notes can" if code != UNUSED else ""
        found.findings.append(Finding(UNUSED, message, allowance.spot, hint=hint))
    else:
        allowance.code = code
        found.given.append(allowance)
        found.by_code.setdefault(code, []).append(allowance)


def code_of(word: str) -> str | None:
    """The code that a word names, itself or by its name, in whatever case.

    >>> code_of("w401"), code_of("never"), code_of("often")
    ('W401', 'W401', None)
    """
    if word.upper() in CODES:
        return word.upper()
    names = {code.name: code.code for code in CODES.values()}
    return names.get(word.lower().replace("_", "-"))


def _covers(allowance: Allowance, place: Place | None) -> bool:
    if place is None or place.file != allowance.file:
        return False
    first, last = allowance.about
    return first <= place.line <= last


def _shown(code: str) -> str:
    return f"{code} {CODES[code].name}"
