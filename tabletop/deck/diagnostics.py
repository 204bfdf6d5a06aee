"""What can be wrong with a deck: codes, findings without a place, and placed ones.

A check makes a `Finding`, which says where in the deck's data the problem is. Only
when there are findings are files searched for lines and columns (`places`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tabletop.deck.expressions import Span
from tabletop.deck.suggest import Guess

Severity = Literal["error", "warning", "note"]
Confidence = Literal["certain", "likely", "guess"]
"""How sure a check is: `certain` is proved, `likely` comes of looking at more than can
happen, and a `guess` is shown only to those who ask for guesses."""
KeyPath = tuple[str | int, ...]
"""Keys and list positions from the deck's root, like ("cards", "x", "ask", 0)."""

_SEVERITIES: dict[str, Severity] = {"W": "warning", "N": "note"}


@dataclass(frozen=True, slots=True)
class Code:
    """A kind of problem."""

    code: str
    name: str
    summary: str
    confidence: Confidence = "certain"
    """Of a finding that says nothing else itself."""

    @property
    def severity(self) -> Severity:
        """Whether the deck can't be played with it, should be looked at, or is only
        not as neat as it may be."""
        return _SEVERITIES.get(self.code[:1], "error")


_TABLE: tuple[tuple[str, str, str] | tuple[str, str, str, Confidence], ...] = (
    ("E001", "syntax", "The file is not valid TOML."),
    ("E002", "not-utf8", "The file is not UTF-8 text."),
    ("E003", "byte-order-mark", "The file begins with a byte order mark."),
    ("E004", "unreadable", "The file or folder cannot be read."),
    ("E005", "too-large", "The deck is larger or deeper than decks may be."),
    ("E006", "include-outside", "An include leads out of the deck's folder."),
    ("E007", "include-loop", "A file is included twice, or includes itself."),
    ("E008", "misplaced", "A key belongs in the main file, not into a part."),
    ("E009", "empty", "The deck is empty."),
    ("E010", "unknown-key", "A key that means nothing here."),
    ("E011", "missing-key", "A key that must be there is not."),
    ("E012", "duplicate", "An id or a key is used twice."),
    ("E014", "format", "The deck is written for another version of the language."),
    ("E015", "wrong-type", "A value of the wrong type."),
    ("E016", "bad-value", "A value that is too large, too long or not allowed."),
    ("E017", "bad-id", "An id that is not made of small letters, digits and `_`."),
    ("E018", "reserved", "An id that has a meaning of its own in expressions."),
    ("E019", "newer-toml", "The file uses what only TOML 1.1 has."),
    ("E101", "expression", "An expression that cannot be read."),
    ("E102", "forbidden", "Something of Python that expressions do not have."),
    ("E103", "too-complex", "An expression that is too long, deep or large."),
    ("E104", "operator", "An operator of another language."),
    ("E105", "effect", "An effect that is not one of the known forms."),
    ("E201", "unknown-name", "No track or flag has this name."),
    ("E202", "unknown-team", "No team has this id."),
    ("E203", "unknown-card", "No card or inject has this id."),
    ("E204", "unknown-ending", "No ending has this id."),
    ("E205", "unknown-phase", "No phase of the round has this id."),
    ("E206", "unknown-option", "No option of this question has this id."),
    ("E207", "unknown-function", "No function has this name."),
    ("E208", "wrong-kind", "The name exists, but is of another kind."),
    ("E209", "not-here", "The name means something, but not in this place."),
    ("E210", "unknown-objective", "No objective of the exercise has this id."),
    ("E211", "unknown-fact", "No fact of the deck has this id."),
    ("E301", "type", "A number where a condition belongs, or the other way."),
    ("E302", "out-of-bounds", "A value outside the bounds of its track."),
    ("E303", "dice-table", "A dice table with gaps, or out of order."),
    ("E304", "no-way-out", "A question whose options all have conditions."),
    ("E305", "asked-teams", "A question that is put to nobody, or twice to a team."),
    ("E307", "schedule", "An inject or schedule that never comes due."),
    ("E308", "no-sure-ending", "Nothing is sure to end the game."),
    ("E309", "overflow", "A number that may become too large to count with."),
    ("E310", "bands", "Bands that are out of order or do not fill the track."),
    ("E311", "lasting", "Lasting effects without an end."),
    ("E312", "rule", "A rule whose moment and track do not fit."),
    ("E313", "phases", "A round without a phase called 'play'."),
    ("E501", "secret", "A condition would give away what its team may not see."),
    ("E900", "internal", "The checker itself failed here."),
    ("W013", "look-alike", "Two ids that are easily taken for each other."),
    ("W302", "saturates", "An amount that always runs into the track's bounds."),
    ("W303", "unreachable-row", "A row of a dice table that no throw reaches."),
    ("W401", "never", "A condition that can never hold."),
    ("W402", "always", "A condition that always holds."),
    ("W403", "idle-flag", "A flag that nothing sets, or that nothing reads.", "likely"),
    ("W404", "idle-track", "A track that nothing changes or reads.", "likely"),
    ("W405", "unplayable", "A card that nobody can ever play."),
    ("W406", "unreachable", "A card, rule or ending that nothing leads to.", "likely"),
    ("W407", "loop", "What sets itself off again without end.", "likely"),
    ("W408", "shadowed", "An ending or rule that another always comes before."),
    ("W409", "repeated", "The same effect, rule or outcome twice.", "likely"),
    ("W410", "idle-effect", "An effect that never changes anything."),
    ("W411", "idle-fact", "A fact that nothing of the deck names as its source."),
    ("W501", "leak", "What happens tells a team what it may not see.", "likely"),
    ("W502", "idle-secret", "A secret that matters to nobody who knows it.", "likely"),
    ("W601", "label-cut", "A label that will be cut in narrow places."),
    ("W602", "improbable", "A row of a dice table that hardly ever comes."),
    ("W603", "same-scores", "A score that is the same however the game ends."),
    ("W604", "long-text", "A text that does not fit its card."),
    (
        "W701",
        "untested",
        "Something that no test of the deck scripts or names.",
    ),
    ("W900", "unused-allow", "An allowance, or a known problem, that nothing needs."),
    ("N001", "style", "Something that is not as neat as it may be."),
)

CODES = {row[0]: Code(*row) for row in _TABLE}
"""Every kind of problem, by its code."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the deck's data, not looked up in a file yet."""

    path: KeyPath = ()
    span: Span | None = None
    """Part of the text that stands there; all of the value when None."""
    part: Literal["value", "key", "header"] = "value"
    """The value, its key, or the header of the table it is (for missing keys)."""
    file: str = ""
    """The file, when the path alone does not say it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: lines and columns count from 1, columns in characters."""

    file: str
    line: int = 0
    """0 when the whole file is meant."""
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    """The column after the last character."""
    source: str = ""
    """The first line, as it stands in the file."""

    def __str__(self) -> str:
        """In one word: the file, with line and column where it has them.

        >>> str(Place("a.toml")), str(Place("a.toml", 3, 7))
        ('a.toml', 'a.toml:3:7')
        """
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem that a check found."""

    code: str
    message: str
    spot: Spot | Place
    caption: str | Guess = ""
    """Few words for the marker under the place, such as 'did you mean `x`?'."""
    hint: str = ""
    related: tuple[tuple[Spot | Place, str], ...] = ()
    """Other places that explain it, with their captions."""
    confidence: Confidence | None = None
    """How sure the check is; as its code says when None."""

    @property
    def sure(self) -> Confidence:
        """How sure the check is."""
        return self.confidence or CODES[self.code].confidence


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that explains a problem."""

    place: Place
    caption: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem with its place, ready to be shown."""

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    caption: str = ""
    hint: str = ""
    related: tuple[Related, ...] = ()
    confidence: Confidence = "certain"
    path: str = ""
    """What it is about, such as 'cards.strike.requires'; empty when it is no part of
    the deck's data."""
    key: str = ""
    """Names it for good: equal for the same problem of the same thing, in whatever
    line it stands by now."""


class Trouble(Exception):
    """A problem in a text, raised where it is found and caught where it is gathered."""

    def __init__(
        self,
        code: str,
        message: str,
        span: Span,
        caption: str | Guess = "",
        hint: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.span = span
        self.caption = caption
        self.hint = hint

    def moved(self, by: int) -> "Trouble":
        """The same problem, in a text that stands in a longer one."""
        self.span = (self.span[0] + by, self.span[1] + by)
        return self

    def finding(self, path: KeyPath) -> Finding:
        """The problem as one of the text at `path`."""
        spot = Spot(path, self.span)
        return Finding(self.code, self.message, spot, self.caption, self.hint)


@dataclass(slots=True)
class Report:
    """Gathers findings."""

    findings: list[Finding] = field(default_factory=list)

    def add(
        self,
        code: str,
        message: str,
        spot: Spot | Place,
        caption: str | Guess = "",
        *,
        hint: str = "",
        related: Sequence[tuple[Spot | Place, str]] = (),
    ) -> None:
        """Add one finding."""
        finding = Finding(code, message, spot, caption, hint, tuple(related))
        self.findings.append(finding)
