"""A line for the log: typed in a dialog, or at control's console while play goes on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from tabletop.session.runview import RunView
from tabletop.session.view import LogEntry, SeatId, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import line, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.text import clean
from tabletop.tui.widgets.base import Pane
from tabletop.tui.widgets.grammar import empty, seat_mark
from tabletop.tui.widgets.line import Line, hang, prose
from tabletop.tui.widgets.line import line as row
from tabletop.tui.widgets.logtext import clock

WRITE_BELOW = "The line below takes one."
LONGEST = 500
"""Characters that a note, an intent or a reason may have."""

TAG = re.compile(r"(?<!\S)([@#])([\w-]+)")
"""`@kyiv` or `#objective`, at the beginning of a word."""


@dataclass(frozen=True, slots=True)
class Tags:
    """What may stand behind `@` and `#`: ids, and names for the teams."""

    teams: Mapping[str, SeatId]
    """Ids and names in small letters, without blanks, and the team that each means."""
    names: Mapping[SeatId, str]
    objectives: tuple[str, ...]

    @classmethod
    def of(cls, view: View, run: RunView | None) -> "Tags":
        """The tags that a table has."""
        words = {
            word: team.id
            for team in view.teams
            for word in (_word(team.short), _word(team.name), _word(team.id), team.id)
        }
        objectives = tuple(id_ for id_, _ in run.objectives) if run else ()
        return cls(words, {team.id: team.name for team in view.teams}, objectives)

    def completed(self, value: str) -> str | None:
        """A line whose last word begins a tag, with the tag whole."""
        head, _, last = value.rpartition(" ")
        if len(last) < 2 or last[0] not in "@#":
            return None
        known = sorted(self.teams) if last[0] == "@" else sorted(self.objectives)
        begun = last[1:].lower()
        found = next((word for word in known if word.lower().startswith(begun)), None)
        if found is None or found == begun:
            return None
        return f"{head}{' ' if ' ' in value else ''}{last}{found[len(begun) :]}"


def _word(name: str) -> str:
    """A name as it can be typed behind a sign."""
    return re.sub(r"\s+", "_", clean(name).strip().lower())


@dataclass(frozen=True, slots=True)
class Tagged:
    """A note as it goes into the log; or what is wrong with it."""

    text: str
    teams: tuple[SeatId, ...] = ()
    objective: str = ""
    problem: str = ""


def tagged(typed: str, tags: Tags) -> Tagged:
    """The note in a typed line. Tags at its end are left out; others become words."""
    teams: list[SeatId] = []
    objective = ""
    for sign, word in TAG.findall(typed):
        if sign == "@":
            team = tags.teams.get(word.lower())
            if team is None:
                return Tagged(typed, problem=_unknown("team", sign, word, tags.teams))
            teams += [team] if team not in teams else []
        else:
            known = {name.lower(): name for name in tags.objectives}
            if word.lower() not in known:
                found = _unknown("objective", sign, word, tags.objectives)
                return Tagged(typed, problem=found)
            if objective not in ("", known[word.lower()]):
                return Tagged(typed, problem="A note has one objective at most.")
            objective = known[word.lower()]
    text = _without_tags(typed, tags)
    return Tagged(text, tuple(teams), objective)


def _unknown(
    what: str, sign: str, word: str, known: Mapping[str, str] | Sequence[str]
) -> str:
    """What there is instead of a tag that nothing is called."""
    names = ", ".join(f"{sign}{name}" for name in dict.fromkeys(known))
    there = f" There is: {names}" if names else f" This deck has no {what}s."
    return f"No {what} is called {sign}{word}.{there}"


def _without_tags(typed: str, tags: Tags) -> str:
    words = typed.strip()
    while (match := re.search(r"(?:^|\s)[@#][\w-]+$", words)) is not None:
        words = words[: match.start()].rstrip()
    return TAG.sub(lambda found: _said(found[1], found[2], tags), words)


def _said(sign: str, word: str, tags: Tags) -> str:
    if sign == "#":
        return word
    return tags.names.get(tags.teams.get(word.lower(), ""), word)


class TagSuggester(Suggester):
    """Completes the tag that is being typed; the arrow to the right takes it."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self.tags: Tags | None = None

    async def get_suggestion(self, value: str) -> str | None:
        """The whole line, with the tag at its end completed."""
        return self.tags.completed(value) if self.tags is not None else None


class NotesPane(Pane):
    """The notes of the present phase, where there is room for them."""

    _view: View | None = None

    def show(self, view: View) -> None:
        """Show the notes that a view's log has of this phase."""
        self._view = view
        self.redraw()

    def build(self, room: int, rows: int) -> Sequence[Line]:
        """The notes, the latest last."""
        view = self._view
        notes = [] if view is None else [e for e in view.log if _is_here(e, view)]
        if view is None or not notes:
            return empty(room, rows, "No note in this phase yet.", WRITE_BELOW)
        return [found for entry in notes for found in _note_lines(entry, view, room)]


def _is_here(entry: LogEntry, view: View) -> bool:
    here = (entry.round, entry.phase) == (view.round, view.phase)
    return entry.kind == "note" and here


def _note_lines(entry: LogEntry, view: View, room: int) -> list[Line]:
    """When, who, about whom, and the words."""
    who = row((entry.author, "bold")) if entry.author else seat_mark(view, entry.seat)
    about = [part for team in entry.teams for part in (" ", seat_mark(view, team))]
    tag = (f"  #{entry.objective}", "$secondary") if entry.objective else ""
    time = row((f"{clock(entry.at):<6}", "$muted"))
    head = row(who, *about, tag).cut(room - time.width)
    return hang(time, [head, *prose(entry.note, room - time.width, "italic")])


class NotePane(Container):
    """The line at control's console. What was typed stays until it is in the log."""

    line = getters.query_one("#note-line", Input)

    @dataclass
    class NoteWritten(Message):
        """A note is to go into the log."""

        note: Tagged

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's name for it
        super().__init__(id=id)
        self._tags: Tags | None = None
        self._problem = ""
        self._suggester = TagSuggester()

    def compose(self) -> ComposeResult:
        """The notes of this phase, the line, and what is wrong with it."""
        yield NotesPane(id="notes")
        yield Static(id="note-problem")
        yield Static(
            line((">" if glyphs().plain else "›", "bold $accent")), classes="prompt"
        )
        yield Input(
            max_length=LONGEST, id="note-line", select_on_focus=False, compact=True,
            suggester=self._suggester, placeholder="a note; @team, #objective",
        )  # fmt: skip

    def show(self, view: View, run: RunView | None) -> None:
        """Show the notes of a view, and know its tags; the typed line stays."""
        self._tags = self._suggester.tags = Tags.of(view, run)
        self.query_one(NotesPane).show(view)

    @property
    def typing(self) -> bool:
        """Whether keys go into the line now."""
        return self.line.has_focus

    def start(self) -> None:
        """Take the keys."""
        self.line.focus()

    def fill(self, text: str) -> None:
        """Put a draft into the line, the cursor behind it."""
        self.line.value = text
        self.line.cursor_position = len(text)

    def written(self) -> None:
        """Empty the line: it is in the log."""
        self.line.value = ""

    @on(Input.Changed)
    def _forget_problem(self, changed: Input.Changed) -> None:
        changed.stop()
        self._say("")

    @on(Input.Submitted)
    def _write(self, submitted: Input.Submitted) -> None:
        submitted.stop()
        if self._tags is None or not submitted.value.strip():
            return
        note = tagged(submitted.value, self._tags)
        if not note.text and not note.problem:
            note = Tagged(
                submitted.value, problem="A note needs words beside its tags."
            )
        if note.problem:
            self._say(note.problem)
        else:
            self.post_message(self.NoteWritten(note))

    def _say(self, problem: str) -> None:
        """Tell what is wrong with the line, above it."""
        if problem != self._problem:
            self._problem = problem
            said = self.query_one("#note-problem", Static)
            said.display = bool(problem)
            said.update(say((problem, "$bad")))


class NoteScreen(Dialog[str]):
    """One line, typed; what was typed and left is there again the next time."""

    TITLE_TEXT = "A note, on the record"
    AUTO_FOCUS = "#note"
    HINTS = ("note.write", "leave")
    HELP_TITLE: ClassVar[str] = "A note"
    HELP_TEXT: ClassVar[str] = (
        "The line goes into the log with its time. Only this seat and control read it."
    )

    def __init__(self, draft: str = "") -> None:
        super().__init__()
        self.draft = draft

    def compose_dialog(self) -> ComposeResult:
        """The line."""
        yield Static(say(("One line; it goes into the log.", "$muted")))
        yield Input(self.draft, max_length=LONGEST, id="note", select_on_focus=False)

    @on(Input.Changed)
    def _keep_draft(self, changed: Input.Changed) -> None:
        self.draft = changed.value

    @on(Input.Submitted)
    def _write(self, submitted: Input.Submitted) -> None:
        text = submitted.value.strip()
        self.dismiss(text or None)
