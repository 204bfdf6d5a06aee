"""What a check came to: the deck when it can be played, and everything found."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Diagnostic, Severity
from tabletop.deck.sift import severity


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
    allowed: int = 0
    """How many problems the deck itself allows; they are not shown."""
    known: int = 0
    """How many are not shown because they are known already."""
    guesses: int = 0
    """How many are not shown because they are only guesses."""
    about: str = ""
    """What was checked, in few words, when it is not the deck itself."""

    @property
    def ok(self) -> bool:
        """Whether the deck can be played."""
        return self.deck is not None

    @property
    def errors(self) -> int:
        """How many errors there are, the ones not shown included."""
        return self.count("error")

    @property
    def warnings(self) -> int:
        """How many warnings there are, those beyond the most of a code included."""
        return self.count("warning")

    @property
    def notes(self) -> int:
        """How many notes there are, those beyond the most of a code included."""
        return self.count("note")

    @property
    def fault(self) -> bool:
        """Whether the checker itself failed somewhere."""
        return any(diagnostic.code == "E900" for diagnostic in self.diagnostics)

    def count(self, kind: Severity) -> int:
        """How many problems of a severity there are."""
        shown = sum(d.severity == kind for d in self.diagnostics)
        return shown + sum(n for c, n in self.more.items() if severity(c) == kind)
