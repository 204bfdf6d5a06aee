"""A form: fields under one another, what they would do beside them, nothing lost.

What is typed is kept in `values`, which whoever opens the form holds; the game is asked
what would come of it a moment after the last key.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from tabletop.errors import TabletopError
from tabletop.session.view import Move, Preview, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import bindings
from tabletop.tui.say import line, lines, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.intent import Values
from tabletop.tui.widgets import PreviewPane
from tabletop.tui.widgets.fields import OneOf, SomeTeams

if TYPE_CHECKING:
    from textual.timer import Timer

T = TypeVar("T")

PATIENCE = 0.3
"""Seconds after the last key until the game is asked what would come of it."""
LONGEST = 500
"""Characters in a line of a form."""
MOST_TROUBLE = 3
"""Lines that one field says about what is wrong."""


class FieldError(Exception):
    """Something is wrong with one field: its name, what, and what to do."""

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.hint = hint


def words_of(error: TabletopError) -> list[str]:
    """What an error says, problem by problem, each with its hint."""
    found = getattr(error, "diagnostics", ())
    rows = [
        f"{getattr(d, 'message', d)} {getattr(d, 'hint', '') or ''}".strip()
        for d in found
    ]
    return (rows or [f"{error.message} {error.hint}".strip()])[:MOST_TROUBLE]


def rows_of(text: str) -> tuple[str, ...]:
    """The lines of a text, without blanks around them and without empty ones."""
    return tuple(row.strip() for row in text.splitlines() if row.strip())


class Lines(TextArea):
    """A few lines of text; the tab key leads on."""

    def __init__(self, text: str, says: str, *, id: str) -> None:  # noqa: A002
        super().__init__(text, id=id, compact=True, soft_wrap=True, placeholder=says)
        self.highlight_cursor_line = False


class Field(Vertical):
    """A label, what is filled in, and what is wrong with it."""

    DEFAULT_CLASSES: ClassVar[str] = "field"

    def __init__(self, label: str, widget: Widget, **more: Widget) -> None:
        """`more` are further short fields in the same row, by their labels."""
        super().__init__()
        self._label = label
        self._widget = widget
        self._more = more

    def compose(self) -> ComposeResult:
        """Label and field side by side; what is wrong below."""
        with Horizontal(classes="filled"):
            yield Static(line((self._label, "$muted")), classes="label")
            yield self._widget
            for label, widget in self._more.items():
                words = label.replace("_", " ")
                yield Static(line((f"  {words} ", "$muted")), classes="between")
                yield widget
        trouble = Static(classes="trouble")
        trouble.display = False
        yield trouble

    def complain(self, words: list[str]) -> None:
        """Say what is wrong; nothing when there are no words."""
        trouble = self.query_one(".trouble", Static)
        trouble.display = bool(words)
        sign = f"{glyphs().cross} "
        trouble.update(lines(say((sign + row, "$bad")) for row in words))


class Effects(Field):
    """Effects in the deck's language, with the names that fit what is being typed."""

    def __init__(self, label: str, field: Lines, names: Sequence[str]) -> None:
        super().__init__(label, field)
        self._lines = field
        self._names = names

    def compose(self) -> ComposeResult:
        """The field, then the names that it may hold."""
        yield from super().compose()
        yield Static(id=f"{self._lines.id}-names", classes="names")

    def on_mount(self) -> None:
        """No names before they can be used."""
        self.query_one(".names").display = False

    @on(events.DescendantFocus)
    def _show_names(self) -> None:
        self._suggest()
        self.query_one(".names").display = True

    @on(events.DescendantBlur)
    def _hide_names(self) -> None:
        self.query_one(".names").display = False

    @on(TextArea.Changed)
    @on(TextArea.SelectionChanged)
    def _suggest(self) -> None:
        """The names that hold the word before the cursor; all when none does."""
        row, column = self._lines.cursor_location
        before = self._lines.document.get_line(row)[:column]
        word = next(iter(re.findall(r"[\w.]+$", before)), "")
        fitting = [name for name in self._names if word and word in name]
        names = [] if fitting == [word] else fitting or self._names
        said = say(("  ".join(names), "$muted"))
        self.query_one(".names", Static).update(said)


class Form(Dialog[T]):
    """Fields in their order, a preview, and one key that does it."""

    TONE = ""
    AUTO_FOCUS = ""
    HINTS = ("form.write", "form.next", "form.leave")
    BINDINGS = bindings("form.write", "form.leave")
    FIRST: ClassVar[str] = ""
    """The name of the field that is filled in first."""
    EMPTY: ClassVar[str] = "What it would do appears here."
    """What is said while there is nothing to look ahead at."""
    ALSO: ClassVar[Mapping[str, str]] = {}
    """Fields in which parts of another name are filled in."""

    preview = getters.query_one("#form-preview", PreviewPane)

    def __init__(self, view: View, values: Values) -> None:
        super().__init__()
        self._view = view
        self.values = values
        self._soon: Timer | None = None

    # To be given by the form.

    def fields(self) -> Iterator[Field]:
        """The fields, in their order."""
        raise NotImplementedError

    def look_ahead(self) -> Preview | None:
        """What it would do; None while it says too little.

        Raises FieldError or TabletopError for what is wrong with it.
        """
        raise NotImplementedError

    def write(self) -> T:
        """Do it. Raises FieldError or TabletopError; then nothing has changed."""
        raise NotImplementedError

    def blame(self, error: TabletopError) -> Mapping[str, list[str]]:
        """Which fields an error is about, with what it says of each."""
        said: dict[str, list[str]] = {}
        for problem in getattr(error, "found", ()):
            name = self.ALSO.get(problem.field, problem.field)
            row = f"line {problem.line}: " if problem.line else ""
            words = f"{row}{problem.message} {problem.hint}".strip()
            said.setdefault(name, []).append(words)
        return said or {"": words_of(error)}

    def nothing(self) -> Preview:
        """What stands in the preview's place while there is none."""
        return Preview(Move("fire"), "", (), notes=(self.EMPTY,))

    # Drawing.

    def compose_body(self) -> ComposeResult:
        """Fields, what is wrong in general, the preview."""
        pane = PreviewPane(id="form-preview", classes="pane")
        pane.border_title = line("What it would do")
        general = Static(id="form-trouble")
        general.display = False
        fields = VerticalScroll(*self.fields(), general, id="fields", can_focus=False)
        box = Container(fields, pane, id="form")
        box.border_title = line(self.title_text())
        yield box

    def on_mount(self) -> None:
        """Begin with the first field that has nothing in it."""
        super().on_mount()
        self.query_one(f"#{self.FIRST}").focus()
        self.check()

    # Fields of each kind.

    def text_line(self, name: str, most: int = LONGEST, *, says: str = "") -> Input:
        """A field for one line; while it is empty it says what belongs there."""
        text = self.values.get(name, "")
        return Input(text, id=name, max_length=most, compact=True, placeholder=says,
                     select_on_focus=False)  # fmt: skip

    def text_lines(self, name: str, *, says: str = "") -> Lines:
        """A field for several lines."""
        return Lines(self.values.get(name, ""), says, id=name)

    def effects(self, name: str, label: str) -> "Effects":
        """A field for effects, one a line."""
        view = self._view
        tracks = [*(t.id for t in view.tracks), *(f.id for f in view.flags)]
        such = f"one a line, such as {tracks[0]} -= 5" if tracks else "one a line"
        field = self.text_lines(name, says=such)
        points = [f"{team.id}.points" for team in view.teams]
        return Effects(label, field, [*tracks, *points])

    def one_of(self, name: str, choices: list[tuple[str, str]]) -> OneOf:
        """A field for one of several choices."""
        field = OneOf(choices, id=name)
        field.value = self.values.get(name, "")
        return field

    def some_teams(self, name: str) -> SomeTeams:
        """A field for some of the teams."""
        field = SomeTeams(self._view.teams, id=name)
        field.value = tuple(self.values.get(name, "").split())
        return field

    def text(self, name: str) -> str:
        """What is filled into a field, without blanks around it."""
        return self.values.get(name, "").strip()

    # What is typed.

    @on(Input.Changed)
    def _line_typed(self, changed: Input.Changed) -> None:
        self._keep(changed.input.id, changed.value)

    @on(TextArea.Changed)
    def _lines_typed(self, changed: TextArea.Changed) -> None:
        self._keep(changed.text_area.id, changed.text_area.text)

    @on(OneOf.Changed)
    def _chosen(self, changed: OneOf.Changed) -> None:
        self._keep(changed.field.id, changed.field.value)

    @on(SomeTeams.Changed)
    def _ticked(self, changed: SomeTeams.Changed) -> None:
        self._keep(changed.field.id, " ".join(changed.field.value))

    def _keep(self, name: str | None, text: str) -> None:
        """Keep what was typed, and look ahead once nothing more is."""
        if name is None or self.values.get(name, "") == text:
            return
        self.values[name] = text
        if self._soon is not None:
            self._soon.stop()
        self._soon = self.set_timer(PATIENCE, self.check)

    @on(Input.Submitted)
    def _next(self) -> None:
        self.focus_next()

    # What comes of it.

    def check(self) -> None:
        """Show what it would do, or what is wrong, at the field that it is about."""
        try:
            preview = self.look_ahead()
        except (FieldError, TabletopError) as error:
            self._complain(error)
            preview = None
        else:
            self._complain(None)
        self.preview.show(preview or self.nothing(), self._view)
        self.refresh_bindings()

    def _complain(self, error: FieldError | TabletopError | None) -> None:
        said = self._said(error)
        for field in self.query(Field):
            field.complain([])
        for name in [name for name in said if name]:
            found = next(iter(self.query(f"#{name}")), None)
            owner = found.query_ancestor(Field) if found is not None else None
            if owner is None:
                said[""] = [*said.get("", []), *said[name]]
            else:
                owner.complain(said[name])
        general = self.query_one("#form-trouble", Static)
        rows = said.get("", [])
        general.display = bool(rows)
        sign = f"{glyphs().cross} "
        general.update(lines(Content.styled(sign, "$bad") + say(row) for row in rows))

    def _said(self, error: FieldError | TabletopError | None) -> dict[str, list[str]]:
        if error is None:
            return {}
        if isinstance(error, FieldError):
            return {error.field: [f"{error.message} {error.hint}".strip()]}
        return dict(self.blame(error))

    def action_write(self) -> None:
        """Do it; when something is wrong, say what, and go there."""
        if self._soon is not None:
            self._soon.stop()
        try:
            result = self.write()
        except (FieldError, TabletopError) as error:
            self._complain(error)
            self._go_to(self._said(error))
            return
        self.values.clear()
        self.dismiss(result)

    def _go_to(self, said: Mapping[str, list[str]]) -> None:
        """Put the cursor into the first field that something is wrong with."""
        for name in said:
            for found in self.query(f"#{name}") if name else ():
                found.focus(scroll_visible=False)
                owner = found.query_ancestor(Field)
                self.call_after_refresh(owner.scroll_visible, animate=False)
                return
