"""Hypothesis strategies for decks, positions and games; needs the extra `testing`.

    from hypothesis import given
    from tabletop.testing import strategies

    @given(strategies.positions("tutorial"))
    def test_nobody_has_more_than_nine_points(game):
        assert all(team.points <= 9 for team in game.session.view("public").teams)

What fails is shrunk: to a smaller deck, a shorter game, more passing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from hypothesis import strategies as st

from tabletop.deck.deck import Deck
from tabletop.deck.loader import load_text
from tabletop.session.session import Session
from tabletop.session.tree import describe
from tabletop.session.view import CONTROL, Move, SeatId
from tabletop.testing.making import deck_text
from tabletop.testing.named import Named, opened
from tabletop.testing.tables import in_memory

T = TypeVar("T")
CHOICES = 256
"""Choices are below this."""
CONTROLS = 216
"""From here on they are control's, where it may take a hand."""
MOST_SEED = 2**32 - 1


def deck_texts() -> st.SearchStrategy[str]:
    """Texts of decks that have no errors, in TOML: every feature, in some of them."""
    return st.randoms(use_true_random=False).map(deck_text)


def decks() -> st.SearchStrategy[Deck]:
    """Decks, loaded: as `deck_texts`."""
    return deck_texts().map(lambda text: load_text({"deck.toml": text}))


def seeds() -> st.SearchStrategy[int]:
    """Seeds of dice and cards."""
    return st.integers(0, MOST_SEED)


@dataclass(frozen=True)
class Game:
    """A game of a deck, as far as some choices lead; the same whenever it is made."""

    deck: Deck
    seed: int
    choices: tuple[int, ...]
    """One for each move: it picks a seat among those that owe a move, then a legal
    move of that seat. Of choice 0 the first seat passes, or gives the first answer."""
    to_the_end: bool = False
    """Whether it goes on with choice 0 once the choices are used up."""
    control: bool = False
    """Whether control may also close phases early, and fire, hold or skip injects."""

    @cached_property
    def session(self) -> Session:
        """The game at its last move, in memory; whoever plays on plays on in it."""
        session = in_memory(self.deck, self.seed)
        for choice in self.choices:
            if session.over:
                break
            session.submit(*chosen(session, choice, control=self.control))
        while self.to_the_end and not session.over:
            session.submit(*chosen(session, 0))
        return session

    @property
    def moves(self) -> tuple[tuple[SeatId, Move], ...]:
        """The moves that were made, each with whoever made it."""
        nodes = self.session.tree.path()
        return tuple((node.by, node.move) for node in nodes if node.move is not None)

    def __repr__(self) -> str:
        line = ", ".join(describe(move) for _, move in self.moves) or "no moves"
        return f"<{self.deck.model.id}, seed {self.seed}: {line}>"


def chosen(
    session: Session, choice: int, *, control: bool = False
) -> tuple[SeatId, Move]:
    """The move behind a choice, and whose it is; control opens the next phase."""
    owing = session.owing()
    seat, rest = pick(owing, choice), choice // len(owing)
    hand = control and choice >= CONTROLS
    if hand:
        seat, rest = CONTROL, choice - CONTROLS
    if seat == CONTROL and not hand:
        return seat, Move("advance")
    moves = [each.move for each in session.view(seat).moves]
    simple = [move for move in moves if move.kind == "pass"]
    return seat, pick([*simple, *(m for m in moves if m not in simple)], rest)


def pick(things: Sequence[T], choice: int) -> T:
    """One of some things; 0 is the first."""
    return things[choice % len(things)]


Some = Named | st.SearchStrategy[Deck] | None
"""A deck, its path or name, decks, or any decks."""


def positions(
    deck: Some = None, *, most: int = 40, control: bool = False
) -> st.SearchStrategy[Game]:
    """Games of at most so many moves: of a deck, of any of a strategy's, or of any.

    Shrinks to fewer moves, to passing, and to moves that are listed earlier.
    """
    return _games(deck, most, to_the_end=False, control=control)


def games(
    deck: Some = None, *, most: int = 200, control: bool = False
) -> st.SearchStrategy[Game]:
    """As `positions`, but played to the end: passing, when the choices are used up."""
    return _games(deck, most, to_the_end=True, control=control)


def _games(
    deck: Some, most: int, *, to_the_end: bool, control: bool
) -> st.SearchStrategy[Game]:
    if deck is None:
        deck = decks()
    some = deck if isinstance(deck, st.SearchStrategy) else st.just(opened(deck))
    choices = st.lists(st.integers(0, CHOICES - 1), max_size=most).map(tuple)
    return st.builds(
        Game, some, seeds(), choices, st.just(to_the_end), st.just(control)
    )
