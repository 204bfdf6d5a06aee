"""Whether cards are drawn, and dice fall, as often as they should."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

from tabletop.deck.deck import Deck
from tabletop.session.view import CONTROL, Move
from tabletop.testing.conformance_walks import tried
from tabletop.testing.engines import Engine, Game

WIDE = 5.5
"""Standard deviations beyond which chance is not believed: 1 in 25 million."""
THROWN = 2
"""Cards with dice that are played in each game."""


def luck(engine: Engine, deck: Deck, seeds: Sequence[int]) -> Iterator[str]:
    """Begins a game of each seed: first hands and dice must be as chance gives them."""
    drawn = {team: Counter[str]() for team in _drawing(deck)}
    thrown: dict[int, Counter[int]] = {}
    for seed in seeds:
        game = engine.set_up(deck, seed)
        drawn = {team: counts for team, counts in drawn.items()
                 if _untouched(deck, game, team)}  # fmt: skip
        for team, counts in drawn.items():
            counts.update(game.cards()[f"hand {team}"])
        for sides, number in _throws(deck, game):
            thrown.setdefault(sides, Counter())[number] += 1
    for team, counts in drawn.items():
        yield from _uneven_hands(deck, team, counts, len(seeds))
    for sides, faces in thrown.items():
        yield from _uneven_dice(sides, faces)


def _own(deck: Deck, team: str) -> dict[str, int]:
    """A team's cards, and how many there are of each."""
    cards = deck.model.cards.items()
    return {id_: card.copies for id_, card in cards if card.team == team}


def _drawing(deck: Deck) -> list[str]:
    """The teams that draw their cards, none of which is ever given."""
    effects = [*deck.all_effects()]
    effects += [each.effect for each in effects if each.effect is not None]
    given = {each.card for each in effects if each.op == "give"}
    return [id_ for id_, team in deck.model.teams.items()
            if team.hand != "all" and not given & set(_own(deck, id_))]  # fmt: skip


def _untouched(deck: Deck, game: Game, team: str) -> bool:
    """Whether a team has drawn from a pile of all its cards, and nothing else came.

    Else one card may be due more often than another: what happens as the game begins
    may depend on the hand.
    """
    cards = game.cards()
    held = (*cards.get(f"hand {team}", ()), *cards.get(f"pile {team}", ()))
    return Counter(held) == Counter(_own(deck, team))


def _throws(deck: Deck, game: Game) -> Iterator[tuple[int, int]]:
    """The dice of the first cards that have any, which control lets teams play."""
    rolling = [id_ for id_, card in deck.model.cards.items() if card.roll]
    for card in rolling[:THROWN]:
        move = Move("force", deck.model.cards[card].team, card)
        if tried(game, CONTROL, move).made:
            yield from game.dice()


def _uneven_hands(
    deck: Deck, team: str, counts: Counter[str], games: int
) -> Iterator[str]:
    """Every copy of a card is as likely to be in the first hand as any other."""
    own = _own(deck, team)
    share = counts.total() / (games * sum(own.values()))
    for card, copies in own.items():
        if not _fits(counts[card], games * copies, share):
            due = f"{games * copies * share:.0f} are due"
            times = f"{counts[card]} times in {games} games"
            yield f"{card} was in the first hand of {team} {times}; {due}"


def _uneven_dice(sides: int, faces: Counter[int]) -> Iterator[str]:
    """Every face comes as often as any other."""
    throws = faces.total()
    for face in sorted({*range(1, sides + 1), *faces}):
        share = 1 / sides if 1 <= face <= sides else 0.0
        if not _fits(faces[face], throws, share):
            found = f"a die of {sides} sides showed {face} in {faces[face]}"
            yield f"{found} of {throws} throws; {throws * share:.0f} are due"


def _fits(found: int, tries: int, share: float) -> bool:
    """Whether a count is one that chance gives, as good as always."""
    spread = math.sqrt(tries * share * (1 - share))
    return abs(found - tries * share) <= WIDE * spread + 1
