"""An inject that control writes: what is read, who is told, when, and what it does."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from tabletop.session.drafts import NewInject
from tabletop.session.game import Game
from tabletop.session.view import Preview, View
from tabletop.tui.keys import Key
from tabletop.tui.screens.form import (
    Field,
    FieldError,
    Form,
    rows_of,
)
from tabletop.tui.screens.intent import Values

BY_HAND, NOW = "hand", "now"
"""When an inject comes that has no moment of its own."""


class Written:
    """What came of the form: the inject's id, and whether it is to be fired."""

    def __init__(self, inject: str, *, fire: bool) -> None:
        self.inject = inject
        self.fire = fire


def moments(view: View) -> list[tuple[str, str]]:
    """When an inject may come: by hand, now, or as a phase opens that is to come."""
    found = [(BY_HAND, "by hand, from the bank"), (NOW, "now: write it and fire it")]
    for number in range(max(1, view.round), view.rounds + 1):
        for phase in view.phases:
            if number > view.round or phase.state == "to come":
                words = f"{view.round_label} {number}, {phase.label}"
                found.append((f"{number} {phase.id}", words))
    return found


class InjectForm(Form[Written]):
    """Everything that an inject of the deck may say, and its effects."""

    TITLE_TEXT = "Write an inject"
    FIRST = "title"
    ALSO: ClassVar[Mapping[str, str]] = {"round": "when", "phase": "when"}
    HELP_TITLE: ClassVar[str] = "Writing an inject"
    HELP_TEXT: ClassVar[str] = (
        "Only the title is needed. 'Read aloud' is what you say; the cue and the "
        "expected action are for you alone; the headline goes to the public display. "
        "Effects are in the deck's language, one a line, such as TRACK -= 5. "
        "With no team ticked, all are told. What is typed stays when you leave."
    )

    def __init__(self, game: Game, view: View, values: Values) -> None:
        super().__init__(view, values)
        self._game = game

    def fields(self) -> Iterator[Field]:
        """In the order in which an inject is thought up."""
        line = self.text_line
        yield Field("title", line("title", 120, says="needed; a few words"))
        yield Field("read aloud", line("read", says="what you say to the room"))
        yield Field("text", line("text", says="what the teams read, if it is more"))
        yield Field("from", line("sender", 60, says="who sends it, in the story"))
        yield Field("to", self.some_teams("audience"))
        yield Field("when", self.one_of("when", moments(self._view)))
        yield Field("expects", line("expects", says="what the teams should do then"))
        yield Field("cue", line("cue", says="what you do; nobody else reads it"))
        yield Field("headline", line("headline", 60, says="for the public display"))
        yield self.effects("effects", "effects")

    def new_inject(self) -> NewInject:
        """What stands in the fields."""
        number, _, phase = self.text("when").partition(" ")
        due = int(number) if number.isdecimal() else 0
        return NewInject(
            title=self.text("title"), read=self.text("read"), text=self.text("text"),
            sender=self.text("sender"), audience=tuple(self.text("audience").split()),
            round=due, phase=phase if due else "", expects=self.text("expects"),
            cue=self.text("cue"), headline=self.text("headline"),
            effects=rows_of(self.text("effects")),
        )  # fmt: skip

    def verb(self, key: Key) -> str:
        """The key says whether it fires."""
        if key.id == "form.write" and self.text("when") == NOW:
            return "write and fire"
        return super().verb(key)

    def look_ahead(self) -> Preview | None:
        """What it would do, were it fired now."""
        new = self.new_inject()
        if not new.title and not new.effects:
            return None
        return self._game.draft_inject(new if new.title else _titled(new.effects))

    def write(self) -> Written:
        """Put it into the game."""
        new = self.new_inject()
        if not new.title:
            raise FieldError("title", "An inject needs a title.")
        fire = self.text("when") == NOW
        return Written(self._game.write_inject(new), fire=fire)


def _titled(effects: tuple[str, ...]) -> NewInject:
    """An inject of which only the effects are known."""
    return NewInject(title="An inject", effects=effects)
