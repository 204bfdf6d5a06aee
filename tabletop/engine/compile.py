"""A checked deck to a program.

The program's order of everything is the deck's: no dict order but the deck's own, no
sets. `verify` checks what is built here before it may run.
"""

from collections.abc import Sequence

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import Effect, Expr, Name
from tabletop.deck.models import POINTS_LIMIT, Card, DeckModel, Happening, Inject, Rule
from tabletop.engine import layout as at
from tabletop.engine.code import Answers, Coder, as_range, split_terms
from tabletop.engine.program import Program
from tabletop.engine.slots import Slots, own_cards
from tabletop.engine.verify import verify

EFFECTS = {
    "add": at.FX_ADD, "set": at.FX_SET, "draw": at.FX_DRAW, "discard": at.FX_DISCARD,
    "discard_card": at.FX_DISCARD_CARD, "give": at.FX_GIVE,
    "schedule": at.FX_SCHEDULE, "end": at.FX_END, "cancel": at.FX_CANCEL,
}  # fmt: skip
MOMENTS = {
    "after_play": at.AFTER_PLAY, "after_inject": at.AFTER_INJECT,
    "round_start": at.ROUND_START, "round_end": at.ROUND_END, "band": at.AT_BAND,
}  # fmt: skip
Path = tuple[str | int, ...]
Range = tuple[int, int]
"""Where rows begin in a table, and how many they are."""


def compile_deck(deck: Deck) -> Program:
    """The program of a deck, verified."""
    program = Compiler(deck).program()
    verify(program)
    return program


def by_priority(model: DeckModel) -> tuple[str, ...]:
    """The endings' ids, highest priority first, equal ones in the deck's order."""
    return tuple(sorted(model.endings, key=lambda id_: -model.endings[id_].priority))


def questions(happening: Happening) -> dict[str, list[str]]:
    """For each team that is asked: the ids of its options."""
    found: dict[str, list[str]] = {}
    for ask in happening.ask:
        for team in [ask.team] if ask.team else ask.teams:
            found[team] = [option.id for option in ask.options]
    return found


def hidden_from(model: DeckModel, visible: Sequence[str] | None) -> int:
    """A bit for each team that is not in `visible`; 0 when it is None."""
    if visible is None:
        return 0
    return sum(1 << i for i, team in enumerate(model.teams) if team not in visible)


class Compiler:
    """Builds the tables of one deck."""

    def __init__(self, deck: Deck) -> None:
        """Lays out the state; nothing is compiled yet."""
        self.deck = deck
        self.model = deck.model
        self.endings = by_priority(self.model)
        self.happenings: dict[str, Happening] = {
            **self.model.cards,
            **self.model.injects,
        }
        self.slots = Slots(self.model, self.endings, count_sites(deck))
        self.coder = Coder(self.slots)
        self.tables: dict[int, list[int]] = {
            head: [] for head in range(at.H_TEAM, at.H_CODE)
        }
        self.term_texts: list[str] = []
        self.effect_texts: list[str] = []
        self.site_texts: list[str] = []
        self.options: list[tuple[str, int, int]] = []
        self.rows: list[tuple[str, int]] = []
        self.outcomes: list[tuple[str, int]] = []
        self.answers: Answers = {}
        self.origin = 0
        self.origin_hidden = 0

    # --- pieces

    def hidden(self, expr: Expr | None) -> int:
        """A bit for each team that may not see all that an expression reads."""
        if expr is None:
            return 0
        mask = self.name_hidden(expr.name) if expr.name else 0
        for arg in expr.args:
            mask |= self.hidden(arg)
        return mask

    def name_hidden(self, name: Name) -> int:
        """A bit for each team that may not see what a name stands for."""
        if name.kind in ("track", "band"):
            return hidden_from(self.model, self.model.tracks[name.ids[0]].visible_to)
        if name.kind == "flag":
            return hidden_from(self.model, self.model.flags[name.ids[0]].visible_to)
        if name.kind in ("fired", "lasts") and name.ids[0] in self.model.injects:
            return hidden_from(self.model, self.model.injects[name.ids[0]].audience)
        return 0

    def terms(self, expr: Expr | None, text: str | None) -> Range:
        """Compiles a condition to terms; no condition is no terms."""
        table = self.tables[at.H_TERM]
        first = len(self.term_texts)
        for term in split_terms(expr) if expr else []:
            found = as_range(term, self.slots, self.answers)
            if found:
                table += (0, *found)
            else:
                table += (self.coder.write(term, self.answers), 0, 1, 1)
            self.term_texts.append((text or "")[slice(*term.span)])
        return first, len(self.term_texts) - first

    def condition(self, text: str | None, *path: str | int) -> Range:
        """Compiles the condition at a path of the deck."""
        return self.terms(self.deck.expr(*path) if text else None, text)

    def number(self, text: object, *path: str | int) -> tuple[int, int]:
        """A number of the deck: where its expression stands (0 for none), its value."""
        if isinstance(text, str):
            return self.coder.write(self.deck.expr(*path), self.answers), 0
        return 0, text if isinstance(text, int) else 0

    def effects(self, *path: str | int) -> Range:
        """Compiles the list of effects at a path of the deck."""
        effects = self.deck.effects(*path)
        rows = [self.effect_row(effect) for effect in effects]
        return self.put_effects(rows, [effect.text for effect in effects])

    def put_effects(self, rows: list[list[int]], texts: list[str]) -> Range:
        """Appends rows to the table of effects."""
        first = len(self.effect_texts)
        for row in rows:
            self.tables[at.H_EFFECT] += row
        self.effect_texts += texts
        return first, len(rows)

    def effect_row(self, effect: Effect) -> list[int]:
        """One effect as a row."""
        row = [0] * at.EFFECT_WORDS
        row[at.E_OP] = EFFECTS[effect.op]
        row[at.E_CODE], row[at.E_VALUE] = self.effect_value(effect)
        row[at.E_HIDDEN] = self.hidden(effect.value)
        if effect.target is not None:
            self.aim(row, effect.target)
        elif effect.op in ("draw", "discard"):
            row[at.E_TARGET] = self.slots.teams[effect.team]
        elif effect.op in ("give", "discard_card"):
            row[at.E_TARGET] = self.slots.cards[effect.card]
            row[at.E_SLOT] = self.slots.teams.get(effect.team, 0)
        elif effect.op == "schedule":
            row[at.E_TARGET], row[at.E_VALUE] = self.site(effect), effect.rounds
        elif effect.op == "end":
            row[at.E_TARGET] = self.slots.endings[effect.ending]
        return row

    def effect_value(self, effect: Effect) -> tuple[int, int]:
        """An effect's number: where its expression stands (0 for none), its value."""
        if effect.value is None:
            return 0, 0
        value = effect.value
        if value.op == "const":
            return 0, value.value
        if value.op == "neg" and value.args[0].op == "const":
            return 0, -value.args[0].value
        return self.coder.write(value, self.answers), 0

    def aim(self, row: list[int], name: Name) -> None:
        """Fills in what an effect on a track, flag or points changes."""
        target = self.slots.target_index(name)
        low, high = self.target_bounds(name)
        row[at.E_TARGET], row[at.E_SLOT] = target, self.slots.target + target
        row[at.E_LOW], row[at.E_HIGH] = low, high

    def target_bounds(self, name: Name) -> tuple[int, int]:
        """The least and greatest value of a target."""
        if name.kind == "track":
            track = self.model.tracks[name.ids[0]]
            return track.min, track.max
        return (0, 1) if name.kind == "flag" else (0, POINTS_LIMIT)

    def site(self, effect: Effect) -> int:
        """Registers a place that schedules, and returns its index."""
        happening, first = -1, 0
        if effect.effect is not None:
            row = self.effect_row(effect.effect)
            first, _ = self.put_effects([row], [effect.effect.text])
            text = effect.effect.text
        else:
            text = effect.card or effect.inject
            happening = self.slots.happenings[text]
        self.tables[at.H_SITE] += (happening, first, self.origin, self.origin_hidden)
        self.site_texts.append(text)
        return len(self.site_texts) - 1

    # --- tables

    def program(self) -> Program:
        """Compiles everything and puts the tables together."""
        self.compile_targets()
        for happening in self.happenings:
            self.compile_happening(happening)
        self.answers = {}
        self.origin = self.origin_hidden = 0
        for id_ in self.model.cards:
            self.compile_card(id_)
        for id_ in self.model.injects:
            self.compile_inject(id_)
        for id_ in self.model.rules:
            self.compile_rule(id_)
        for id_ in self.endings:
            self.compile_ending(id_)
        for id_ in self.model.teams:
            self.compile_team(id_)
        self.compile_moments()
        return self.assemble()

    def compile_targets(self) -> None:
        """Tracks with their bands, flags, and the teams' points."""
        bands = self.tables[at.H_BAND]
        table = self.tables[at.H_TARGET]
        for track in self.model.tracks.values():
            hidden = hidden_from(self.model, track.visible_to)
            table += (track.min, track.max, track.start, len(bands))
            table += (len(track.bands), hidden)
            bands += [band.to for band in track.bands]
        for flag in self.model.flags.values():
            hidden = hidden_from(self.model, flag.visible_to)
            table += (0, 1, int(flag.start), 0, 0, hidden)
        for _ in self.model.teams:
            table += (0, POINTS_LIMIT, 0, 0, 0, 0)

    def compile_happening(self, id_: str) -> None:
        """What a card or inject does."""
        model = self.happenings[id_]
        where = "cards" if isinstance(model, Card) else "injects"
        self.answers = questions(model)
        self.origin = at.BY_HAPPENING * at.CAUSE + self.slots.happenings[id_]
        hidden = 0
        if isinstance(model, Inject):
            hidden = hidden_from(self.model, model.audience)
        self.origin_hidden = hidden
        effects = self.effects(where, id_, "effects")
        roll = self.compile_roll(id_, model, where)
        asked = self.compile_questions(id_, model, where)
        outcomes = self.compile_outcomes(id_, model, where)
        lasting = self.compile_lasting(id_, model, where)
        secret = int(model.answers == "secret")
        self.tables[at.H_HAPPENING] += (
            *effects, roll, *asked, secret, *outcomes, lasting, hidden,
        )  # fmt: skip

    def compile_roll(self, id_: str, model: Happening, where: str) -> int:
        """The dice of a card or inject: the row of its roll, or -1."""
        if model.roll is None:
            return -1
        dice, sides = (int(part) for part in model.roll.dice.split("d"))
        pc, _ = self.number(model.roll.modifier, where, id_, "roll", "modifier")
        first = len(self.rows)
        for i, row in enumerate(model.roll.table):
            effects = self.effects(where, id_, "roll", "table", i, "effects")
            to = at.BIG if row.to is None else row.to
            self.tables[at.H_ROW] += (to, *effects)
            self.rows.append((id_, i))
        table = self.tables[at.H_ROLL]
        table += (dice, sides, pc, first, len(model.roll.table))
        return len(table) // at.ROLL_WORDS - 1

    def compile_questions(self, id_: str, model: Happening, where: str) -> Range:
        """The questions of a card or inject, one for each team asked."""
        table = self.tables[at.H_QUESTION]
        first = len(table) // at.QUESTION_WORDS
        for i, ask in enumerate(model.ask):
            begin = len(self.options)
            for k, option in enumerate(ask.options):
                path: Path = (where, id_, "ask", i, "options", k)
                requires = self.condition(option.requires, *path, "requires")
                effects = self.effects(*path, "effects")
                self.tables[at.H_OPTION] += (*requires, *effects)
                self.options.append((id_, i, k))
            for team in [ask.team] if ask.team else ask.teams:
                table += (self.slots.teams[team], begin, len(ask.options))
        return first, len(table) // at.QUESTION_WORDS - first

    def compile_outcomes(self, id_: str, model: Happening, where: str) -> Range:
        """What follows from the answers."""
        first = len(self.outcomes)
        for i, outcome in enumerate(model.outcomes):
            when = self.condition(outcome.when, where, id_, "outcomes", i, "when")
            effects = self.effects(where, id_, "outcomes", i, "effects")
            self.tables[at.H_OUTCOME] += (*when, *effects)
            self.outcomes.append((id_, i))
        return first, len(model.outcomes)

    def compile_lasting(self, id_: str, model: Happening, where: str) -> int:
        """Lasting effects: their index, or -1."""
        lasting = model.lasting
        if lasting is None:
            return -1
        rounds = at.FOREVER if lasting.rounds is None else lasting.rounds
        until = self.condition(lasting.until, where, id_, "lasting", "until")
        effects = self.effects(where, id_, "lasting", "effects")
        happening = self.slots.happenings[id_]
        self.tables[at.H_LASTING] += (happening, rounds, *until, *effects)
        return self.slots.lastings[id_]

    def compile_card(self, id_: str) -> None:
        """A card's price and conditions."""
        card = self.model.cards[id_]
        requires = self.condition(card.requires, "cards", id_, "requires")
        expr = self.deck.expr("cards", id_, "requires") if card.requires else None
        self.tables[at.H_CARD] += (
            self.slots.teams[card.team], card.cost, card.limit or 0,
            card.cooldown or 0, int(card.response), int(card.invites_response),
            *requires, self.hidden(expr),
        )  # fmt: skip

    def compile_inject(self, id_: str) -> None:
        """When an inject is due."""
        inject = self.model.injects[id_]
        due, place = 0, 0
        if inject.at is not None:
            phases = list(self.model.rounds.minutes)
            phase = phases.index(inject.at.phase) if inject.at.phase else 0
            due, place = inject.at.round, 2 * phase + int(inject.at.moment == "end")
        when = self.condition(inject.when, "injects", id_, "when")
        hidden = hidden_from(self.model, inject.audience)
        self.tables[at.H_INJECT] += (due, place, *when, hidden)

    def compile_rule(self, id_: str) -> None:
        """A trigger."""
        rule = self.model.rules[id_]
        hidden = self.rule_hidden(id_, rule)
        number = list(self.model.rules).index(id_)
        self.origin = at.BY_RULE * at.CAUSE + number
        self.origin_hidden = hidden
        when = self.condition(rule.when, "rules", id_, "when")
        effects = self.effects("rules", id_, "effects")
        once = {None: 0, "round": 1, "game": 2}[rule.once]
        track = self.slots.tracks[rule.track] if rule.track else -1
        self.tables[at.H_RULE] += (once, track, *when, *effects, hidden)

    def rule_hidden(self, id_: str, rule: Rule) -> int:
        """A bit for each team that may not know that a rule has run."""
        mask = self.hidden(self.deck.expr("rules", id_, "when")) if rule.when else 0
        if rule.track:
            mask |= self.name_hidden(Name("track", (rule.track,)))
        return mask

    def compile_ending(self, id_: str) -> None:
        """A way to end."""
        ending = self.model.endings[id_]
        first, count = self.condition(ending.when, "endings", id_, "when")
        expr = self.deck.expr("endings", id_, "when") if ending.when else None
        if ending.when is None:
            count = -1
        always = int(ending.at == "always")
        self.tables[at.H_ENDING] += (always, first, count, self.hidden(expr))

    def compile_team(self, id_: str) -> None:
        """A team: points, hand, initiative, cards and objectives."""
        team = self.model.teams[id_]
        lists = self.slots.lists[self.slots.teams[id_]]
        pc, points = self.number(team.points, "teams", id_, "points")
        first_turn, _ = self.number(team.initiative, "teams", id_, "initiative")
        own = own_cards(self.model, id_)
        copies = [self.slots.cards[c] for c, card in own for _ in range(card.copies)]
        self.tables[at.H_TEAM] += (
            pc, points, int(team.carry), -1 if team.hand == "all" else team.hand,
            first_turn, len(self.tables[at.H_OWN]), len(copies),
            lists.hand, lists.hand_cap, lists.pile, lists.discard, lists.pile_cap,
            lists.laid, lists.laid_cap,
            len(self.tables[at.H_OBJECTIVE]), len(team.objectives),
            int(any(card.response for _, card in own)), self.success(id_),
        )  # fmt: skip
        self.tables[at.H_OWN] += copies
        for i in range(len(team.objectives)):
            score = self.deck.expr("teams", id_, "objectives", i, "score")
            self.tables[at.H_OBJECTIVE].append(self.coder.write(score, {}))

    def success(self, id_: str) -> int:
        """Where it stands what a team would call a success; 0 when it says nothing."""
        if self.model.teams[id_].success is None:
            return 0
        return self.coder.write(self.deck.expr("teams", id_, "success"), {})

    def compile_moments(self) -> None:
        """For each moment, the rules that run then."""
        lists: list[list[int]] = [[] for _ in range(at.MOMENTS)]
        for number, rule in enumerate(self.model.rules.values()):
            lists[MOMENTS[rule.at]].append(number)
        table = self.tables[at.H_MOMENT]
        first = at.MOMENTS * at.MOMENT_WORDS
        for rules in lists:
            table += (first, len(rules))
            first += len(rules)
        for rules in lists:
            table += rules

    # --- putting together

    def assemble(self) -> Program:
        """One vector: head, instructions, tables; offsets made absolute."""
        words = [0] * at.HEAD + self.coder.code
        words[at.H_CODE], words[at.H_CODE_END] = at.HEAD, len(words)
        for head, table in self.tables.items():
            words[head] = len(words)
            words += table
        self.relocate(words)
        self.fill_head(words)
        words[at.H_SIZE] = len(words)
        model = self.model
        return Program(
            words=words, teams=tuple(model.teams), tracks=tuple(model.tracks),
            flags=tuple(model.flags), cards=tuple(model.cards),
            injects=tuple(model.injects), rules=tuple(model.rules),
            endings=self.endings, phases=tuple(model.rounds.minutes),
            options=tuple(self.options), rows=tuple(self.rows),
            outcomes=tuple(self.outcomes), lastings=tuple(self.slots.lastings),
            sites=tuple(self.site_texts), terms=tuple(self.term_texts),
            effects=tuple(self.effect_texts), sections=tuple(self.slots.sections),
        )  # fmt: skip

    def relocate(self, words: list[int]) -> None:
        """Turns places within a table into places in the program."""
        for i in range(len(self.model.teams)):
            row = words[at.H_TEAM] + i * at.TEAM_WORDS
            words[row + at.T_OWN] += words[at.H_OWN]
        for i in range(at.MOMENTS):
            words[words[at.H_MOMENT] + i * at.MOMENT_WORDS] += words[at.H_MOMENT]

    def fill_head(self, words: list[int]) -> None:
        """Counts, and where everything stands in the state."""
        model, slots = self.model, self.slots
        head = {
            at.H_STATE: slots.end, at.H_DIGEST: slots.digest,
            at.H_ROUNDS: model.rounds.count,
            at.H_ORDERS: int(model.rounds.play == "orders"),
            at.H_LAST_ENDING: self.endings.index(str(model.rounds.ending)),
            at.H_TEAMS: len(model.teams), at.H_TRACKS: len(model.tracks),
            at.H_FLAGS: len(model.flags), at.H_CARDS: len(model.cards),
            at.H_INJECTS: len(model.injects), at.H_RULES: len(model.rules),
            at.H_ENDINGS: len(model.endings), at.H_PHASES: len(model.rounds.minutes),
            at.H_LASTINGS: len(slots.lastings), at.H_SITES: len(self.site_texts),
            at.H_PLAY_PHASE: list(model.rounds.minutes).index("play"),
            at.H_S_TARGET: slots.target, at.H_S_POINTS: slots.points,
            at.H_S_PASSED: slots.passed, at.H_S_ORDER: slots.order,
            at.H_S_PLAYS: slots.plays, at.H_S_ANSWER: slots.answer,
            at.H_S_HAND: slots.hand, at.H_S_PILE: slots.pile,
            at.H_S_DISCARD: slots.discard, at.H_S_LAID: slots.laid,
            at.H_S_BAND: slots.band, at.H_S_PLAYED: slots.played,
            at.H_S_REST: slots.rest, at.H_S_INJECT: slots.inject,
            at.H_S_DUE: slots.due, at.H_S_FIRED: slots.fired,
            at.H_S_RULE: slots.rule, at.H_S_MARK: slots.mark,
            at.H_S_LASTING: slots.lasting, at.H_S_SITE: slots.site,
            at.H_S_STACK: slots.stack, at.H_S_COUNT: slots.count,
            at.H_ALWAYS: sum(e.at == "always" for e in model.endings.values()),
            at.H_CONDITIONS: sum(i.when is not None for i in model.injects.values()),
            at.H_BAND_RULES: sum(r.at == "band" for r in model.rules.values()),
        }  # fmt: skip
        for place, value in head.items():
            words[place] = value


def count_sites(deck: Deck) -> int:
    """How many effects of a deck schedule something."""
    return sum(effect.op == "schedule" for effect in deck.all_effects())
