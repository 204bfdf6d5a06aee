"""Compiled expressions give what the deck's text says, within the bounds it proves."""

import random
from collections import Counter

from tabletop.deck.deck import Deck
from tabletop.deck.expressions import MAX_COUNT, OVERFLOW, Expr, Name, names
from tabletop.deck.intervals import exact
from tabletop.engine import layout as at
from tabletop.engine.code import Coder, as_range, split_terms
from tabletop.engine.compile import Compiler, compile_deck, count_sites
from tabletop.engine.program import Program
from tabletop.engine.slots import Slots
from tabletop.engine.words import evaluate
from tests.engine.games import some_decks, walk
from tests.engine.small import TEAMS, Play, adds, card, inject

ELSEWHERE = ("roll", "asked", "chose", "answer", "ending")
"""Names that exist only in a dice row, after answers, or in scores."""


class Reader:
    """Reads names and works expressions out, the plain way."""

    def __init__(self, program: Program, deck: Deck) -> None:
        self.program = program
        self.words = program.words
        self.model = deck.model
        self.seen: Counter[str] = Counter()

    def name(self, name: Name, state: list[int]) -> int:
        """A name's value."""
        program, words = self.program, self.words
        self.seen[name.kind] += 1
        id_ = name.ids[0] if name.ids else ""
        if name.kind in ("track", "flag"):
            return state[words[at.H_S_TARGET] + program.targets.index(id_)]
        if name.kind == "points":
            place = program.targets.index(f"{id_}.points")
            return state[words[at.H_S_TARGET] + place]
        if name.kind == "band":
            value = state[words[at.H_S_TARGET] + program.targets.index(id_)]
            ends = [band.to for band in self.model.tracks[id_].bands]
            return next(i for i, end in enumerate(ends) if value <= end)
        if name.kind == "round":
            return state[at.S_ROUND]
        if name.kind == "playing":
            return int(state[at.S_PLAYING] == program.cards.index(id_) + 1)
        if name.kind == "lasts":
            left = state[words[at.H_S_LASTING] + program.lastings.index(id_)]
            return int(left > 0)
        table, ids = {
            "hand": (at.H_S_HAND, program.teams),
            "plays": (at.H_S_PLAYS, program.teams),
            "played": (at.H_S_PLAYED, program.cards),
            "fired": (at.H_S_FIRED, program.injects),
        }[name.kind]
        return state[words[table] + ids.index(id_)]

    def value(self, expr: Expr, state: list[int]) -> int:
        """An expression's value; every part of it is within its proven bounds."""
        if expr.op == "const":
            found = expr.value
        elif expr.name is not None:
            found = self.name(expr.name, state)
        else:
            found = exact(expr.op, [self.value(arg, state) for arg in expr.args])
        assert expr.low <= found <= expr.high, expr
        assert abs(found) < OVERFLOW
        self.seen[expr.op] += 1
        return found


def compiled(deck: Deck, exprs: list[Expr]) -> tuple[list[int], list[int], Coder]:
    """The deck's program with further expressions behind it, and where they begin."""
    words = list(compile_deck(deck).words)
    slots = Slots(deck.model, Compiler(deck).endings, count_sites(deck))
    coder = Coder(slots)
    coder.code = [0] * (len(words) - at.HEAD)
    starts = [coder.write(expr, {}) for expr in exprs]
    return words + coder.code[len(words) - at.HEAD :], starts, coder


def plain(deck: Deck) -> list[Expr]:
    """The deck's expressions that can be worked out at any moment."""
    return [
        expr
        for expr in deck._exprs.values()
        if not any(name.kind in ELSEWHERE for name, _ in names(expr))
    ]


def test_expressions_give_what_their_text_says() -> None:
    compared, seen = 0, Counter[str]()
    for deck in some_decks(60).values():
        exprs, program = plain(deck), compile_deck(deck)
        words, starts, coder = compiled(deck, exprs)
        reader = Reader(program, deck)
        for state, _, _ in walk(program, 3, random.Random(3), most=12):
            for expr, start in zip(exprs, starts, strict=True):
                expected = reader.value(expr, state)
                assert evaluate(words, list(state), start) == expected, expr
                if expr.type == "bool":
                    assert in_terms(words, coder, expr, state) == expected
                compared += 1
        seen += reader.seen
    assert compared > 5_000
    kinds = ("track", "flag", "points", "band", "round", "hand", "plays", "played")
    ops = ("+", "-", "*", "//", "%", "<", "==", "min", "max", "abs", "if", "and", "or")
    never = [each for each in (*kinds, *ops, "not", "neg", "lasts") if not seen[each]]
    assert never == []


def in_terms(words: list[int], coder: Coder, expr: Expr, state: list[int]) -> int:
    """The condition as the machine tests it: term by term, the plain ones by range."""
    for term in split_terms(expr):
        found = as_range(term, coder.slots, {})
        if found is None:
            behind = len(coder.code)
            start = coder.write(term, {})
            holds = evaluate(words + coder.code[behind:], list(state), start) == 1
            del coder.code[behind:]
        else:
            word, low, high = found
            holds = low <= state[word] <= high
        if not holds:
            return 0
    return 1


def test_a_hand_may_hold_more_cards_than_a_team_is_usually_given() -> None:
    """The bounds of a name must hold for every deck, or nothing is proved."""
    cards = [card(f"c{i}", "effects = []") for i in range(300)]
    game = Play('[teams.ada]\nname = "Ada"\n', *cards, adds("a", 1, HELD))
    assert "a" in game.offered("ada")
    assert game.session.deck.expr("cards", "a", "requires").args[0].high >= 2_000


HELD = 'requires = "ada.hand > 250"'


def test_counts_stop_where_the_proof_does() -> None:
    twice = 'effects = ["schedule(i, 1)", "schedule(i, 1)"]'
    game = Play(TEAMS, adds("a", 1), inject("i", twice), count=20)
    game.control("fire", "i")
    for _ in range(13):
        game.advance()
    fired = game.session.tree.program.words[at.H_S_FIRED]
    assert game.state[fired] == at.COUNT_LIMIT == MAX_COUNT
