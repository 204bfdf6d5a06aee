"""What a check says can't happen never happens in play.

Random games by low gear, with injects fired and held by chance, on shipped and made
decks: whatever is seen must lie within what the checks take for possible.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from tabletop.deck.analysis import Analysis
from tabletop.deck.checks.depth import WARNINGS
from tabletop.deck.deck import Deck
from tabletop.deck.diagnostics import Finding, KeyPath, Spot
from tabletop.deck.expressions import Expr, Name, names, walk
from tabletop.deck.intervals import exact
from tabletop.deck.reach_env import Env, key_of
from tabletop.deck.structure import Draft
from tabletop.deck.symbols import Symbols
from tabletop.deck.texts import read_texts
from tabletop.engine import layout as at
from tabletop.engine import machine
from tabletop.engine.code import word_range
from tabletop.engine.compile import compile_deck, count_sites
from tabletop.engine.program import Program, seed_key
from tabletop.engine.slots import Slots
from tabletop.engine.words import band_of
from tabletop.testing.making import numbered
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck

MADE = 80
"""Decks made by chance."""
GAMES = 3
MOST_MOVES = 150
PLACES = 40
"""Stops of a game at which every expression is worked out."""
PASSING = frozenset(("chose", "asked", "answer", "roll"))
"""Names that mean something only while a card or inject is carried out."""
Event = tuple[int, int, int, int, int, int]


def analysis_of(deck: Deck) -> Analysis:
    """What checks are given of a deck without errors."""
    model = deck.model
    symbols = Symbols.of(model)
    return Analysis(Draft(model), symbols, read_texts(model, symbols))


@dataclass
class World:
    """A deck with what the checks say of it, and a game of it."""

    deck: Deck
    analysis: Analysis = field(init=False)
    program: Program = field(init=False)
    slots: Slots = field(init=False)
    state: list[int] = field(init=False)
    findings: list[Finding] = field(init=False)
    claims: list[tuple[Finding, Expr, Expr]] = field(init=False)
    never: frozenset[KeyPath] = field(init=False)
    """What is said never to happen: cards, rules, endings and rows by their paths."""

    def __post_init__(self) -> None:
        self.analysis = analysis_of(self.deck)
        self.program = compile_deck(self.deck)
        model = self.deck.model
        self.slots = Slots(model, self.program.endings, count_sites(self.deck))
        self.findings = [f for check in WARNINGS for f in check(self.analysis)]
        self.claims = [*claims(self.analysis, self.findings)]
        self.never = frozenset(impossible(self.findings))

    def value(self, name: Name) -> int:
        """What a name is now."""
        if name.kind == "band":
            track = self.slots.tracks[name.ids[0]]
            return band_of(self.program.words, self.state, track)
        word = self.slots.word(name)
        if word is not None:
            return self.state[word]
        place, low, high = word_range(name, self.slots, {})
        return int(low <= self.state[place] <= high)

    def worth(self, expr: Expr) -> int:
        """What an expression comes to now, worked out part by part."""
        if expr.op == "const":
            return expr.value
        if expr.name is not None:
            return self.value(expr.name)
        return exact(expr.op, [self.worth(arg) for arg in expr.args])


def claims(
    analysis: Analysis, findings: Sequence[Finding]
) -> Iterator[tuple[Finding, Expr, Expr]]:
    """What is said of conditions: the whole text, and as it would be by the claim."""
    for finding in findings:
        assert isinstance(finding.spot, Spot)
        path, span = finding.spot.path, finding.spot.span
        if finding.code not in ("W401", "W402") or span is None:
            continue
        effect = analysis.texts.each_effect.get(path)
        values = (analysis.texts.exprs.get(path), effect.value if effect else None)
        for whole in values:
            if whole is not None and not passing(whole):
                value = int(finding.code == "W402")
                yield finding, whole, settled(whole, span, value)


def impossible(findings: Sequence[Finding]) -> Iterator[KeyPath]:
    """The paths of what is said never to happen."""
    for finding in findings:
        assert isinstance(finding.spot, Spot)
        path = finding.spot.path
        if finding.code in ("W405", "W406", "W408") and "effects" not in path:
            yield path[:2]
        elif finding.code == "W303":
            yield path[: path.index("table") + 2]


def settled(expr: Expr, span: tuple[int, int], value: int) -> Expr:
    """The expression with the condition at a place settled."""
    if expr.type == "bool" and expr.span == span:
        return Expr("const", "bool", value=value)
    args = tuple(settled(arg, span, value) for arg in expr.args)
    return replace(expr, args=args)


def passing(expr: Expr) -> bool:
    return any(name.kind in PASSING for name, _ in names(expr))


def play(world: World, number: int) -> Iterator[list[Event]]:
    """A game by chance: after each move, what was traced."""
    chance, program = random.Random(number), world.program
    world.state = program.new_state()
    told: list[Event] = []
    machine.set_up(program.words, world.state, seed_key(number), number, told)
    yield told
    for _ in range(MOST_MOVES):
        if world.state[at.S_OVER] or world.state[at.S_ERROR]:
            return
        told = []
        machine.perform(program.words, world.state, pick(world, chance), told)
        yield told


def pick(world: World, chance: random.Random) -> int:
    """A legal move of some seat that the game waits for, or one of control's."""
    program, state = world.program, world.state
    room = [0] * program.move_room()
    seats = [machine.next_seat(program.words, state)]
    if chance.random() < 0.05:
        seats.insert(0, program.control)
    for seat in seats:
        count = machine.legal_moves(program.words, state, seat, room)
        if count > 0:
            return chance.choice(room[:count])
    raise AssertionError("nobody has a move")


# --- what must hold


def check_values(world: World, told: Sequence[Event]) -> None:
    """Everything that was set lies within what the checks take for possible."""
    targets = [
        *(Name("track", (key,)) for key in world.deck.model.tracks),
        *(Name("flag", (key,)) for key in world.deck.model.flags),
        *(Name("points", (key,)) for key in world.deck.model.teams),
    ]
    values = world.analysis.reach.env.values
    for event in told:
        if event[0] == at.TR_SET:
            low, high = values[key_of(targets[event[1]])]
            assert low <= event[3] <= high, (targets[event[1]], event[3])


def check_events(world: World, told: Sequence[Event]) -> None:
    """Everything that happened was taken for possible."""
    program, runs = world.program, world.analysis.reach.runs
    for kind, a, b, c, origin, _ in told:
        path: KeyPath | None = None
        if kind == at.TR_PLAY:
            path = ("cards", program.cards[b], "played")
            assert path[:2] not in world.never
        elif kind == at.TR_RULE:
            path = ("rules", program.rules[a])
        elif kind == at.TR_ENDING:
            path = ("endings", program.endings[a])
            by_effect = origin != 0 or path[1] == world.deck.model.rounds.ending
            assert by_effect or path not in world.never, path
        elif kind == at.TR_OUTCOME:
            path = (*owner(world, program.outcomes[a][0]), "outcomes")
            path = (*path, program.outcomes[a][1])
        elif kind == at.TR_ROLL:
            id_, index = program.rows[c]
            path = (*owner(world, id_), "roll", "table", index)
        elif kind == at.TR_ANSWER:
            id_, ask, index = program.options[b]
            path = (*owner(world, id_), "ask", ask, "options", index)
        assert path is None or runs(*path) > 0, path
        assert path is None or kind == at.TR_ENDING or path not in world.never, path


def owner(world: World, id_: str) -> KeyPath:
    return ("cards" if id_ in world.deck.model.cards else "injects", id_)


def check_counts(world: World) -> None:
    """Nothing has happened more often than was taken for possible."""
    for table, kind in (("cards", "played"), ("injects", "fired")):
        for key in getattr(world.deck.model, table):
            path = (table, key, "played") if table == "cards" else (table, key)
            assert world.value(Name(kind, (key,))) <= world.analysis.reach.runs(*path)


def check_claims(world: World) -> None:
    """Conditions are what is said of them."""
    for finding, whole, claimed in world.claims:
        assert world.worth(whole) == world.worth(claimed), finding


def check_ranges(world: World, exprs: Mapping[KeyPath, Expr]) -> None:
    """Every part comes to what it can come to, and a condition that holds, or does
    not, tells nothing untrue."""
    reach = world.analysis.reach
    for path, expr in exprs.items():
        for node in walk(expr):
            low, high = reach.logic.range(node, reach.env)
            value = world.worth(node)
            assert low <= value <= high, (path, node.span, value, (low, high))
        if expr.type == "bool":
            holds = bool(world.worth(expr))
            env = reach.logic.given(expr, reach.env, holds=holds)
            assert env is not None, expr
            check_told(world, expr, env)


def check_told(world: World, expr: Expr, env: Env) -> None:
    for node in walk(expr):
        if node.name is not None:
            low, high = env.name(node, node.name)
            assert low <= world.value(node.name) <= high, (expr, node.name)


def check_scores(world: World, worth: dict[KeyPath, int]) -> None:
    """A score or success that is said to be the same in every game is so."""
    for finding in world.findings:
        assert isinstance(finding.spot, Spot)
        if finding.code == "W603" and "either way" not in finding.message:
            path = finding.spot.path
            now = world.worth(world.analysis.texts.exprs[path])
            assert worth.setdefault(path, now) == now, path


DECKS = ["tutorial", "bright-days", *map(str, range(MADE))]


def named(name: str) -> Deck:
    """A shipped deck, or the made one of a number."""
    shipped = {"tutorial": TUTORIAL, "bright-days": BRIGHT_DAYS}
    return deck(shipped[name]) if name in shipped else numbered(int(name))


@pytest.mark.parametrize("name", DECKS)
def test_nothing_is_seen_that_cannot_be(name: str) -> None:
    world = World(named(name))
    exprs = {
        path: expr
        for path, expr in world.analysis.texts.exprs.items()
        if not passing(expr) and not any(n.kind == "ending" for n, _ in names(expr))
    }
    worth: dict[KeyPath, int] = {}
    for game in range(GAMES):
        for stop, told in enumerate(play(world, game)):
            check_values(world, told)
            check_events(world, told)
            if stop < PLACES and stop % 2 == 0:
                check_claims(world)
                check_ranges(world, exprs)
        check_counts(world)
        check_claims(world)
        if world.state[at.S_OVER]:
            check_scores(world, worth)


def test_what_is_claimed_wrongly_is_noticed() -> None:
    world = World(deck(TUTORIAL))
    world.never = frozenset({("rules", "river_rises")})
    told = next(play(world, 0))
    with pytest.raises(AssertionError, match="river_rises"):
        check_events(world, told)


def test_much_is_claimed() -> None:
    """The games above say something: made decks hold what checks speak of."""
    worlds = [World(numbered(number)) for number in range(20)]
    codes = {finding.code for world in worlds for finding in world.findings}
    assert codes >= {"W303", "W401", "W402", "W405", "W406", "W603"}
    assert sum(len(world.claims) for world in worlds) > 50
    assert sum(len(world.never) for world in worlds) > 20
