"""Cards, options and questions as a seat may read them."""

from collections.abc import Sequence

from tabletop.deck.expressions import Expr
from tabletop.deck.models import Card, Inject
from tabletop.engine import layout as at
from tabletop.engine import machine, words
from tabletop.engine.cards import vetoed
from tabletop.engine.code import split_terms
from tabletop.engine.frames import option_open
from tabletop.engine.program import Program
from tabletop.session.names import Names
from tabletop.session.rows import row_views
from tabletop.session.view import AskView, CardView, OptionView, SeatId, Term
from tabletop.session.wording import COMPARISONS


class CardReader:
    """Reads cards in one state: what a seat knows (see `engine.imagine`)."""

    def __init__(self, program: Program, names: Names, state: list[int]) -> None:
        """`state` holds nothing that the reader's seat may not know."""
        self.program = program
        self.names = names
        self.state = state
        self.deck = names.deck
        self.scratch = list(state)
        """The state again, for reckoning, which writes to its stack."""

    # --- hands

    def hand(self, team: str) -> tuple[CardView, ...]:
        """A team's hand, copies of a card together."""
        index = self.program.teams.index(team)
        P, S = self.program.words, self.state
        at_hand = P[P[at.H_TEAM] + index * at.TEAM_WORDS + at.T_S_HAND]
        count = S[P[at.H_S_HAND] + index]
        held = S[at_hand : at_hand + count]
        return tuple(
            self.card(card, index, held.count(card)) for card in dict.fromkeys(held)
        )

    def laid(self, team: str) -> tuple[str, ...]:
        """Titles of a team's orders, in the order in which they were laid."""
        cards = self.orders(self.program.teams.index(team))
        return tuple(self.names.title(self.program.cards[card]) for card in cards)

    def orders(self, team: int) -> list[int]:
        """A team's orders as the machine numbers cards."""
        P, S = self.program.words, self.state
        at_laid = P[P[at.H_TEAM] + team * at.TEAM_WORDS + at.T_S_LAID]
        return S[at_laid : at_laid + S[P[at.H_S_LAID] + team]]

    def card(self, number: int, team: int, count: int = 1) -> CardView:
        """A card in a team's hand."""
        id_ = self.program.cards[number]
        model = self.names.model.cards[id_]
        terms = self.card_terms(number, team)
        return CardView(
            id=id_,
            team=model.team,
            title=model.title,
            short=self.names.short(id_),
            text=model.text,
            cost=model.cost,
            playable=all(term.met for term in terms) and self.may_play(number, team),
            terms=terms,
            effects=self.names.effects_of("cards", id_, "effects"),
            lasting=self.names.once(("lasting", id_), lambda: self.names.lasting(id_)),
            dice=model.roll.dice if model.roll else "",
            rows=row_views(self.names, id_, self.modifier(id_)),
            asks=asked_teams(model),
            notes=notes(model),
            source=tuple(model.source),
            count=count,
            facts=self.names.facts(id_),
            number=self.places(team)[number],
        )

    def places(self, team: int) -> dict[int, int]:
        """The number that each card keeps all game in a team's hand."""
        return self.names.once(("places", team), lambda: self._places(team))

    def _places(self, team: int) -> dict[int, int]:
        id_, deck = self.program.teams[team], self.names.model.cards
        cards = enumerate(self.program.cards)
        own_first = sorted((deck[card].team != id_, i) for i, card in cards)
        return {card: place for place, (_, card) in enumerate(own_first, start=1)}

    def may_play(self, number: int, team: int) -> bool:
        """Whether the machine offers the card now."""
        P, S = self.program.words, self.state
        if S[at.S_WAIT] == at.W_ANSWER or machine.owes(P, S, team) == 0:
            return False
        if S[at.S_WAIT] == at.W_LAY:
            return machine.may_lay(P, S, team, number) == 1
        return machine.refusal(P, S, team, number) == 0

    def modifier(self, id_: str) -> int:
        """What would be added to a card's or inject's dice now."""
        P = self.program.words
        happening = self.program.happenings.index(id_)
        roll = P[P[at.H_HAPPENING] + happening * at.HAPPENING_WORDS + at.P_ROLL]
        if roll < 0:
            return 0
        pc = P[P[at.H_ROLL] + roll * at.ROLL_WORDS + at.D_CODE]
        return words.evaluate(P, self.scratch, pc) if pc else 0

    # --- terms

    def card_terms(self, number: int, team: int) -> tuple[Term, ...]:
        """Everything that must be so for a card to be played, met or not."""
        P, S = self.program.words, self.state
        id_ = self.program.cards[number]
        model = self.names.model.cards[id_]
        have = S[P[at.H_S_POINTS] + team]
        terms = [Term(have >= model.cost, f"costs {model.cost}, you have {have}")]
        if vetoed(P, S, number):
            terms.insert(0, Term(met=False, text="vetoed by control"))
        if S[P[at.H_S_PLAYS] + team] >= at.PLAYS_LIMIT:
            terms.append(Term(met=False, text=f"{at.PLAYS_LIMIT} plays a round"))
        if model.response:
            terms.append(Term(S[at.S_WAIT] == at.W_RESPOND, "only as a response"))
        elif S[at.S_WAIT] == at.W_RESPOND:
            terms.append(Term(met=False, text="is no response"))
        if model.limit:
            played = S[P[at.H_S_PLAYED] + number]
            terms.append(Term(played < model.limit, limit_text(model.limit, played)))
        if model.cooldown:
            rest = S[P[at.H_S_REST] + number] % at.VETO
            left = rest - S[at.S_ROUND] + 1
            text = f"rests {left} more" if left > 0 else "is rested"
            terms.append(Term(left <= 0, text))
        row = P[at.H_CARD] + number * at.CARD_WORDS
        if (P[row + at.C_HIDDEN] >> team) & 1:
            return (*terms, Term(met=False, text="depends on what you can't see"))
        first = P[row + at.C_TERM]
        expr = self.deck.expr("cards", id_, "requires") if model.requires else None
        return (*terms, *self.terms(expr, first))

    def terms(self, expr: Expr | None, first: int) -> tuple[Term, ...]:
        """A condition's terms in words, with today's values."""
        if expr is None:
            return ()
        need = self.names.wording.need
        parts = self.names.once(
            ("terms", first), lambda: [(e, need(e)) for e in split_terms(expr)]
        )
        return tuple(self.term(*part, first + i) for i, part in enumerate(parts))

    def term(self, expr: Expr, said: str, number: int) -> Term:
        """One term in words, with today's value where it is about one number."""
        P, S = self.program.words, self.scratch
        met = words.term_holds(P, S, number) == 1
        row = P[at.H_TERM] + number * at.TERM_WORDS
        if expr.op in COMPARISONS and P[row + at.M_CODE] == 0 and expr.args[0].name:
            said += f", now {S[P[row + at.M_SLOT]]}"
        return Term(met, said)

    # --- questions

    def asks(self, seat: SeatId, hidden: Sequence[str] = ()) -> tuple[AskView, ...]:
        """The questions that wait for a team; for control, for any team."""
        if self.state[at.S_WAIT] != at.W_ANSWER:
            return ()
        found = []
        for index, team in enumerate(self.program.teams):
            if machine.owes(self.program.words, self.state, index) == 0:
                continue
            if seat in (team, "control") and team not in hidden:
                found.append(self.ask(team, index))
        return tuple(found)

    def ask(self, team: str, index: int) -> AskView:
        """The question that a team owes an answer to."""
        P, S = self.program.words, self.state
        question = machine.asked_question(P, S, index)
        row = P[at.H_QUESTION] + question * at.QUESTION_WORDS
        first, count = P[row + at.Q_OPTION], P[row + at.Q_OPTIONS]
        id_, place, _ = self.program.options[first]
        happening = self.names.happenings[id_]
        return AskView(
            team=team,
            title=happening.title,
            by=self.names.by(id_),
            prompt=happening.ask[place].prompt,
            secret=happening.answers == "secret",
            options=tuple(self.option(first + i) for i in range(count)),
            sender=happening.sender if isinstance(happening, Inject) else "",
            told=self.told(happening, team) if isinstance(happening, Inject) else "",
        )

    def told(self, inject: Inject, team: str) -> str:
        """What an inject tells a team, if it is not for everybody to hear."""
        hears = inject.audience or ()
        if team not in hears or set(hears) == set(self.program.teams):
            return ""
        return " ".join((inject.text or inject.read).split())

    def option(self, number: int) -> OptionView:
        """One way to answer."""
        P = self.program.words
        id_, ask, k = self.program.options[number]
        option = self.names.option((id_, ask, k))
        path = (self.names.where(id_), id_, "ask", ask, "options", k)
        expr = self.deck.expr(*path, "requires") if option.requires else None
        first = P[P[at.H_OPTION] + number * at.OPTION_WORDS + at.O_TERM]
        return OptionView(
            id=option.id,
            label=option.label,
            text=option.text,
            open=option_open(P, self.scratch, number) == 1,
            terms=self.terms(expr, first),
            effects=self.names.effects_of(*path, "effects"),
        )


def asked_teams(model: Card) -> tuple[str, ...]:
    """The teams that a card asks, in order."""
    return tuple(
        team for ask in model.ask for team in ([ask.team] if ask.team else ask.teams)
    )


def limit_text(limit: int, played: int) -> str:
    """A limit in words."""
    if limit == 1:
        return "once a game" if not played else "already played, once a game"
    return f"{limit} times a game, {played} played"


def notes(model: Card) -> tuple[str, ...]:
    """Short marks on a card."""
    marks = []
    if model.limit:
        marks.append("once" if model.limit == 1 else f"{model.limit}×")
    if model.cooldown:
        marks.append(f"rests {model.cooldown}")
    if model.response:
        marks.append("response")
    if model.invites_response:
        marks.append("can be answered")
    return tuple(marks)
