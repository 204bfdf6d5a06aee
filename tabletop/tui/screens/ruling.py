"""Control's override of the rules: what, to which value, and the reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events, getters, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, OptionList, Static

from tabletop.session.view import CardTitle, Move, Preview, View
from tabletop.tui.glyphs import glyphs
from tabletop.tui.keys import Key, bindings
from tabletop.tui.say import Part, line, say
from tabletop.tui.screens.base import Dialog
from tabletop.tui.screens.intent import LONGEST, Values
from tabletop.tui.screens.rows import Row, Rows
from tabletop.tui.screens.team_table import Previewer
from tabletop.tui.screens.teams import team_name
from tabletop.tui.widgets import PreviewPane

NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>\d{1,7})")
YES, NO = frozenset({"yes", "y", "1"}), frozenset({"no", "n", "0"})
REMARKS = {
    "number": "(50 sets it, +4 or -4 changes it)",
    "flag": "(yes or no)",
    "die": "(what the dice on the table show)",
}


@dataclass(frozen=True, slots=True)
class Ruling:
    """The override as a move, and why it is made."""

    move: Move
    reason: str


@dataclass(frozen=True, slots=True)
class Target:
    """Something that control may override."""

    kind: str
    """number, flag, die or card."""
    item: str
    team: str
    name: Part
    now: Part

    @property
    def key(self) -> str:
        """What tells it from every other target."""
        return f"{self.kind}-{self.item}"

    @property
    def needs_value(self) -> bool:
        """Whether a value must be typed; of a card, what is done with it is chosen."""
        return self.kind != "card"

    def move(self, text: str) -> Move | None:
        """The move that a typed value means; None when it means none."""
        if self.kind == "flag":
            return self._flag(text.strip().lower())
        number = NUMBER.fullmatch(text.replace(" ", "").replace("−", "-"))
        if number is None or not self.needs_value:
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


def targets(view: View, cards: Sequence[CardTitle] = ()) -> Iterator[Target]:
    """All that control may override, in the deck's order."""
    for track in view.tracks:
        yield Target("number", track.id, "", track.label, str(track.value))
    for flag in view.flags:
        yield Target("flag", flag.id, "", flag.label, "yes" if flag.value else "no")
    for team in view.teams:
        name = line(team_name(view, team.id), "  points")
        yield Target("number", f"{team.id}.points", "", name, str(team.points))
    yield Target("die", "", "", "The next throw, thrown by hand", "")
    for card in cards:
        name = line(team_name(view, card.team), f"  {card.title}")
        yield Target("card", card.id, card.team, name, where(view, card))


def holders(view: View, card: str) -> list[str]:
    """The teams that hold a card."""
    return [t for t, hand in view.hands.items() if any(c.id == card for c in hand)]


def where(view: View, card: CardTitle) -> str:
    """What is to be known of a card at a glance."""
    held = ["in hand"] if holders(view, card.id) else []
    return ", ".join([*held, *(["vetoed"] if card.vetoed else [])])


def deeds(view: View, card: Target) -> Iterator[tuple[Content, Move]]:
    """All that control may do with a card, in words; some are refused just now."""
    held = holders(view, card.item)
    yield (
        line("Allow ", team_name(view, card.team), " to play it now"),
        Move("force", card.team, card.item),
    )
    yield line("Veto it: it may not be played"), Move("veto", item=card.item)
    yield line("Lift the veto"), Move("lift", item=card.item)
    for team in view.teams:
        words = line("Give it to ", team_name(view, team.id))
        yield words, Move("give", team.id, card.item)
    for holder in held:
        words = line("Take it from ", team_name(view, holder))
        yield words, Move("take", holder, card.item)
    for holder in dict.fromkeys((*held, card.team)):
        yield from shown_to(view, holder, card.item)


def shown_to(view: View, holder: str, card: str) -> Iterator[tuple[Content, Move]]:
    """To whom a card that a team holds may be revealed."""
    whose = line(team_name(view, holder), "'s hand")
    yield line("Reveal it to all, in ", whose), Move("reveal", holder, card)
    for place, team in enumerate(view.teams, 1):
        if team.id != holder:
            words = line("Reveal it to ", team_name(view, team.id), " alone")
            yield words, Move("reveal", holder, card, place)


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
    """What is overridden, then the value and the reason; nothing typed is lost."""

    AUTO_FOCUS = "#targets"
    HINTS = ("move", "rule.next", "rule.find", "leave")
    BINDINGS = bindings("rule.find")
    HELP_TITLE: ClassVar[str] = "A ruling"
    HELP_TEXT: ClassVar[str] = (
        "Choose what the rules got wrong: a number, a flag, points, the next throw, or "
        "any card of the deck, to allow, veto, give, take or reveal it. A plain number "
        "sets, +4 or -4 changes. The reason is needed: it goes into the log and the "
        "report. A ruling is undone like any move."
    )

    rows = getters.query_one("#targets", Rows)
    find = getters.query_one("#find-target", Input)
    value = getters.query_one("#value", Input)
    doing = getters.query_one("#deeds", Rows)
    reason = getters.query_one("#reason", Input)
    trouble = getters.query_one("#trouble", Static)

    def __init__(
        self,
        view: View,
        preview_of: Previewer,
        cards: Sequence[CardTitle] = (),
        values: Values | None = None,
    ) -> None:
        super().__init__()
        self._view = view
        self._preview_of = preview_of
        self._targets = {t.key: t for t in targets(view, cards)}
        self.values: Values = {} if values is None else values
        self._deeds: list[tuple[Content, Move]] = []

    def title_text(self) -> str:
        """The sign of a ruling, and the word."""
        return f"{glyphs().control} Ruling"

    def compose_dialog(self) -> ComposeResult:
        """The list; once something is chosen, its value, the preview and the reason."""
        yield Input(id="find-target", compact=True, placeholder="words to find")
        yield Rows(id="targets")
        yield Static(id="chosen")
        yield Input(self.values.get("value", ""), id="value", max_length=9,
                    compact=True, select_on_focus=False)  # fmt: skip
        yield Rows(id="deeds")
        yield PreviewPane(id="ruling-preview")
        yield Static(
            say("Reason ", ("(needed; it goes into the log and the report)", "$muted")),
            id="reason-label",
        )
        yield Input(self.values.get("reason", ""), id="reason", max_length=LONGEST,
                    compact=True, select_on_focus=False)  # fmt: skip
        yield Static(id="trouble")

    def on_mount(self) -> None:
        """Begin with the targets, or with the one that was left."""
        super().on_mount()
        self.find.display = False
        self._list()
        target = self._targets.get(self.values.get("target", ""))
        self._open(target)

    def _list(self) -> None:
        """The targets that hold the words, under headings."""
        words = self.find.value.casefold().split()
        found: list[Row] = []
        last = ""
        for target in self._targets.values():
            name = line(target.name)
            if not all(word in name.plain.casefold() for word in words):
                continue
            group = "Cards" if target.kind == "card" else "Numbers, flags and dice"
            if group != last:
                found.append(Row("", group))
                last = group
            found.append(Row(target.key, name, target.now))
        self.rows.show(found or [Row("", "Nothing holds these words.")])
        self.rows.put_cursor(self.values.get("target", ""))

    # From the list to the target, and back.

    @property
    def target(self) -> Target | None:
        """What was chosen to be overridden."""
        return self._targets.get(self.values.get("target", ""))

    def _open(self, target: Target | None) -> None:
        """Show a target with its value and its reason, or the list."""
        listed = target is None
        self.find.display = listed and bool(self.find.value)
        self.rows.display = listed
        for part in ("#chosen", "#ruling-preview", "#reason-label", "#reason"):
            self.query_one(part).display = not listed
        self.value.display = target is not None and target.needs_value
        self.doing.display = target is not None and not target.needs_value
        self.trouble.update("")
        self.refresh_bindings()
        if target is None:
            self.values.pop("target", None)
            self.rows.focus()
            return
        self.values["target"] = target.key
        self._list_deeds(target)
        self._look_ahead()
        (self.value if target.needs_value else self.doing).focus()

    def _list_deeds(self, target: Target) -> None:
        """What may be done with a card now; the rest is not offered."""
        self._deeds = []
        if not target.needs_value:
            self._deeds = [
                (words, move)
                for words, move in deeds(self._view, target)
                if self._preview_of(move) is not None
            ]
        self.doing.show(
            [Row(f"deed-{n}", words) for n, (words, _) in enumerate(self._deeds)]
            or [Row("", "Nothing can be done with this card now.")]
        )
        self.doing.put_cursor(self.values.get("deed", ""))

    @property
    def move(self) -> Move | None:
        """The move that the ruling is; None while it is none."""
        target = self.target
        if target is None:
            return None
        if target.needs_value:
            return target.move(self.value.value)
        chosen = self.doing.chosen
        place = int(chosen.removeprefix("deed-")) if chosen else -1
        return self._deeds[place][1] if 0 <= place < len(self._deeds) else None

    def _sentence(self, target: Target) -> Content:
        """`Set  Kremlin support  from 46  to` what is typed below."""
        name = line(line(target.name).stylize("bold underline"))
        if target.kind == "card":
            remark = f"  {target.now}" if isinstance(target.now, str) else ""
            return line("Card  ", name, (remark, "$muted"))
        if target.kind == "die":
            return line(name, (f"  {REMARKS['die']}", "$muted"))
        now = (target.now, "bold") if isinstance(target.now, str) else target.now
        return line(
            "Set  ", name, ("  from ", "$muted"), now,
            (f"  to  {REMARKS[target.kind]}", "$muted"),
        )  # fmt: skip

    @on(Input.Changed, "#value")
    @on(OptionList.OptionHighlighted, "#deeds")
    def _look_ahead(self) -> None:
        """Show what the ruling would do, as soon as it means something."""
        target, move = self.target, self.move
        if target is None:
            return
        self.values["value"] = self.value.value
        self.values["deed"] = self.doing.chosen or ""
        self.query_one("#chosen", Static).update(self._sentence(target))
        preview = self._preview_of(move) if move is not None else None
        pane = self.query_one(PreviewPane)
        pane.display = preview is not None
        if preview is not None:
            pane.show(own_changes(preview), replace(self._view, hands={}))

    @on(Input.Changed, "#reason")
    def _keep_reason(self, changed: Input.Changed) -> None:
        self.values["reason"] = changed.value

    # Keys.

    def can_find(self) -> bool:
        """There is something to be found in the list alone."""
        return self.rows.display

    def action_find(self) -> None:
        """Type the words that are looked for."""
        self.find.display = True
        self.find.focus()

    @on(Input.Changed, "#find-target")
    def _found(self) -> None:
        self._list()

    @on(Input.Submitted, "#find-target")
    def _to_list(self) -> None:
        self.rows.focus()

    @on(OptionList.OptionSelected, "#targets")
    def _choose(self, selected: OptionList.OptionSelected) -> None:
        self._open(self._targets.get(selected.option_id or ""))

    @on(Input.Submitted, "#value")
    @on(OptionList.OptionSelected, "#deeds")
    def _ask_reason(self) -> None:
        self.reason.focus()

    def on_key(self, event: events.Key) -> None:
        """Tab goes from what is done to its reason, past the preview between them."""
        if event.key == "tab" and self.focused in (self.value, self.doing):
            event.stop()
            event.prevent_default()
            self.reason.focus()

    @on(Input.Submitted, "#reason")
    def _rule(self) -> None:
        """Rule, unless something is missing: say what, and go there."""
        move, reason, target = self.move, self.reason.value.strip(), self.target
        typed = target is not None and target.needs_value
        if move is None and typed:
            self._complain("That is not a value for this.", self.value)
        elif move is None:
            self._complain("Nothing is chosen.", self.doing)
        elif not reason:
            self._complain("A ruling needs its reason.", self.reason)
        else:
            self.dismiss(Ruling(move, reason))

    def _complain(self, words: str, there: Input | Rows) -> None:
        self.trouble.update(Content.styled(f"{glyphs().cross} {words}", "$bad"))
        there.focus()

    def verb(self, key: Key) -> str:
        """Escape leads from the value back to the list, and from there away."""
        if key.id == "leave" and not self.rows.display:
            return "back to the list"
        return super().verb(key)

    def action_leave(self) -> None:
        """Back to the whole list; from there to the table."""
        if not self.rows.display:
            self._open(None)
        elif self.find.display:
            self.find.value = ""
            self.find.display = False
            self.rows.focus()
        else:
            self.dismiss(None)
