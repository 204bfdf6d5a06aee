"""A player from outside, in plain Python: it plays what raises its own score hopes least.

Start a game with it: tabletop play bright-days --seat 'kyiv=exec:python3 example_player.py'
"""

import json
import sys


def choose(message):
    """The place of the move to make: the dearest card, or the first answer."""
    costs = {card["id"]: card["cost"] for card in message["view"]["hand"]}
    moves = message["moves"]
    return max(range(len(moves)), key=lambda i: costs.get(moves[i]["item"], 0))


def send(**message):
    """One message is one line; it must leave at once."""
    print(json.dumps(message), flush=True)


for line in sys.stdin:
    message = json.loads(line)
    if message["type"] == "hello":
        send(type="ready", name="The dearest card")
    elif message["type"] == "view":
        send(type="move", id=message["id"], move=choose(message), note="It costs most.")
    elif message["type"] == "refused":
        print("refused:", message["reason"], file=sys.stderr)
    elif message["type"] == "bye":
        break
