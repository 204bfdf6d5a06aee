"""Games of moves by chance, played in an engine so that they can be played again."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from tabletop.deck.deck import Deck
from tabletop.errors import MoveError
from tabletop.session.tree import describe
from tabletop.session.view import CONTROL, Move, SeatId
from tabletop.testing.engines import Engine, Game, Rules, State

BY_CONTROL = 0.06
"""How often control moves instead of a team, as the listed moves allow."""
RULED = 0.08
"""How often control rules, or tries to."""


@dataclass(frozen=True, slots=True)
class Step:
    """A move that was tried."""

    seat: SeatId
    move: Move
    made: bool
    """False when it was refused."""

    def __str__(self) -> str:
        words = f"{self.seat}: {describe(self.move)}"
        return words if self.made else f"{words} (refused)"


@dataclass
class Course:
    """A game that was played, with the state after each step; `states[0]` begins it."""

    deck: Deck
    seed: int
    game: int
    steps: list[Step] = field(default_factory=list)
    states: list[State] = field(default_factory=list)
    over: bool = False

    def replay(self, game: Game, steps: list[Step]) -> None:
        """Makes steps again that were made before, refused ones left out."""
        for step in steps:
            if step.made:
                game.perform(step.seat, step.move)


@dataclass
class Place:
    """A game in the middle of a course."""

    game: Game
    course: Course
    chance: random.Random
    before: dict[str, int]
    """The numbers, and how often each card was played, before the last step; empty at
    the start. Names of cards begin with 'played.'."""

    @property
    def deck(self) -> Deck:
        """The deck that is played."""
        return self.course.deck

    @property
    def seats(self) -> tuple[SeatId, ...]:
        """The teams, then control."""
        return (*self.deck.model.teams, CONTROL)

    @property
    def last(self) -> Step | None:
        """What led here."""
        return self.course.steps[-1] if self.course.steps else None


def counts(game: Game) -> dict[str, int]:
    """The numbers of a game, and how often each card was played."""
    played = {f"played.{card}": count for card, count in game.played().items()}
    return {**game.numbers(), **played}


def walk(
    engine: Engine, course: Course, chance: random.Random, most: int
) -> Iterator[Place]:
    """Plays a game by chance, at most so many moves: every place of it."""
    game = engine.set_up(course.deck, course.seed, course.game)
    course.states.append(game.state())
    before: dict[str, int] = {}
    for _ in range(most):
        yield Place(game, course, chance, before)
        if game.over:
            break
        before = counts(game)
        course.steps.append(tried(game, *proposal(course.deck, game, chance)))
        course.states.append(game.state())
    course.over = game.over
    yield Place(game, course, chance, before)


def tried(game: Rules, seat: SeatId, move: Move) -> Step:
    """Makes a move, if it may be made."""
    try:
        game.perform(seat, move)
    except MoveError:
        return Step(seat, move, made=False)
    return Step(seat, move, made=True)


def proposal(deck: Deck, game: Game, chance: random.Random) -> tuple[SeatId, Move]:
    """A legal move, mostly of a seat that owes one; at times any ruling."""
    dice = chance.random()
    if dice < RULED:
        return CONTROL, ruling(deck, chance)
    seats = game.owing()
    seat = CONTROL if dice < RULED + BY_CONTROL or not seats else chance.choice(seats)
    moves = game.legal_moves(seat)
    if not moves:
        return CONTROL, ruling(deck, chance)
    return seat, chance.choice(moves)


def ruling(deck: Deck, chance: random.Random) -> Move:
    """Any ruling of control's, possible or not."""
    model = deck.model
    team, card = chance.choice([*model.teams]), chance.choice([*model.cards])
    targets = [*model.tracks, *model.flags, *(f"{team}.points" for team in model.teams)]
    inject = chance.choice([*model.injects]) if model.injects else ""
    moves = [
        Move("set", item=chance.choice(targets), value=chance.randint(-99, 1_200)),
        Move("add", item=chance.choice(targets), value=chance.randint(-40, 40)),
        Move("die", value=chance.randint(1, 8)),
        Move("give", team, card), Move("take", team, card), Move("force", team, card),
        Move("veto", item=card), Move("lift", item=card), Move("reveal", team, card),
        Move("forward", item=inject, value=chance.randint(0, model.rounds.count)),
        Move("reseed", value=chance.randint(0, 999)),
    ]  # fmt: skip
    return chance.choice(moves)


def other_moves(deck: Deck, move: Move, chance: random.Random) -> Move:
    """A move with one of its parts replaced by any other word or number."""
    model = deck.model
    items = [*model.cards, *model.injects, *model.tracks, "", "nothing"]
    options = [option.id for card in model.cards.values() for ask in card.ask
               for option in ask.options]  # fmt: skip
    part = chance.choice(("kind", "team", "item", "value"))
    kind, team, item, value = move.kind, move.team, move.item, move.value
    if part == "kind":
        kind = chance.choice(("play", "lay", "pass", "answer", "advance", "fire", "no"))
    elif part == "team":
        team = chance.choice([*model.teams, "", "nobody"])
    elif part == "item":
        item = chance.choice([*items, *options])
    else:
        value = chance.choice((1, -3, 1 << 30))
    return Move(kind, team, item, value)
