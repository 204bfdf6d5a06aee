"""`tabletop run --perft`: the ways of a game's first decisions, counted."""

import argparse
import dataclasses
import json
from typing import TYPE_CHECKING

from tabletop.cli import exits, output

if TYPE_CHECKING:
    from tabletop.deck.deck import Deck


def run(deck: "Deck", arguments: argparse.Namespace) -> int:
    """Count and report. Raises TooManyWaysError when there is too much to count."""
    from tabletop.engine.compile import compile_deck
    from tabletop.engine.perft import perft, perft_with_chance

    program, depth = compile_deck(deck), int(arguments.perft)
    if arguments.every_luck:
        plies = perft_with_chance(program, depth)
    else:
        seed, game = arguments.seed or 0, arguments.only or 0
        plies = perft(program, depth, seed=seed, game=game)
    if arguments.json:
        output.say(json.dumps([dataclasses.asdict(ply) for ply in plies], indent=2))
        return exits.OK
    output.say(f"{'Decisions':>9}  {'Ways to go on':>18}  {'Ends':>14}  {'States':>9}")
    for ply in plies:
        row = f"{ply.number:>9}  {ply.ways:>18,}  {ply.ended:>14,}  {ply.states:>9,}"
        output.say(row)
    return exits.OK
