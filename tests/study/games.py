"""Games to study, played by chance."""

import random
from array import array
from copy import copy
from dataclasses import replace
from functools import cache

from tabletop.bots.bulk import play_one
from tabletop.session.session import Session
from tabletop.session.tree import Tree
from tests.decks.shipped import BRIGHT_DAYS, TUTORIAL, deck
from tests.engine.games import some_decks
from tests.session.twins import Secrets, clock, moved

DECKS = some_decks(12)


@cache
def finished(name: str = "tutorial", seed: int = 3) -> Tree:
    """A whole game by random bots."""
    shipped = {"tutorial": TUTORIAL, "bright-days": BRIGHT_DAYS}
    return play_one(deck(shipped[name]), seed, 0, {}).tree


def steered(name: str, seed: int, most: int) -> Tree:
    """A game of moves by chance, rulings and injects among them."""
    session = Session.new(DECKS[name], seed=seed, seats={}, clock=clock)
    chance = random.Random(f"{name} {seed}")
    for _ in range(most):
        if session.over:
            break
        moved(session, chance)
    return session.tree


def twin_of(tree: Tree, team: str, chance: random.Random) -> Tree:
    """The same game, but for what a team may not know at any place before the end."""
    secrets, twin = Secrets(tree, team), copy(tree)
    twin._path = (-1, ())
    twin.nodes = {
        number: node
        if node.over
        else replace(node, state=array("q", secrets.twin(node.state, chance)))
        for number, node in tree.nodes.items()
    }
    return twin
