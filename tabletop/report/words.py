"""What a deck's parts say, in words for paper: no state, and nothing hidden.

`reader` is always who may read the page: a team's id, or control, who may read all.
What a team may not see is worked out by control at the table, and the words say so.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import Effect, Expr, Name
from tabletop.deck.expressions import names as names_in
from tabletop.deck.models import Card, Inject, Option, Rule
from tabletop.engine.code import split_terms
from tabletop.session.names import Names, plain
from tabletop.session.rows import percent, row_chances, span_text
from tabletop.session.view import CONTROL, EffectView, SeatId
from tabletop.session.wording import Wording

SIGNS = {
    "red": "◆", "blue": "●", "yellow": "▲", "violet": "■", "teal": "★", "pink": "✚",
}  # fmt: skip
"""Beside each colour, so that black and white tell the teams apart as well."""
SECRET = "something that control knows"
ON_SECRET = "on a secret condition"
SECRET_NUMBER = "a number that control knows"
MOMENTS = {
    "after_play": "After a card was played",
    "after_inject": "After an inject",
    "round_start": "As a round begins",
    "round_end": "As a round closes",
}


@dataclass(frozen=True, slots=True)
class DiceRow:
    """A row of a dice table."""

    span: str
    chance: str
    """Empty where the modifier depends on the game."""
    text: str
    effects: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to answer."""

    label: str
    text: str
    needs: str
    effects: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its answers."""

    who: str
    prompt: str
    choices: tuple[Choice, ...]


def effect_words(effect: EffectView) -> str:
    """An effect with an arrow: 'Economy ▼ 6'."""
    arrow = {1: "▲ ", -1: "▼ ", 0: ""}[effect.sign]
    return f"{effect.label} {arrow}{effect.amount}".strip()


class Words:
    """Says what stands in one deck."""

    def __init__(self, deck: Deck) -> None:
        """Takes the deck's own names for its things."""
        self.deck = deck
        self.model = deck.model
        self.names = Names(deck)
        self._labels = {
            (id_, option.id): option.label
            for id_, happening in self.names.happenings.items()
            for ask in happening.ask
            for option in ask.options
        }

    # --- who may know what

    def sees(self, reader: SeatId, name: Name) -> bool:
        """Whether a reader may know what a name in an expression stands for."""
        if reader == CONTROL or not name.ids:
            return True
        id_, model = name.ids[0], self.model
        seen: list[str] | None = None
        if name.kind in ("track", "band"):
            seen = model.tracks[id_].visible_to
        elif name.kind == "flag":
            seen = model.flags[id_].visible_to
        elif name.kind in ("fired", "lasts") and id_ in model.injects:
            seen = model.injects[id_].audience
        return seen is None or reader in seen

    def clear(self, reader: SeatId, expr: Expr) -> bool:
        """Whether a reader may know all that an expression reads."""
        return all(self.sees(reader, name) for name, _ in names_in(expr))

    def tracks(self, reader: SeatId) -> list[str]:
        """The tracks that a reader may see."""
        return [t for t in self.model.tracks if self.sees(reader, Name("track", (t,)))]

    def public_tracks(self) -> list[str]:
        """The tracks that every team may see."""
        everybody = self.model.teams
        return [t for t in self.tracks(CONTROL) if all(
            self.sees(team, Name("track", (t,))) for team in everybody)]  # fmt: skip

    def flags(self, reader: SeatId) -> list[str]:
        """The flags that a reader may see."""
        return [f for f in self.model.flags if self.sees(reader, Name("flag", (f,)))]

    # --- expressions

    def number(self, expr: Expr, reader: SeatId) -> str:
        """An expression in words, unless it would tell a secret."""
        return self.names.words(expr) if self.clear(reader, expr) else SECRET_NUMBER

    def needs(self, reader: SeatId, *path: str | int) -> str:
        """A condition's terms, or nothing when there is no condition."""
        try:
            expr = self.deck.expr(*path)
        except KeyError:
            return ""
        terms = split_terms(expr)
        return "; ".join(
            self.names.wording.need(term) if self.clear(reader, term) else ON_SECRET
            for term in terms
        )

    def condition(self, *path: str | int) -> str:
        """A condition in words, for control."""
        try:
            return self.names.words(self.deck.expr(*path))
        except KeyError:
            return ""

    def _after_answers(self, id_: str) -> Wording:
        """Words for clauses over the answers, with the options' own labels."""

        def name(name: Name) -> str:
            label = self._labels.get((id_, name.ids[-1])) if name.ids else None
            if label and name.kind == "chose":
                return f"how many say “{label}”"
            if label and name.kind == "answer":
                return f"{self.names.team(name.ids[0])} says “{label}”"
            return "how many were asked" if name.kind == "asked" else names.name(name)

        names = self.names
        return Wording(name, names.wording.band)

    # --- effects

    def effects(self, effects: Sequence[Effect]) -> str:
        """A card's own effects, as its holder reads them on the screen too."""
        return ", ".join(effect_words(each) for each in self.names.effects(effects))

    def others_effects(self, effects: Sequence[Effect], reader: SeatId) -> str:
        """Effects of an answer, as those may read them who do not choose it."""
        told = [self._told(effect, reader) for effect in effects]
        return ", ".join(dict.fromkeys(told))

    def _told(self, effect: Effect, reader: SeatId) -> str:
        inner = effect.effect or effect
        target, value = inner.target, inner.value
        blind = target is not None and not self.sees(reader, target)
        if blind or (value is not None and not self.clear(reader, value)):
            return SECRET
        names = [Name("lasts", (inner.inject,))] if inner.inject else []
        if not all(self.sees(reader, name) for name in names):
            return SECRET
        return effect_words(self.names.effect(effect))

    # --- cards and injects

    def dice(self, id_: str, reader: SeatId) -> tuple[str, tuple[DiceRow, ...]]:
        """What is thrown, like '2d6 + Manpower ÷ 20', and the table."""
        roll = self.names.happenings[id_].roll
        if roll is None:
            return "", ()
        where = self.names.where(id_)
        thrown = roll.dice
        shares = [percent(share) for share in row_chances(roll, 0)]
        if roll.modifier is not None:
            expr = self.deck.expr(where, id_, "roll", "modifier")
            thrown += f" + ({self.number(expr, reader)})"
            shares = [""] * len(shares)
        path = (where, id_, "roll", "table")
        rows = (
            DiceRow(
                span_text(roll, i), shares[i], row.text,
                self.effects(self.deck.effects(*path, i, "effects")),
            )
            for i, row in enumerate(roll.table)
        )  # fmt: skip
        return thrown, tuple(rows)

    def questions(self, id_: str, reader: SeatId) -> tuple[Question, ...]:
        """The questions that a card or inject puts."""
        happening, where = self.names.happenings[id_], self.names.where(id_)
        return tuple(
            Question(
                " and ".join(self.names.team(t) for t in ask.teams or [ask.team or ""]),
                ask.prompt,
                tuple(
                    self._choice(option, (where, id_, "ask", i, "options", k), reader)
                    for k, option in enumerate(ask.options)
                ),
            )
            for i, ask in enumerate(happening.ask)
        )

    def _choice(
        self, option: Option, path: tuple[str | int, ...], reader: SeatId
    ) -> Choice:
        effects = self.deck.effects(*path, "effects")
        return Choice(
            option.label,
            option.text,
            self.needs(reader, *path, "requires"),
            self.others_effects(effects, reader),
        )

    def outcomes(self, id_: str, reader: SeatId) -> Iterator[tuple[str, str, str]]:
        """What follows from the answers: when, in words, and its effects."""
        where, wording = self.names.where(id_), self._after_answers(id_)
        for i, outcome in enumerate(self.names.happenings[id_].outcomes):
            expr = self.deck.expr(where, id_, "outcomes", i, "when")
            when = wording.words(expr) if self.clear(reader, expr) else ON_SECRET
            effects = self.deck.effects(where, id_, "outcomes", i, "effects")
            yield when, outcome.text or "", self.others_effects(effects, reader)

    def marks(self, card: Card) -> str:
        """How often a card may be played, and how, in few words."""
        found = []
        if card.limit:
            found.append("once a game" if card.limit == 1 else f"{card.limit}× a game")
        if card.cooldown:
            found.append(f"then rests {card.cooldown}")
        if card.response:
            found.append("only as a response")
        if card.invites_response:
            found.append("others may respond")
        return " · ".join(found)

    def when_due(self, id_: str, inject: Inject) -> str:
        """When an inject comes: 'Month 3, Play', 'when Congress > 50', 'by hand'."""
        if inject.at is not None:
            phase = inject.at.phase or next(iter(self.model.rounds.minutes))
            end = "end of " if inject.at.moment == "end" else ""
            label = self.model.rounds.label
            return f"{label} {inject.at.round}, {end}{plain(phase)}"
        if inject.when:
            return f"when {self.condition('injects', id_, 'when')}"
        return "if play stalls" if inject.contingency else "by hand"

    def told(self, inject: Inject) -> str:
        """Who is told of an inject."""
        if inject.audience is None:
            return "everybody"
        return ", ".join(self.names.team(team) for team in inject.audience) or "nobody"

    def rule(self, id_: str, rule: Rule) -> str:
        """A rule in one sentence, for control."""
        moment = MOMENTS.get(rule.at)
        if moment is None:
            moment = f"When {self.names.target(rule.track or '')} changes its band"
        when = self.condition("rules", id_, "when")
        condition = f", if {when}" if when else ""
        once = f", at most once a {rule.once}" if rule.once else ""
        effects = self.effects(self.deck.effects("rules", id_, "effects"))
        return f"{moment}{condition}{once}: {effects}."

    # --- teams

    def sign(self, team: str) -> str:
        """A team's sign and letter: '◆ K'."""
        sign, letter = SIGNS[self.names.color(team)], self.names.letter(team)
        return f"{sign} {letter}"

    def points(self, team: str, reader: SeatId) -> str:
        """What a team may spend in a round."""
        points = self.model.teams[team].points
        if isinstance(points, int):
            return str(points)
        return self.number(self.deck.expr("teams", team, "points"), reader)

    def copies(self, team: str) -> Iterator[tuple[str, int]]:
        """A team's cards in the deck's order, and how many copies there are."""
        for id_, card in self.model.cards.items():
            if card.team == team:
                yield id_, card.copies
