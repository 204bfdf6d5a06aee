"""What a card or inject asks and what the answers lead to, before anybody is asked.

It is read from the deck alone, with no state; what a reader may not see is named as
such, so that the words are the same whatever is hidden.
"""

from collections.abc import Sequence

from tabletop.deck.expressions import Effect, Expr, Name
from tabletop.deck.expressions import names as names_in
from tabletop.deck.models import Ask
from tabletop.session.names import Names
from tabletop.session.view import (
    CONTROL,
    Asking,
    ChoiceView,
    EffectView,
    OutcomeView,
    QuestionView,
    SeatId,
)
from tabletop.session.wording import Wording

SECRET = "something that you can't see"
ON_SECRET = "something holds that you can't see"


class Knowing:
    """What a reader may know of the parts of a deck."""

    def __init__(self, names: Names, reader: SeatId) -> None:
        """`reader` is a team's id, or control, who may know all."""
        self.names = names
        self.reader = reader

    def sees(self, name: Name) -> bool:
        """Whether the reader may know what a name in an expression stands for."""
        if self.reader == CONTROL or not name.ids:
            return True
        id_, model = name.ids[0], self.names.model
        seen: list[str] | None = None
        if name.kind in ("track", "band"):
            seen = model.tracks[id_].visible_to
        elif name.kind == "flag":
            seen = model.flags[id_].visible_to
        elif name.kind in ("fired", "lasts") and id_ in model.injects:
            seen = model.injects[id_].audience
        return seen is None or self.reader in seen

    def clear(self, expr: Expr) -> bool:
        """Whether the reader may know all that an expression reads."""
        return all(self.sees(name) for name, _ in names_in(expr))

    def open(self, effect: Effect) -> bool:
        """Whether the reader may know what an effect aims at and by how much."""
        inner = effect.effect or effect
        if inner.target is not None and not self.sees(inner.target):
            return False
        if inner.value is not None and not self.clear(inner.value):
            return False
        return not inner.inject or self.sees(Name("lasts", (inner.inject,)))

    def effects(self, effects: Sequence[Effect]) -> tuple[EffectView, ...]:
        """Effects of an answer, as those may read them who do not choose it."""
        hidden = EffectView(SECRET, 0, "")
        told = (self.names.effect(e) if self.open(e) else hidden for e in effects)
        return tuple(dict.fromkeys(told))


class AnswerWording(Wording):
    """Words for clauses over the answers: `all say 'Sign'`."""

    def __init__(self, names: Names, id_: str) -> None:
        """`id_` is the card or inject that asks."""
        super().__init__(self._name, names.wording.band)
        self._names = names
        self._asks = names.happenings[id_].ask

    def _name(self, name: Name) -> str:
        if name.kind == "chose":
            return f"how many say '{self._label(name)}'"
        if name.kind == "answer":
            return f"{self._names.team(name.ids[0])} says '{self._label(name)}'"
        if name.kind == "asked":
            return "how many were asked"
        return self._names.name(name)

    def _label(self, name: Name) -> str:
        """What an option is called; of an answer, by the question to its team."""
        team = name.ids[0] if name.kind == "answer" else None
        return next(
            option.label
            for ask in self._asks
            for option in ask.options
            if option.id == name.ids[-1] and (team is None or team in _teams(ask))
        )

    def words(self, expr: Expr) -> str:
        """An expression in words; how many chose an answer as people say it."""
        return self._counted(expr) or super().words(expr)

    def _counted(self, expr: Expr) -> str:
        """`nobody says 'Sign'` for a comparison of a count; else nothing."""
        if len(expr.args) != 2:
            return ""
        left, right = expr.args
        if left.name is None or left.name.kind != "chose":
            return ""
        said = _count_words(expr.op, right.value) if right.op == "const" else ""
        if expr.op == "==" and right.name is not None and right.name.kind == "asked":
            said = "all say"
        return f"{said} '{self._label(left.name)}'" if said else ""


def _teams(ask: Ask) -> list[str]:
    """The teams that a question goes to."""
    return ask.teams or [ask.team or ""]


def _count_words(op: str, number: int) -> str:
    """How many say something: 'nobody says', '2 or more say', 'fewer than 2 say'."""
    least = {">": number + 1, ">=": number}.get(op)
    if least is not None:
        return "somebody says" if least == 1 else f"{least} or more say"
    below = {"<": number, "<=": number + 1}.get(op)
    if below is not None:
        return "nobody says" if below == 1 else f"fewer than {below} say"
    exact = {0: "nobody says", 1: "exactly one says"}.get(
        number, f"exactly {number} say"
    )
    return exact if op == "==" else ""


class Asker(Knowing):
    """Says what a card or inject asks, as a reader may know it."""

    def asking(self, id_: str) -> Asking:
        """Its questions, and what follows from the answers taken together."""
        return self.names.once(
            ("asking", id_, self.reader),
            lambda: Asking(self._questions(id_), self._outcomes(id_)),
        )

    def _questions(self, id_: str) -> tuple[QuestionView, ...]:
        where = self.names.where(id_)
        return tuple(
            QuestionView(
                tuple(_teams(ask)),
                ask.prompt,
                tuple(
                    ChoiceView(
                        option.label,
                        self.effects(
                            self.names.deck.effects(
                                where, id_, "ask", i, "options", k, "effects"
                            )
                        ),
                    )
                    for k, option in enumerate(ask.options)
                ),
            )
            for i, ask in enumerate(self.names.happenings[id_].ask)
        )

    def _outcomes(self, id_: str) -> tuple[OutcomeView, ...]:
        """What follows from the answers taken together."""
        deck, where = self.names.deck, self.names.where(id_)
        wording = AnswerWording(self.names, id_)
        found = []
        for i, outcome in enumerate(self.names.happenings[id_].outcomes):
            expr = deck.expr(where, id_, "outcomes", i, "when")
            when = wording.words(expr) if self.clear(expr) else ON_SECRET
            effects = deck.effects(where, id_, "outcomes", i, "effects")
            found.append(OutcomeView(when, outcome.text or "", self.effects(effects)))
        return tuple(found)
