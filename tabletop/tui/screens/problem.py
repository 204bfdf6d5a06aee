"""What went wrong, and what to do about it: errors and refusals."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.errors import (
    DeckError,
    IllegalMoveError,
    JournalError,
    StorageError,
    TabletopError,
)
from tabletop.session.view import Term
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import KEYS
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import Dialog

TITLES: tuple[tuple[type[TabletopError], str], ...] = (
    (StorageError, "The disk refused"),
    (DeckError, "The deck has a mistake"),
    (JournalError, "The save"),
)
"""What the border says, by the kind of error."""

MOST_DIAGNOSTICS = 5


class ErrorScreen(Dialog[None]):
    """One problem: a sentence, its place, and what to do. The game stays as it was."""

    TONE = "bad"
    HELP_TITLE: ClassVar[str] = "A problem"
    HELP_TEXT: ClassVar[str] = "Something could not be done. Nothing was changed."

    def __init__(self, error: TabletopError, *, game_stays: bool = False) -> None:
        super().__init__()
        self._error = error
        self._game_stays = game_stays

    def title_text(self) -> str:
        """What kind of problem it is."""
        for kind, title in TITLES:
            if isinstance(self._error, kind):
                return title
        return "That can't be done"

    def compose_dialog(self) -> ComposeResult:
        """The sentence, the details, the way out."""
        error = self._error
        yield Static(say((f"{glyphs().cross} ", "$bad"), (error.message, "bold")))
        for problem in getattr(error, "diagnostics", ())[:MOST_DIAGNOSTICS]:
            yield Static(say(str(problem)), classes="quoted")
        if error.hint:
            yield Static(say(error.hint), classes="prose")
        if self._game_stays:
            yield Static(say(("Every move made before is safe.", "$muted")))


class RefusalScreen(Dialog[None]):
    """Why a move is not allowed now: every term, met and unmet."""

    TITLE_TEXT = "Not now"
    HELP_TITLE: ClassVar[str] = "A refusal"
    HELP_TEXT: ClassVar[str] = (
        "Every condition of the move, with its value now. All must be met."
    )

    def __init__(self, message: str, terms: Sequence[Term], hint: str = "") -> None:
        super().__init__()
        self._message = message
        self._terms = terms
        self._hint = hint

    @classmethod
    def of(cls, error: IllegalMoveError) -> "RefusalScreen":
        """The refusal that an illegal move met."""
        terms = [term for term in error.terms if isinstance(term, Term)]
        return cls(error.message, terms, error.hint)

    def compose_dialog(self) -> ComposeResult:
        """The sentence, then the terms."""
        yield Static(say((self._message, "bold")), classes="prose")
        yield Static(lines(term_line(term) for term in self._terms))
        if self._hint:
            yield Static(say((self._hint, "$muted")))


def term_line(term: Term) -> Content:
    """One condition and whether it is met, told by sign and by colour."""
    signs = glyphs()
    sign = (f"{signs.check} ", "$good") if term.met else (f"{signs.cross} ", "$bad")
    return line(sign, (term.text, "" if term.met else "bold"))


class PlayerFailedScreen(Dialog[None]):
    """What was wrong with a program that played a seat, and who plays it now."""

    TITLE_TEXT = "A player failed"
    TONE = "warn"
    HELP_TITLE: ClassVar[str] = "A player that failed"
    HELP_TEXT: ClassVar[str] = (
        "A program from outside played this seat. It was ended, somebody else has the "
        "seat, and the log says why. The game goes on."
    )

    def __init__(self, words: str, detail: str) -> None:
        super().__init__()
        self._words = words
        self._detail = detail

    def compose_dialog(self) -> ComposeResult:
        """What happened, what the program sent last, and what can be done."""
        yield Static(say((self._words, "bold")), classes="prose")
        if self._detail:
            yield Static(say((self._detail, "$muted")), classes="quoted")
        key = (KEYS["play.seats"].drawn, "bold $accent")
        yield Static(say(key, ("  gives the seat to somebody else.", "$muted")))


def screen_for(error: TabletopError, **options: Any) -> Dialog[None]:
    """The dialog in which an error is shown."""
    if isinstance(error, IllegalMoveError):
        return RefusalScreen.of(error)
    return ErrorScreen(error, **options)


class DeckProblemScreen(Dialog[None]):
    """Everything that is wrong with a deck, each with its place and its fix."""

    TITLE_TEXT = "The deck has a mistake"
    TONE = "bad"
    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "A deck's mistakes"
    HELP_TEXT: ClassVar[str] = (
        "Every mistake with its file, line and column. Mend them in an editor; the "
        "deck is read again when it is next opened."
    )

    def __init__(self, path: Path, report: str) -> None:
        super().__init__()
        self._path = path
        self._report = report

    def compose_dialog(self) -> ComposeResult:
        """The deck's place, then the report as `check` prints it."""
        yield Static(say((f"{self._path}", "$secondary")), classes="prose")
        yield Static(say(self._report))
