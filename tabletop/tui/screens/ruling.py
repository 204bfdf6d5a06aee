"""Control's override of the rules: what, to which value, and the reason."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from tabletop.session.view import Move, Preview, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.say import Part, line, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.intent import LONGEST
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.screens.team_table import Previewer
from tabletop.tui.screens.teams import team_name
from tabletop.tui.widgets import PreviewPane

NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>\d{1,7})")
YES, NO = frozenset({"yes", "y", "1"}), frozenset({"no", "n", "0"})


@dataclass(frozen=True, slots=True)
class Ruling:
    """The override as a move, and why it is made."""

    move: Move
    reason: str


@dataclass(frozen=True, slots=True)
class Target:
    """Something that control may override."""

    kind: str
    """number, flag, die, force or take."""
    item: str
    team: str
    name: Part
    now: str

    @property
    def needs_value(self) -> bool:
        """Whether a value must be given."""
        return self.kind in {"number", "flag", "die"}

    def move(self, text: str) -> Move | None:
        """The move that a typed value means; None when it means none."""
        if not self.needs_value:
            return Move(self.kind, team=self.team, item=self.item)
        if self.kind == "flag":
            return self._flag(text.strip().lower())
        number = NUMBER.fullmatch(text.replace(" ", "").replace("−", "-"))
        if number is None:
            return None
        value = int(number["digits"]) * (-1 if number["sign"] == "-" else 1)
        if self.kind == "die":
            return Move("die", value=value) if not number["sign"] else None
        kind = "add" if number["sign"] else "set"
        return Move(kind, team=self.team, item=self.item, value=value)

    def _flag(self, word: str) -> Move | None:
        if word in YES | NO:
            return Move("set", item=self.item, value=int(word in YES))
        return None


def targets(view: View) -> Iterator[Target]:
    """All that control may override, in the deck's order."""
    for track in view.tracks:
        yield Target("number", track.id, "", track.label, str(track.value))
    for flag in view.flags:
        yield Target("flag", flag.id, "", flag.label, "yes" if flag.value else "no")
    for team in view.teams:
        name = line(team_name(view, team.id), "  points")
        yield Target("number", f"{team.id}.points", "", name, str(team.points))
    yield Target("die", "", "", "The next throw, thrown by hand", "")
    for team_id, hand in view.hands.items():
        for card in hand:
            for kind, verb in (("force", "is played"), ("take", "is taken away")):
                name = line(team_name(view, team_id), f"  {card.title} {verb}")
                yield Target(kind, card.id, team_id, name, "")


def own_changes(preview: Preview) -> Preview:
    """The preview with the ruling's own changes first, not as something it sets off."""
    changes = (
        replace(change, cause=None)
        if change.cause is not None and change.cause.kind == "ruling"
        else change
        for change in preview.changes
    )
    return replace(preview, changes=tuple(changes))


class RulingScreen(Dialog[Ruling]):
    """What is overridden, the value, the reason; enter leads from one to the next."""

    AUTO_FOCUS = "#targets"
    HINTS = ("move", "rule.next", "leave")
    HELP_TITLE: ClassVar[str] = "A ruling"
    HELP_TEXT: ClassVar[str] = (
        "Choose what the rules got wrong. A plain number sets it, +4 or -4 changes "
        "it; a flag is yes or no. The reason is needed: it goes into the log and the "
        "report."
    )

    rows = getters.query_one("#targets", Rows)
    value = getters.query_one("#value", Input)
    reason = getters.query_one("#reason", Input)
    trouble = getters.query_one("#trouble", Static)

    def __init__(self, view: View, preview_of: Previewer) -> None:
        super().__init__()
        self._view = view
        self._preview_of = preview_of
        self._targets = list(targets(view))

    def title_text(self) -> str:
        """The sign of a ruling, and the word."""
        return f"{glyphs().control} Ruling"

    def compose_dialog(self) -> ComposeResult:
        """Targets, value, reason."""
        yield Rows(id="targets")
        yield Static(
            say("Value ", ("(50 sets, +4 or -4 changes, yes or no)", "$muted"))
        )
        yield Input(id="value", max_length=9, compact=True)
        yield PreviewPane(id="ruling-preview")
        yield Static(
            say("Reason ", ("(needed; it goes into the log and the report)", "$muted"))
        )
        yield Input(id="reason", max_length=LONGEST, compact=True)
        yield Static(id="trouble")

    def on_mount(self) -> None:
        """Begin with the targets."""
        super().on_mount()
        self.rows.show(
            [
                Row(f"target-{index}", target.name, target.now)
                for index, target in enumerate(self._targets)
            ]
        )

    @property
    def target(self) -> Target:
        """The chosen target."""
        return self._targets[self.rows.highlighted or 0]

    @on(Input.Changed, "#value")
    @on(OptionList.OptionHighlighted)
    def _look_ahead(self) -> None:
        """Show what the ruling would do, as soon as it means something."""
        move = self.target.move(self.value.value)
        preview = self._preview_of(move) if move is not None else None
        pane = self.query_one(PreviewPane)
        pane.display = preview is not None
        if preview is not None:
            pane.show(own_changes(preview), replace(self._view, hands={}))

    @on(OptionList.OptionSelected)
    def _ask_value(self) -> None:
        (self.value if self.target.needs_value else self.reason).focus()

    @on(Input.Submitted, "#value")
    def _ask_reason(self) -> None:
        self.reason.focus()

    @on(Input.Submitted, "#reason")
    def _rule(self) -> None:
        """Rule, unless something is missing: say what, and go there."""
        move = self.target.move(self.value.value)
        reason = self.reason.value.strip()
        if move is None:
            self._complain("That is not a value for this.", self.value)
        elif not reason:
            self._complain("A ruling needs its reason.", self.reason)
        else:
            self.dismiss(Ruling(move, reason))

    def _complain(self, words: str, where: Input) -> None:
        self.trouble.update(Content.styled(f"{glyphs().cross} {words}", "$bad"))
        where.focus()
