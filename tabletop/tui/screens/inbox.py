"""What was told to a team: injects, questions, rulings, cards; the newest first.

Made from the team's own view of the log, and from nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tabletop.session.view import Change, LogEntry, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.text import wrap
from tabletop.tui.widgets.logtext import (
    RULINGS,
    Names,
    besides,
    clock,
    dice_of,
    named,
)

INDENT = 2
NEITHER_NEWS = ("die", "reseed")
"""Rulings that change nothing a team could be told of."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One thing that was told."""

    number: int
    """Of the entry of the log that brought it."""
    round: int
    at: str
    kind: str
    """What it is, in a word or two."""
    title: str
    text: str


def letters(view: View) -> tuple[Letter, ...]:
    """All that was told to a view's seat, the newest first."""
    names = Names.of(view)
    found = [letter for entry in view.log for letter in _of(entry, view, names)]
    return tuple(reversed(found))


def unread(view: View, seen: int) -> int:
    """How many letters came after the entry that was seen last."""
    return sum(letter.number > seen for letter in letters(view))


def _of(entry: LogEntry, view: View, names: Names) -> Iterator[Letter]:
    """The letters of one entry: the ruling itself, then what it or a move brought."""
    if entry.kind in RULINGS and entry.kind not in NEITHER_NEWS:
        yield Letter(entry.number, entry.round, entry.at, "ruling",
                     entry.title.removeprefix("Ruling: "), entry.note)  # fmt: skip
    for change in entry.changes:
        told = _told(change, view, names)
        if told is not None:
            kind, title, text = told
            dice = dice_of(change, entry) if kind == "inject" else ""
            text = f"{text} {dice}".strip()
            yield Letter(entry.number, entry.round, entry.at, kind, title, text)


def _told(change: Change, view: View, names: Names) -> tuple[str, str, str] | None:
    """Kind, title and text of what a change tells the seat; None when it is no news."""
    if change.kind == "inject":
        return "inject", named(change, names), besides(change, names).strip("“”")
    if change.team != view.seat:
        return None
    cause = change.cause.title if change.cause else ""
    if change.kind == "ask":
        return "question", cause or change.text, _prompt(view, cause)
    if change.kind == "give" and change.cause and change.cause.kind != "ruling":
        return "card", change.text, cause
    return None


def _prompt(view: View, title: str) -> str:
    """The question itself, while it waits."""
    prompts = (a.prompt for a in view.asks if a.team == view.seat and a.title == title)
    return next(prompts, "")


class InboxScreen(Dialog[None]):
    """Letters to one team; those that it has not seen are marked."""

    HINTS = ("scroll", "leave")
    HELP_TITLE: ClassVar[str] = "The inbox"
    HELP_TEXT: ClassVar[str] = (
        "What was told to your team, the newest first: injects, questions, cards that "
        "you were given, rulings that you may know. New ones are marked."
    )

    def __init__(self, view: View, seen: int) -> None:
        """`seen` is the number of the entry that was there at the last look."""
        super().__init__()
        self._view = view
        self._seen = seen

    def title_text(self) -> str:
        """Whose inbox, and how much of it is new."""
        name = self._view.names.get(self._view.seat, self._view.seat)
        new = unread(self._view, self._seen)
        more = f" {glyphs().dot} {new} new" if new else ""
        return f"Inbox {glyphs().dot} {name}{more}"

    def compose_dialog(self) -> ComposeResult:
        """The letters, with a heading for each round."""
        found = letters(self._view)
        if not found:
            yield Static(say(("Nothing has been told to you yet.", "$muted")))
            return
        yield Static(lines(self._rows(found)))

    def _rows(self, found: Sequence[Letter]) -> Iterator[Content]:
        last = 0
        for letter in found:
            if letter.round != last:
                if last:
                    yield line()
                label = f"{self._view.round_label} {letter.round}"
                yield line((label, "bold $accent"))
                last = letter.round
            yield from self._letter(letter)

    def _letter(self, letter: Letter) -> Iterator[Content]:
        new = letter.number > self._seen
        mark = glyphs().pip if new else " "
        time = clock(letter.at)
        yield line(
            (f"{mark} ", "bold $warn"),
            (f"{letter.kind} ", "$muted"),
            (letter.title, "bold" if new else ""),
            (f"  {time}", "$dim"),
            ("  new" if new else "", "bold $warn"),
        )
        for words in wrap(letter.text, self.DIALOG_ROOM - INDENT * 2 - 2):
            yield line(" " * INDENT * 2, (words, "italic $muted"))
