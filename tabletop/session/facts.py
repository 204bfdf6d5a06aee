"""What a move caused, in words, and who may know it.

The machine's trace becomes facts. A fact may be hidden from some teams, or told to them
in another way ('draws a card'). Nothing is shown to a seat but through `seen_by`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tabletop.engine import layout as at
from tabletop.engine.program import Program
from tabletop.session.names import Names, effect_words, plain
from tabletop.session.view import CONTROL, PUBLIC, Cause, Change, SeatId

TraceRow = tuple[int, int, int, int, int, int]
EVERYBODY = -1


@dataclass(frozen=True, slots=True)
class Fact:
    """A change, with who may not know it."""

    change: Change
    hidden: int = 0
    """A bit for each team that may not know it."""
    instead: Change | None = None
    """What those teams are told, if anything."""
    cause_hidden: int = 0
    """A bit for each team that may know the change but not its cause."""
    origin: int = 0
    """The machine's code of the cause."""
    part: int = 0

    def seen_by(self, seat: int) -> Change | None:
        """What a team, control (the number of teams) or everybody (-1) may know."""
        if not _hides(self.hidden, seat):
            if _hides(self.cause_hidden, seat):
                return replace(self.change, cause=None)
            return self.change
        return self.instead


def _hides(mask: int, seat: int) -> bool:
    if seat == EVERYBODY:
        return mask != 0
    return bool((mask >> seat) & 1)


def seat_index(program: Program, seat: SeatId) -> int:
    """A seat as `Fact.seen_by` takes it."""
    if seat == CONTROL:
        return program.control
    return EVERYBODY if seat == PUBLIC else program.teams.index(seat)


class FactWriter:
    """Writes the facts of one deck's traces."""

    def __init__(self, program: Program, names: Names) -> None:
        """Takes the deck's program and names."""
        self.program = program
        self.names = names
        self.everyone = (1 << len(program.teams)) - 1
        self.scheduled = {
            effect.effect.text: effect.effect
            for effect in names.deck.all_effects()
            if effect.effect is not None
        }

    def facts(self, trace: Sequence[TraceRow]) -> tuple[Fact, ...]:
        """The facts of a trace, in order."""
        out = []
        dice: list[int] = []
        for row in trace:
            if row[0] == at.TR_LOOK:
                continue
            if row[0] == at.TR_DIE:
                dice.append(row[1])
            elif row[0] == at.TR_ROLL:
                out.append(self._roll(row, dice))
                dice = []
            elif row[0] == at.TR_LAY:
                out = [self._unnamed(fact, row) for fact in out] + self._fact(row)
            else:
                out += self._fact(row)
        return tuple(out)

    def _unnamed(self, fact: Fact, laid: TraceRow) -> Fact:
        """What an order cost, without naming it to others."""
        if fact.change.kind != "points" or fact.origin != laid[4]:
            return fact
        return replace(fact, cause_hidden=fact.cause_hidden | self.others(laid[1]))

    # --- causes

    def cause(self, origin: int) -> Cause | None:
        """The cause behind a code of the machine."""
        kind, number = divmod(origin, at.CAUSE)
        if kind == at.BY_HAPPENING:
            is_card = number < len(self.program.cards)
            happening = self.program.happenings[number]
            return self.names.cause("card" if is_card else "inject", happening)
        if kind == at.BY_RULE:
            return self.names.cause("rule", self.program.rules[number])
        if kind == at.BY_RULING:
            return self.names.cause("ruling", "")
        return None

    def hidden_cause(self, origin: int) -> int:
        """A bit for each team that may not know of a cause."""
        words = self.program.words
        kind, number = divmod(origin, at.CAUSE)
        if kind == at.BY_HAPPENING:
            row = words[at.H_HAPPENING] + number * at.HAPPENING_WORDS
            return words[row + at.P_HIDDEN]
        if kind == at.BY_RULE:
            return words[words[at.H_RULE] + number * at.RULE_WORDS + at.R_HIDDEN]
        return 0

    def others(self, *teams: int) -> int:
        """A bit for each team but these."""
        mask = self.everyone
        for team in teams:
            mask &= ~(1 << team)
        return mask

    # --- rows of the trace

    def _fact(self, row: TraceRow) -> list[Fact]:
        kind, a, b, c, origin, part = row
        if kind == at.TR_SET:
            return [self._set(a, b, c, origin, part)]
        if kind in CARD_TEXTS:
            return [self._card(kind, a, b, c, origin)]
        if kind in (at.TR_ASK, at.TR_ANSWER, at.TR_REVEAL):
            return [self._question(kind, a, b, c, origin)]
        if kind in RULED_TEXTS:
            return [self._ruled(kind, a, b, origin)]
        if kind == at.TR_SHOW:
            return [self._shown(a, b, c, origin)]
        if kind in TURN_TEXTS:
            return self._turn(kind, a, b)
        if kind == at.TR_INJECT_STATE:
            text = f"{self.names.title(self.program.injects[a])}"
            change = Change("inject", self.program.injects[a], text)
            return [Fact(change, self.everyone)]
        return [self._caused(kind, a, b, c, origin, part)]

    def _set(
        self, target: int, before: int, after: int, origin: int, part: int
    ) -> Fact:
        program, names = self.program, self.names
        id_ = program.targets[target]
        row = program.words[at.H_TARGET] + target * at.TARGET_WORDS
        change = Change(
            "track", id_, names.target(id_), before, after, cause=self.cause(origin)
        )
        if target < len(program.tracks):
            was, now = names.band_label(id_, before), names.band_label(id_, after)
            moved = was != now
            change = replace(
                change,
                band_before=was if moved else "",
                band_after=now if moved else "",
                tone=names.tone(id_, after),
            )
        elif target < len(program.tracks) + len(program.flags):
            change = replace(change, kind="flag")
        else:
            team = program.teams[target - len(program.tracks) - len(program.flags)]
            change = replace(change, kind="points", team=team)
        hidden = program.words[row + at.G_HIDDEN]
        return Fact(change, hidden, None, self.hidden_cause(origin), origin, part)

    def _card(self, kind: int, team: int, card: int, cost: int, origin: int) -> Fact:
        name, told = CARD_TEXTS[kind]
        id_ = self.program.teams[team]
        who, title = self.names.team(id_), self.names.title(self.program.cards[card])
        text = told.format(who=who, card=title, cost=cost)
        card_id = self.program.cards[card]
        change = Change(name, card_id, text, team=id_, cause=self.cause(origin))
        hidden, instead = self._card_secret(kind, team, card, origin)
        other = Change(name, "", instead.format(who=who), team=id_) if instead else None
        return Fact(change, hidden, other, self.hidden_cause(origin), origin)

    def _card_secret(
        self, kind: int, team: int, card: int, origin: int
    ) -> tuple[int, str]:
        if kind == at.TR_DRAW:
            return self.others(team), "{who} draws a card"
        if kind == at.TR_LAY:
            return self.others(team), "{who} lays an order face down"
        if kind == at.TR_GIVE and origin // at.CAUSE == at.BY_RULING:
            row = self.program.words[at.H_CARD] + card * at.CARD_WORDS
            owner = self.program.words[row + at.C_TEAM]
            return self.others(team, owner), "{who} is given a card"
        return 0, ""

    def _ruled(self, kind: int, card: int, told: int, origin: int) -> Fact:
        """Control vetoes a card or lifts its veto, or draws anew; `told`: to whom."""
        name, text = RULED_TEXTS[kind]
        if kind == at.TR_RESEED:
            return Fact(Change(name, "", text))
        id_ = self.program.cards[card]
        text = text.format(card=self.names.title(id_))
        team = self.names.model.cards[id_].team
        change = Change(name, id_, text, team=team, cause=self.cause(origin))
        return Fact(change, self.everyone & ~told, origin=origin)

    def _shown(self, team: int, card: int, to: int, origin: int) -> Fact:
        """Control reveals a card: to all (0), or to one team (from 1)."""
        id_, owner = self.program.cards[card], self.program.teams[team]
        text = f"{self.names.team(owner)} holds {self.names.title(id_)}"
        cause = self.cause(origin)
        change = Change("show", id_, text, after=to, team=owner, cause=cause)
        return Fact(change, self.others(to - 1) if to else 0, origin=origin)

    def _question(self, kind: int, team: int, b: int, secret: int, origin: int) -> Fact:
        id_ = self.program.teams[team]
        who = self.names.team(id_)
        hidden = self.hidden_cause(origin) & self.others(team)
        if kind == at.TR_ASK:
            text = f"{who} is asked"
            change = Change("ask", id_, text, team=id_, cause=self.cause(origin))
            return Fact(change, hidden, origin=origin)
        option = self.names.option(self.program.options[b])
        text = f"{who} answers: {option.label}"
        change = Change("answer", option.id, text, team=id_, cause=self.cause(origin))
        if kind == at.TR_ANSWER and secret:
            told = Change("answer", "", f"{who} has answered", team=id_)
            return Fact(change, self.others(team), None if hidden else told, 0, origin)
        return Fact(change, hidden, origin=origin)

    def _roll(self, row: TraceRow, dice: list[int]) -> Fact:
        _, roll, total, place, origin, part = row
        happening, index = self.program.rows[place]
        model = self.names.happenings[happening].roll
        words = self.program.words
        sides = words[words[at.H_ROLL] + roll * at.ROLL_WORDS + at.D_SIDES]
        said = model.table[index].text if model else ""
        throw = "+".join(str(die) for die in dice)
        more = total - sum(dice)
        bonus = f" {'+' if more > 0 else '−'} {abs(more)}" if more else ""
        text = f"{len(dice)}d{sides} ⇒ {throw}{bonus} = {total}: {said}"
        change = Change("roll", happening, text, more, total, cause=self.cause(origin))
        return Fact(change, self.hidden_cause(origin), origin=origin, part=part)

    def _turn(self, kind: int, a: int, b: int) -> list[Fact]:
        name, told = TURN_TEXTS[kind]
        if kind == at.TR_ROUND:
            label = self.names.model.rounds.label
            return [Fact(Change(name, str(a), f"{label} {a} begins", a - 1, a))]
        if kind == at.TR_PHASE:
            phase = self.program.phases[a]
            return [Fact(Change(name, phase, f"{plain(phase)} begins"))]
        id_ = self.program.teams[a]
        if kind == at.TR_PASS and b == at.W_RESPOND:
            told = "{who} lets it stand"
        elif kind == at.TR_PASS and b == at.W_LAY:
            told = "{who} is ready"
        text = told.format(who=self.names.team(id_))
        return [Fact(Change(name, id_, text, team=id_))]

    def _caused(
        self, kind: int, a: int, b: int, c: int, origin: int, part: int
    ) -> Fact:
        name, id_, text = self._caused_text(kind, a, b, c)
        hidden = self.hidden_cause(origin)
        if kind == at.TR_INJECT:
            hidden = self.hidden_cause(
                at.BY_HAPPENING * at.CAUSE + len(self.program.cards) + a
            )
        if kind == at.TR_RULE:
            hidden |= self.hidden_cause(at.BY_RULE * at.CAUSE + a)
        change = Change(name, id_, text, b, c, cause=self.cause(origin))
        if kind == at.TR_ENDING:  # all see that the game ends, but not always why
            return Fact(change, 0, None, hidden, origin, part)
        return Fact(change, hidden, origin=origin, part=part)

    def _caused_text(self, kind: int, a: int, b: int, c: int) -> tuple[str, str, str]:
        program, names = self.program, self.names
        if kind == at.TR_INJECT:
            return "inject", program.injects[a], self._inject_text(program.injects[a])
        if kind == at.TR_RULE:
            return "rule", program.rules[a], names.rule(program.rules[a])
        if kind == at.TR_OUTCOME:
            id_, index = program.outcomes[a]
            text = names.happenings[id_].outcomes[index].text
            return "outcome", id_, text or "The answers have consequences."
        if kind == at.TR_ENDING:
            ending = program.endings[a]
            return (
                "ending",
                ending,
                f"The game ends: {names.model.endings[ending].title}",
            )
        if kind == at.TR_CANCEL:
            title = names.title(program.cards[a])
            return "cancel", program.cards[a], f"{title} has no effect"
        if kind == at.TR_LASTING:
            return "lasting", program.lastings[a], self._lasting_text(a, b, c)
        what = self._site_text(a)
        if kind == at.TR_SCHEDULE:
            label = names.model.rounds.label
            return "schedule", what, f"in {label} {b}: {what}"
        if kind == at.TR_DUE:
            return "schedule", what, f"now due: {what}"
        team = program.teams[a]
        return "shuffle", team, f"{names.team(team)} shuffles its discards"

    def _inject_text(self, id_: str) -> str:
        """An inject's title, with what is read aloud."""
        title = self.names.title(id_)
        read = " ".join(self.names.model.injects[id_].read.split())
        return f"{title}: “{read}”" if read else title

    def _lasting_text(self, lasting: int, left: int, running: int) -> str:
        title = self.names.title(self.program.lastings[lasting])
        if left == 0:
            return f"{title} ends" if running else f"{title} lasts"
        rounds = "until it is over" if left >= at.FOREVER else f"{left} more"
        return f"{title} goes on ({rounds})" if running else f"{title} lasts ({rounds})"

    def _site_text(self, site: int) -> str:
        if site >= len(self.program.sites):
            return ""
        what = self.program.sites[site]
        if what in self.names.happenings:
            return self.names.title(what)
        return effect_words(self.names.effect(self.scheduled[what]))


CARD_TEXTS = {
    at.TR_PLAY: ("play", "{who} plays {card}"),
    at.TR_DRAW: ("draw", "{who} draws {card}"),
    at.TR_DISCARD: ("discard", "{who} loses {card}"),
    at.TR_GIVE: ("give", "{who} gets {card}"),
    at.TR_LAY: ("lay", "{who} lays {card} face down"),
    at.TR_FAIL: ("fail", "{card} fails: {who} gets its cost back"),
    at.TR_RESOLVE: ("reveal", "{who} had laid {card}"),
}
RULED_TEXTS = {
    at.TR_VETO: ("veto", "{card} is vetoed"),
    at.TR_LIFT: ("lift", "{card} may be played again"),
    at.TR_RESEED: ("reseed", "Cards and dice are drawn anew from here"),
}
TURN_TEXTS = {
    at.TR_ROUND: ("round", ""),
    at.TR_PHASE: ("phase", ""),
    at.TR_TURN: ("turn", "{who} is to play"),
    at.TR_PASS: ("pass", "{who} passes"),
}
