"""Why a move is refused, reason by reason, each with words that tests may name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tabletop.deck.expressions import Expr, names
from tabletop.engine import cards
from tabletop.engine import layout as at
from tabletop.engine.code import split_terms
from tabletop.session.cardviews import CardReader
from tabletop.session.moves import TEAM_KINDS, option_ids, owing, question_of
from tabletop.session.tree import Tree
from tabletop.session.view import Move, Term

_CODES = (
    ("vetoed", "veto"), ("costs", "cost"), ("is no response", "response"),
    ("only as", "response"), ("rests", "rest"), ("depends on", "secret"),
)  # fmt: skip
"""How the words of a card's own terms begin, and the code of each; else `limit`."""


@dataclass(frozen=True)
class Reason:
    """One reason why a move is refused."""

    code: str
    """cost, limit, rest, requires, response, turn, hand, secret, veto, option or
    over."""
    text: str
    """In words, with today's values."""
    names: tuple[str, ...] = ()
    """The ids that its condition reads."""
    source: str = ""
    """Its condition as the deck writes it."""

    def fits(self, word: str) -> bool:
        """Whether a test's word means this reason."""
        plain = " ".join(word.split()).casefold()
        told = (self.text, " ".join(self.source.split()))
        return (
            word == self.code
            or word in self.names
            or any(plain in text.casefold() for text in told if len(plain) > 1)
        )


def reasons(tree: Tree, move: Move) -> tuple[Reason, ...]:
    """Why a move is refused now; empty when only its value or target is at fault."""
    if tree.now.over:
        return (Reason("over", "the game is over"),)
    if move.kind not in TEAM_KINDS:
        return tuple(of_control(tree, move))
    if move.team not in tree.program.teams:
        return ()
    return tuple(_of_team(tree, move, tree.program.teams.index(move.team)))


def _of_team(tree: Tree, move: Move, team: int) -> Iterator[Reason]:
    state = tree.state()
    wait = state[at.S_WAIT]
    if move.team not in (seats := owing(tree.program, state)):
        yield Reason("turn", f"the game waits for {' and '.join(seats)}")
    if move.kind == "answer":
        yield from _option(tree, move, team, state)
    elif wait == at.W_ANSWER:
        yield Reason("option", "a question must be answered first")
    elif move.kind in ("play", "lay"):
        kind = "lay" if wait == at.W_LAY else "play"
        if move.kind != kind and wait in (at.W_LAY, at.W_PLAY, at.W_RESPOND):
            yield Reason("turn", f"cards are {PAST[kind]} now, not {PAST[move.kind]}")
        yield from _card(tree, move, team, state)


PAST = {"lay": "laid", "play": "played"}


def _card(tree: Tree, move: Move, team: int, state: list[int]) -> Iterator[Reason]:
    program = tree.program
    card = program.cards.index(move.item)
    reader = CardReader(program, tree.names, state)
    if card not in _held(tree, team, state):
        yield _not_held(tree, team, state)
    model = tree.deck.model.cards[move.item]
    expr = tree.deck.expr("cards", move.item, "requires") if model.requires else None
    terms = reader.card_terms(card, team)
    parts = split_terms(expr) if expr is not None else []
    hidden = any(term.text.startswith("depends on") for term in terms)
    own = len(terms) - (0 if hidden else len(parts))
    for term in terms[:own]:
        if not term.met:
            yield Reason(_code(term), term.text)
    yield from _terms(terms[own:], parts, model.requires or "")
    if move.kind == "lay" and move.item in _laid(tree, team, state):
        yield Reason("limit", "it is laid already")


def _option(tree: Tree, move: Move, team: int, state: list[int]) -> Iterator[Reason]:
    program = tree.program
    question = question_of(program, state, team)
    if question < 0:
        yield Reason("option", f"{move.team} owes no answer")
        return
    ids = option_ids(program, tree.names.options, question)
    if move.item not in ids:
        yield Reason("option", f"the options are {', '.join(ids)}")
        return
    row = program.words[at.H_QUESTION] + question * at.QUESTION_WORDS
    number = program.words[row + at.Q_OPTION] + ids.index(move.item)
    view = CardReader(program, tree.names, state).option(number)
    id_, ask, k = program.options[number]
    path = (tree.names.where(id_), id_, "ask", ask, "options", k)
    option = tree.names.option((id_, ask, k))
    expr = tree.deck.expr(*path, "requires") if option.requires else None
    parts = split_terms(expr) if expr is not None else []
    yield from _terms(view.terms, parts, option.requires or "")


def _terms(terms: Sequence[Term], exprs: Sequence[Expr], text: str) -> Iterator[Reason]:
    for term, expr in zip(terms, exprs, strict=False):
        if not term.met:
            ids = [id_ for name, _ in names(expr) for id_ in (*name.ids, name.kind)]
            source = text[slice(*expr.span)]
            yield Reason("requires", f"{term.text} (`{source}`)", tuple(ids), source)


def _code(term: Term) -> str:
    return next((c for start, c in _CODES if term.text.startswith(start)), "limit")


def _held(tree: Tree, team: int, state: list[int]) -> list[int]:
    words = tree.program.words
    place = words[words[at.H_TEAM] + team * at.TEAM_WORDS + at.T_S_HAND]
    return state[place : place + state[words[at.H_S_HAND] + team]]


def _laid(tree: Tree, team: int, state: list[int]) -> list[str]:
    reader = CardReader(tree.program, tree.names, state)
    return [tree.program.cards[card] for card in reader.orders(team)]


def _not_held(tree: Tree, team: int, state: list[int]) -> Reason:
    program = tree.program
    held = dict.fromkeys(program.cards[card] for card in _held(tree, team, state))
    hand = f"it is not in {program.teams[team]}'s hand"
    return Reason("hand", f"{hand}, which holds {', '.join(held) or 'no card'}")


# --- what control does


def of_control(tree: Tree, move: Move) -> Iterator[Reason]:
    """Why control may not do this to an inject or a card now, where that is known."""
    state = tree.state()
    if move.item in tree.program.injects:
        yield from _inject(tree, move, state)
    elif move.item in tree.program.cards:
        if move.team in tree.program.teams:
            yield from _moved(tree, move, tree.program.teams.index(move.team), state)
        else:
            forbidden = cards.vetoed(
                tree.program.words, state, tree.program.cards.index(move.item)
            )
            if move.kind in ("veto", "lift") and forbidden == (move.kind == "veto"):
                said = "is vetoed already" if forbidden else "is not vetoed"
                yield Reason("veto", f"{move.item} {said}")


def _inject(tree: Tree, move: Move, state: list[int]) -> Iterator[Reason]:
    program, words = tree.program, tree.program.words
    now = state[words[at.H_S_INJECT] + program.injects.index(move.item)]
    said = {
        (at.INJECT_HELD, "hold"): "is held already",
        (at.INJECT_SKIPPED, "hold"): "is skipped",
        (at.INJECT_WAITS, "release"): "is neither held nor skipped",
        (at.INJECT_SKIPPED, "skip"): "is skipped already",
    }
    if now == at.INJECT_FIRED:
        yield Reason("fired", f"{move.item} has come already")
    elif (now, move.kind) in said:
        yield Reason("fired", f"{move.item} {said[now, move.kind]}")
    elif move.kind == "forward":
        first, last = state[at.S_ROUND], program.rounds
        yield Reason("round", f"it can come in the rounds {first} to {last}")


def _moved(tree: Tree, move: Move, team: int, state: list[int]) -> Iterator[Reason]:
    program, words = tree.program, tree.program.words
    card = program.cards.index(move.item)
    held = cards.has(words, state, team, card)
    if move.kind in ("take", "reveal") and not held:
        yield _not_held(tree, team, state)
    elif move.kind == "take":
        yield Reason("hand", f"{move.team} always holds every card of its own")
    elif move.kind == "reveal":
        yield Reason("hand", f"{move.team} knows its own cards")
    elif not cards.within_reach(words, state, card):
        yield Reason("hand", f"{move.item} is on the table, or out of the game")
    elif move.kind == "give":
        yield Reason("hand", f"{move.team}'s hand is full")
    elif state[at.S_DEPTH]:
        yield Reason("turn", "what lies on the table is done first")
